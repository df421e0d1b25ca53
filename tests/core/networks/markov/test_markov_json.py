"""Markov networks in our own JSON: everything comes back, and errors say where."""

import json

import pytest
from hypothesis import given

from core.files.errors import FormatError
from core.networks.formats import json_format
from core.networks.zoo import example
from tests.core.networks.markov.markov_strategies import markov_subjects
from tests.core.networks.strategies import patient


@patient
@given(markov_subjects())
def test_everything_comes_back(subject):
    assert json_format.parse(json_format.json_text(subject)) == subject


def test_each_variable_and_each_potential_has_a_line_of_its_own():
    lines = json_format.json_text(example("misconception").build()).splitlines()
    assert sum('"states"' in line for line in lines) == 4
    assert sum('"scope"' in line for line in lines) == 4
    assert '"table": [[30.0, 5.0], [1.0, 10.0]]' in "\n".join(lines)


def without(key):
    def change(record):
        del record["potentials"][0][key]

    return change


def with_value(key, value):
    def change(record):
        record["potentials"][0][key] = value

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without("table"), r'potentials\[0\]: "table" is missing'),
        (without("scope"), r'potentials\[0\]: "scope" is missing'),
        (with_value("table", [[1, 2], [3]]), r"potentials\[0\]\.table\[1\]: a list of 2 numbers"),
        (with_value("table", [[1, 2], [3, "x"]]), r"table\[1\]\[1\]: a finite number"),
        (with_value("table", [[1, 2], [3, -4]]), "negative"),
        (with_value("scope", ["Alice", "Zoe"]), "no variable called 'Zoe'"),
        (with_value("name", "φ2"), "two potentials are called 'φ2'"),
        (with_value("name", "Alice"), "already a variable called 'Alice'"),
    ],
)
def test_a_record_that_does_not_hold_together_is_refused_in_one_sentence(change, words):
    record = json.loads(json_format.json_text(example("misconception").build()))
    change(record)
    with pytest.raises(FormatError, match=words) as caught:
        json_format.parse(json.dumps(record, indent=1))
    assert "\n" not in str(caught.value)
