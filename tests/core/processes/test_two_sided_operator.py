import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.processes.measures import measures
from core.processes.model import HiddenMarkovModel
from core.processes.stationary import stationary_distribution
from core.processes.two_sided_operator import (
    measured_sides,
    reverse_integrals,
    state_entropies,
    symbol_entropy,
)
from core.processes.zoo import process
from tests.core.processes.by_enumeration import entropy, words_ahead, words_from
from tests.core.processes.machines import random_model
from tests.core.processes.unifilar_machines import patient


def symbol_entropy_of_words(T, pi, length):
    """H[X | `length` symbols before it, `length` symbols after it], summed over all words."""
    past, future = words_from(T, pi, length), words_ahead(T, length)
    joint = np.einsum("ai,xij,bj->axb", past, T, future)
    return entropy(joint) - entropy(joint.sum(axis=1))


@pytest.mark.parametrize("name", ["mess3", "noisy-golden-mean", "two-state-cantor"])
def test_the_integral_is_the_limit_of_sums_over_words(name):
    model = process(name)
    pi = stationary_distribution(model)
    sides = measured_sides(model, 1_000_000)
    found = symbol_entropy(sides, model.T, pi)
    lengths = (1, 3, 5) if model.k == 3 else (2, 5, 8)
    above = [symbol_entropy_of_words(model.T, pi, length) - found.value for length in lengths]
    assert above[0] > above[1] > above[2] > -found.error
    assert above[2] < 2e-3


@pytest.mark.parametrize("x", [0.15, 0.25])
def test_two_degrees_agree_within_their_errors(x):
    model = process("mess3", x=x, a=0.6)
    pi = stationary_distribution(model)
    coarse, fine = (measured_sides(model, pairs) for pairs in (300_000, 2_000_000))
    for function in (
        lambda sides: symbol_entropy(sides, model.T, pi),
        lambda sides: state_entropies(sides, pi).by_past,
        lambda sides: state_entropies(sides, pi).by_both,
    ):
        rough, good = function(coarse), function(fine)
        assert good.error < rough.error or good.error < 1e-10
        assert rough.value == pytest.approx(good.value, abs=rough.error + good.error)


def test_mess3_forgets_nearly_all_of_a_symbol():
    found = measures(process("mess3", x=0.15, a=0.6))
    assert found["r_mu"].value == pytest.approx(1.558352872971, abs=1e-11)
    assert found["r_mu"].error < 1e-11
    assert found["b_mu"].value == pytest.approx(found["h_mu"].value - found["r_mu"].value)


@patient
@given(st.integers(0, 10_000))
def test_both_directions_have_the_same_sums(seed):
    model = random_model(seed, states=2, symbols=2)
    there, back = measures(model), reverse_integrals(model)
    if back is not None:
        for name in ("h_mu", "E", "T"):
            one, other = there[name], getattr(back, name)
            assert one.value == pytest.approx(other.value, abs=one.error + other.error + 1e-9)


def test_a_generalized_process_has_no_sides():
    assert measured_sides(process("tom-quantum"), 1_000_000) is None
    assert reverse_integrals(process("tom-quantum")) is None


def test_beliefs_that_are_ill_natured_forwards_may_be_measured_backwards():
    # after the symbol 0 only A is left, from which 1 cannot follow: no polynomial fits forwards
    T = np.zeros((2, 3, 3))
    T[0] = [[0.3, 0.2, 0.1], [0.0, 0.0, 0.0], [0.2, 0.1, 0.1]]
    T[1] = [[0.1, 0.2, 0.1], [0.4, 0.3, 0.3], [0.1, 0.3, 0.2]]
    found = measures(HiddenMarkovModel("one way", ("0", "1"), ("A", "B", "C"), T), max_length=14)
    assert found["h_mu"].value <= found.curves.h[-1] + found["h_mu"].error
    assert found["h_mu"].error < 1e-6
