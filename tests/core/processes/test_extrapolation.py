import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.processes.extrapolation import limit_of, sum_of, tail
from tests.core.processes.unifilar_machines import patient


@patient
@given(
    st.lists(st.floats(-0.85, 0.85), min_size=1, max_size=4),
    st.lists(st.floats(0.1, 1.0), min_size=4, max_size=4),
)
def test_sums_of_a_few_geometric_series_are_found_within_their_errors(ratios, sizes):
    terms = sum(size * ratio ** np.arange(18.0) for size, ratio in zip(sizes, ratios, strict=False))
    exact = sum(size / (1 - ratio) for size, ratio in zip(sizes, ratios, strict=False))
    value, error = limit_of(np.cumsum(terms))
    if math.isfinite(error):
        assert value == pytest.approx(exact, abs=error + 1e-7)


def test_four_modes_are_taken_away_by_eight_columns():
    lengths = np.arange(1.0, 16.0)
    terms = 0.7**lengths + 0.3 * (-0.5) ** lengths + 0.1 * 0.3**lengths
    value, error = limit_of(np.cumsum(terms))
    assert value == pytest.approx(0.7 / 0.3 - 0.1 + 0.1 * 0.3 / 0.7, abs=1e-12)
    assert error < 1e-7


def test_series_with_a_factor_of_the_length_converge_too():
    lengths = np.arange(1.0, 30.0)
    value, error = sum_of(lengths * 0.8**lengths)
    assert value == pytest.approx(0.8 / 0.04, abs=1e-9)
    assert error < 1e-4


def test_a_sequence_that_stands_still_is_its_own_limit():
    assert limit_of(np.full(8, 2.5)) == (2.5, pytest.approx(0.0, abs=1e-13))


def test_too_few_terms_say_nothing():
    assert limit_of(np.array([1.0, 2.0]))[1] == math.inf


def test_a_series_that_does_not_fall_has_no_tail():
    assert tail(np.ones(10)) == math.inf
    assert tail(np.array([1.0, 0.0])) == 0.0
