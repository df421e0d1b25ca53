"""The symmetries of Golly's rule tables, as orders of the neighbours.

Source: Golly's help on rule tables, https://golly.sourceforge.io/Help/formats.html.
"""

from collections.abc import Iterator

Order = tuple[int, ...]
"""Which neighbour comes to each place; neighbours are counted from 0, clockwise from north."""

SYMMETRIES = {
    "vonNeumann": ("none", "rotate4", "rotate4reflect", "reflect_horizontal", "permute"),
    "Moore": (
        "none",
        "rotate4",
        "rotate8",
        "rotate4reflect",
        "rotate8reflect",
        "reflect_horizontal",
        "permute",
    ),
    "hexagonal": ("none", "rotate2", "rotate3", "rotate6", "rotate6reflect", "permute"),
    "oneDimensional": ("none", "reflect", "permute"),
}


def orders(symmetry: str, neighbours: int) -> list[Order]:
    """Return every order of the neighbours that a symmetry but ``permute`` makes equal."""
    digits = "".join(letter for letter in symmetry if letter.isdigit())
    turns = int(digits) if digits else 1
    turned = [
        tuple((place + turn * neighbours // turns) % neighbours for place in range(neighbours))
        for turn in range(turns)
    ]
    if "reflect" not in symmetry:
        return turned
    # the mirror keeps north and south; in one dimension it swaps the two
    mirror = [1, 0] if neighbours == 2 else [-place % neighbours for place in range(neighbours)]
    if neighbours == 6:  # N, E, SE, S, W, NW: the axis goes through the corner between N and E
        mirror = [(1 - place) % 6 for place in range(6)]
    return list(dict.fromkeys([*turned, *(tuple(each[m] for m in mirror) for each in turned)]))


def arrangements(sets: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield the distinct orders of a tuple, each once (Knuth's algorithm L)."""
    values = sorted(sets)
    while True:
        yield tuple(values)
        i = len(values) - 2
        while i >= 0 and values[i] >= values[i + 1]:
            i -= 1
        if i < 0:
            return
        j = len(values) - 1
        while values[j] <= values[i]:
            j -= 1
        values[i], values[j] = values[j], values[i]
        values[i + 1 :] = values[:i:-1]
