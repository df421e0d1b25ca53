"""A smaller clique tree takes the place of the first one without changing any answer."""

import numpy as np
import pytest

from app.graphical import tree_search
from app.graphical.beliefs import BeliefController
from app.graphical.tree_search import TreeSearch
from app.jobs.pool import Jobs
from core.networks.evidence import Evidence
from core.networks.inference import compile_network
from core.networks.model import BayesNet, Node
from core.networks.subject import NetworkSubject
from core.networks.triangulation import forget_triangulations

SIDE = 6


def grid_net():
    """A square grid of binary nodes, each with its upper and its left neighbour for parents."""
    random = np.random.default_rng(7)
    nodes = []
    for row in range(SIDE):
        for column in range(SIDE):
            parents = tuple(
                f"{r},{c}" for r, c in ((row - 1, column), (row, column - 1)) if min(r, c) >= 0
            )
            table = random.dirichlet((1.0, 1.0), size=(2,) * len(parents))
            nodes.append(Node(f"{row},{column}", ("no", "yes"), parents, table))
    return BayesNet(nodes, "grid")


@pytest.fixture
def jobs(qapp):
    pool = Jobs()
    yield pool
    pool.shutdown(5000)


@pytest.fixture
def eager(monkeypatch):
    """Searches that are worth their while for small nets too, and short."""
    forget_triangulations()
    monkeypatch.setattr(tree_search, "WORTHWHILE_CELLS", 0)
    monkeypatch.setattr(tree_search, "SEARCH_SECONDS", 0.3)


def wasteful(net):
    """Compile in an order that joins distant rows: every second node first."""
    return compile_network(net, rule=(*net.names[::2], *net.names[1::2]))


def test_a_smaller_tree_is_found_and_answers_alike(qtbot, jobs, eager):
    first = wasteful(grid_net())
    search = TreeSearch(jobs, jobs)
    with qtbot.waitSignal(search.found, timeout=20_000) as found:
        search.follow(first)
    (better,) = found.args
    assert better.cost.clique_cells < first.cost.clique_cells
    evidence = Evidence({"5,5": 1, "0,3": 0})
    expected = first.propagate(evidence).marginals
    for name, marginal in better.propagate(evidence).marginals.items():
        assert marginal == pytest.approx(expected[name], abs=1e-12)


def test_a_structure_is_searched_once(qtbot, jobs, eager):
    compiled = wasteful(grid_net())
    search = TreeSearch(jobs, jobs)
    with qtbot.waitSignal(search.found, timeout=20_000):
        search.follow(compiled)
    search.follow(compiled)
    assert jobs.running == []


def test_small_trees_are_left_alone(jobs):
    search = TreeSearch(jobs, jobs)
    search.follow(wasteful(grid_net()))
    assert jobs.running == []


def test_the_beliefs_go_on_with_the_smaller_tree(qtbot, jobs, eager, monkeypatch):
    net = grid_net()
    monkeypatch.setattr("core.networks.inference.compile_network", lambda net, progress=None: first)
    first = wasteful(net)
    beliefs = BeliefController(jobs, jobs)
    beliefs.take(NetworkSubject(net))
    qtbot.waitUntil(lambda: beliefs.compiled is not None, timeout=20_000)
    qtbot.waitUntil(lambda: beliefs.compiled is not first, timeout=20_000)
    assert beliefs.beliefs.cost.clique_cells < first.cost.clique_cells
    evidence = Evidence({"5,5": 1})
    beliefs.take(NetworkSubject(net, evidence))
    qtbot.waitUntil(lambda: not beliefs.is_waiting, timeout=20_000)
    expected = first.propagate(evidence).marginals["0,0"]
    assert beliefs.beliefs.posteriors.marginals["0,0"] == pytest.approx(expected, abs=1e-12)
    beliefs.close()
