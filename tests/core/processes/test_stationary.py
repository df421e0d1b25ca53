import numpy as np
import pytest

from core.processes.errors import MatrixError, NotErgodic, NotPossible
from core.processes.model import HiddenMarkovModel
from core.processes.recurrence import recurrent_classes, recurrent_part
from core.processes.stationary import stationary_distribution
from tests.core.processes.machines import golden_mean, random_model, two_classes


def cycle(n):
    states = [f"s{i}" for i in range(n)]
    edges = [(states[i], "0", states[(i + 1) % n], 1.0) for i in range(n)]
    return HiddenMarkovModel.from_edges("cycle", edges)


def test_golden_mean_spends_two_thirds_of_its_time_in_the_first_state():
    assert stationary_distribution(golden_mean()) == pytest.approx([2 / 3, 1 / 3], abs=1e-15)


@pytest.mark.parametrize("seed", range(20))
def test_the_distribution_does_not_change_in_a_step(seed):
    model = random_model(seed, states=2 + seed % 6, symbols=1 + seed % 3, zeros=0.5)
    pi = stationary_distribution(model)
    assert pi @ model.transition == pytest.approx(pi, abs=1e-14)
    assert pi.sum() == pytest.approx(1.0, abs=1e-14)


@pytest.mark.parametrize("n", [1, 2, 7, 900])
def test_a_periodic_process_visits_its_states_equally(n):
    assert stationary_distribution(cycle(n)) == pytest.approx(np.full(n, 1 / n), abs=1e-12)


def test_a_chain_that_nearly_falls_apart_keeps_its_digits():
    slow = 1e-12
    edges = [
        ("A", "0", "A", 1 - slow),
        ("A", "0", "B", slow),
        ("B", "1", "B", 1 - 2 * slow),
        ("B", "1", "A", 2 * slow),
    ]
    pi = stationary_distribution(HiddenMarkovModel.from_edges("slow", edges))
    assert pi == pytest.approx([2 / 3, 1 / 3], rel=1e-12)  # balance: pi_A slow = pi_B 2 slow


def test_transient_states_have_no_weight():
    edges = [("S", "0", "A", 1.0), ("A", "1", "A", 1.0)]
    model = HiddenMarkovModel.from_edges("transient", edges)
    assert stationary_distribution(model).tolist() == [0.0, 1.0]
    assert recurrent_classes(model) == ((1,),)
    assert recurrent_part(model).states == ("A",)


def test_several_recurrent_classes_are_found_and_refused():
    model = two_classes()
    assert recurrent_classes(model) == ((1,), (2,))
    assert recurrent_part(model, 1).T.tolist() == [[[0.0]], [[1.0]]]
    with pytest.raises(NotErgodic, match=r"2 recurrent classes .*'A', 'B'") as caught:
        stationary_distribution(model)
    assert caught.value.classes == (("A",), ("B",))


def test_a_draft_has_no_stationary_distribution():
    draft = HiddenMarkovModel.from_edges("half", [("A", "0", "B", 1.0)], is_draft=True)
    with pytest.raises(MatrixError, match="Row 'B'"):
        stationary_distribution(draft)


def test_a_generalized_model_needs_one_stationary_vector():
    identity = HiddenMarkovModel("still", ("0",), ("A", "B"), np.eye(2)[None], is_generalized=True)
    with pytest.raises(NotPossible, match="no single stationary vector"):
        stationary_distribution(identity)
