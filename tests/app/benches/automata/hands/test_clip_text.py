"""Text of the clipboard as cells, and cells as text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.benches.automata.hands.clip_text import cells_of_text, text_of_cells
from app.benches.automata.hands.traits import Traits
from core.automata.errors import AutomataError
from core.automata.rules.generations import Generations
from core.automata.rules.life_like import LIFE

OF_LIFE = Traits("states", 2, 1, 2, 40, 40)
OF_MANY = Traits("states", 8, 1, 2, 40, 40)
OF_FIELD = Traits("field", 0, 2, 2, 40, 40)
GLIDER = [[0, 1, 0], [0, 0, 1], [1, 1, 1]]


@pytest.mark.parametrize(
    "text",
    [
        "x = 3, y = 3, rule = B3/S23\nbob$2bo$3o!",
        "#N Glider\n#C From a wiki.\nx = 3, y = 3\nbob$2bo$3o!\n\nand some words after it",
        "bob$2bo$3o!",
        "  bob$\n2bo$\n3o!\n",
        ".O.\n..O\nOOO\n",
        "!Name: Glider\n!\n.O\n..O\nOOO",
        "x = 3, y = 3, rule = SomeRuleOfMyOwn\nbob$2bo$3o!",
    ],
)
def test_patterns_of_the_web_are_read(text):
    assert cells_of_text(text, OF_LIFE).tolist() == GLIDER


@pytest.mark.parametrize(
    "text", ["", "   \n", "Hello, world", "{", '{"format": "macroscope-cells"}']
)
def test_other_text_is_refused_in_one_sentence(text):
    with pytest.raises(AutomataError) as told:
        cells_of_text(text, OF_LIFE)
    assert "\n" not in str(told.value)


def test_long_texts_that_are_no_patterns_are_refused():
    # each of them made a careless expression try for hours
    for text in ("b" + " " * 300_000 + "?", "\n" * 300_000 + "?", "!" * 300_000):
        with pytest.raises(AutomataError):
            cells_of_text(text, OF_LIFE)


def test_states_that_a_rule_does_not_know_are_refused():
    with pytest.raises(AutomataError, match="state 3, but this rule knows only 0 to 1"):
        cells_of_text("x=1,y=1\nC!", OF_LIFE)


@given(
    arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9)), elements=st.integers(0, 7))
)
def test_states_come_back_up_to_empty_borders(cells):
    text = text_of_cells(cells, Generations("2", "345", 8))
    again = np.zeros_like(cells)
    read = cells_of_text(text, OF_MANY)
    again[: read.shape[0], : read.shape[1]] = read
    np.testing.assert_array_equal(again, cells)


@given(arrays(np.float64, (2, 3, 4), elements=st.floats(0, 1)))
def test_fields_come_back_bit_for_bit(cells):
    np.testing.assert_array_equal(cells_of_text(text_of_cells(cells, LIFE), OF_FIELD), cells)


def test_states_become_a_field_and_a_field_states():
    assert cells_of_text("bo$2o!", OF_FIELD).tolist() == [[[0, 1], [1, 1]]]
    text = text_of_cells(np.array([[[0.2, 0.5], [0.9, 0.0]]]), LIFE)
    assert cells_of_text(text, OF_LIFE).tolist() == [[0, 1], [1, 0]]
