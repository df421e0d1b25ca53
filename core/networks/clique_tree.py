"""The clique tree of a model: its maximal cliques and how they are linked.

The plan depends on the arcs and the numbers of states alone. Its maximal cliques are linked along
the elimination order, which gives a maximum spanning tree of their intersections, or a forest where
the net is disconnected. A table lists its separator's variables first and the variable eliminated
first last, so that a message upwards sums whole stretches of neighbouring cells.

Source: Koller and Friedman (2009), chapter 10.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from core.networks.elimination_order import asked_order
from core.networks.errors import NetworkError
from core.networks.factor_model import FactorModel
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet
from core.networks.predicted_cost import affordable_cells
from core.networks.structure import structure_of
from core.networks.triangulation import Tree, Triangulation, triangulate, triangulation_by
from core.progress import Progress

CELL_LIMIT = 2**28
"""Clique tables beyond this many cells are refused (2**28 cells of float64 are two gibibytes)."""

SURELY_FITS = 2**22
"""So many cells are not worth asking the operating system how much memory is free."""

Integers = npt.NDArray[np.int64]


class TooLarge(NetworkError):
    """Exact inference would need more memory than it may take.

    Attributes
    ----------
    cells : float
        The entries that the clique tables would have together.
    """

    def __init__(self, name: str, cells: float, width: int, limit: int) -> None:
        self.cells = cells
        number = f"{cells:,.0f}" if cells < 1e15 else f"about {cells:.1e}"
        cliques = f" in cliques of up to {width + 1} variables" if width > 0 else ""
        super().__init__(
            f"Exact inference in {name} would need {number} table cells{cliques}, and the limit "
            f"is {limit:,}; remove arcs or states."
        )


@dataclass(frozen=True, slots=True)
class Cost:
    """What one propagation works through.

    Attributes
    ----------
    treewidth : int
        Members of the largest clique less one; an upper bound of the graph's treewidth.
    cliques : int
        Number of maximal cliques.
    clique_cells : int
        Entries of all clique tables together.
    """

    treewidth: int
    cliques: int
    clique_cells: int


@dataclass(frozen=True, eq=False)
class CliqueTree:
    """The plan of exact inference in one model; variables are numbered in the model's order.

    Tuples for people, and the arrays of the layout, are made when they are first asked for.

    Attributes
    ----------
    triangulation : Triangulation
        The elimination order, and the cliques in flat arrays.
    """

    triangulation: Triangulation

    @property
    def arrays(self) -> Tree:
        """The cliques in flat arrays."""
        return self.triangulation.tree

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Numbers of states."""
        return tuple(self.triangulation.structure.sizes.tolist())

    @cached_property
    def cost(self) -> Cost:
        """Treewidth, number of cliques and their cells."""
        tree = self.arrays
        return Cost(self.triangulation.width, tree.above.size, round(self.triangulation.cells))

    @cached_property
    def scopes(self) -> tuple[tuple[int, ...], ...]:
        """The variables of each clique in the order of its axes; cliques above come first."""
        members = self.arrays.scope_members.tolist()
        return tuple(tuple(members[a:b]) for a, b in pairwise(self.arrays.scope_starts.tolist()))

    @cached_property
    def separators(self) -> tuple[int, ...]:
        """How many variables of each scope the clique above has too; they come first."""
        return tuple(self.arrays.separator_sizes.tolist())

    @cached_property
    def above(self) -> tuple[int, ...]:
        """The clique above each clique, -1 at a root."""
        return tuple(self.arrays.above.tolist())

    @cached_property
    def clique_of_factor(self) -> tuple[int, ...]:
        """For each factor the clique into which its table is multiplied."""
        return tuple(self.arrays.clique_of_factor.tolist())

    @property
    def clique_of_family(self) -> tuple[int, ...]:
        """For each variable of a Bayes net the clique of its conditional table."""
        return self.clique_of_factor

    @cached_property
    def home(self) -> tuple[int, ...]:
        """For each variable the smallest clique that contains it."""
        return tuple(self.arrays.home.tolist())

    @property
    def roots(self) -> Integers:
        """The cliques with none above."""
        return np.flatnonzero(self.arrays.above < 0)


def plan_clique_tree(
    model: BayesNet | MarkovNetwork | FactorModel,
    progress: Progress | None = None,
    *,
    cell_limit: int = CELL_LIMIT,
    rule: str | Sequence[str] = "search",
) -> CliqueTree:
    """Return the clique tree of a model.

    Parameters
    ----------
    rule : str or sequence of str
        One of `RULES` of `elimination_order`, or all variables in an order of one's own.

    Raises
    ------
    TooLarge
        When its tables would have more than `cell_limit` cells; nothing was allocated then.
    NetworkError
        When the rule is unknown or the order is not one of all variables.
    """
    structure = structure_of(model)
    if rule == "search":
        found = triangulate(structure, progress)
    else:
        found = triangulation_by(structure, asked_order(model, structure, rule))
    limit = cell_limit
    if found.cells > SURELY_FITS:
        limit = min(limit, int(min(affordable_cells(), 1e18)))
    if found.cells > limit:
        name = "the model" if isinstance(model, FactorModel) else model.name
        raise TooLarge(name, found.cells, found.width, limit)
    return CliqueTree(found)
