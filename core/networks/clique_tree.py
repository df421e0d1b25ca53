"""The clique tree of a net, laid out for the kernels: which tables there are and how they link.

The plan depends on the arcs and the numbers of states alone. Its maximal cliques are linked along
the elimination order, which gives a maximum spanning tree of their intersections, or a forest where
the net is disconnected. A table lists its separator's variables first and the variable eliminated
first last, so that a message upwards sums whole stretches of neighbouring cells.

Source: Koller and Friedman (2009), chapter 10.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.networks.errors import NetworkError
from core.networks.model import BayesNet
from core.networks.triangulation import Structure, Triangulation, connected_parts, triangulate
from core.progress import Progress

CELL_LIMIT = 2**28
"""Clique tables beyond this many cells are refused (2**28 cells of float64 are two gibibytes)."""

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

    def __init__(self, net: BayesNet, cells: float, width: int, limit: int) -> None:
        self.cells = cells
        number = f"{cells:,.0f}" if cells < 1e15 else f"about {cells:.1e}"
        super().__init__(
            f"Exact inference in {net.name} would need {number} table cells in cliques of up to "
            f"{width + 1} variables, and the limit is {limit:,}; remove arcs or states."
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


@dataclass(frozen=True, slots=True, eq=False)
class CliqueTree:
    """The plan of exact inference in one net; variables are numbered in the net's order.

    Attributes
    ----------
    sizes : tuple of int
        Numbers of states.
    scopes : tuple of tuple of int
        The variables of each clique in the order of its axes; cliques above come first.
    separators : tuple of int
        How many variables of each scope are shared with the clique above; they come first.
    above : tuple of int
        The clique above each clique, -1 at a root.
    clique_of_family : tuple of int
        For each variable the clique into which its conditional table is multiplied.
    home : tuple of int
        For each variable the smallest clique that contains it.
    state_starts : int64[variables]
        Where the states of each variable start in `likelihoods` and `marginals`.
    cliques, links, maps :
        The arrays that the kernels read; see there.
    collecting, distributing : tuple of int64[u, 3]
        The work in chunks, in the orders of the two passes.
    cost : Cost
    """

    sizes: tuple[int, ...]
    scopes: tuple[tuple[int, ...], ...]
    separators: tuple[int, ...]
    above: tuple[int, ...]
    clique_of_family: tuple[int, ...]
    home: tuple[int, ...]
    state_starts: Integers
    cliques: Integers
    links: Integers
    maps: Indices
    collecting: tuple[Integers, ...]
    distributing: tuple[Integers, ...]
    cost: Cost

    @property
    def separator_cells(self) -> int:
        """Cells of all separators together; a root has one."""
        return int(self.links[self.cliques[:, 3], 4].sum())

    @property
    def roots(self) -> Integers:
        """The cliques with none above."""
        return np.flatnonzero(np.array(self.above, dtype=np.int64) < 0)


def plan_clique_tree(
    net: BayesNet, progress: Progress | None = None, *, cell_limit: int = CELL_LIMIT
) -> CliqueTree:
    """Return the clique tree of a net.

    Raises
    ------
    TooLarge
        When its tables would have more than `cell_limit` cells; nothing was allocated then.
    """
    index = {name: i for i, name in enumerate(net.names)}
    families = [(index[n.name], *(index[parent] for parent in n.parents)) for n in net]
    sizes = net.sizes(net.names)
    parts = connected_parts(families)
    found = []
    for part in parts:
        number = {v: i for i, v in enumerate(part)}
        structure = Structure(
            tuple(sizes[v] for v in part),
            tuple(tuple(number[each] for each in families[v]) for v in part),
        )
        found.append(triangulate(structure, progress))
    cells = sum(each.cells for each in found)
    width = max((each.width for each in found), default=0)
    if cells > cell_limit:
        raise TooLarge(net, cells, width, cell_limit)
    cost = Cost(width, sum(len(each.cliques) for each in found), round(cells))
    return _laid_out(sizes, _Forest(parts, found), cost)


class _Forest:
    """The cliques of all connected parts in one numbering."""

    def __init__(self, parts: Sequence[Sequence[int]], found: Sequence[Triangulation]) -> None:
        self.scopes: list[tuple[int, ...]] = []
        self.separators: list[int] = []
        self.above: list[int] = []
        self.clique_of_family: dict[int, int] = {}
        for part, triangulation in zip(parts, found, strict=True):
            first = len(self.scopes)
            for clique in triangulation.cliques:
                self.scopes.append(tuple(part[v] for v in clique.members))
                self.separators.append(clique.separator)
                self.above.append(first + clique.above if clique.above >= 0 else -1)
            for v, home in zip(part, triangulation.clique_of_family, strict=True):
                self.clique_of_family[v] = first + home

    def homes(self, sizes: Sequence[int]) -> list[int]:
        """Return for each variable the clique with the fewest cells that contains it."""
        cells = [int(np.prod([sizes[v] for v in scope])) for scope in self.scopes]
        home = [-1] * len(sizes)
        for i, scope in enumerate(self.scopes):
            for v in scope:
                if home[v] < 0 or cells[i] < cells[home[v]]:
                    home[v] = i
        return home


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


def _laid_out(sizes: tuple[int, ...], forest: _Forest, cost: Cost) -> CliqueTree:
    from core.networks.kernels import fill_maps

    layout, home = _Layout(sizes), forest.homes(sizes)
    below: list[list[int]] = [[] for _ in forest.scopes]
    living: list[list[int]] = [[] for _ in forest.scopes]
    for i, up in enumerate(forest.above):
        if up >= 0:
            below[up].append(i)
    for v, i in enumerate(home):
        living[i].append(v)
    shared = [scope[:k] for scope, k in zip(forest.scopes, forest.separators, strict=True)]
    places = _starts([int(np.prod([sizes[v] for v in scope])) for scope in shared])
    starts = _starts(sizes)
    cliques, cell = [], 0
    for i, scope in enumerate(forest.scopes):
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
    return CliqueTree(
        sizes=sizes,
        scopes=tuple(forest.scopes),
        separators=tuple(forest.separators),
        above=tuple(forest.above),
        clique_of_family=tuple(forest.clique_of_family[v] for v in range(len(sizes))),
        home=tuple(home),
        state_starts=np.array(starts, dtype=np.int64),
        cliques=table,
        links=links,
        maps=maps,
        collecting=_chunks(cliques, reversed(range(len(cliques)))),
        distributing=_chunks(cliques, range(len(cliques))),
        cost=cost,
    )


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
