"""Exact treewidths: known values, brute force over all orders, and the bounds from below."""

import itertools

import networkx as nx  # noqa: TID253
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.networks.errors import NetworkError
from core.networks.model import BayesNet
from core.networks.treewidth import (
    contraction_degeneracy,
    degeneracy,
    exact_treewidth,
    lower_bound,
    neighbours_of,
)
from core.progress import Cancelled, Progress


def lists(graph):
    graph = nx.convert_node_labels_to_integers(graph)
    return [sorted(graph[v]) for v in sorted(graph)]


def width_of(order, graph):
    """The width of an order, by eliminating one vertex after another."""
    left = {v: set(neighbours) for v, neighbours in enumerate(graph)}
    width = 0
    for v in order:
        neighbours = left.pop(v)
        width = max(width, len(neighbours))
        for u in neighbours:
            left[u] |= neighbours - {u}
            left[u].discard(v)
    return width


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (nx.empty_graph(0), 0),
        (nx.empty_graph(3), 0),
        (nx.random_labeled_tree(20, seed=2), 1),
        (nx.cycle_graph(9), 2),
        (nx.complete_graph(8), 7),
        (nx.grid_2d_graph(3, 3), 3),
        (nx.grid_2d_graph(4, 4), 4),
        (nx.petersen_graph(), 4),
        (nx.complete_bipartite_graph(4, 9), 4),
        (nx.octahedral_graph(), 4),
        (nx.hypercube_graph(4), 6),
    ],
)
def test_known_treewidths(graph, expected):
    # The hypercube Q4: Chandran and Kavitha (2006). A k x k grid: k. A cycle: 2. K_n: n - 1.
    width, order = exact_treewidth(lists(graph))
    assert width == expected
    assert width_of(order, lists(graph)) == expected


def test_the_chest_clinic_has_treewidth_two(asia):
    assert exact_treewidth(neighbours_of(asia))[0] == 2
    assert exact_treewidth(neighbours_of(BayesNet()))[0] == 0


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 7), st.data())
def test_the_programme_finds_what_trying_all_orders_finds(count, data):
    pairs = list(itertools.combinations(range(count), 2))
    edges = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    graph = [[u for e in edges if v in e for u in e if u != v] for v in range(count)]
    width, order = exact_treewidth(graph)
    assert width == min(width_of(each, graph) for each in itertools.permutations(range(count)))
    assert sorted(order) == list(range(count))
    assert width_of(order, graph) == width
    assert degeneracy(graph) <= lower_bound(graph) <= width
    assert contraction_degeneracy(graph) <= width
    assert degeneracy(graph) == max(nx.core_number(nx.Graph(edges)).values(), default=0)


def test_larger_graphs_are_refused_with_their_size():
    with pytest.raises(NetworkError, match="at most 20 variables and this graph has 25;"):
        exact_treewidth(lists(nx.grid_2d_graph(5, 5)))


def test_the_programme_can_be_cancelled():
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        exact_treewidth(lists(nx.hypercube_graph(4)), progress)
