import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.processes.anatomy import ephemeral_information
from core.processes.bidirectional import bidirectional
from core.processes.causal_states import causal_states
from core.processes.measures import measures
from core.processes.model import HiddenMarkovModel
from core.processes.presentations import presentation_information
from core.processes.stationary import stationary_distribution
from core.processes.two_sided import both_sides, symbol_entropy_between
from core.processes.zoo import process
from tests.core.processes.by_enumeration import entropy, words_ahead, words_from
from tests.core.processes.machines import golden_mean, random_model
from tests.core.processes.unifilar_machines import patient, unifilar_machines


def symbol_entropy(T, pi, before, after):
    """H[X_0 | that many symbols before and after]."""
    past, future = words_from(T, pi, before), words_ahead(T, after)
    joint = np.stack([past @ matrix @ future.T for matrix in T])
    return entropy(joint) - entropy(joint.sum(axis=0))


@pytest.mark.parametrize("name", ["golden-mean", "butterfly", "zero-one-random"])
def test_forgotten_information_is_what_neither_side_tells(name):
    model = process(name)
    length = 3 if model.k > 2 else 5
    direct = symbol_entropy(model.T, stationary_distribution(model), length, length)
    assert measures(model)["r_mu"].value == pytest.approx(direct, abs=1e-2 if model.k > 2 else 1e-3)
    assert measures(model)["r_mu"].value <= direct + 1e-9


@patient
@given(unifilar_machines(3))
def test_bounds_of_forgotten_information_hold(model):
    machine = causal_states(model).machine
    both = bidirectional(machine, most=200)
    found = ephemeral_information(both, most=20_000)
    T = machine.matrices()
    above = symbol_entropy(T, machine.pi, 5, 5)
    assert found.value - found.error <= above + 1e-9
    # with the state before and the state long after known, less is left
    inside = np.stack([np.diag(machine.pi) @ matrix for matrix in T])
    joint = np.concatenate([inside @ word for word in _products(T, 5)], axis=2)
    below = entropy(joint) - entropy(joint.sum(axis=0))
    assert found.value + found.error >= below - 1e-9


def _products(T, length):
    products = [np.eye(T.shape[1])]
    for _ in range(length):
        products = [product @ matrix for product in products for matrix in T]
    return products


def test_causal_states_hold_nothing_that_the_past_does_not_tell():
    model = process("noisy-phase-slip")
    pi = stationary_distribution(model)
    found = presentation_information(*both_sides(model.T, pi), pi)
    values = measures(model)
    assert found.is_exact
    assert (found.gauge, found.oracular) == pytest.approx((0.0, 0.0), abs=1e-12)
    assert found.crypticity == pytest.approx(values["chi"].value, abs=1e-12)
    assert found.excess == pytest.approx(values["E"].value, abs=1e-12)


def test_a_hidden_coin_beside_the_state_is_gauge():
    T = np.kron(golden_mean().T, np.full((2, 2), 0.5))
    found = measures(HiddenMarkovModel("gauge", ("0", "1"), tuple("ABCD"), T))
    assert found["gauge"].value == pytest.approx(1.0, abs=1e-12)
    assert found["oracular"].value == pytest.approx(0.0, abs=1e-12)
    assert found["C_mu"].value == pytest.approx(0.9182958340544896, abs=1e-12)


def test_a_state_that_knows_its_next_symbol_is_an_oracle():
    # a fair coin whose side is drawn one step before it is shown
    T = np.zeros((2, 2, 2))
    T[0, 0] = T[1, 1] = 0.5
    found = measures(HiddenMarkovModel("oracle", ("0", "1"), ("A", "B"), T))
    assert found["oracular"].value == pytest.approx(1.0, abs=1e-12)
    assert found["gauge"].value == pytest.approx(0.0, abs=1e-12)
    assert found["C_mu"].value == 0.0


@patient
@given(st.integers(0, 10_000))
def test_parts_of_a_presentation_add_up(seed):
    model = random_model(seed, states=3, symbols=2, zeros=0.3)
    found = measures(model, is_live=True)
    parts = [found[name] for name in ("E", "presentation_crypticity", "oracular", "gauge")]
    pi = stationary_distribution(model)
    if parts[0].value is not None:
        error = sum(part.error for part in parts) + 1e-9
        assert sum(part.value for part in parts) == pytest.approx(entropy(pi), abs=error)


@patient
@given(st.integers(0, 10_000))
def test_symbol_entropies_of_words_close_in_from_both_sides(seed):
    model = random_model(seed, states=2)
    pi = stationary_distribution(model)
    past, future = both_sides(model.T, pi, most=50)
    above = symbol_entropy_between(past.outer, future.outer, model.T, pi)
    below = symbol_entropy_between(past.inner, future.inner, model.T, pi)
    direct = symbol_entropy(model.T, pi, 4, 4)
    assert below <= above + 1e-9
    assert below <= direct + 1e-9
