from itertools import product

import numpy as np
import pytest

from core.processes.errors import ImpossibleWord, ProcessError
from core.processes.stationary import stationary_distribution
from core.processes.word import (
    belief_after,
    log2_word_probability,
    read_word,
    word_probability,
)
from tests.core.processes.machines import even, golden_mean, random_model


def test_golden_mean_never_says_one_twice():
    assert word_probability(golden_mean(), "11") == 0.0
    assert word_probability(golden_mean(), "101") == pytest.approx(1 / 6, abs=1e-15)
    assert word_probability(golden_mean(), "") == 1.0


@pytest.mark.parametrize("length", [1, 2, 5])
def test_probabilities_of_all_words_of_a_length_sum_to_one(length):
    model = random_model(length, zeros=0.3)
    total = sum(word_probability(model, word) for word in product("01", repeat=length))
    assert total == pytest.approx(1.0, abs=1e-13)


def test_a_zero_and_an_odd_block_tell_the_state_of_the_even_process():
    assert belief_after(even(), "01").tolist() == [0.0, 1.0]
    assert belief_after(even(), "").tolist() == stationary_distribution(even()).tolist()


def test_a_belief_given_to_start_from_counts():
    assert word_probability(golden_mean(), "1", [0.0, 1.0]) == 0.0
    assert belief_after(golden_mean(), "1", [0.5, 0.5]).tolist() == [0.0, 1.0]


def test_an_impossible_word_is_refused_at_its_place():
    with pytest.raises(ImpossibleWord, match="Symbol 3 of the word, '1', cannot occur"):
        belief_after(golden_mean(), "011")


def test_long_words_do_not_underflow():
    assert log2_word_probability(golden_mean(), "0" * 5000) == pytest.approx(-5000, abs=2)
    assert log2_word_probability(golden_mean(), "11") == -np.inf


@pytest.mark.parametrize("text", ["0 1 1", "011", "0,1,1", " 01 1\n"])
def test_a_typed_word_may_have_spaces_and_commas(text):
    assert read_word(golden_mean(), text) == ("0", "1", "1")


def test_a_typed_symbol_that_is_unknown_is_named_with_its_place():
    with pytest.raises(ProcessError, match="Symbol 3 of the word is '2'"):
        read_word(golden_mean(), "012")


@pytest.mark.parametrize("start", [[1.0], [0.5, 0.6], [1.5, -0.5], [np.nan, 1.0]])
def test_a_start_that_is_no_distribution_is_refused(start):
    with pytest.raises(ProcessError, match="starting belief"):
        word_probability(golden_mean(), "0", start)
