"""A life-like rule as HashLife takes it, also where the plane fills itself (B0)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.automata.neighbour_numbers import by_number, number_leaves

Table = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class HashRules:
    """The rules of even and odd generations, under which an empty plane stays empty.

    With B0 the cells are those that differ from the background. With S8 too the background lives
    always; without, it lives in odd generations.

    Attributes
    ----------
    even, odd : uint8[512]
        What a cell becomes by the nine cells around, as `LifeLike.table`.
    by_number : bool
        Whether numbers of neighbours suffice.
    leaves : uint64[2, 20]
        For the kernel that steps by numbers.
    squares : uint8[2, 65536]
        For the one that looks squares of 4 by 4 cells up.
    alternate : bool
        Whether even and odd generations differ.
    always_lit : bool
        Whether the background lives always.
    """

    even: Table
    odd: Table
    by_number: bool
    leaves: npt.NDArray[np.uint64]
    squares: Table
    alternate: bool
    always_lit: bool

    @staticmethod
    def of(table: Table) -> "HashRules":
        """Return the rules of a table, uint8[512]."""
        has_lightning, stays_lit = bool(table[0]), bool(table[511])
        even, odd = table, table
        if has_lightning and stays_lit:
            even = odd = 1 - table[::-1]
        elif has_lightning:
            even, odd = 1 - table, table[::-1]
        numbers = [by_number(each) for each in (even, odd)]
        leaves = np.array([number_leaves(*(each or (0, 0))) for each in numbers])
        if None in numbers:
            squares = np.array([_of_squares(each) for each in (even, odd)])
        else:
            squares = np.zeros((2, 1), dtype=np.uint8)
        return HashRules(
            even,
            odd,
            None not in numbers,
            leaves,
            squares,
            has_lightning and not stays_lit,
            has_lightning and stays_lit,
        )

    def background(self, generation: int) -> int:
        """Return the state of the plane far away."""
        return int(self.always_lit or (self.alternate and generation % 2 == 1))


def _of_squares(table: Table) -> Table:
    """Return uint8[65536], the four middle cells of a square of 4 by 4 with bit 4 y + x."""
    squares = np.arange(65536)
    found = np.zeros(65536, dtype=np.uint8)
    for y in (0, 1):
        for x in (0, 1):
            index = np.zeros(65536, dtype=np.int64)
            for place in range(9):
                bit = 4 * (y + place // 3) + x + place % 3
                index |= (squares >> bit & 1) << (8 - place)
            found |= table[index] << np.uint8(2 * y + x)
    return found
