"""Probabilities far outside the range of doubles, long chains and wide stars."""

import math
import sys

import numpy as np
import pytest

from core.networks.evidence import Evidence
from core.networks.inference import ImpossibleEvidence, compile_network, infer
from core.networks.model import BayesNet, Node

STATES = ("a", "b")


def chain(length, stay=0.9):
    """A two-state Markov chain that starts evenly and stays with probability `stay`."""
    step = np.array([[stay, 1 - stay], [1 - stay, stay]])
    nodes = [Node("x0", STATES, (), np.array([0.5, 0.5]))]
    nodes += [Node(f"x{k}", STATES, (f"x{k - 1}",), step) for k in range(1, length)]
    return BayesNet(nodes, "chain")


def star(leaves, chance):
    """A class with `leaves` features, each `a` with probability chance[class]."""
    table = np.array([[p, 1 - p] for p in chance])
    nodes = [Node("class", STATES, (), np.array([0.5, 0.5]))]
    nodes += [Node(f"f{k}", STATES, ("class",), table) for k in range(leaves)]
    return BayesNet(nodes, "star")


def test_a_chain_of_1041_nodes_needs_no_recursion():
    net = chain(1041)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(200)
    try:
        posteriors = infer(net, Evidence({"x0": 0}))
    finally:
        sys.setrecursionlimit(limit)
    # The chain's second eigenvalue is 0.8: P(x_k = a | x_0 = a) = (1 + 0.8^k) / 2.
    expected = [(1 + 0.8**k) / 2 for k in range(1041)]
    found = [posteriors.marginals[f"x{k}"][0] for k in range(1041)]
    assert found == pytest.approx(expected, abs=1e-12)


def test_the_logarithm_of_a_tiny_evidence_probability_is_exact():
    net = chain(1041)
    alternating = Evidence({f"x{k}": k % 2 for k in range(1041)})
    assert infer(net, alternating).log_evidence == pytest.approx(
        math.log(0.5) + 1040 * math.log(0.1), rel=1e-12
    )


@pytest.mark.parametrize("leaves", [100, 2000])
def test_a_class_with_evenly_split_features_stays_undecided(leaves):
    net = star(leaves, (0.999, 0.001))
    evidence = Evidence({f"f{k}": int(k < leaves // 2) for k in range(leaves)})
    posteriors = infer(net, evidence)
    assert posteriors.marginals["class"].tolist() == pytest.approx([0.5, 0.5], abs=1e-9)
    assert posteriors.log_evidence == pytest.approx(
        leaves / 2 * (math.log(0.999) + math.log(0.001)), rel=1e-12
    )


def test_features_that_contradict_those_before_them_by_700_decades_are_weighed_right():
    net = star(700, (0.9, 0.01))
    evidence = Evidence({f"f{k}": int(k < 350) for k in range(700)})
    posteriors = infer(net, evidence)
    first = 350 * (math.log(0.9) + math.log(0.1))
    second = 350 * (math.log(0.01) + math.log(0.99))
    expected = 1 / (1 + math.exp(second - first))
    assert posteriors.marginals["class"][0] == pytest.approx(expected, abs=1e-12)
    assert posteriors.log_evidence == pytest.approx(
        math.log(0.5) + first + math.log1p(math.exp(second - first)), rel=1e-12
    )


def test_a_frozen_chain_weighs_contradicting_likelihoods_of_any_size():
    net = chain(9, stay=1.0)
    favour = {f"x{k}": (1.0, 1e-100) for k in range(5)}
    oppose = {f"x{k}": (1e-100, 1.0) for k in range(5, 9)}
    posteriors = infer(net, Evidence({**favour, **oppose}))
    assert posteriors.log_evidence == pytest.approx(math.log(0.5) - 400 * math.log(10), rel=1e-12)
    assert posteriors.marginals["x3"][0] == pytest.approx(1.0, abs=1e-15)


@pytest.mark.parametrize("scale", [1e-300, 1e300])
def test_likelihoods_of_extreme_scale_neither_vanish_nor_overflow(scale):
    net = chain(50)
    evidence = Evidence({f"x{k}": (scale, scale) for k in range(50)})
    posteriors = infer(net, evidence)
    assert posteriors.log_evidence == pytest.approx(50 * math.log(scale), rel=1e-12)
    assert posteriors.marginals["x7"].tolist() == pytest.approx([0.5, 0.5], abs=1e-12)


def test_tables_with_entries_near_the_end_of_the_range_are_multiplied_as_logarithms():
    rare = np.array([1e-200, 1.0])
    both = np.array([[[1.0, 0.0], [0.0, 1.0]], [[0.0, 1.0], [0.0, 1.0]]])
    net = BayesNet(
        [
            Node("p", STATES, (), rare),
            Node("q", STATES, (), rare),
            Node("r", STATES, ("p", "q"), both),
        ]
    )
    posteriors = infer(net, Evidence({"r": 0}))
    assert posteriors.log_evidence == pytest.approx(-400 * math.log(10), rel=1e-12)
    assert posteriors.marginals["p"].tolist() == [1.0, 0.0]


def test_underflow_is_told_from_impossibility():
    net = star(400, (1.0, 0.001))
    unlikely = Evidence({f"f{k}": 0 for k in range(400)} | {"class": 1})
    assert infer(net, unlikely).log_evidence == pytest.approx(
        math.log(0.5) + 400 * math.log(0.001), rel=1e-12
    )
    with pytest.raises(ImpossibleEvidence):
        infer(net, Evidence({"f0": 1, "class": 0}))


def test_columns_that_miss_one_are_divided_by_their_sum():
    net = BayesNet(
        [
            Node("x", STATES, (), np.array([2.0, 6.0])),
            Node("y", STATES, ("x",), np.array([[0.3, 0.3], [1e-320, 0.0]])),
        ]
    )
    posteriors = infer(net)
    assert posteriors.marginals["x"].tolist() == [0.25, 0.75]
    assert posteriors.marginals["y"].tolist() == [0.875, 0.125]
    assert posteriors.log_evidence == 0.0


def test_without_evidence_a_thousand_nodes_have_probability_one():
    compiled = compile_network(chain(1000))
    assert compiled.propagate().log_evidence == 0.0
    vacuous = Evidence({"x500": (1.0, 1.0)})
    assert compiled.propagate(vacuous).log_evidence == pytest.approx(0.0, abs=1e-12)
