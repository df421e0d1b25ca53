import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.graphical.likelihood import likelihood_for, shown_ratio


@given(
    st.lists(st.floats(0.01, 1.0), min_size=2, max_size=6),
    st.floats(0.001, 0.999),
    st.data(),
)
def test_the_bar_stays_where_it_was_dropped(weights, wanted, data):
    prior = np.array(weights) / sum(weights)
    state = data.draw(st.integers(0, len(weights) - 1))
    likelihood = np.array(likelihood_for(prior, state, wanted))
    # Bayes' rule by hand
    posterior = prior * likelihood / (prior * likelihood).sum()
    assert posterior[state] == pytest.approx(wanted, abs=1e-9)
    others = np.delete(np.arange(len(prior)), state)
    kept = prior[others] / prior[others].sum()
    assert posterior[others] / posterior[others].sum() == pytest.approx(kept, abs=1e-9)


def test_likelihoods_are_scaled_to_a_largest_of_one():
    assert max(likelihood_for([0.2, 0.8], 0, 0.7)) == 1.0


def test_a_state_that_is_certain_cannot_be_moved():
    assert likelihood_for([1.0, 0.0], 0, 0.3) == (1.0, 1.0)


def test_a_ratio_is_shown_with_three_digits():
    assert shown_ratio((1.0, 0.33333)) == "1 : 0.333"
