import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.processes.belief_dynamics import carry, dynamics_of, grow
from core.processes.errors import ProcessError
from core.processes.mixed_states import mixed_states
from core.processes.stationary import stationary_distribution
from core.processes.zoo import process
from tests.core.processes.by_enumeration import words_from
from tests.core.processes.machines import golden_mean, random_model
from tests.core.processes.unifilar_machines import patient, unifilar_machines


@pytest.mark.parametrize(
    ("name", "size", "recurrent"),
    [
        # the counts of Ellison, Mahoney and Crutchfield (2009) and of Riechers (2018)
        ("rrxor", 36, 5),
        ("golden-mean", 3, 2),
        ("even", 4, 2),
        ("noisy-phase-slip", 13, 5),
        ("random-insertion", 9, 3),
        ("butterfly", 7, 5),
        ("coin", 1, 1),
    ],
)
def test_finite_presentations_have_as_many_beliefs_as_the_literature_says(name, size, recurrent):
    found = mixed_states(process(name))
    assert (found.size, int(found.recurrent.sum())) == (size, recurrent)
    assert found.verdict.startswith("finite")
    assert found.is_complete


@pytest.mark.parametrize("name", ["mess3", "two-state-cantor", "middle-third-cantor"])
def test_cantor_sets_of_beliefs_are_never_called_finite(name):
    found = mixed_states(process(name), max_states=2000)
    assert found.verdict.startswith("uncountable at this resolution")
    assert not found.is_complete
    assert found.size <= 2000


@pytest.mark.parametrize("tolerance", [1e-2, 1e-3])
def test_a_coarse_tolerance_closes_a_cantor_set_without_calling_it_finite(tolerance):
    found = mixed_states(process("two-state-cantor"), tolerance=tolerance)
    assert found.verdict.startswith("uncountable at this resolution")
    assert found.counts[1] > found.counts[0]


def test_chains_of_beliefs_are_countable():
    assert mixed_states(process("sns")).verdict.startswith("countable")
    assert mixed_states(process("sns", p=0.3, q=0.6)).verdict.startswith("countable")


def test_states_that_are_only_approached_are_recurrent():
    found = mixed_states(process("alternating-coins"))
    assert found.beliefs[found.recurrent] == pytest.approx(np.eye(2)[::-1], abs=1e-9) or (
        found.beliefs[found.recurrent] == pytest.approx(np.eye(2), abs=1e-9)
    )


def test_the_first_belief_is_the_start():
    found = mixed_states(golden_mean(), start=[0.25, 0.75])
    assert found.beliefs[0] == pytest.approx([0.25, 0.75])
    assert found.depth[0] == 0


def test_a_start_that_is_no_distribution_is_refused():
    with pytest.raises(ProcessError):
        mixed_states(golden_mean(), start=[0.5, 0.6])


def test_points_on_either_side_of_a_cell_border_are_one():
    # many pairs closer than the tolerance, wherever the borders of the grid lie
    random = np.random.default_rng(5)
    dynamics = dynamics_of(golden_mean().T)
    for _ in range(200):
        point = random.dirichlet(np.ones(2))
        near = point + np.array([4e-11, -4e-11])
        graph = grow(dynamics, near, known=point[None, :], most=3)
        assert graph.beliefs[0] == pytest.approx(point, abs=0)
        assert np.abs(graph.beliefs[1:] - point).max() > 1e-10


@patient
@given(unifilar_machines())
def test_every_step_of_the_graph_is_a_bayesian_update(model):
    found = mixed_states(model, max_states=300)
    for x, matrix in enumerate(model.T):
        ahead = found.beliefs @ matrix
        there = found.next[:, x] >= 0
        assert found.probability[there, x] == pytest.approx(ahead[there].sum(axis=1), abs=1e-12)
        moved = ahead[there] / ahead[there].sum(axis=1, keepdims=True)
        assert found.beliefs[found.next[there, x]] == pytest.approx(moved, abs=2e-10)


@patient
@given(st.integers(0, 10_000), st.integers(1, 4), st.integers(1, 3))
def test_carried_weights_are_those_of_all_words(seed, states, symbols):
    model = random_model(seed, states=states, symbols=symbols, zeros=0.4)
    pi = stationary_distribution(model)
    beliefs, weights = pi[None, :], np.ones(1)
    for _ in range(4):
        beliefs, weights = carry(dynamics_of(model.T), beliefs, weights)
    words = words_from(model.T, pi, 4)
    assert weights.sum() == pytest.approx(1.0, abs=1e-12)
    assert (weights @ beliefs) == pytest.approx(words.sum(axis=0), abs=1e-12)
    # a generic function of the belief has the same mean over merged beliefs and over words
    kernel = np.sin(np.arange(model.n) + 1.0)
    direct = words.sum(axis=1) @ np.cos(words / words.sum(axis=1, keepdims=True) @ kernel)
    assert weights @ np.cos(beliefs @ kernel) == pytest.approx(direct, abs=1e-9)
