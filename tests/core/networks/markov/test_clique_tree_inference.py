"""Markov networks through the clique tree: the same answers as enumeration, and the same ln Z."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.networks.brute_force import infer_by_enumeration
from core.networks.errors import NetworkError
from core.networks.evidence import Evidence
from core.networks.formats import uai
from core.networks.inference import compile_network, infer
from core.networks.markov_network import MarkovNetwork, Potential, Variable
from core.networks.zoo import MARKOV_EXAMPLES, example
from tests.core.networks.markov.markov_strategies import networks
from tests.core.networks.strategies import findings, patient


def assert_as_by_enumeration(net, evidence):
    try:
        expected = infer_by_enumeration(net, evidence)
    except NetworkError:
        with pytest.raises(NetworkError):
            infer(net, evidence)
        return
    answer = infer(net, evidence)
    assert answer.log_evidence == pytest.approx(expected.log_evidence, rel=1e-12, abs=1e-12)
    for name, marginal in expected.marginals.items():
        np.testing.assert_allclose(answer.marginals[name], marginal, atol=1e-12)


@patient
@given(st.data())
def test_random_networks_are_answered_as_by_enumeration(data):
    net = data.draw(networks(min_size=1, zeros=True))
    assert_as_by_enumeration(net, data.draw(findings(net)))


@pytest.mark.parametrize("smallest", [1e-320, 1e-300, 1e300])
def test_likelihoods_of_any_scale_are_answered_as_by_enumeration(smallest):
    net = MarkovNetwork([Variable("a", ("only",)), Variable("b", ("no", "yes"))])
    evidence = Evidence({"a": (smallest,), "b": (0.75 * smallest, 0.5 * smallest)})
    assert_as_by_enumeration(net, evidence)
    assert infer(net, Evidence({"a": (smallest,)})).log_evidence == pytest.approx(
        math.log(smallest) + math.log(2), rel=1e-14
    )


@pytest.mark.parametrize("name", [each.name for each in MARKOV_EXAMPLES if each.name[0] != "n"])
def test_the_examples_are_answered_as_by_enumeration(name):
    subject = example(name).build()
    assert_as_by_enumeration(subject.net, subject.evidence)
    assert_as_by_enumeration(subject.net, Evidence())


def test_the_misconception_network_has_its_published_constant():
    net = example("misconception").build().net
    assert infer(net).log_evidence == pytest.approx(math.log(7_201_840), abs=1e-12)
    reduced = infer(net, Evidence({"Charles": 0}))
    assert reduced.log_evidence == pytest.approx(math.log(1_701_110), abs=1e-12)


def test_cliques_and_separators_of_the_calibrated_tree_agree():
    tree = compile_network(example("ising-grid").build().net).calibrate(Evidence({"x1": 1}))
    assert tree.log_evidence == pytest.approx(
        infer_by_enumeration(example("ising-grid").build().net, Evidence({"x1": 1})).log_evidence,
        abs=1e-12,
    )
    for i, above in enumerate(tree.above):
        if above < 0:
            continue
        separator = tree.separators[i]
        for clique in (i, above):
            scope = tree.scopes[clique]
            rest = tuple(k for k, v in enumerate(scope) if v not in separator)
            summed = tree.belief(clique).sum(axis=rest)
            order = [v for v in scope if v in separator]
            moved = np.transpose(summed, [order.index(v) for v in separator])
            np.testing.assert_allclose(moved, tree.separator_belief(i), atol=1e-12)


@pytest.mark.parametrize("strength", [400.0, -400.0])
def test_a_constant_beyond_the_range_of_numbers_keeps_its_logarithm(strength):
    # A chain of 5 spins whose 4 couplings are e^±400: Z = 2 (e^400 + e^-400)^4.
    variables = [Variable(str(v), ("-1", "+1")) for v in range(5)]
    table = np.exp(np.array([[1.0, -1.0], [-1.0, 1.0]]) * strength)
    pairs = [Potential(f"J{v}", (str(v), str(v + 1)), table) for v in range(4)]
    answer = infer(MarkovNetwork(variables, pairs))
    assert answer.log_evidence == pytest.approx(math.log(2) + 4 * 400, rel=1e-13)
    assert answer.marginals["3"] == pytest.approx([0.5, 0.5], abs=1e-12)


def test_a_bayes_net_read_as_a_product_of_potentials_sums_to_one():
    net = example("chest-clinic").build().net
    product = uai.parse(uai.uai_text(net).replace("BAYES", "MARKOV"))
    answer, expected = infer(product), infer(net)
    assert answer.log_evidence == pytest.approx(0.0, abs=1e-12)
    for number, name in enumerate(net.names):
        np.testing.assert_allclose(
            answer.marginals[str(number)], expected.marginals[name], atol=1e-12
        )


def test_constants_and_variables_without_potentials_are_counted():
    net = MarkovNetwork(
        [Variable("a", ("0", "1", "2")), Variable("b", ("0", "1"))],
        [Potential("c", (), 2.5), Potential("f", ("b",), [1, 3])],
    )
    answer = infer(net)
    assert answer.log_evidence == pytest.approx(math.log(3 * 4 * 2.5), abs=1e-12)
    assert answer.marginals["a"] == pytest.approx([1 / 3] * 3, abs=1e-12)


@patient
@given(networks(min_size=2, max_size=4))
def test_tables_that_change_are_taken_in_place(net):
    name = net.unused_potential_name()
    sizes = net.sizes(net.names[:2])
    net = net.with_potential(Potential(name, net.names[:2], np.ones(sizes)))
    potential = net.potential(name)
    changed = net.with_table(
        potential.name, np.arange(1.0, 1.0 + potential.table.size).reshape(sizes)
    )
    answer = compile_network(net).with_tables(changed).propagate()
    expected = infer_by_enumeration(changed)
    assert answer.log_evidence == pytest.approx(expected.log_evidence, rel=1e-12, abs=1e-12)
