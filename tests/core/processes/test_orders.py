import math

import numpy as np
import pytest
from hypothesis import given

from core.processes.measures import measures
from core.processes.minimisation import minimal
from core.processes.orders import Orders, orders
from core.processes.stationary import stationary_distribution
from core.processes.unifilar import unifilar_of
from core.processes.zoo import process
from tests.core.processes.by_enumeration import state_entropy_given
from tests.core.processes.known_values import KNOWN
from tests.core.processes.unifilar_machines import patient, unifilar_machines

FINITE = [name for name, each in KNOWN.items() if "epsilon_machine" in each["values"]]


def machine_and_pi(name):
    T = np.array(KNOWN[name]["values"]["epsilon_machine"])
    machine = unifilar_of(T)
    return T, machine.pi, machine


def longest(T, most=12):
    """Words of this length are few enough to write down."""
    return min(most, int(12 / math.log2(max(2, len(T)))))


@pytest.mark.parametrize("name", FINITE)
def test_the_markov_order_is_the_first_length_that_leaves_no_doubt(name):
    T, pi, machine = machine_and_pi(name)
    order = orders(machine).markov
    doubts = [state_entropy_given(T, pi, length) for length in range(longest(T) + 1)]
    first = next((length for length, H in enumerate(doubts) if H < 1e-9), math.inf)
    assert order == first


def limit(values):
    """Where a sequence goes that falls geometrically in the end."""
    if values[-1] < 1e-9:
        return 0.0
    falls = -np.diff(values)
    if falls[-1] < 1e-9:
        return values[-1]
    ratio = (falls[-1] / falls[-5]) ** 0.25
    return values[-1] - falls[-1] * ratio / (1 - ratio)


@pytest.mark.parametrize("name", FINITE)
def test_the_cryptic_order_is_that_of_the_definition(name):
    """H[S_L | X_0:N] falls to 0 as N grows exactly when L has reached the cryptic order."""
    T, _, machine = machine_and_pi(name)
    order, longest_word = orders(machine).cryptic, longest(T, 13)
    for length in range(max(1, min(longest_word - 7, 5))):
        ahead = [
            state_entropy_given(T, machine.pi, length, after)
            for after in range(longest_word - length + 1)
        ]
        assert (limit(ahead) < 0.03) == (length >= order), (length, ahead)


def test_crypticity_vanishes_exactly_with_the_cryptic_order():
    for name in FINITE:
        values = KNOWN[name]["values"]
        _, _, machine = machine_and_pi(name)
        assert (orders(machine).cryptic == 0) == (values["chi"] < 1e-9)


@pytest.mark.parametrize(("r", "k"), [(1, 1), (3, 2), (4, 4), (5, 1), (6, 2)])
def test_the_two_orders_of_golden_means_can_be_chosen(r, k):
    machine, _ = minimal(unifilar_of(process("rk-golden-mean", r=r, k=k).T))
    assert orders(machine) == Orders(r, k)


@pytest.mark.parametrize("k", [1, 2, 5, 9])
def test_restricted_golden_means_are_as_cryptic_as_they_are_markov(k):
    machine, _ = minimal(unifilar_of(process("restricted-golden-mean", k=k).T))
    assert orders(machine) == Orders(k, k)


def test_one_state_needs_no_symbols():
    assert orders(unifilar_of(np.array([[[0.5]], [[0.5]]]))) == Orders(0, 0)


def test_orders_of_infinite_chains_are_infinite():
    found = measures(process("sns"))
    assert found["markov_order"].value == math.inf
    assert found["cryptic_order"].value == math.inf


@patient
@given(unifilar_machines())
def test_markov_orders_of_random_machines_agree_with_their_words(model):
    machine, _ = minimal(unifilar_of(model.T))
    T = machine.matrices()
    pi = stationary_distribution(model)
    assert machine.pi.sum() == pytest.approx(pi.sum())
    found = orders(machine)
    assert found.cryptic <= found.markov
    doubts = [state_entropy_given(T, machine.pi, length) for length in range(9)]
    first = next((length for length, H in enumerate(doubts) if H < 1e-10), math.inf)
    assert first == found.markov or (math.isinf(first) and found.markov > 8)
