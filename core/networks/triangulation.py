"""Triangulations of models: an elimination order and the clique tree that it leaves.

Vertices whose neighbours are all connected go first, for that is always best. What remains is
eliminated by greedy rules, then with random factors on their costs, for as long as further attempts
promise to save more than they cost; the order with the fewest cells in its maximal cliques wins.
Everything is deterministic: work is counted, not timed, and the random numbers have a seed.

Sources: Koller and Friedman (2009), section 9.4.3.2; Kjaerulff, Triangulation of graphs (1990).
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.networks.errors import NetworkError
from core.networks.structure import Integers, Structure
from core.progress import Progress

Floats = npt.NDArray[np.float64]

MAX_VARIABLES = 2**15
"""The rows of bits of one connected part may take 128 mebibytes."""

CHUNK_WORK = 10e6
"""Nanoseconds of counted work between two looks at the cancel token."""

HOPELESS = 1e30
"""As in the kernels: an order is given up beyond this many cells."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to look for a better order, in nanoseconds of counted work.

    Attributes
    ----------
    patience : float
        For each cell of the best order without a gain.
    greed : float
        For each cell of the best order, altogether.
    most : float
        Altogether.
    """

    patience: float
    greed: float
    most: float


THOROUGH = Effort(patience=0.25, greed=0.8, most=5e8)
"""For inference: passing all messages once costs some nanoseconds a cell."""

QUICK = Effort(patience=0.25, greed=0.8, most=1e6)
"""For a first look while someone waits: the same, but cut short."""


class Tree(NamedTuple):
    """A clique tree in flat arrays, cliques above first.

    Attributes
    ----------
    scope_starts : int64[cliques + 1]
    scope_members : int64[...]
        The variables of clique i are ``scope_members[scope_starts[i]:scope_starts[i + 1]]``, those
        of its separator first and the one eliminated first last.
    separator_sizes : int64[cliques]
        How many of them are shared with the clique above.
    above : int64[cliques]
        That clique, or -1.
    cells : float64[cliques]
        Entries of each clique's table.
    clique_of_factor : int64[factors]
        For each factor a clique that holds its scope.
    home : int64[variables]
        For each variable the smallest clique that holds it.
    """

    scope_starts: Integers
    scope_members: Integers
    separator_sizes: Integers
    above: Integers
    cells: Floats
    clique_of_factor: Integers
    home: Integers


@dataclass(frozen=True, slots=True, eq=False)
class Triangulation:
    """An elimination order of a structure and its clique tree.

    Attributes
    ----------
    structure : Structure
    order : int64[variables]
    tree : Tree
        Empty where the order is hopeless.
    cells : float
        The entries of all clique tables together, at least; it may be astronomical.
    """

    structure: Structure
    order: Integers
    tree: Tree
    cells: float

    @property
    def width(self) -> int:
        """One less than the members of the largest clique: an upper bound of the treewidth."""
        return int(np.diff(self.tree.scope_starts).max(initial=1)) - 1


class _Memory:
    """The triangulations asked for last, so that an undone edit costs nothing."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[bytes, bytes, bytes], Triangulation] = OrderedDict()

    def find(self, structure: Structure) -> Triangulation | None:
        """Return what is kept of a structure."""
        with self._lock:
            found = self._kept.get(structure.key)
            if found is not None:
                self._kept.move_to_end(structure.key)
            return found

    def keep(self, triangulation: Triangulation) -> None:
        """Keep a triangulation unless a better one of its structure is known."""
        key = triangulation.structure.key
        with self._lock:
            known = self._kept.get(key)
            if known is None or triangulation.cells < known.cells:
                self._kept[key] = triangulation
            self._kept.move_to_end(key)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()


_memory = _Memory(most=64)


def forget_triangulations() -> None:
    """Forget what `triangulate` remembers, as if the program had just started."""
    _memory.clear()


def remember(triangulation: Triangulation) -> None:
    """Let `triangulate` return this one from now on, unless it knows a better one."""
    _memory.keep(triangulation)


def triangulate(
    structure: Structure, progress: Progress | None = None, effort: Effort = THOROUGH
) -> Triangulation:
    """Return a good triangulation; it is remembered, so that asking again costs nothing.

    Raises
    ------
    NetworkError
        When a connected part that has to be searched has more than `MAX_VARIABLES` variables.
    """
    found = _memory.find(structure)
    if found is None:
        search = OrderSearch(structure, seed=0)
        found = search.run(effort, progress)
        if effort is THOROUGH or not search.was_cut_short(effort):
            _memory.keep(found)
    return found


