from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.processes.causal_states import causal_states
from core.processes.epsilon_machine import (
    bidirectional_machine,
    epsilon_machine,
    reverse_machine,
)
from core.processes.measures import measures
from core.processes.minimisation import equivalent_states
from core.processes.model import HiddenMarkovModel
from core.processes.observable_space import observable_basis
from core.processes.reversal import reversed_process
from core.processes.stationary import stationary_distribution
from core.processes.unifilar import UnifilarMachine, stationary_of, unifilar_of
from core.processes.zoo import process
from tests.core.processes.by_enumeration import words_from
from tests.core.processes.known_values import KNOWN, ZOO
from tests.core.processes.machines import golden_mean, random_model
from tests.core.processes.unifilar_machines import patient, unifilar_machines

FINITE = [name for name, each in KNOWN.items() if "epsilon_machine" in each["values"]]


def are_relabelled(first, second):
    """Whether a permutation of states takes one to the other."""
    n = len(first[0])
    return any(
        np.allclose(first[:, order][:, :, order], second, rtol=0, atol=1e-9)
        for order in (list(each) for each in permutations(range(n)))
    )


def word_probabilities(model, length):
    return words_from(model.T, stationary_distribution(model), length).sum(axis=1)


@pytest.mark.parametrize("name", FINITE)
def test_epsilon_machines_are_those_of_the_reference(name):
    entry, parameters = ZOO[name]
    found = epsilon_machine(process(entry, **parameters))
    expected = np.array(KNOWN[name]["values"]["epsilon_machine"])
    assert found.verdict.startswith("finite")
    assert found.machine.T.shape == expected.shape
    assert are_relabelled(found.machine.T, expected)


def test_states_of_a_unifilar_generator_keep_their_names():
    assert epsilon_machine(golden_mean()).machine.states == ("A", "B")


def test_states_with_the_same_future_become_one():
    doubled = HiddenMarkovModel.from_edges(
        "doubled",
        [
            ("A", "0", "C", 0.5), ("A", "1", "B", 0.5), ("B", "0", "A", 1.0),
            ("C", "0", "A", 0.5), ("C", "1", "D", 0.5), ("D", "0", "C", 1.0),
        ],
    )  # fmt: skip
    assert are_relabelled(epsilon_machine(doubled).machine.T, golden_mean().T)


def test_the_middle_third_cantor_generator_is_one_fair_coin():
    T = np.array([[[1 / 2, 0], [1 / 3, 1 / 6]], [[1 / 6, 1 / 3], [0, 1 / 2]]])
    found = epsilon_machine(HiddenMarkovModel("cantor", ("0", "1"), ("A", "B"), T))
    assert found.machine.n == 1
    assert found.machine.T.ravel() == pytest.approx([0.5, 0.5])


def test_a_finite_machine_behind_a_nonunifilar_generator_is_found():
    # two copies of the golden mean between which it moves unseen
    T = np.kron(golden_mean().T, np.array([[0.7, 0.3], [0.4, 0.6]]))
    found = epsilon_machine(HiddenMarkovModel("hidden", ("0", "1"), tuple("ABCD"), T))
    assert are_relabelled(found.machine.T, golden_mean().T)


@pytest.mark.parametrize(
    ("name", "verdict"),
    [("mess3", "uncountable at this resolution"), ("sns", "countable, not finite")],
)
def test_infinite_machines_come_with_a_verdict_and_never_with_a_count(name, verdict):
    found = epsilon_machine(process(name))
    assert found.machine is None
    assert found.verdict.startswith(verdict)


def test_reverse_machines_can_be_larger():
    reverse, _ = reverse_machine(causal_states(process("random-insertion")))
    assert reverse.n == 4  # Ellison, Mahoney and Crutchfield (2009)


