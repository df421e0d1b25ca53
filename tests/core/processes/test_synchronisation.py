import numpy as np
import pytest
from hypothesis import given

from core.processes.belief_dynamics import dynamics_of_unifilar
from core.processes.bidirectional import bidirectional
from core.processes.causal_states import causal_states
from core.processes.extrapolation import tail
from core.processes.synchronisation import (
    _from_levels,
    synchronisation,
    synchronising_word,
)
from core.processes.zoo import process
from tests.core.processes.by_enumeration import block_entropy, entropy, words_from
from tests.core.processes.machines import even, golden_mean
from tests.core.processes.unifilar_machines import patient, synchronising_machines

CRYPTIC = ["golden-mean", "noisy-phase-slip", "rk-golden-mean", "restricted-golden-mean"]


def machine_of(name):
    return causal_states(process(name)).machine


def doubt_with_all_the_future(machine, both, length):
    """H[S_L | X_0:inf], from the words before and the reverse causal states after."""
    past = words_from(machine.matrices(), machine.pi, length)
    future = both.joint.T / machine.pi
    joint = past[:, None, :] * future[None, :, :]
    return entropy(joint) - entropy(joint.sum(axis=2))


def test_the_noisy_phase_slip_leaves_three_doubts_that_no_future_removes():
    machine = machine_of("noisy-phase-slip")
    both, times = bidirectional(machine), synchronisation(machine)
    doubts = [doubt_with_all_the_future(machine, both, length) for length in range(4)]
    assert doubts == pytest.approx([0.677694271, 0.344360938, 0.114786979, 0.0], abs=1e-6)
    # the sum that makes S of T
    assert times.S == pytest.approx(times.T + sum(doubts), abs=1e-9)
    assert times.S == pytest.approx(5.01815220, abs=1e-8)


@pytest.mark.parametrize("name", CRYPTIC)
def test_what_synchronisation_costs_beyond_the_transient_no_future_removes(name):
    machine = machine_of(name)
    both, times = bidirectional(machine), synchronisation(machine)
    doubts = sum(doubt_with_all_the_future(machine, both, length) for length in range(5))
    assert times.S == pytest.approx(times.T + doubts, abs=1e-9)


@pytest.mark.parametrize(
    "name", ["even", "rrxor", "zero-one-random", "period", "alternating-coins"]
)
def test_without_crypticity_both_informations_agree(name):
    times = synchronisation(machine_of(name))
    assert times.S == pytest.approx(times.T, abs=2e-9)


def test_the_golden_mean_pays_one_symbol_more():
    times = synchronisation(machine_of("golden-mean"))
    assert times.S == pytest.approx(times.T + 2 / 3, abs=1e-12)


def test_the_even_process_takes_two_logarithms_of_three():
    assert synchronisation(machine_of("even")).S == pytest.approx(2 * np.log2(3), abs=1e-12)


@pytest.mark.parametrize("name", ["even", "rrxor", "random-insertion", "nemo"])
def test_levels_and_linear_equations_agree(name):
    machine = machine_of(name)
    exact = synchronisation(machine)
    dynamics = dynamics_of_unifilar(machine.following, machine.probability)
    summed = _from_levels(machine, dynamics, 600_000, None)
    assert (exact.is_exact, summed.is_exact) == (True, False)
    found = (summed.S, summed.E, summed.T, summed.expected_time)
    expected = (exact.S, exact.E, exact.T, exact.expected_time)
    assert found == pytest.approx(expected, abs=1e-8)


def test_large_sets_of_beliefs_are_solved_like_small_ones(monkeypatch):
    machine = machine_of("rrxor")
    dense = synchronisation(machine)
    monkeypatch.setattr("core.processes.synchronisation.SMALL", 5)
    sparse = synchronisation(machine)
    assert (sparse.S, sparse.E, sparse.T) == pytest.approx((dense.S, dense.E, dense.T), abs=1e-12)


@pytest.mark.parametrize(
    ("name", "length"), [("golden-mean", 1), ("even", 1), ("rrxor", 4), ("coin", 0)]
)
def test_shortest_synchronising_words(name, length):
    assert len(synchronising_word(machine_of(name))) == length


def test_some_machines_never_tell_their_state_for_certain():
    assert synchronising_word(machine_of("alternating-coins")) is None


def test_a_zero_tells_the_state_of_the_even_process():
    machine = causal_states(even()).machine
    assert synchronising_word(machine) == (0,)


def test_the_expected_time_of_the_golden_mean_is_one_symbol():
    assert synchronisation(causal_states(golden_mean()).machine).expected_time == 1.0


def test_tails_of_geometric_series_are_their_sums():
    assert tail(0.5 ** np.arange(10.0)) == pytest.approx(0.5**9)
    assert tail(np.ones(5)) == np.inf
    assert tail(np.array([1.0, 0.0])) == 0.0


@patient
@given(synchronising_machines(3))
def test_sums_are_those_over_words(model):
    machine = causal_states(model).machine
    times = synchronisation(machine)
    T, h = machine.matrices(), machine.entropy_rate
    curve = [block_entropy(T, machine.pi, length) for length in range(8)]
    steps = np.diff(curve) - h
    # a quarter of the time the next symbol tells the state: the rest falls at least so fast
    left = 0.75**7 * np.log2(3) / 0.25
    assert times.E == pytest.approx(steps.sum(), abs=left + times.errors[1] + 1e-9)
    assert times.E >= steps.sum() - times.errors[1] - 1e-9
