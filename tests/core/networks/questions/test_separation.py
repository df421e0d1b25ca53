"""Separation: published cases, two algorithms, and the mutual information of random nets."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.networks.errors import NetworkError
from core.networks.questions.separation import is_separated, reachable
from core.networks.questions.trails import all_trails, open_trails
from core.networks.zoo.markov import misconception
from tests.core.networks.inference.test_random_nets import nets
from tests.core.networks.markov.markov_strategies import networks
from tests.core.networks.questions.brute import conditional_information
from tests.core.networks.strategies import patient


@st.composite
def questions(draw, models, most=3):
    """A net, two of its nodes and a few others that are given."""
    net = draw(models.filter(lambda net: len(net) > 1))
    names = draw(st.permutations(net.names))
    return net, names[0], names[1], names[2 : 2 + draw(st.integers(0, most))]


def moral_separation(net, x, y, given):
    """Separation in the moral graph of the ancestors of all three (Lauritzen et al. 1990)."""
    import networkx

    kept, frontier = set(), [x, y, *given]
    while frontier:
        name = frontier.pop()
        if name not in kept:
            kept.add(name)
            frontier += net[name].parents
    graph = networkx.Graph()
    graph.add_nodes_from(kept)
    for name in kept:
        family = (name, *net[name].parents)
        graph.add_edges_from(itertools.combinations(family, 2))
    graph.remove_nodes_from(given)
    return not networkx.has_path(graph, x, y)


@pytest.mark.parametrize(
    ("source", "target", "given", "separated"),
    [
        ("asia", "smoke", [], True),
        ("asia", "smoke", ["dysp"], False),
        ("tub", "smoke", [], True),
        ("tub", "lung", ["xray"], False),
        ("asia", "xray", ["either"], True),
        ("bronc", "lung", ["smoke"], True),
        ("bronc", "lung", ["smoke", "dysp"], False),
    ],
)
def test_separations_of_the_chest_clinic(asia, source, target, given, separated):
    assert is_separated(asia, [source], [target], given) is separated
    assert is_separated(asia, [target], [source], given) is separated


def test_what_is_reached_lights_up_in_the_order_of_the_net(asia):
    assert reachable(asia, ["asia"]) == ("tub", "either", "xray", "dysp")
    assert reachable(asia, ["asia"], ["either"]) == ("tub", "smoke", "lung", "bronc", "dysp")
    assert reachable(asia, ["asia"], ["tub"]) == ()


@patient
@given(questions(nets()))
def test_both_algorithms_agree(question):
    net, x, y, given = question
    assert is_separated(net, [x], [y], given) == moral_separation(net, x, y, given)


@patient
@given(questions(nets(most=6)))
def test_what_is_separated_is_independent(question):
    net, x, y, given = question
    if is_separated(net, [x], [y], given):
        assert conditional_information(net, x, y, given) < 1e-12


@patient
@given(questions(nets()))
def test_separation_is_symmetric_and_trails_prove_it(question):
    net, x, y, given = question
    found = open_trails(net, [x], [y], given, limit=3)
    assert is_separated(net, [y], [x], given) == (not found.trails)
    assert all(trail.is_open for trail in found.trails)
    assert all(len(set(trail.names)) == len(trail.names) for trail in found.trails)


@patient
@given(questions(nets(most=6)))
def test_all_trails_are_the_simple_paths_of_the_skeleton(question):
    import networkx

    net, x, y, given = question
    skeleton = networkx.Graph(list(net.arcs))
    skeleton.add_nodes_from(net.names)
    expected = {tuple(path) for path in networkx.all_simple_paths(skeleton, x, y)}
    found = all_trails(net, [x], [y], given, limit=10_000)
    assert not found.has_more
    assert {trail.names for trail in found.trails} == expected
    lengths = [len(trail.names) for trail in found.trails]
    assert lengths == sorted(lengths)
    opened = {trail.names for trail in found.trails if trail.is_open}
    assert opened == {t.names for t in open_trails(net, [x], [y], given, limit=10_000).trails}


def test_each_node_of_a_trail_says_why(asia):
    first, second = all_trails(asia, ["asia"], ["smoke"]).trails
    assert first.text == "asia → tub → either ← lung ← smoke"
    assert [node.role for node in first.nodes] == ["end", "chain", "collider", "chain", "end"]
    assert first.blocked_at == ("either",)
    assert second.text == "asia → tub → either → dysp ← bronc ← smoke"
    first = all_trails(asia, ["asia"], ["smoke"], ["dysp"]).trails[0]
    assert (first.is_open, first.nodes[2].reason) == (True, "has the observed descendant dysp")
    fork = all_trails(asia, ["lung"], ["bronc"], ["smoke"]).trails[0]
    assert (fork.nodes[1].role, fork.nodes[1].reason) == ("fork", "is observed")
    opened = all_trails(asia, ["tub"], ["lung"], ["either"]).trails[0]
    assert opened.nodes[1].reason == "is observed, which opens a collider"


def test_the_limit_counts_and_says_when_there_is_more(asia):
    found = open_trails(asia, ["asia"], ["smoke"], ["dysp"], limit=1)
    assert (len(found.trails), found.has_more) == (1, True)
    found = open_trails(asia, ["asia"], ["smoke"], ["dysp"], limit=2)
    assert (len(found.trails), found.has_more) == (2, False)


def test_groups_of_sources_and_targets(asia):
    trails = open_trails(asia, ["asia", "smoke"], ["xray", "dysp"]).trails
    assert {(trail.names[0], trail.names[-1]) for trail in trails} == {
        (source, target) for source in ("asia", "smoke") for target in ("xray", "dysp")
    }


def test_a_name_on_two_sides_is_refused(asia):
    with pytest.raises(NetworkError, match="two sides"):
        is_separated(asia, ["asia"], ["smoke"], ["asia"])
    with pytest.raises(NetworkError, match="snow"):
        reachable(asia, ["snow"])


def test_a_markov_network_separates_by_its_edges():
    network = misconception().net
    alice, bob, charles, debbie = network.names
    assert not is_separated(network, [alice], [charles], [bob])
    assert is_separated(network, [alice], [charles], [bob, debbie])
    trail = open_trails(network, [alice], [charles], [bob]).trails[0]
    assert trail.text == f"{alice} — {debbie} — {charles}"
    assert trail.nodes[1].role == "link"


@patient
@given(questions(networks(min_size=2)))
def test_a_markov_network_separates_as_its_graph_does(question):
    import networkx

    network, x, y, given = question
    graph = networkx.Graph(list(network.edges))
    graph.add_nodes_from(network.names)
    graph.remove_nodes_from(given)
    assert is_separated(network, [x], [y], given) != networkx.has_path(graph, x, y)
