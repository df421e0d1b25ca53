"""A net with its evidence, sets and styles, and the record that studies keep of it."""

import json

import numpy as np
import pytest
from hypothesis import given

from core.networks.errors import EvidenceError, NetworkError
from core.networks.evidence import Evidence
from core.networks.model import Node, uniform_table
from core.networks.subject import NetworkSubject
from core.networks.zoo import example
from tests.core.networks.strategies import patient, subjects


@pytest.fixture
def student():
    net = example("student").build().net
    sets = {"bad luck": Evidence({"Grade": 2, "Letter": 0})}
    return NetworkSubject(net, Evidence({"Grade": 2}), sets, "bars", {"SAT": "name"})


@patient
@given(subjects())
def test_every_subject_is_read_back_equal_from_its_record(subject):
    record, arrays = subject.to_record()
    again = NetworkSubject.from_record(json.loads(json.dumps(record)), arrays)
    assert again == subject
    assert hash(again) == hash(subject)


def test_findings_and_styles_must_fit_the_net(student):
    for evidence in (Evidence({"Mood": 0}), Evidence({"Grade": 3})):
        with pytest.raises(EvidenceError):
            student.with_evidence(evidence)
        with pytest.raises(EvidenceError):
            student.with_evidence_set("x", evidence)
    with pytest.raises(NetworkError, match="style"):
        student.with_node_style("loud")
    with pytest.raises(NetworkError, match="style"):
        student.with_node_style("name", ["Mood"])
    with pytest.raises(NetworkError, match="evidence set"):
        student.with_evidence_set(" ", Evidence())


def test_another_net_keeps_what_still_fits(student):
    after = student.with_net(student.net.without_nodes(["Grade", "SAT"]))
    assert after.evidence == Evidence()
    assert after.evidence_sets == {"bad luck": Evidence({"Letter": 0})}
    assert after.node_styles == {}


def test_renaming_a_node_renames_its_findings_and_its_style(student):
    after = student.renamed("Grade", "Mark").renamed("SAT", "Test")
    assert after.evidence == Evidence({"Mark": 2})
    assert after.evidence_sets["bad luck"] == Evidence({"Mark": 2, "Letter": 0})
    assert after.style_of("Test") == "name"
    assert after.style_of("Mark") == "bars"


def test_findings_follow_reordered_states_and_drop_with_removed_ones(student):
    turned = student.with_states("Grade", ("g3", "g2", "g1"), [2, 1, 0])
    assert turned.evidence.to_labels(turned.net) == {"Grade": "g3"}
    shorter = student.with_states("Grade", ("g1", "g2"), [0, 1])
    assert shorter.evidence == Evidence()
    assert shorter.evidence_sets["bad luck"] == Evidence({"Letter": 0})


def test_evidence_sets_are_put_by_and_removed(student):
    after = student.with_evidence_set("hard", Evidence({"Difficulty": 1}))
    assert list(after.evidence_sets) == ["bad luck", "hard"]
    assert list(after.without_evidence_set("bad luck").evidence_sets) == ["hard"]
    with pytest.raises(NetworkError, match="no evidence set"):
        student.without_evidence_set("hard")


def test_a_style_for_all_replaces_the_styles_of_single_nodes(student):
    assert student.with_node_style("name").node_styles == {}
    assert student.with_node_style("name", ["Grade"]).style_of("Grade") == "name"


def test_subjects_cannot_be_changed_from_outside(student):
    with pytest.raises(TypeError):
        student.evidence_sets["new"] = Evidence()
    with pytest.raises(TypeError):
        student.node_styles["Grade"] = "name"


def test_a_table_of_the_record_is_named_after_its_node(student):
    record, arrays = student.to_record()
    assert set(arrays) == set(student.net.names)
    assert "table" not in record["nodes"][0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"format": "other"}, "not a network"),
        ({"version": 0}, "never existed"),
        ({"version": 2}, "newer Macroscope"),
        ({"version": True}, "whole number"),
        ({"version": "1"}, "whole number"),
        ({"nodes": {}}, "a list"),
        ({"nodes": [3]}, r"nodes\[0\]: an object"),
        ({"nodes": [{}]}, '"name" is missing'),
        ({"nodes": [{"name": "Z", "states": []}]}, "table of 'Z' is missing"),
        ({"nodes": [{"name": "SAT"}]}, '"states" is missing'),
        ({"name": 5}, "text"),
        ({"evidence": []}, "an object"),
        ({"evidence": {"SAT": "s9"}}, "no state 's9'"),
        ({"evidence_sets": {"x": 5}}, "an object"),
        ({"evidence_sets": {"x": {"Z": "1"}}}, "not a node"),
        ({"node_style": "loud"}, "style"),
        ({"node_styles": {"Z": "name"}}, "not in the net"),
    ],
)
def test_a_damaged_record_is_one_sentence(student, change, sentence):
    record, arrays = student.to_record()
    with pytest.raises(NetworkError, match=sentence):
        NetworkSubject.from_record({**record, **change}, arrays)


def test_a_table_of_the_wrong_shape_or_kind_is_one_sentence(student):
    record, arrays = student.to_record()
    wrong = [uniform_table((), 3), np.array(["a", "b"]), np.array([True, False]), np.array(0.5)]
    for array in [*wrong, np.array([1.5, -0.5]), np.array([np.nan, 1])]:
        with pytest.raises(NetworkError, match=r"nodes\[0\]"):
            NetworkSubject.from_record(record, {**arrays, "Difficulty": array})


def test_adding_a_node_keeps_the_evidence_the_same_object(student):
    more = student.net.with_node(Node("New", ("a", "b"), (), uniform_table((), 2)))
    assert student.with_net(more).evidence is student.evidence
