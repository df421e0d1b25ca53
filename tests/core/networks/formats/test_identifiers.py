"""Identifiers for odd names, and the true texts beside them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.networks.formats.identifiers import (
    identifiers,
    true_position,
    true_text,
    true_texts,
)
from tests.core.networks.strategies import LABELS, patient


@patient
@given(st.lists(LABELS, unique=True, max_size=20))
def test_identifiers_are_different_identifiers_and_names_that_are_one_stay(names):
    made = identifiers(names, ("net", "node"))
    assert len(set(made)) == len(names)
    for name, identifier in zip(names, made, strict=True):
        assert identifier.isidentifier() and identifier.isascii()
        assert identifier[0] != "_"
        if name.isascii() and name.isidentifier() and name[0] != "_":
            assert identifier == name
    assert true_texts(json.dumps(names), made, ("net", "node")) == names


def test_words_with_a_meaning_of_their_own_are_not_given():
    assert identifiers(["net", "net_2", "5", ""], ("net",)) == ("net_3", "net_2", "n5", "n")


def test_ten_thousand_names_without_a_letter_get_identifiers_at_once():
    names = [chr(0x4E00 + number) for number in range(10_000)]
    made = identifiers(names)
    assert made[:3] == ("n_", "n__2", "n__3")
    assert len(set(made)) == 10_000


@pytest.mark.parametrize(
    "value", ["", "nonsense", "3", '["a"]', '["a", 3]', "[" * 9999, '"\\ud800"']
)
def test_what_does_not_fit_the_plain_texts_does_not_count(value):
    assert true_texts(value, ("a", "b")) is None
    assert true_text(value, "plain") == "plain"


@pytest.mark.parametrize(
    "value", ["", "[1]", "[1, 2, 3]", '["1", 2]', "[true, 2]", "[NaN, 2]", "[1e999, 2]",
              f"[{10**400}, 2]", "[5, 2]", '{"x": 1}'],
)  # fmt: skip
def test_a_position_that_is_none_or_far_from_the_plain_one_does_not_count(value):
    assert true_position(value, (1.0, 2.0)) == (1.0, 2.0)


def test_a_position_near_the_plain_one_counts():
    assert true_position("[1.25, 1.75]", (1.0, 2.0)) == (1.25, 1.75)
