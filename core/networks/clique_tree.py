"""The clique tree of a net, laid out for the kernels: which tables there are and how they link.

The plan depends on the arcs and the numbers of states alone. Its maximal cliques are linked along
the elimination order, which gives a maximum spanning tree of their intersections, or a forest where
the net is disconnected. A table lists its separator's variables first and the variable eliminated
first last, so that a message upwards sums whole stretches of neighbouring cells.

Source: Koller and Friedman (2009), chapter 10.
"""

from collections.abc import Iterable, Sequence
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

ROW_CELLS = 512
"""Cells of a row at most, unless a single variable has more states: it stays in the first cache."""

CHUNK_CELLS = 2**19
"""Cells worked on between two looks at the cancel token: a few milliseconds."""

Integers = npt.NDArray[np.int64]
Indices = npt.NDArray[np.uint32]


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

    @cached_property
    def state_starts(self) -> Integers:
        """Where the states of each variable start in `likelihoods` and `marginals`."""
        return np.array(_starts(self.sizes), dtype=np.int64)

    @property
    def cliques(self) -> Integers:
        """A row of numbers for each clique, as the kernels read it; see there."""
        return self._layout[0]

    @property
    def links(self) -> Integers:
        """A row of numbers for each table linked to a clique."""
        return self._layout[1]

    @property
    def maps(self) -> Indices:
        """Which cells of the linked tables belong to a clique's rows and columns."""
        return self._layout[2]

    @cached_property
    def collecting(self) -> tuple[Integers, ...]:
        """The work towards the roots in chunks: clique, first row, one past the last."""
        return _chunks(self.cliques.tolist(), reversed(range(len(self.above))))

    @cached_property
    def distributing(self) -> tuple[Integers, ...]:
        """The work away from the roots in chunks."""
        return _chunks(self.cliques.tolist(), range(len(self.above)))

    @cached_property
    def _layout(self) -> tuple[Integers, Integers, Indices]:
        return _laid_out(self)

    @property
    def separator_cells(self) -> int:
        """Cells of all separators together; a root has one."""
        return int(self.links[self.cliques[:, 3], 4].sum())

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


class _Layout:
    """Collects the rows of the integer tables, link by link."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = sizes
        self.links: list[tuple[int, ...]] = []
        self.axes: list[tuple[int, int, int, int]] = []
        self.axis_sizes: list[int] = []
        self.strides: list[int] = []
        self.map_cells = 0

    def split(self, scope: Sequence[int]) -> tuple[int, int, int]:
        """Return how many axes tell the rows apart, the number of rows, and of cells in a row."""
        at, length, cells = len(scope), 1, 1
        for v in scope:
            cells *= self.sizes[v]
        while at > 0 and (at == len(scope) or length * self.sizes[scope[at - 1]] <= ROW_CELLS):
            at -= 1
            length *= self.sizes[scope[at]]
        return at, cells // length, length

    def link(
        self, clique: int, scope: Sequence[int], target: Sequence[int], place: int, owner: int
    ) -> None:
        """Link a clique to the table over `target`, whose cells start at `place`."""
        strides, step = dict.fromkeys(scope, 0), 1
        for v in reversed(target):
            strides[v] = step
            step *= self.sizes[v]
        at, rows, length = self.split(scope)
        run = 1
        for v in reversed(scope[at:]):
            if strides[v] and self.sizes[v] > 1:
                break
            run *= self.sizes[v]
        first = len(self.strides)
        self.axis_sizes += [self.sizes[v] for v in scope]
        self.strides += [strides[v] for v in scope]
        self.axes.append((clique, first, first + at, len(self.strides)))
        self.links.append((self.map_cells, self.map_cells + rows, run, place, step, owner))
        self.map_cells += rows + length


def _laid_out(tree: CliqueTree) -> tuple[Integers, Integers, Indices]:
    from core.networks.kernels import fill_maps

    sizes, home = tree.sizes, tree.home
    layout = _Layout(sizes)
    below: list[list[int]] = [[] for _ in tree.scopes]
    living: list[list[int]] = [[] for _ in tree.scopes]
    for i, up in enumerate(tree.above):
        if up >= 0:
            below[up].append(i)
    for v, i in enumerate(home):
        living[i].append(v)
    shared = [scope[:k] for scope, k in zip(tree.scopes, tree.separators, strict=True)]
    places = _starts([int(np.prod([sizes[v] for v in scope])) for scope in shared])
    starts = _starts(sizes)
    cliques, cell = [], 0
    for i, scope in enumerate(tree.scopes):
        _, rows, length = layout.split(scope)
        first = len(layout.links)
        layout.link(i, scope, shared[i], places[i], i)
        for child in below[i]:
            layout.link(i, scope, shared[child], places[child], child)
        homes = len(layout.links)
        for v in living[i]:
            layout.link(i, scope, (v,), starts[v], v)
        cliques.append((cell, rows, length, first, homes, len(layout.links)))
        cell += rows * length
    table, links = _integers(cliques, 6), _integers(layout.links, 6)
    maps = fill_maps(
        _integers(layout.axes, 4),
        np.array(layout.axis_sizes, dtype=np.int64),
        np.array(layout.strides, dtype=np.int64),
        table,
        links,
    )
    return table, links, maps


def _integers(rows: Sequence[Sequence[int]], columns: int) -> Integers:
    return np.array(rows, dtype=np.int64).reshape(-1, columns)


def _starts(sizes: Sequence[int]) -> list[int]:
    return [0, *np.cumsum(sizes, dtype=np.int64).tolist()][: len(sizes)]


def _chunks(cliques: Sequence[Sequence[int]], order: Iterable[int]) -> tuple[Integers, ...]:
    """Cut the work into chunks of about `CHUNK_CELLS` cells; a large clique spans several."""
    chunks: list[list[tuple[int, int, int]]] = [[]]
    room = CHUNK_CELLS
    for i in order:
        rows, length = cliques[i][1], cliques[i][2]
        begin = 0
        while begin < rows:
            end = min(rows, begin + max(1, room // length))
            chunks[-1].append((i, begin, end))
            room -= (end - begin) * length
            begin = end
            if room <= 0 or begin < rows:
                chunks.append([])
                room = CHUNK_CELLS
    return tuple(_integers(chunk, 3) for chunk in chunks if chunk)
