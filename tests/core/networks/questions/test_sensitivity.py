"""Sensitivity of a posterior to every parameter, against nets in which the parameter is changed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.networks.brute_force import infer_by_enumeration
from core.networks.errors import NetworkError
from core.networks.evidence import Evidence
from core.networks.inference import ImpossibleEvidence, compile_network
from core.networks.model import BayesNet, Node
from core.networks.questions.sensitivity import sensitivity
from core.networks.zoo.markov import misconception
from tests.core.networks.inference.test_random_nets import possible, problems
from tests.core.networks.strategies import patient


def changed(net, row, value):
    """The net with one parameter at another value, the rest of its column in proportion."""
    table = np.array(net[row.node].table)
    column = table[row.configuration] / table[row.configuration].sum()
    others = np.arange(column.size) != row.state
    rest = column[others].sum()
    column[others] = column[others] / rest if rest > 0 else 1 / (column.size - 1)
    column[others] *= 1 - value
    column[row.state] = value
    table[row.configuration] = column
    return net.with_table(row.node, table)


def posterior(net, target, state, evidence):
    """P(target = state | evidence) by enumeration, or None where the evidence is impossible."""
    try:
        return infer_by_enumeration(net, evidence).marginals[target][state]
    except ImpossibleEvidence:
        return None


def test_the_prior_of_a_lone_node_is_its_own_parameter():
    net = BayesNet([Node("coin", ("heads", "tails"), (), np.array([0.3, 0.7]))])
    heads, tails = sensitivity(compile_network(net), "coin", 0).rows
    heads, tails = sorted((heads, tails), key=lambda row: row.state)
    assert (heads.derivative, tails.derivative) == pytest.approx((1, -1))
    assert heads.coefficients == pytest.approx((1, 0, 0, 1))
    assert (heads.low, heads.high) == pytest.approx((0.27, 0.33))
    assert (tails.low, tails.high) == pytest.approx((0.23, 0.37))


def test_a_disease_and_its_test_answer_as_bayes_rule_says():
    # P(ill | positive)(t) = 0.9 t / (0.9 t + 0.2 (1 - t)) for the prior t = 0.1
    net = BayesNet(
        [
            Node("ill", ("yes", "no"), (), np.array([0.1, 0.9])),
            Node("test", ("+", "-"), ("ill",), np.array([[0.9, 0.1], [0.2, 0.8]])),
        ]
    )
    found = sensitivity(compile_network(net), "ill", 0, Evidence({"test": 0}), relative=None)
    prior = next(row for row in found.rows if row.node == "ill" and row.state == 0)
    for t in (0.0, 0.25, 0.8, 1.0):
        assert prior.at(t) == pytest.approx(0.9 * t / (0.9 * t + 0.2 * (1 - t)), abs=1e-12)
    assert found.probability == pytest.approx(0.09 / 0.27, abs=1e-12)
    assert prior.derivative == pytest.approx(0.9 * 0.2 / 0.27**2, abs=1e-9)
    assert (prior.start, prior.stop, prior.low, prior.high) == pytest.approx((0, 1, 0, 1))


@patient
@given(problems(), st.data())
def test_every_parameter_of_a_random_net_acts_as_the_function_says(problem, data):
    net, evidence = problem
    possible(net, evidence)
    target = data.draw(st.sampled_from(net.names))
    state = data.draw(st.integers(0, len(net[target].states) - 1))
    found = sensitivity(compile_network(net), target, state, evidence, relative=None)
    assert found.probability == pytest.approx(posterior(net, target, state, evidence), abs=1e-12)
    for row in data.draw(st.permutations(found.rows))[:4]:
        for value in (0.0, 0.3, 1.0, row.value):
            expected = posterior(changed(net, row, value), target, state, evidence)
            if expected is not None:
                assert row.at(value) == pytest.approx(expected, abs=1e-8)


@patient
@given(problems(), st.data())
def test_derivatives_are_those_of_finite_differences(problem, data):
    net, evidence = problem
    possible(net, evidence)
    target = data.draw(st.sampled_from(net.names))
    found = sensitivity(compile_network(net), target, 0, evidence)
    for row in data.draw(st.permutations(found.rows))[:4]:
        a, b, c, d = row.coefficients
        slope = (a * (c * row.value + d) - c * (a * row.value + b)) / (c * row.value + d) ** 2
        assert row.derivative == pytest.approx(slope, rel=1e-6, abs=1e-9)
        step = 1e-6 if row.value < 0.5 else -1e-6
        if abs(c) < 1e2:
            here, there = (
                posterior(changed(net, row, value), target, 0, evidence)
                for value in (row.value, row.value + step)
            )
            assert (there - here) / step == pytest.approx(row.derivative, rel=1e-2, abs=1e-3)


@patient
@given(problems(), st.data())
def test_parameters_left_out_have_no_influence(problem, data):
    net, evidence = problem
    possible(net, evidence)
    target = data.draw(st.sampled_from(net.names))
    found = sensitivity(compile_network(net), target, 0, evidence)
    listed = {(row.node, row.configuration, row.state) for row in found.rows}
    left_out = [
        (node.name, index[:-1], index[-1])
        for node in net
        if len(node.states) > 1
        for index in np.ndindex(node.table.shape)
        if (node.name, index[:-1], index[-1]) not in listed
    ]
    for node, configuration, state in data.draw(st.permutations(left_out))[:3]:
        table = np.array(net[node].table)
        table[configuration] = 0.9 * table[configuration]
        table[(*configuration, state)] += 0.1 * (table[configuration].sum() or 1)
        now = posterior(net.with_table(node, table), target, 0, evidence)
        assert now == pytest.approx(found.probability, abs=1e-10)


def test_the_widest_range_comes_first(asia):
    found = sensitivity(compile_network(asia), "lung", 0, Evidence({"dysp": 0}))
    widths = [row.high - row.low for row in found.rows]
    assert widths == sorted(widths, reverse=True)
    assert "xray" not in {row.node for row in found.rows}


def test_a_target_that_is_observed_answers_to_nothing(asia):
    found = sensitivity(compile_network(asia), "lung", 1, Evidence({"lung": 0}))
    assert (found.probability, found.rows) == (0.0, ())


def test_a_markov_network_has_no_conditional_tables_to_be_sensitive_to():
    network = misconception().net
    with pytest.raises(NetworkError, match="Markov network"):
        sensitivity(compile_network(network), network.names[0], 0)
