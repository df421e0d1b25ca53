"""Neighbourhoods of eight cells up to rotation and reflection, by Hensel's letters.

Source: Hensel's notation as Golly 3 reads it, https://golly.sourceforge.io/Help/Algorithms/QuickLife.html.
"""

from functools import cache

LETTERS: tuple[str, ...] = (
    "",
    "ce",
    "ceaikn",
    "ceaiknjqry",
    "ceaiknjqrytwz",
    "ceaiknjqry",
    "ceaikn",
    "ce",
    "",
)
"""The letters of the configurations with 0 to 8 living neighbours."""

CENTRE = 16
"""The bit of the middle cell among the nine of a neighbourhood in reading order."""

_REPRESENTATIVES: tuple[tuple[int, ...], ...] = (
    (0,),
    (1, 2),
    (5, 10, 3, 40, 33, 68),
    (69, 42, 11, 7, 98, 13, 14, 70, 41, 97),
    (325, 170, 15, 45, 99, 71, 106, 102, 43, 101, 105, 78, 108),
)
_AROUND = 0b111101111


@cache
def configurations(count: int, letter: str) -> tuple[int, ...]:
    """Return the neighbourhoods, 9-bit numbers with a dead middle, of one count and letter."""
    place = LETTERS[count].index(letter) if letter else 0
    if count <= 4:
        return _orbit(_REPRESENTATIVES[count][place])
    return tuple(sorted(_AROUND ^ each for each in _orbit(_REPRESENTATIVES[8 - count][place])))


def _orbit(neighbourhood: int) -> tuple[int, ...]:
    found = set()
    for _ in range(4):
        neighbourhood = _turned(neighbourhood)
        found |= {neighbourhood, _mirrored(neighbourhood)}
    return tuple(sorted(found))


def _turned(bits: int) -> int:
    return sum((bits >> (3 * y + x) & 1) << (3 * x + 2 - y) for y in range(3) for x in range(3))


def _mirrored(bits: int) -> int:
    return sum((bits >> (3 * y + x) & 1) << (3 * y + 2 - x) for y in range(3) for x in range(3))