def triangulation_by(structure: Structure, order: Integers) -> Triangulation:
    """Return the triangulation that an elimination order of all variables makes."""
    from core.networks.kernels_clique_tree import build_tree
    from core.networks.kernels_graph import moral_lists

    sizes, starts, members = structure.sizes, structure.scope_starts, structure.scope_members
    graph = moral_lists(sizes.size, starts, members)
    tree = Tree(*build_tree(sizes, starts, members, *graph, order))
    return Triangulation(structure, order, tree, float(tree.cells.sum()))


class OrderSearch:
    """A search for elimination orders with few clique cells, which can go on for any time.

    Parameters
    ----------
    structure : Structure
    seed : int
        Not negative. The same seed gives the same orders after the same work.
    """

    def __init__(self, structure: Structure, seed: int) -> None:
        self.structure = structure
        self.has_ended = False
        self._seed = seed
        self._records: _Records | None = None
        self._tree: Tree | None = None

    def run(self, effort: Effort, progress: Progress | None = None) -> Triangulation:
        """Search until the effort is spent and return the best triangulation.

        Raises
        ------
        Cancelled
            Within some ten milliseconds, unless a single elimination takes longer.
        """
        while not self.has_ended:
            if progress is not None:
                progress.check()
            self.step(effort)
        return self.best

    def step(self, effort: Effort, work: float = CHUNK_WORK) -> None:
        """Search for so many nanoseconds, or until the effort is spent."""
        limits = (work, effort.patience, effort.greed, effort.most)
        if self._records is None:
            self._start(limits)
            return
        from core.networks.kernels_search import search_parts

        records = self._records
        self._tree = None
        self.has_ended = search_parts(
            self.structure.sizes, records.starts, records.neighbours, records.part_starts,
            records.vertices, *limits, records.random, records.counts, records.sums,
            records.noise, records.order[records.peeled :],
        )  # fmt: skip

    def _start(self, limits: tuple[float, float, float, float]) -> None:
        from core.networks.kernels_search import first_tree

        mine = self.structure
        largest, records, self.has_ended, tree = first_tree(
            mine.sizes, mine.scope_starts, mine.scope_members, self._seed, MAX_VARIABLES, *limits
        )
        if largest > MAX_VARIABLES:
            raise NetworkError(
                f"A connected part of the model has {largest:,} variables in cycles and exact "
                f"inference takes at most {MAX_VARIABLES:,}; cut the model into smaller ones."
            )
        self._records, self._tree = _Records(*records), Tree(*tree) if self.has_ended else None

    def was_cut_short(self, effort: Effort) -> bool:
        """Return whether more would have been done but for the effort's limit to all work."""
        return self._records is None or bool((self._records.sums[:, 1] > effort.most).any())

    @property
    def searched_cells(self) -> float:
        """The cells of the best order, but for those of the variables that are free to eliminate.

        It falls as the search goes on, and costs nothing to look at.
        """
        return float(self._records.sums[:, 0].sum()) if self._records is not None else np.inf

    @property
    def best(self) -> Triangulation:
        """The best triangulation so far, once a step was made."""
        assert self._records is not None, "no step was made"
        order, tree = self._records.order.copy(), self._tree
        if tree is not None and tree.home.size == order.size:
            return Triangulation(self.structure, order, tree, float(tree.cells.sum()))
        if self.searched_cells > HOPELESS:
            return Triangulation(self.structure, order, _NO_TREE, self.searched_cells)
        return triangulation_by(self.structure, order)


class _Records(NamedTuple):
    """What the kernels of the search keep; see `start_search` there."""

    starts: Integers
    neighbours: Integers
    order: Integers
    peeled: int
    part_starts: Integers
    vertices: Integers
    random: npt.NDArray[np.uint64]
    counts: Integers
    sums: Floats
    noise: Floats


_NOTHING = np.empty(0, dtype=np.int64)
_NO_TREE = Tree(
    np.zeros(1, dtype=np.int64), _NOTHING, _NOTHING, _NOTHING, np.empty(0), _NOTHING, _NOTHING
)
