"""Triangulations: widths that are known, and the laws that every clique tree obeys."""

import itertools
import math

import networkx as nx  # noqa: TID253
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.networks.clique_tree import plan_clique_tree
from core.networks.model import BayesNet, Node, uniform_table
from core.networks.structure import structure_from
from core.networks.triangulation import (
    Effort,
    OrderSearch,
    forget_triangulations,
    triangulate,
)
from core.progress import Cancelled, Progress


def structure(edges, sizes):
    """A structure whose moral graph has exactly these edges."""
    return structure_from(sizes, edges)


def searched(problem, work, seed=0):
    search = OrderSearch(problem, seed)
    search.run(Effort(patience=np.inf, greed=np.inf, most=work))
    return search.best


def width(graph, size=2):
    graph = nx.convert_node_labels_to_integers(graph)
    return triangulate(structure(graph.edges, [size] * len(graph))).width


def net_of(parents, sizes):
    nodes = []
    for v, above in enumerate(parents):
        table = uniform_table([sizes[p] for p in above], sizes[v])
        states = tuple(map(str, range(sizes[v])))
        nodes.append(Node(f"n{v}", states, tuple(f"n{p}" for p in above), table))
    return BayesNet(nodes, "net")


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (nx.path_graph(30), 1),
        (nx.random_labeled_tree(60, seed=4), 1),
        (nx.cycle_graph(12), 2),
        (nx.complete_graph(9), 8),
        (nx.complete_bipartite_graph(3, 7), 3),
        (nx.empty_graph(5), 0),
        (nx.disjoint_union(nx.cycle_graph(5), nx.complete_graph(4)), 3),
        (nx.grid_2d_graph(2, 9), 2),
        (nx.grid_2d_graph(3, 3), 3),
        (nx.petersen_graph(), 4),
    ],
)
def test_small_graphs_get_their_exact_treewidth(graph, expected):
    assert width(graph) == expected


@pytest.mark.parametrize("side", [4, 5, 6, 8])
def test_a_square_grid_gets_little_more_than_its_treewidth(side):
    # The treewidth of a k x k grid is k.
    graph = nx.convert_node_labels_to_integers(nx.grid_2d_graph(side, side))
    found = searched(structure(graph.edges, [2] * side * side), 3e6)
    assert side <= found.width <= side + 1


def test_the_chest_clinic_has_six_cliques_of_forty_cells(asia):
    cost = plan_clique_tree(asia).cost
    assert (cost.treewidth, cost.cliques, cost.clique_cells) == (2, 6, 40)


def test_the_textbook_nets_have_width_two(sprinkler, burglary, student):
    assert [plan_clique_tree(n).cost.treewidth for n in (sprinkler, burglary, student)] == [2, 2, 2]


def test_a_net_without_nodes_has_no_cliques():
    cost = plan_clique_tree(BayesNet()).cost
    assert (cost.treewidth, cost.cliques, cost.clique_cells) == (0, 0, 0)


@st.composite
def random_nets(draw):
    count = draw(st.integers(1, 14))
    sizes = draw(st.lists(st.integers(1, 4), min_size=count, max_size=count))
    parents = [
        sorted(draw(st.sets(st.integers(0, v - 1), max_size=3))) if v else [] for v in range(count)
    ]
    return parents, sizes


@settings(max_examples=150, deadline=None)
@given(random_nets())
def test_every_plan_is_a_clique_tree(problem):
    parents, sizes = problem
    tree = plan_clique_tree(net_of(parents, sizes))
    scopes = [set(scope) for scope in tree.scopes]
    # Family preservation, and a home for every variable.
    for v, above in enumerate(parents):
        assert {v, *above} <= scopes[tree.clique_of_family[v]]
        assert v in scopes[tree.home[v]]
    # The cliques are maximal.
    assert not any(a <= b for a, b in itertools.permutations(scopes, 2))
    # Separators are intersections with the clique above, which comes before.
    for i, up in enumerate(tree.above):
        shared = scopes[i] & scopes[up] if up >= 0 else set()
        assert up < i
        assert set(tree.scopes[i][: tree.separators[i]]) == shared
    # Running intersection: the cliques of a variable form one subtree, with one topmost clique.
    for v in range(len(sizes)):
        tops = [i for i, up in enumerate(tree.above) if v in scopes[i] and v not in scopes[up]]
        roots = [i for i, up in enumerate(tree.above) if up < 0 and v in scopes[i]]
        assert len(set(tops) | set(roots)) == 1
    cells = sum(int(np.prod([sizes[v] for v in scope])) for scope in scopes)
    assert tree.cost.clique_cells == cells
    assert tree.cost.treewidth == max(map(len, scopes)) - 1


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 16), st.data())
def test_every_scope_of_a_factor_fits_in_its_clique_and_cliques_of_a_variable_hang_together(
    count, data
):
    variable = st.integers(0, count - 1)
    scopes = data.draw(st.lists(st.lists(variable, max_size=4, unique=True), max_size=2 * count))
    sizes = data.draw(st.lists(st.integers(1, 4), min_size=count, max_size=count))
    found = triangulate(structure_from(sizes, scopes))
    tree, members = found.tree, found.tree.scope_members.tolist()
    cliques = [set(members[a:b]) for a, b in itertools.pairwise(tree.scope_starts.tolist())]
    assert sorted(found.order.tolist()) == list(range(count))
    for scope, clique in zip(scopes, tree.clique_of_factor.tolist(), strict=True):
        assert set(scope) <= cliques[clique]
    for v in range(count):
        holders = {i for i, clique in enumerate(cliques) if v in clique}
        tops = [i for i in holders if tree.above[i] not in holders]
        assert len(tops) == 1
        assert tree.home[v] in holders
        assert tree.cells[tree.home[v]] == min(tree.cells[i] for i in holders)
    expected = [math.prod(sizes[v] for v in clique) for clique in cliques]
    assert tree.cells.tolist() == expected
    assert found.cells == sum(expected)


