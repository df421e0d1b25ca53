"""Runs read all at once are those read letter by letter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.automata.errors import UnreadablePattern
from core.automata.formats.rle import _cells_letter_by_letter, cells_of_runs
from core.automata.formats.run_arrays import runs_of_text
from tests.core.networks.strategies import patient

CODES = st.sampled_from(["b", "o", ".", "$", "A", "X", "pA", "yO", "rC"])
TOKENS = st.tuples(st.sampled_from(["", "1", "2", "13", "007", "0", "3\n"]), CODES)


@patient
@given(st.lists(TOKENS, max_size=40), st.sampled_from(["!", "", "!junk", "\n!"]))
def test_all_at_once_is_as_letter_by_letter(tokens, end) -> None:
    body = "".join(count + code for count, code in tokens) + end
    expected = _cells_letter_by_letter(body, 0, "a.rle")
    assert runs_of_text(body) is not None
    assert np.array_equal(cells_of_runs(body, 0, "a.rle"), expected)


@pytest.mark.parametrize(
    "body", ["3", "1 2o!", "p A!", "pb!", "oZo!", "yX!", "9999999999o!", "2000000000o2o!", "ö!"]
)
def test_what_is_wrong_is_found_letter_by_letter(body: str) -> None:
    assert runs_of_text(body) is None
    with pytest.raises(UnreadablePattern):
        cells_of_runs(body, 0, "a.rle")


def test_many_cells_are_filled_in_pieces(monkeypatch) -> None:
    monkeypatch.setattr("core.automata.formats.run_arrays.FILLED_AT_ONCE", 7)
    body = "5o3b20A$2$3pA!"
    expected = _cells_letter_by_letter(body, 0, "a.rle")
    assert np.array_equal(cells_of_runs(body, 0, "a.rle"), expected)
