"""Elimination orders of a net's moral graph, and the maximal cliques that they leave.

Several greedy rules are tried, and those with random factors on the costs too where much is at
stake; the order with the fewest cells in its maximal cliques wins, for that is what costs.
Everything is deterministic: ties go to the smaller table, then to the smaller index, and the random
factors have a fixed seed.

Sources: Koller and Friedman (2009), section 9.4.3.2; Kjaerulff, Triangulation of graphs (1990).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from core.networks.errors import NetworkError
from core.progress import Progress

MAX_VARIABLES = 2**15
"""The adjacency matrix of one connected part may take 128 mebibytes."""

PLAIN_RULES = (0, 1, 2)
"""Minimum weight, minimum fill, weighted minimum fill, as numbered in the kernels."""

NOISY_RULES = ((1, 0.1), (2, 0.1), (1, 0.3), (2, 0.3), (2, 0.05), (1, 0.05), (0, 0.1))
"""Rules tried in turn with random factors on the costs, and the spread of their logarithms."""

CELLS_PER_ATTEMPT = 250
VERTICES_ATTEMPTED = 60_000
"""One attempt with random factors for so many cells of the best plain order, as long as all of them
eliminate no more than so many vertices: together they cost about as much as passing the messages
once, and halve the cells of some nets."""

HOPELESS = 2.0**32
"""Rules after the first give up an order beyond this many cells; no computer would use it."""


@dataclass(frozen=True, slots=True)
class Structure:
    """A connected part of a net with its variables numbered from 0.

    Attributes
    ----------
    sizes : tuple of int
        Numbers of states.
    families : tuple of tuple of int
        Each variable with its parents; every family ends up inside one clique.
    """

    sizes: tuple[int, ...]
    families: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Clique:
    """A maximal clique of the triangulated graph.

    Attributes
    ----------
    members : tuple of int
        Last eliminated first, so that the separator comes before the rest.
    separator : int
        How many of the members are shared with the clique above.
    above : int
        The index of that clique, or -1; it always precedes this one.
    """

    members: tuple[int, ...]
    separator: int
    above: int


@dataclass(frozen=True, slots=True)
class Triangulation:
    """The cliques of one connected part, parents first, and where each family fits.

    Attributes
    ----------
    cliques : tuple of Clique
    clique_of_family : tuple of int
        For each variable the index of a clique that contains it and its parents.
    cells : float
        The entries of all clique tables together; a float, since it may be astronomical.
    """

    cliques: tuple[Clique, ...]
    clique_of_family: tuple[int, ...]
    cells: float

    @property
    def width(self) -> int:
        """One less than the members of the largest clique: an upper bound of the treewidth."""
        return max((len(clique.members) for clique in self.cliques), default=1) - 1


def connected_parts(families: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the variables of each connected part in increasing order, parts by first variable."""
    root = list(range(len(families)))

    def find(v: int) -> int:
        while root[v] != v:
            root[v] = root[root[v]]
            v = root[v]
        return v

    for v, family in enumerate(families):
        for other in family:
            a, b = find(v), find(other)
            root[max(a, b)] = min(a, b)
    parts: dict[int, list[int]] = {}
    for v in range(len(families)):
        parts.setdefault(find(v), []).append(v)
    return list(parts.values())


def triangulate(structure: Structure, progress: Progress | None = None) -> Triangulation:
    """Return the best triangulation found; it is remembered, so that asking again costs nothing.

    Raises
    ------
    NetworkError
        When the part has more than `MAX_VARIABLES` variables.
    """
    if len(structure.sizes) > MAX_VARIABLES:
        raise NetworkError(
            f"A connected part of the net has {len(structure.sizes):,} variables and exact "
            f"inference takes at most {MAX_VARIABLES:,}; cut the net into smaller ones."
        )
    silent = _Silent(progress)
    try:
        return _remembered(structure, silent)
    finally:
        silent.progress = None


class _Silent:
    """Carries a progress token past the memory of earlier results: all of them are equal."""

    def __init__(self, progress: Progress | None) -> None:
        self.progress = progress

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Silent)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _remembered(structure: Structure, silent: _Silent) -> Triangulation:
    from core.networks.kernels_elimination import elimination_tree

    sizes = np.array(structure.sizes, dtype=np.float64)
    graph, order = _best_order(moral_graph(structure), sizes, silent.progress)
    above, keeper = np.empty_like(order), np.empty_like(order)
    cells = float(elimination_tree(graph, order, sizes, above, keeper))
    return _dressed(structure, graph, order, above, keeper, cells)


