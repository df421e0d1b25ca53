"""The layout of the messages over a clique tree, and the marks that say what is asked of them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from core.networks.clique_tree import CliqueTree
from core.networks.potentials import Potentials

Integers = npt.NDArray[np.int64]

ROOM_CELLS = 2**20
"""Cells of room for tables laid out anew for one clique, at most."""

LARGE_CLIQUE = 2**23
"""A clique with more cells gets as many cells of room: its tables are too large for any cache."""


@dataclass(frozen=True, eq=False)
class MessagePlan:
    """Where every message, likelihood and marginal lies in the array that the kernels work on.

    Attributes
    ----------
    lists : int64
        The plan as the kernels read it; see `kernels_message_plan`.
    cliques, variables, factors, message_cells, states, largest : int
        Numbers of cliques, variables and factors; cells of all messages one way; states of all
        variables; cells of the largest clique.
    """

    lists: Integers
    cliques: int
    variables: int
    factors: int
    message_cells: int
    states: int
    largest: int

    def entries(self, name: int, count: int) -> Integers:
        """Return the first entries of a list."""
        start = int(self.lists[name])
        return self.lists[start : start + count]

    @property
    def likelihoods(self) -> int:
        """Where the likelihoods start."""
        return 2 * self.message_cells

    @property
    def marginals(self) -> int:
        """Where the marginals start."""
        return 2 * self.message_cells + self.states

    @property
    def scales(self) -> int:
        """Where the scales of the messages upwards start, and the totals of the roots."""
        return 2 * self.message_cells + 2 * self.states + self.cliques

    def work_array(self) -> npt.NDArray[np.float64]:
        """Return an array to work on; nothing in it is set."""
        room = LARGE_CLIQUE if self.largest > LARGE_CLIQUE else min(self.largest, ROOM_CELLS)
        return np.empty(self.scales + 2 * self.cliques + room)

    @cached_property
    def fresh_marks(self) -> Integers:
        """Marks without evidence that ask for everything."""
        n, k = self.variables, self.cliques
        lengths = (n, n, n, k, k, k, k)
        marks = np.zeros(7 + 3 * n + 4 * k, dtype=np.int64)
        start = 7
        for name, length in enumerate(lengths):
            marks[name] = start
            marks[start : start + length] = (-1, 0, 1, 0, 1, 1, 0)[name]
            start += length
        return marks

    @cached_property
    def state_starts(self) -> list[int]:
        """Where the states of each variable start, and the end."""
        from core.networks.kernels_message_plan import STATE_STARTS

        result: list[int] = self.entries(STATE_STARTS, self.variables + 1).tolist()
        return result

    @cached_property
    def place(self) -> list[int]:
        """The number in this plan of each clique of the tree."""
        from core.networks.kernels_message_plan import CLIQUE

        place = np.empty(self.cliques, dtype=np.int64)
        place[self.entries(CLIQUE, self.cliques)] = np.arange(self.cliques)
        result: list[int] = place.tolist()
        return result

    def list_of(self, starts: int, k: int) -> list[int]:
        """Return list `k` of a list of lists."""
        first, last = self.lists[int(self.lists[starts]) + k : int(self.lists[starts]) + k + 2]
        result: list[int] = self.lists[first:last].tolist()
        return result


def plan_messages(tree: CliqueTree, potentials: Potentials) -> MessagePlan:
    """Return the layout of the messages between the cliques of `tree`."""
    from core.networks import kernels_message_plan as kernels

    structure, arrays = tree.triangulation.structure, tree.arrays
    lists = kernels.plan_messages(
        structure.sizes,
        arrays.scope_starts,
        arrays.scope_members,
        arrays.above,
        arrays.clique_of_factor,
        structure.scope_starts,
        structure.scope_members,
        potentials.starts,
        potentials.is_bayes,
    )
    head = lists[: kernels.SIZES].tolist()
    return MessagePlan(
        lists=lists,
        cliques=head[kernels.CLIQUES],
        variables=head[kernels.VARIABLES],
        factors=head[kernels.FACTORS],
        message_cells=head[kernels.MESSAGE_CELLS],
        states=head[kernels.STATES],
        largest=head[kernels.LARGEST],
    )
