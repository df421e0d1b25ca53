"""A Markov network as a subject of a study: records, evidence that follows, examples."""

import json

import numpy as np
import pytest
from hypothesis import given

from core.networks.errors import NetworkError
from core.networks.evidence import Evidence
from core.networks.markov_subject import MarkovSubject
from core.networks.zoo import MARKOV_EXAMPLES, example
from tests.core.networks.markov.markov_strategies import markov_subjects
from tests.core.networks.strategies import patient


@patient
@given(markov_subjects())
def test_a_record_brings_everything_back(subject):
    record, arrays = subject.to_record()
    assert MarkovSubject.from_record(json.loads(json.dumps(record)), arrays) == subject


def test_findings_follow_a_variable_that_is_renamed_and_states_that_move():
    subject = example("misconception").build().with_evidence(Evidence({"Bob": 1}))
    assert dict(subject.renamed("Bob", "Bert").evidence.items()) == {"Bert": 1}
    turned = subject.with_states("Bob", ("yes", "no"), (1, 0))
    assert turned.evidence["Bob"] == 0
    assert turned.net.potential("φ1").table.tolist() == [[5, 30], [10, 1]]


def test_findings_go_with_their_variable():
    subject = example("misconception").build().with_evidence(Evidence({"Bob": 1, "Alice": 0}))
    assert list(subject.with_net(subject.net.without(["Bob"])).evidence) == ["Alice"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": "other"}, "no Markov network"),
        ({"version": 0}, "never existed"),
        ({"version": 99}, "newer Macroscope"),
        ({"variables": [3]}, r"variables\[0\]: an object"),
        ({"potentials": [{"name": "φ1", "scope": [1]}]}, r"potentials\[0\].scope\[0\]"),
        ({"drawing": "cubist"}, "no drawing 'cubist'"),
        ({"evidence": {"Nobody": "no"}}, "not a node"),
    ],
)
def test_a_record_that_is_none_is_refused_with_its_place(change, words):
    record, arrays = example("misconception").build().to_record()
    with pytest.raises(NetworkError, match=words):
        MarkovSubject.from_record({**record, **change}, arrays)


@pytest.mark.parametrize("name", [each.name for each in MARKOV_EXAMPLES])
def test_every_example_is_placed_and_has_its_source(name):
    made = example(name)
    subject = made.build()
    parts = [*subject.net, *subject.net.potentials]
    assert len({part.position for part in parts}) == len(parts)
    assert made.source and made.hint


def test_the_received_word_breaks_two_checks_of_the_hamming_code():
    subject = example("hamming-code").build()
    bits = [int(np.argmax(subject.evidence[name])) for name in subject.net.names]
    broken = [
        potential.name
        for potential in subject.net.potentials
        if sum(bits[subject.net.names.index(each)] for each in potential.scope) % 2
    ]
    assert broken == ["c1", "c2"]