def moral_graph(structure: Structure) -> npt.NDArray[np.uint64]:
    """Return the moral graph as rows of bits: uint64[n, words], symmetric, no loops."""
    count = len(structure.sizes)
    graph = np.zeros((count, (count + 63) // 64), dtype=np.uint64)
    one = np.uint64(1)
    for family in structure.families:
        for a in family:
            for b in family:
                if a != b:
                    graph[a, b >> 6] |= one << np.uint64(b & 63)
    return graph


def _best_order(
    moral: npt.NDArray[np.uint64], sizes: npt.NDArray[np.float64], progress: Progress | None
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    from core.networks.kernels_elimination import eliminate, elimination_tree

    count = sizes.size
    above, keeper = np.empty(count, np.int64), np.empty(count, np.int64)
    best_cells = math.inf
    best: tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]] | None = None
    for attempt, (rule, noise) in enumerate(_attempts(count)):
        noisy = attempt - len(PLAIN_RULES)
        if noisy >= 0 and not noisy * CELLS_PER_ATTEMPT < best_cells <= HOPELESS:
            break
        if progress is not None:
            progress.check()
        graph, order = moral.copy(), np.empty(count, np.int64)
        bound = math.inf if best is None else min(3.0 * best_cells, HOPELESS)
        if eliminate(graph, sizes, rule, noise, bound, order) <= bound:
            cells = float(elimination_tree(graph, order, sizes, above, keeper))
            if best is None or cells < best_cells:
                best, best_cells = (graph, order), cells
    assert best is not None, "the first rule has no bound"
    return best


def _attempts(count: int) -> Iterator[tuple[int, npt.NDArray[np.float64]]]:
    """Generate rules and the factors on the costs of `count` vertices: first plain, then random."""
    for rule in PLAIN_RULES:
        yield rule, np.ones(count)
    generator = np.random.default_rng(0)
    for k in range(VERTICES_ATTEMPTED // max(count, 1000)):
        rule, spread = NOISY_RULES[k % len(NOISY_RULES)]
        yield rule, np.exp(generator.normal(0.0, spread, count))


def _dressed(
    structure: Structure,
    graph: npt.NDArray[np.uint64],
    order: npt.NDArray[np.int64],
    above: npt.NDArray[np.int64],
    keeper: npt.NDArray[np.int64],
    cells: float,
) -> Triangulation:
    rank = np.empty_like(order)
    rank[order] = np.arange(order.size)
    late_first = (-rank).tolist().__getitem__
    last = {int(keeper[v]): int(v) for v in order}
    kept = sorted(last, key=lambda v: late_first(last[v]))
    index = {v: i for i, v in enumerate(kept)}
    scopes = [tuple(sorted([v, *members_of(graph[v])], key=late_first)) for v in kept]
    shared = [scope.index(last[v]) for scope, v in zip(scopes, kept, strict=True)]
    tops = [int(above[last[v]]) for v in kept]
    parents = [index[int(keeper[top])] if top >= 0 else -1 for top in tops]
    parents = _light_links(structure.sizes, scopes, shared, parents)
    outward = _parents_first(parents)
    place = {i: k for k, i in enumerate(outward)}
    homes = [index[int(keeper[max(family, key=late_first)])] for family in structure.families]
    return Triangulation(
        cliques=tuple(
            Clique(scopes[i], shared[i], place[parents[i]] if parents[i] >= 0 else -1)
            for i in outward
        ),
        clique_of_family=tuple(place[i] for i in homes),
        cells=cells,
    )


def _light_links(
    sizes: Sequence[int],
    scopes: Sequence[tuple[int, ...]],
    shared: Sequence[int],
    parents: Sequence[int],
) -> list[int]:
    """Hang each clique below the smallest one that holds its separator.

    Any clique outside the subtree that holds the whole separator may take the place of the one
    above: the tree keeps its weight, so it stays a clique tree. A message then costs a pass over
    a small table in place of a large one.
    """
    cells = [math.prod(sizes[v] for v in scope) for scope in scopes]
    holders: list[list[int]] = [[] for _ in sizes]
    for i in sorted(range(len(scopes)), key=lambda i: (cells[i], i)):
        for v in scopes[i]:
            holders[v].append(i)
    members = [frozenset(scope) for scope in scopes]
    result = list(parents)
    for i, scope in enumerate(scopes):
        separator = scope[: shared[i]]
        if not separator:
            continue
        rarest = min(separator, key=lambda v: len(holders[v]))
        for j in holders[rarest]:
            if cells[j] >= cells[result[i]]:
                break
            if members[j].issuperset(separator) and not _is_below(j, i, result):
                result[i] = j
                break
    return result


def _is_below(clique: int, other: int, parents: Sequence[int]) -> bool:
    while clique >= 0 and clique != other:
        clique = parents[clique]
    return clique == other


def _parents_first(parents: Sequence[int]) -> list[int]:
    """Return the cliques depth first, so that neighbours in the tree are near in memory."""
    below: list[list[int]] = [[] for _ in parents]
    for i, up in enumerate(parents):
        if up >= 0:
            below[up].append(i)
    waiting = [i for i, up in enumerate(parents) if up < 0][::-1]
    outward = []
    while waiting:
        i = waiting.pop()
        outward.append(i)
        waiting += reversed(below[i])
    return outward


def members_of(row: npt.NDArray[np.uint64]) -> list[int]:
    """Return the vertices of a row of bits in increasing order."""
    bits = np.unpackbits(row.astype("<u8").view(np.uint8), bitorder="little")
    return [int(v) for v in np.flatnonzero(bits)]
