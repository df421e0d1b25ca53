import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.processes.block_entropies import block_entropies
from core.processes.measures import measures
from core.processes.stationary import stationary_distribution
from core.processes.zoo import process
from tests.core.processes.by_enumeration import block_entropy, state_entropy_given
from tests.core.processes.machines import golden_mean, random_model
from tests.core.processes.unifilar_machines import patient


@patient
@given(st.integers(0, 10_000), st.integers(1, 4), st.integers(1, 3), st.floats(0, 0.8))
def test_block_entropies_are_those_of_all_words(seed, states, symbols, zeros):
    model = random_model(seed, states=states, symbols=symbols, zeros=zeros)
    pi = stationary_distribution(model)
    found = block_entropies(model, 6)
    expected = [block_entropy(model.T, pi, length) for length in range(7)]
    assert found.H == pytest.approx(expected, abs=1e-9)
    doubts = [state_entropy_given(model.T, pi, length) for length in range(6)]
    assert found.state_entropy == pytest.approx(doubts, abs=1e-9)


@pytest.mark.parametrize("name", ["tom-quantum", "fanizza"])
def test_generalized_processes_have_block_entropies_too(name):
    model = process(name)
    pi = stationary_distribution(model)
    found = block_entropies(model, 5)
    assert found.H == pytest.approx(
        [block_entropy(model.T, pi, length) for length in range(6)], abs=1e-9
    )
    assert np.isnan(found.state_entropy).all()


def test_areas_under_the_curves_are_excess_entropy_and_transient_information():
    found = measures(process("noisy-phase-slip"), max_length=12)
    h, E = found["h_mu"].value, found["E"].value
    assert (found.curves.h[1:] - h).sum() == pytest.approx(E, abs=1e-9)
    assert found.curves.transient(h, E).sum() == pytest.approx(found["T"].value, abs=1e-9)
    assert found.curves.excess(h)[-1] == pytest.approx(E, abs=1e-9)
    assert found.curves.gains.sum() == pytest.approx(found["G"].value, abs=1e-9)


def test_long_words_of_a_finite_machine_cost_nothing():
    found = block_entropies(golden_mean(), 2000)
    assert found.H[-1] == pytest.approx(2000 * 2 / 3 + math.log2(3) - 4 / 3, abs=1e-8)


def test_curves_end_where_beliefs_become_too_many():
    found = block_entropies(process("mess3"), 30, most=1000)
    assert 6 <= found.length < 30
    assert found.H.size == found.length + 1


def test_length_zero_is_the_empty_word():
    assert block_entropies(golden_mean(), 0).H.tolist() == [0.0]
