"""The exact treewidth of small graphs, and bounds from below for all.

TW(S), the least width of an order that begins with the set S, is the minimum over v in S of
max(TW(S without v), |Q(S without v, v)|), where Q(S, v) are the vertices outside S that v reaches
through S.

Sources: Bodlaender, Fomin, Koster, Kratsch and Thilikos, On exact algorithms for treewidth (2012);
Bodlaender and Koster, Treewidth computations II: lower bounds (2011).
"""

from collections.abc import Collection, Sequence

import numpy as np

from core.networks.elimination_order import RULES, elimination_order
from core.networks.errors import NetworkError
from core.networks.factor_model import FactorModel
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet
from core.networks.structure import Structure, structure_from, structure_of
from core.networks.triangulation import triangulation_by
from core.progress import Progress

MOST_VERTICES = 20
"""The programme has a number for each of 2**20 sets."""

Graph = Sequence[Collection[int]]
"""The neighbours of each vertex; vertices are numbered from 0."""


def neighbours_of(model: BayesNet | MarkovNetwork | FactorModel | Structure) -> list[list[int]]:
    """Return the moral graph of a model."""
    from core.networks.kernels_graph import moral_lists

    structure = model if isinstance(model, Structure) else structure_of(model)
    starts, neighbours = moral_lists(
        structure.sizes.size, structure.scope_starts, structure.scope_members
    )
    return [each.tolist() for each in np.split(neighbours, starts[1:-1])] if starts.size > 1 else []


def exact_treewidth(graph: Graph, progress: Progress | None = None) -> tuple[int, tuple[int, ...]]:
    """Return the treewidth of a graph and an elimination order of that width.

    Raises
    ------
    NetworkError
        When it has more than `MOST_VERTICES` vertices.
    """
    count = len(graph)
    if count > MOST_VERTICES:
        raise NetworkError(
            f"The exact treewidth is found for at most {MOST_VERTICES} variables and this graph "
            f"has {count:,}; look at the bounds instead."
        )
    width, order = _greedy(graph)
    if width <= lower_bound(graph):
        return width, order
    return _programme(graph, width, order, progress)


def lower_bound(graph: Graph) -> int:
    """Return the better of both bounds from below."""
    return max(degeneracy(graph), contraction_degeneracy(graph))


def degeneracy(graph: Graph) -> int:
    """Return the largest degree met while taking away a vertex of least degree again and again.

    Every subgraph has a vertex of at most this degree, and the treewidth is at least as large.
    """
    return _largest_least_degree(graph, contracts=False)


def contraction_degeneracy(graph: Graph) -> int:
    """Return the same, merging the vertex with its neighbour of least degree: MMD+ (least-d)."""
    return _largest_least_degree(graph, contracts=True)


def _largest_least_degree(graph: Graph, *, contracts: bool) -> int:
    left = {v: set(neighbours) - {v} for v, neighbours in enumerate(graph)}
    largest = 0
    while left:
        v = min(left, key=lambda u: (len(left[u]), u))
        neighbours = left.pop(v)
        largest = max(largest, len(neighbours))
        for u in neighbours:
            left[u].discard(v)
        if contracts and neighbours:
            heir = min(neighbours, key=lambda u: (len(left[u]), u))
            for u in neighbours - {heir}:
                left[u].add(heir)
                left[heir].add(u)
    return largest


def _greedy(graph: Graph) -> tuple[int, tuple[int, ...]]:
    edges = [(v, u) for v, neighbours in enumerate(graph) for u in neighbours if u > v]
    structure = structure_from([2] * len(graph), edges)
    found = []
    for rule in RULES:
        order = elimination_order(structure, rule)
        width = triangulation_by(structure, np.array(order, dtype=np.int64)).width
        found.append((width, order))
    return min(found, key=lambda each: each[0])


def _programme(
    graph: Graph, bound: int, order: tuple[int, ...], progress: Progress | None
) -> tuple[int, tuple[int, ...]]:
    from core.networks.kernels_treewidth import UNREACHED, extend_sets

    count = len(graph)
    masks = np.array([sum(1 << u for u in set(each) - {v}) for v, each in enumerate(graph)])
    sets = 1 << count
    width = np.full(sets, UNREACHED, dtype=np.uint8)
    last = np.zeros(sets, dtype=np.uint8)
    width[0] = 0
    step = 1 << 12
    for begin in range(0, sets, step):
        if progress is not None:
            progress.report(begin / sets, "Finding the treewidth")
        extend_sets(begin, min(begin + step, sets), masks, bound, width, last)
    everything = sets - 1
    if width[everything] == UNREACHED:
        return bound, order  # nothing is narrower than what the rules found
    backwards, left = [], everything
    while left:
        backwards.append(int(last[left]))
        left &= ~(1 << backwards[-1])
    return int(width[everything]), tuple(reversed(backwards))
