"""The most probable explanation and marginal MAP, against published values and enumeration."""

import math
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.networks.errors import NetworkError
from core.networks.evidence import Evidence
from core.networks.inference import ImpossibleEvidence, compile_network
from core.networks.model import BayesNet, Node, uniform_table
from core.networks.questions.errors import TooManyCells
from core.networks.questions.marginal_map import marginal_map, marginal_map_cells
from core.networks.questions.most_probable import most_probable_explanation
from core.networks.zoo.markov import misconception
from tests.core.networks.inference.test_random_nets import possible, problems
from tests.core.networks.markov.markov_strategies import networks
from tests.core.networks.questions.brute import marginal, weights
from tests.core.networks.strategies import findings, patient

YES, NO = 0, 1


@pytest.mark.parametrize(
    ("found", "yes", "probability"),
    [
        ({}, set(), 0.29036197575),
        ({"dysp": YES}, {"smoke", "bronc", "dysp"}, 0.20111652),
        ({"asia": YES, "dysp": YES}, {"asia", "smoke", "bronc", "dysp"}, 0.0019494),
        ({"xray": YES, "smoke": NO}, {"xray"}, 0.01528220925),
    ],
)
def test_explanations_of_the_chest_clinic(asia, found, yes, probability):
    explanation = most_probable_explanation(compile_network(asia), Evidence(found))
    labels = explanation.labels(asia)
    assert list(labels) == list(asia.names)
    assert {name for name, label in labels.items() if label == "yes"} == yes
    assert math.exp(explanation.log_probability) == pytest.approx(probability, rel=1e-12)


def test_explanations_of_the_other_nets(sprinkler, burglary, student):
    wet = most_probable_explanation(compile_network(sprinkler), Evidence({"W": 0}))
    assert wet.labels(sprinkler) == {"C": "T", "S": "F", "R": "T", "W": "T"}
    assert math.exp(wet.log_probability) == pytest.approx(0.324, rel=1e-12)
    calls = most_probable_explanation(compile_network(burglary), Evidence({"J": 0, "M": 0}))
    assert calls.labels(burglary) == {"B": "F", "E": "F", "A": "T", "J": "T", "M": "T"}
    assert math.exp(calls.log_probability) == pytest.approx(0.00062811126, rel=1e-12)
    grades = most_probable_explanation(compile_network(student))
    assert set(grades.labels(student).values()) == {"d1", "i0", "g3", "s0", "l0"}
    assert math.exp(grades.log_probability) == pytest.approx(0.184338, rel=1e-12)


@patient
@given(problems())
def test_no_state_of_a_random_net_is_more_probable(problem):
    net, evidence = problem
    possible(net, evidence)
    table = weights(net, evidence)
    explanation = most_probable_explanation(compile_network(net), evidence)
    attained = table[tuple(explanation.states[name] for name in net.names)]
    assert attained == pytest.approx(table.max(), rel=1e-11)
    assert explanation.log_probability == pytest.approx(math.log(table.max()), abs=1e-11)


def test_the_first_of_all_states_is_taken_where_all_tie():
    nodes = [Node(f"n{k}", ("a", "b", "c"), (), uniform_table([], 3)) for k in range(3)]
    nodes.append(Node("last", ("a", "b"), ("n0", "n2"), uniform_table([3, 3], 2)))
    explanation = most_probable_explanation(compile_network(BayesNet(nodes)))
    assert set(explanation.states.values()) == {0}


def test_ties_between_opposites_stay_consistent():
    # either both are a or both are b, equally probable: choosing one by one would mix them
    same = np.array([[1.0, 0.0], [0.0, 1.0]])
    first = Node("first", ("a", "b"), (), np.array([0.5, 0.5]))
    net = BayesNet([first, Node("second", ("a", "b"), ("first",), same)])
    explanation = most_probable_explanation(compile_network(net))
    assert explanation.states == {"first": 0, "second": 0}
    assert math.exp(explanation.log_probability) == pytest.approx(0.5, rel=1e-15)


def test_a_long_chain_neither_underflows_nor_recurses():
    step = np.array([[0.4, 0.6], [0.6, 0.4]])
    nodes = [Node("n0", ("a", "b"), (), np.array([0.5, 0.5]))]
    nodes += [Node(f"n{k}", ("a", "b"), (f"n{k - 1}",), step) for k in range(1, 3000)]
    explanation = most_probable_explanation(compile_network(BayesNet(nodes)))
    expected = math.log(0.5) + 2999 * math.log(0.6)
    assert explanation.log_probability == pytest.approx(expected, rel=1e-12)


