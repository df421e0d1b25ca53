"""Whether a rule on nine cells only looks at the number of living neighbours, and its bits then."""

import numpy as np
import numpy.typing as npt

FULL = 0xFFFFFFFFFFFFFFFF
ALL_AROUND = 0b111101111
LIFE_NUMBERS = (0b1000, 0b1100)
"""Births and survivals of Life, as `by_number` returns them."""


def by_number(table: npt.NDArray[np.uint8], neighbours: int = ALL_AROUND) -> tuple[int, int] | None:
    """Return births and survivals, bit n for n living neighbours, or None where shape counts.

    table : uint8[512], the upper-left cell in bit 8 of the index
    neighbours : the bits of the index that are neighbours
    """
    index = np.arange(512)
    number = np.bitwise_count(index & neighbours)
    alive = index >> 4 & 1
    found = [0, 0]
    for state in (0, 1):
        for count in range(neighbours.bit_count() + 1):
            values = table[(alive == state) & (number == count)]
            if values.min() != values.max():
                return None
            found[state] |= int(values[0]) << count
    return found[0], found[1]


def number_leaves(born: int, survive: int) -> npt.NDArray[np.uint64]:
    """Return uint64[20] for the kernels: what becomes of a cell by the sum of all nine cells n.

    At 2 n all bits are set if a dead cell with that sum comes alive, at 2 n + 1 if a living one
    fares otherwise. The sum of a living cell is one more than the number of its neighbours.
    """
    leaves = np.zeros(20, dtype=np.uint64)
    for total in range(10):
        comes, stays = born >> total & 1, survive << 1 >> total & 1
        leaves[2 * total] = FULL if comes else 0
        leaves[2 * total + 1] = FULL if comes != stays else 0
    return leaves


def cells_beside(neighbours: int) -> npt.NDArray[np.uint64]:
    """Return uint64[3, 2] for the kernels, all bits set where a cell beside the middle counts.

    They are those at the left and at the right, in the rows above, here and below.
    """
    places = np.array([[8, 6], [5, 3], [2, 0]])
    return np.where(neighbours >> places & 1, np.uint64(FULL), np.uint64(0))
