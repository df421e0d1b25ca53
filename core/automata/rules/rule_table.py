"""Rules given as a table or tree of transitions, in the form that Golly's .rule files have.

Source: Golly's RuleLoader, https://golly.sourceforge.io/Help/formats.html.
"""

from dataclasses import dataclass
from functools import cache
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from core.automata.errors import UnreadableRule

MOORE = ((0, 0), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1))
"""Offsets (dx, dy) in the order of a table: C, N, NE, E, SE, S, SW, W, NW."""

VON_NEUMANN = ((0, 0), (0, -1), (1, 0), (0, 1), (-1, 0))
HEXAGONAL = ((0, 0), (0, -1), (1, 0), (1, 1), (0, 1), (-1, 0), (-1, -1))
"""C, N, E, SE, S, W, NW."""

ONE_DIMENSIONAL = ((0, 0), (-1, 0), (1, 0))

NEIGHBOURHOODS = {
    "Moore": MOORE,
    "vonNeumann": VON_NEUMANN,
    "hexagonal": HEXAGONAL,
    "oneDimensional": ONE_DIMENSIONAL,
}


@dataclass(frozen=True, slots=True)
class RuleTable:
    """A decision tree with shared branches: one neighbour is asked after the other.

    Attributes
    ----------
    name : str
        As in the files that use it.
    states : int
    offsets : tuple of (dx, dy)
        The cells asked, in this order.
    tree : bytes
        int32, little-endian, rows of `states` numbers. A number in a row of the last neighbour is
        a new state, in others the row to go to. The last row is the root.
    levels : bytes
        uint8 for each row, the neighbour it asks.
    palette : tuple of str
        ``#rrggbb`` of the states, empty where the file has none.
    source : str
        The text of the file, for those that write it.
    """

    name: str
    states: int
    offsets: tuple[tuple[int, int], ...]
    tree: bytes
    levels: bytes
    palette: tuple[str, ...] = ()
    source: str = ""

    dimensions: ClassVar[int] = 2

    def __post_init__(self) -> None:
        if not 2 <= self.states <= 256:
            raise UnreadableRule(f"{self.name} has {self.states} states; 2 to 256 are possible.")

    @property
    def text(self) -> str:
        """The name."""
        return self.name

    @property
    def rows(self) -> npt.NDArray[np.int32]:
        """The tree as int32[rows, states], read-only."""
        return np.frombuffer(self.tree, dtype="<i4").reshape(-1, self.states)

    @property
    def quiescent_next(self) -> int:
        """What becomes of a cell among cells in state 0."""
        return int(self.value((0,) * len(self.offsets)))

    def value(self, neighbourhood: tuple[int, ...]) -> int:
        """Return the new state for the states at `offsets`."""
        rows = self.rows
        at = len(rows) - 1
        for state in neighbourhood:
            at = int(rows[at, state])
        return at


@cache
def lookup(rule: RuleTable) -> npt.NDArray[np.uint8] | None:
    """Return the new state for every neighbourhood, or None where there are over 2^20 of them.

    The states of the cells at `offsets` are the digits of the index, `bits_of_state` bits each,
    the first the highest.
    """
    bits = bits_of_state(rule.states)
    if bits * len(rule.offsets) > 20:
        return None
    side = 1 << bits
    rows = np.zeros((len(rule.rows), side), dtype=np.int32)
    rows[:, : rule.states] = rule.rows
    at = np.array([len(rows) - 1])
    for _ in rule.offsets:
        at = rows[at].reshape(-1)
    return at.astype(np.uint8)


def bits_of_state(states: int) -> int:
    """Return how many bits hold a state."""
    return max(1, (states - 1).bit_length())