def test_impossible_evidence_has_no_explanation(asia):
    contradiction = Evidence({"lung": YES, "either": NO})
    with pytest.raises(ImpossibleEvidence, match="either"):
        most_probable_explanation(compile_network(asia), contradiction)
    with pytest.raises(ImpossibleEvidence, match="either"):
        marginal_map(asia, ["smoke"], contradiction)


# -- marginal MAP ----------------------------------------------------------------------------------


@patient
@given(problems(), st.data())
def test_marginal_map_is_the_largest_entry_of_the_summed_table(problem, data):
    net, evidence = problem
    possible(net, evidence)
    names = data.draw(st.lists(st.sampled_from(net.names), unique=True, min_size=1))
    table = marginal(net, evidence, names)
    explanation = marginal_map(net, names, evidence)
    attained = table[tuple(explanation.states[name] for name in names)]
    assert attained == pytest.approx(table.max(), rel=1e-11)
    assert explanation.log_probability == pytest.approx(math.log(table.max()), abs=1e-11)


@patient
@given(networks(min_size=1, zeros=True), st.data())
def test_marginal_map_of_a_markov_network(network, data):
    evidence = data.draw(findings(network))
    names = data.draw(st.lists(st.sampled_from(network.names), unique=True, min_size=1))
    table = marginal(network, evidence, names)
    if table.max() > sys.float_info.min:  # subnormal numbers have few digits, in the table too
        explanation = marginal_map(network, names, evidence)
        assert explanation.log_probability == pytest.approx(math.log(table.max()), abs=1e-11)


def test_marginal_map_over_everything_is_the_most_probable_explanation(asia):
    evidence = Evidence({"xray": YES, "smoke": NO})
    explanation = marginal_map(asia, asia.names, evidence)
    assert explanation.states == most_probable_explanation(compile_network(asia), evidence).states


def test_the_likeliest_misconception():
    # Koller and Friedman (2009), figure 4.2: a0 b1 c1 d0 has the weight 5 000 000
    network = misconception().net
    explanation = marginal_map(network, network.names)
    assert list(explanation.labels(network).values()) == ["no", "yes", "yes", "no"]
    assert math.exp(explanation.log_probability) == pytest.approx(5_000_000, rel=1e-12)


def test_marginal_map_is_not_the_explanation_restricted():
    # a is likelier than b, but its mass is spread over two states of the child
    child = np.array([[0.5, 0.5], [1.0, 0.0]])
    cause = Node("cause", ("a", "b"), (), np.array([0.6, 0.4]))
    net = BayesNet([cause, Node("child", ("x", "y"), ("cause",), child)])
    assert most_probable_explanation(compile_network(net)).labels(net)["cause"] == "b"
    assert marginal_map(net, ["cause"]).labels(net) == {"cause": "a"}


def test_a_map_that_would_not_fit_is_refused_with_its_number():
    # all thirty causes stand in one table once their common effects are summed out
    causes = [Node(f"c{k}", ("a", "b"), (), uniform_table([], 2)) for k in range(30)]
    links = [
        Node(f"e{k}", ("a", "b"), (*((f"e{k - 1}",) if k else ()), f"c{k}"), uniform_table(s, 2))
        for k in range(30)
        for s in ([2, 2] if k else [2],)
    ]
    net = BayesNet([*causes, *links])
    evidence, names = Evidence({"e29": 0}), [cause.name for cause in causes]
    cells = marginal_map_cells(net, names, evidence)
    assert cells >= 2**29
    with pytest.raises(TooManyCells, match=f"{cells:,.0f}"):
        marginal_map(net, names, evidence)


@pytest.mark.parametrize(("names", "named"), [([], "one"), (["asia"] * 2, "twice"), (["x"], "x")])
def test_a_map_of_names_that_make_no_sense_is_refused(asia, names, named):
    with pytest.raises(NetworkError, match=named):
        marginal_map(asia, names)


@patient
@given(networks(min_size=1, zeros=True), st.data())
def test_no_state_of_a_random_markov_network_weighs_more(network, data):
    evidence = data.draw(findings(network))
    table = weights(network, evidence)
    if table.max() > 0:
        explanation = most_probable_explanation(compile_network(network), evidence)
        assert explanation.log_probability == pytest.approx(math.log(table.max()), abs=1e-11)
        assert list(explanation.states) == list(network.names)