@pytest.mark.parametrize(
    "name", ["golden-mean", "random-insertion", "noisy-phase-slip", "butterfly"]
)
def test_reverse_machines_give_words_backwards(name):
    model = process(name)
    reverse, _ = reverse_machine(causal_states(model))
    backwards = reversed_process(model)
    assert word_probabilities(reverse, 3).sum() == pytest.approx(1.0)
    there, back = measures(reverse), measures(backwards)
    assert there.H == pytest.approx(back.H, abs=1e-9)
    assert there["C_mu"].value == pytest.approx(measures(model)["C_mu_reverse"].value, abs=1e-9)


@pytest.mark.parametrize("name", ["golden-mean", "random-insertion", "noisy-phase-slip", "rrxor"])
def test_bidirectional_machines_emit_the_same_process(name):
    model = process(name)
    both, found = bidirectional_machine(causal_states(model)), measures(model)
    assert measures(both).H == pytest.approx(found.H, abs=1e-9)
    pi = stationary_distribution(both)
    assert -(pi * np.log2(pi)).sum() == pytest.approx(found["C_bidirectional"].value, abs=1e-9)


@patient
@given(unifilar_machines(5))
def test_minimal_machines_emit_the_same_process_with_states_that_all_differ(model):
    found = epsilon_machine(model).machine
    for length in range(1, 5):
        assert np.sort(word_probabilities(found, length)) == pytest.approx(
            np.sort(word_probabilities(model, length)), abs=1e-9
        )
    assert equivalent_states(unifilar_of(found.T))[1] == found.n


def moore(machine):
    """Partition refinement by its definition: split until nothing changes."""
    block = [
        tuple(np.where(machine.following[i] >= 0, machine.probability[i].round(9), -1.0))
        for i in range(machine.n)
    ]
    while True:
        finer = [
            (block[i], tuple(block[j] if j >= 0 else None for j in machine.following[i]))
            for i in range(machine.n)
        ]
        if len(set(finer)) == len(set(block)):
            return len(set(block))
        names = {each: number for number, each in enumerate(dict.fromkeys(finer))}
        block = [names[each] for each in finer]


@patient
@given(st.integers(0, 10_000), st.integers(1, 30), st.integers(1, 3))
def test_refinement_agrees_with_its_definition(seed, n, k):
    random = np.random.default_rng(seed)
    following = random.integers(0, n, (n, k))
    kinds = random.dirichlet(np.ones(k), 2)
    probability = kinds[random.integers(0, 2, n)]
    machine = UnifilarMachine(following, probability)
    assert equivalent_states(machine)[1] == moore(machine)


def test_long_cycles_are_refined_at_once():
    n = 20_000
    probability = np.full((n, 2), 0.5)
    probability[0] = [0.25, 0.75]
    following = np.stack([np.roll(np.arange(n), -1)] * 2, axis=1)
    assert equivalent_states(UnifilarMachine(following, probability))[1] == n


@patient
@given(st.integers(0, 10_000))
def test_what_can_be_observed_of_a_belief_spans_all_words(seed):
    model = random_model(seed, states=4, symbols=2, zeros=0.5)
    basis = observable_basis(model.T)
    ahead = np.ones((1, model.n))
    for _ in range(5):
        ahead = np.concatenate([ahead, *(ahead @ matrix.T for matrix in model.T)])
    assert basis.shape[1] == np.linalg.matrix_rank(ahead, tol=1e-9)
    assert basis.T @ basis == pytest.approx(np.eye(basis.shape[1]), abs=1e-10)


def test_large_chains_have_the_stationary_distribution_of_small_ones():
    n = 700  # a walk to the right that falls back to the first state
    following = np.stack([np.minimum(np.arange(n) + 1, n - 1), np.zeros(n, dtype=int)], axis=1)
    probability = np.tile([0.99, 0.01], (n, 1))
    expected = 0.01 * 0.99 ** np.arange(n)
    expected[-1] = 0.99 ** (n - 1)
    assert stationary_of(following, probability) == pytest.approx(expected, abs=1e-12)
