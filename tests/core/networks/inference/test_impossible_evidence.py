"""Impossible evidence is named by a smallest part that contradicts itself."""

import numpy as np
import pytest

from core.networks.conflict import minimal_conflict
from core.networks.evidence import Evidence
from core.networks.inference import ImpossibleEvidence, compile_network, infer
from core.networks.model import BayesNet, Node

STATES = ("no", "yes")


def conflict(net, **labels):
    with pytest.raises(ImpossibleEvidence) as caught:
        infer(net, Evidence.from_labels(net, labels))
    return caught.value


def test_two_findings_that_exclude_each_other_are_named(asia):
    error = conflict(asia, asia="yes", smoke="no", lung="yes", xray="no", either="no", dysp="yes")
    assert dict(error.conflict.items()) == {"lung": 0, "either": 1}
    assert str(error) == (
        "This evidence is impossible: lung = yes contradicts either = no; retract one of them."
    )


def test_three_findings_that_only_together_are_impossible_are_named(asia):
    error = conflict(asia, either="yes", smoke="no", lung="no", tub="no")
    assert dict(error.conflict.items()) == {"either": 0, "lung": 1, "tub": 1}
    assert str(error) == (
        "This evidence is impossible: either = yes, lung = no and tub = no contradict one another; "
        "retract one of them."
    )


def test_a_single_state_that_never_occurs_is_named():
    net = BayesNet([Node("x", STATES, (), np.array([1.0, 0.0]))])
    error = conflict(net, x="yes")
    assert str(error) == ("This evidence is impossible: x = yes has probability 0; retract it.")


def test_likelihoods_can_contradict_each_other(asia):
    error = conflict(asia, dysp="yes", lung=[1.0, 0.0], either=[0, 0.3])
    assert list(error.conflict) == ["lung", "either"]
    assert str(error) == (
        "This evidence is impossible: the likelihood of lung contradicts "
        "the likelihood of either; retract one of them."
    )


def test_a_finding_and_a_likelihood_can_contradict_each_other(asia):
    error = conflict(asia, tub=[0.5, 0.0], either="no")
    assert str(error) == (
        "This evidence is impossible: the likelihood of tub contradicts either = no; "
        "retract one of them."
    )


def test_the_conflict_entered_first_is_preferred(asia):
    error = conflict(asia, lung="yes", either="no", tub="yes")
    assert list(error.conflict) == ["lung", "either"]


def test_a_conflict_in_one_of_several_parts_is_found_across_a_long_chain():
    copy = np.eye(2)
    nodes = [Node("other", STATES, (), np.array([0.5, 0.5]))]
    nodes += [Node("x0", STATES, (), np.array([0.5, 0.5]))]
    nodes += [Node(f"x{k}", STATES, (f"x{k - 1}",), copy) for k in range(1, 300)]
    findings = {"other": 1} | {f"x{k}": int(k == 250) for k in range(0, 300, 10)}
    with pytest.raises(ImpossibleEvidence) as caught:
        infer(BayesNet(nodes), Evidence(findings))
    assert dict(caught.value.conflict.items()) == {"x0": 0, "x250": 1}


def test_a_compiled_net_answers_again_after_impossible_evidence(asia):
    compiled = compile_network(asia)
    before = compiled.propagate().marginals["lung"].tolist()
    with pytest.raises(ImpossibleEvidence):
        compiled.propagate(Evidence({"lung": 0, "either": 1}))
    assert compiled.propagate().marginals["lung"].tolist() == before


@pytest.mark.parametrize("needed", [{3}, {0, 7}, {1, 4, 6}, set(range(8))])
def test_the_search_finds_exactly_the_findings_that_matter(needed):
    evidence = Evidence({f"n{k}": 0 for k in range(8)})
    names = {f"n{k}" for k in needed}
    found = minimal_conflict(evidence, lambda part: not names <= set(part))
    assert set(found) == names
