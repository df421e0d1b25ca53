"""What inference will cost, told beforehand, and the trees that a longer search finds."""

import math

import pytest

from core.networks import clique_tree
from core.networks.available_memory import available_bytes
from core.networks.better_trees import better_trees
from core.networks.clique_tree import TooLarge, plan_clique_tree
from core.networks.evidence import Evidence
from core.networks.inference import compile_network
from core.networks.markov_network import MarkovNetwork, Potential, Variable
from core.networks.model import BayesNet, Node, uniform_table
from core.networks.predicted_cost import affordable_cells, predicted_cost
from core.networks.structure import structure_of
from core.networks.triangulation import Effort, forget_triangulations, triangulate
from core.progress import Cancelled, Progress


def lattice(rows, columns, sizes):
    """A lattice in which every node has its neighbours above and to the left as parents."""
    nodes = []
    for i in range(rows):
        for j in range(columns):
            places = [(a, b) for a, b in ((i - 1, j), (i, j - 1)) if a >= 0 and b >= 0]
            size = sizes[(i * columns + j) % len(sizes)]
            above = [sizes[(a * columns + b) % len(sizes)] for a, b in places]
            states = tuple(map(str, range(size)))
            parents = tuple(f"{a},{b}" for a, b in places)
            nodes.append(Node(f"{i},{j}", states, parents, uniform_table(above, size)))
    return BayesNet(nodes, "lattice")


@pytest.mark.parametrize("shape", [(0, 0), (1, 1), (2, 5), (4, 4), (6, 6)])
def test_the_prediction_is_the_cost_of_the_compiled_net(shape):
    forget_triangulations()
    net = lattice(*shape, (2, 3, 5))
    predicted, real = predicted_cost(net), compile_network(net).cost
    assert predicted.cells == real.clique_cells
    assert predicted.bytes == 8 * real.clique_cells
    assert (predicted.treewidth, predicted.cliques) == (real.treewidth, real.cliques)


def test_a_prediction_in_haste_does_not_stand_in_the_way_of_a_longer_search(monkeypatch):
    monkeypatch.setattr("core.networks.predicted_cost.QUICK", Effort(0.25, 0.8, most=1.0))
    forget_triangulations()
    net = lattice(8, 8, (2, 5, 3, 4, 6, 2, 7))
    predicted = predicted_cost(net)
    assert compile_network(net).cost.clique_cells < predicted.cells
    assert predicted_cost(net).cells == compile_network(net).cost.clique_cells


def test_the_prediction_knows_what_is_beyond_any_memory():
    cost = predicted_cost(lattice(40, 40, (9,)))
    assert cost.cells > 1e29
    assert cost.treewidth >= 30
    assert not cost.fits()


def test_a_cell_takes_eight_bytes_of_four_fifths_of_what_is_free():
    assert affordable_cells(100) == pytest.approx(10.0)
    assert predicted_cost(lattice(1, 1, (2,))).fits(available=100)
    assert not predicted_cost(lattice(3, 3, (4,))).fits(available=100)


def test_the_memory_that_is_free_is_known_here():
    assert available_bytes() > 2**20


def test_what_does_not_fit_in_memory_is_refused_with_the_number(monkeypatch):
    monkeypatch.setattr(clique_tree, "affordable_cells", lambda: 10**6)
    monkeypatch.setattr(clique_tree, "SURELY_FITS", 0)
    with pytest.raises(TooLarge, match=r"[\d,]{9,} table cells .* and the limit is 1,000,000;"):
        plan_clique_tree(lattice(8, 8, (6,)))


def test_a_markov_network_is_planned_by_its_scopes():
    variables = [Variable(name, ("0", "1", "2")) for name in "abcd"]
    edges = ["ab", "bc", "cd", "ad", "", "ab"]
    potentials = [
        Potential(f"f{k}", tuple(edge), uniform_table([3] * len(edge), 1).reshape([3] * len(edge)))
        for k, edge in enumerate(edges)
    ]
    tree = plan_clique_tree(MarkovNetwork(variables, potentials))
    assert tree.cost.clique_cells == 2 * 27  # a cycle of four needs two triangles
    assert len(tree.clique_of_factor) == len(edges)
    for edge, clique in zip(edges, tree.clique_of_factor, strict=True):
        assert {"abcd".index(name) for name in edge} <= set(tree.scopes[clique])


def test_ever_better_trees_are_found_and_used_from_then_on():
    forget_triangulations()
    net = lattice(9, 9, (2, 3, 4, 5, 2, 2, 6))
    first = triangulate(structure_of(net)).cells
    cells = [tree.cost.clique_cells for tree in better_trees(net, seconds=0.6)]
    assert cells == sorted(cells, reverse=True)
    assert cells[-1] < first
    assert compile_network(net).cost.clique_cells == cells[-1]


def test_a_compiled_net_may_change_to_a_better_tree():
    forget_triangulations()
    net = lattice(7, 7, (2, 3, 2, 4))
    poor = compile_network(net, rule=net.names[::-1])
    tree = next(better_trees(net, seconds=0.3), plan_clique_tree(net))
    better = poor.with_tree(tree)
    assert better.cost.clique_cells < poor.cost.clique_cells
    evidence = Evidence({"0,0": 1, "6,6": 1})
    expected = poor.propagate(evidence).marginals
    for name, marginal in better.propagate(evidence).marginals.items():
        assert marginal == pytest.approx(expected[name], abs=1e-12)


def test_the_search_for_better_trees_can_be_cancelled():
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        next(better_trees(lattice(9, 9, (3,)), seconds=math.inf, progress=progress))
