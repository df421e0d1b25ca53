"""Findings and how they follow the net."""

import numpy as np
import pytest

from core.networks.errors import EvidenceError
from core.networks.evidence import Evidence
from core.networks.zoo import example


@pytest.fixture
def net():
    return example("student").build().net


def test_findings_are_entered_replaced_and_retracted(net):
    evidence = Evidence().observing("Grade", 2).observing("SAT", 1).observing("Grade", 0)
    assert dict(evidence.items()) == {"Grade": 0, "SAT": 1}
    assert evidence.without("Grade") == Evidence({"SAT": 1})
    assert Evidence({"SAT": 1, "Grade": 0}) == evidence
    assert hash(Evidence({"SAT": 1, "Grade": 0})) == hash(evidence)


def test_labels_and_likelihoods_are_read_and_written(net):
    labels = {"Grade": "g3", "SAT": [0.2, 0.8]}
    evidence = Evidence.from_labels(net, labels)
    assert evidence == Evidence({"Grade": 2, "SAT": (0.2, 0.8)})
    assert evidence.to_labels(net) == labels
    assert evidence.likelihood(net, "Grade").tolist() == [0, 0, 1]
    assert evidence.likelihood(net, "SAT").tolist() == [0.2, 0.8]


def test_numbers_of_numpy_are_findings_too(net):
    evidence = Evidence({"Grade": np.int64(1), "SAT": np.array([0.5, 1.0])})
    assert evidence == Evidence({"Grade": 1, "SAT": (0.5, 1.0)})
    evidence.check(net)


@pytest.mark.parametrize(
    "labels",
    [
        {"Mood": "good"},
        {"Grade": "g4"},
        {"Grade": ["a", "b", "c"]},
        {"Grade": [0.5, 0.5]},
        {"Grade": [0, 0, 0]},
        {"Grade": [-1, 1, 1]},
        {"Grade": [float("nan"), 1, 1]},
        {"Grade": [float("inf"), 1, 1]},
        {"Grade": None},
        {"Grade": {"g1": 1}},
    ],
)
def test_evidence_that_does_not_fit_is_one_sentence_that_names_the_node(net, labels):
    with pytest.raises(EvidenceError, match=next(iter(labels))) as caught:
        Evidence.from_labels(net, labels)
    assert "\n" not in str(caught.value)


def test_evidence_shrinks_to_the_net_that_is_left(net):
    evidence = Evidence({"Grade": 2, "SAT": 1})
    assert evidence.restricted_to(net) is evidence
    assert evidence.restricted_to(net.without_nodes(["Grade"])) == Evidence({"SAT": 1})
    fewer = net.with_states("Grade", ("pass", "fail"), [0, 2])
    assert evidence.restricted_to(fewer) == Evidence({"SAT": 1})


def test_findings_follow_their_states():
    observed, likely = Evidence({"A": 2}), Evidence({"A": (0.1, 0.2, 0.7)})
    assert observed.with_states("A", [2, None, 0]) == Evidence({"A": 0})
    assert observed.with_states("A", [0, 1]) == Evidence()
    assert likely.with_states("A", [2, None, 0]) == Evidence({"A": (0.7, 1.0, 0.1)})
    assert likely.with_states("B", [1, 0]) is likely