@settings(max_examples=60, deadline=None)
@given(random_nets())
def test_the_links_form_a_maximum_spanning_forest_of_the_intersections(problem):
    tree = plan_clique_tree(net_of(*problem))
    graph = nx.Graph()
    graph.add_nodes_from(range(len(tree.scopes)))
    for i, j in itertools.combinations(range(len(tree.scopes)), 2):
        shared = len(set(tree.scopes[i]) & set(tree.scopes[j]))
        if shared:
            graph.add_edge(i, j, weight=shared)
    best = nx.maximum_spanning_tree(graph).size(weight="weight")
    assert sum(tree.separators) == best


@settings(max_examples=60, deadline=None)
@given(random_nets())
def test_the_cliques_are_those_of_a_chordal_graph_that_holds_the_moral_graph(problem):
    parents, sizes = problem
    tree = plan_clique_tree(net_of(parents, sizes))
    graph = nx.Graph()
    graph.add_nodes_from(range(len(sizes)))
    for scope in tree.scopes:
        graph.add_edges_from(itertools.combinations(scope, 2))
    assert nx.is_chordal(graph)
    assert {frozenset(c) for c in nx.find_cliques(graph)} == {frozenset(s) for s in tree.scopes}
    for v, above in enumerate(parents):
        for a, b in itertools.combinations([v, *above], 2):
            assert graph.has_edge(a, b)


def test_the_same_structure_always_gets_the_same_tree():
    graph = nx.convert_node_labels_to_integers(nx.grid_2d_graph(11, 11))
    problem = structure(graph.edges, [3] * 121)
    first = triangulate(problem)
    forget_triangulations()
    again = triangulate(problem)
    assert again is not first
    assert again.order.tolist() == first.order.tolist()


def test_a_structure_asked_for_again_is_remembered():
    graph = nx.cycle_graph(9)
    first = triangulate(structure(graph.edges, [2] * 9))
    assert triangulate(structure(graph.edges, [2] * 9)) is first


def test_random_attempts_never_lose_against_the_plain_rules():
    graph = nx.convert_node_labels_to_integers(nx.random_regular_graph(4, 60, seed=1))
    problem = structure(graph.edges, [2] * 60)
    assert searched(problem, 5e6).cells < searched(problem, 1.0).cells


def test_a_long_strip_is_swept_from_end_to_end():
    # A net that is a lattice of 10 x 100: along its diagonals 2^11 or 2^12 cells for each node;
    # the greedy rules alone come to 13 million.
    graph = nx.convert_node_labels_to_integers(nx.grid_2d_graph(10, 100))
    married = [(v, v + 99) for v in range(900) if v % 100]
    found = searched(structure([*graph.edges, *married], [2] * 1000), 1e7)
    assert found.width <= 11
    assert found.cells <= 1000 * 2**12


def test_searching_in_small_steps_finds_what_searching_at_once_does():
    graph = nx.convert_node_labels_to_integers(nx.grid_2d_graph(7, 7))
    problem = structure(graph.edges, [2, 3, 4, 2, 3, 5, 2] * 7)
    effort = Effort(patience=np.inf, greed=np.inf, most=3e6)
    steps = OrderSearch(problem, seed=3)
    while not steps.has_ended:
        steps.step(effort, work=1e5)
    assert steps.best.cells == searched(problem, 3e6, seed=3).cells


def test_the_parts_of_a_disconnected_graph_are_searched_apart():
    grid = nx.convert_node_labels_to_integers(nx.grid_2d_graph(5, 5))
    twice = nx.convert_node_labels_to_integers(nx.disjoint_union(grid, grid))
    once = searched(structure(grid.edges, [3] * 25), 2e6).cells
    assert searched(structure(twice.edges, [3] * 50), 2e6).cells <= 2.2 * once


def test_a_search_that_was_cancelled_stops_at_its_next_step():
    graph = nx.convert_node_labels_to_integers(nx.grid_2d_graph(9, 9))
    search = OrderSearch(structure(graph.edges, [4] * 81), seed=0)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        search.run(Effort(np.inf, np.inf, np.inf), progress)
