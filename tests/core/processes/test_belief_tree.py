from itertools import product

import numpy as np
import pytest

from core.processes.belief_tree import TreeRoom, belief_tree, level_masses, tree_levels
from core.processes.errors import ProcessError
from core.processes.projection import interval
from core.processes.word import belief_after, word_probability
from core.processes.zoo import process
from core.progress import Cancelled, Progress
from tests.core.processes.machines import even, golden_mean, random_model


@pytest.mark.parametrize("states", [1, 2, 3, 5])
@pytest.mark.parametrize("zeros", [0.0, 0.4])
def test_nodes_are_the_normalised_words_one_by_one(states, zeros):
    model = random_model(states, states=states, symbols=3, zeros=zeros)
    for level in belief_tree(model, 4):
        words = [level.word(node) for node in range(len(level))]
        expected = {
            word: word_probability(model, word)
            for word in product(model.alphabet, repeat=level.length)
        }
        assert set(words) == {word for word, p in expected.items() if p > 0}
        assert level.weights == pytest.approx([expected[word] for word in words], abs=1e-14)
        beliefs = np.array([belief_after(model, word) for word in words])
        assert level.beliefs == pytest.approx(beliefs, abs=1e-12)


@pytest.mark.parametrize("model", [golden_mean(), even(), process("mess3"), process("rrxor")])
def test_weights_of_a_level_sum_to_one(model):
    assert [level.weights.sum() for level in tree_levels(model, 9)] == pytest.approx([1.0] * 10)


def test_golden_mean_has_as_many_words_as_fibonacci_says():
    assert [len(level) for level in belief_tree(golden_mean(), 8)] == [
        1, 2, 3, 5, 8, 13, 21, 34, 55,
    ]  # fmt: skip


def test_light_words_are_left_out_with_all_that_follow():
    levels = belief_tree(process("mess3"), 6, least_weight=0.01)
    assert all((level.weights > 0.01).all() for level in levels)
    assert len(levels[-1]) < 3**6


def test_a_tree_may_start_from_another_belief():
    level = belief_tree(golden_mean(), 1, start=[0.0, 1.0])[1]
    assert [level.word(node) for node in range(len(level))] == [("0",)]


def test_a_room_is_used_again_without_changing_what_comes_out():
    room = TreeRoom()
    belief_tree(process("mess3", x=0.3), 7, room=room)
    again, fresh = (belief_tree(process("mess3"), 6, room=each) for each in (room, None))
    assert np.array_equal(again[-1].columns, fresh[-1].columns)
    assert np.array_equal(again[-1].weights, fresh[-1].weights)


def test_masses_of_pixels_are_those_of_the_words_inside():
    level = belief_tree(process("two-state-cantor"), 10)[-1]
    masses = level_masses(level, interval(), (0.0, 0.0, 1.0, 1.0), 2)
    second = level.beliefs[:, 1]
    assert masses[0] == pytest.approx(
        [level.weights[second < 0.5].sum(), level.weights[second >= 0.5].sum()]
    )


def test_a_tree_that_would_not_fit_is_refused_with_a_depth_that_does():
    with pytest.raises(ProcessError, match="choose a depth of"):
        belief_tree(process("mess3"), 40, progress=Progress())
    with pytest.raises(ProcessError, match="not -1"):
        belief_tree(golden_mean(), -1)


def test_growing_a_tree_can_be_cancelled():
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        belief_tree(process("mess3"), 8, progress=progress)
