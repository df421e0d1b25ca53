"""Subsequence matching for the command palette."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shell.matching import match


@pytest.mark.parametrize(
    ("query", "text", "lit"),
    [
        ("acl", "Align centre left", "Acl"),
        ("fit", "Fit network", "Fit"),
        ("ex fig", "Export figure", "Exfig"),
        ("node", "Add node", "node"),
    ],
)
def test_the_letters_lit_are_those_of_the_query(query, text, lit):
    found = match(query, text)
    assert "".join(text[place] for place in found.positions) == lit


def test_letters_in_the_wrong_order_are_not_found():
    assert match("ba", "ab") is None


def test_word_beginnings_are_preferred_to_earlier_letters():
    assert match("cl", "Oracle: clear").positions == (8, 9)


def test_a_find_at_the_start_of_words_beats_one_inside_them():
    assert match("cf", "Copy figure").score > match("cf", "Traceback of faults").score


def test_letters_in_a_row_beat_scattered_letters():
    assert match("save", "Save as").score > match("save", "Sort all values evenly").score


def test_a_blank_does_not_end_a_row_of_letters():
    assert match("lay out", "Lay out").score > match("lay out", "Reset layout").score


@given(st.text(max_size=12), st.text(max_size=12))
def test_a_find_is_a_rising_row_of_places_that_spell_the_query(query, text):
    found = match(query, text)
    if found is not None:
        wanted = "".join(query.lower().split())
        assert list(found.positions) == sorted(set(found.positions))
        assert "".join(text.lower()[place] for place in found.positions) == wanted


@given(st.text("abcdef", min_size=1, max_size=10), st.sets(st.integers(0, 9)))
def test_every_subsequence_is_found(text, places):
    query = "".join(text[place] for place in sorted(places) if place < len(text))
    assert match(query, text) is not None
