"""A table of transitions made into a decision tree with shared branches.

Source: the method of Golly's RuleTableToTree, by Tim Hutton and Tomas Rokicki.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from core.automata.errors import TooLarge

LARGEST_TREE = 200_000

Row = tuple[tuple[int, ...], int]
"""For each cell asked the set of states that fit, as bits; and the new state."""


def tree_of_rows(rows: Iterable[Row], states: int, cells: int) -> tuple[bytes, bytes]:
    """Return `tree` and `levels` of a `RuleTable` in which the first row that fits decides.

    The first of the `cells` is the middle one; where no row fits it keeps its state.

    Raises
    ------
    TooLarge
        When the tree needs more than `LARGEST_TREE` rows.
    """
    every = (1 << states) - 1
    return _Builder(list(dict.fromkeys(rows)), states, cells, every).build()


class _Builder:
    def __init__(self, rows: Sequence[Row], states: int, cells: int, every: int) -> None:
        self._states, self._cells = states, cells
        self._outputs = [output for _, output in rows]
        # for each cell and state the rows that it fits, as bits of one long number
        self._fits = [[0] * states for _ in range(cells)]
        self._indifferent = [0] * (cells + 1)
        for index, (sets, _) in enumerate(rows):
            bit = 1 << index
            for cell, fitting in enumerate(sets):
                for state in range(states):
                    if fitting >> state & 1:
                        self._fits[cell][state] |= bit
            open_from = cells
            while open_from > 0 and sets[open_from - 1] == every:
                open_from -= 1
            for cell in range(open_from, cells + 1):
                self._indifferent[cell] |= bit
        self._known: dict[tuple[int, int, int], int] = {}
        self._shared: dict[tuple[int, tuple[int, ...]], int] = {}
        self._tree: list[tuple[int, ...]] = []
        self._levels: list[int] = []

    def build(self) -> tuple[bytes, bytes]:
        root = self._node(0, (1 << len(self._outputs)) - 1, 0)
        if root != len(self._tree) - 1:  # the root has to be the last row
            self._add(self._levels[root], self._tree[root])
        return (
            np.array(self._tree, dtype="<i4").tobytes(),
            np.array(self._levels, dtype=np.uint8).tobytes(),
        )

    def _node(self, cell: int, alive: int, middle: int) -> int:
        """Return the row that asks `cell` when the rows `alive` still fit."""
        alive = self._without_hidden(cell, alive)
        if cell == self._cells:
            return self._outputs[(alive & -alive).bit_length() - 1] if alive else middle
        # once a row is sure to fit, what the middle cell is no longer matters
        is_sure = bool(alive & self._indifferent[cell])
        key = (cell, alive, -1 if is_sure else middle)
        found = self._known.get(key)
        if found is None:
            row = tuple(
                self._node(cell + 1, alive & self._fits[cell][state], middle if cell else state)
                for state in range(self._states)
            )
            found = self._shared.get((cell, row))
            if found is None:
                found = self._shared[cell, row] = self._add(cell, row)
            self._known[key] = found
        return found

    def _without_hidden(self, cell: int, alive: int) -> int:
        """Leave out the rows after the first that fits whatever the cells still to ask."""
        sure = alive & self._indifferent[cell]
        if not sure:
            return alive
        first = sure & -sure
        return alive & (first | (first - 1))

    def _add(self, level: int, row: tuple[int, ...]) -> int:
        if len(self._tree) >= LARGEST_TREE:
            raise TooLarge(f"The rule needs a tree of more than {LARGEST_TREE} rows.")
        self._tree.append(row)
        self._levels.append(level)
        return len(self._tree) - 1
