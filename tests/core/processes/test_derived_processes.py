from itertools import product as words

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.processes.composition import Transducer, driven, product
from core.processes.errors import MatrixError, NotPossible, ProcessError
from core.processes.generalized import in_standard_basis, negative_word, require_states
from core.processes.model import HiddenMarkovModel
from core.processes.noise import erasure_channel, symmetric_channel, through_channel
from core.processes.relabelling import relabelled
from core.processes.reversal import reversed_process
from core.processes.state_emitting import ON_LEAVING, StateEmittingModel
from core.processes.word import word_probability
from core.processes.zoo import process
from tests.core.networks.strategies import patient
from tests.core.processes.machines import even, golden_mean, random_model, two_classes


@patient
@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(1, 3))
def test_reversal_is_an_involution(seed, states, symbols):
    model = random_model(seed, states=states, symbols=symbols, zeros=0.4)
    twice = reversed_process(reversed_process(model))
    assert twice.name == model.name
    assert twice.T == pytest.approx(model.T, abs=1e-12)


@patient
@given(st.integers(0, 10_000))
def test_words_read_backwards_keep_their_probabilities(seed):
    model = random_model(seed, zeros=0.4)
    backwards = reversed_process(model)
    for word in words("01", repeat=4):
        assert word_probability(backwards, word[::-1]) == pytest.approx(
            word_probability(model, word), abs=1e-13
        )


def test_transient_states_are_not_in_the_reversal():
    edges = [("S", "0", "A", 1.0), ("A", "1", "A", 1.0)]
    assert reversed_process(HiddenMarkovModel.from_edges("t", edges)).states == ("A",)
    with pytest.raises(ProcessError, match="2 recurrent classes"):
        reversed_process(two_classes())


def test_a_generalized_process_can_be_read_backwards():
    model = process("tom-quantum")
    backwards = reversed_process(model)
    word = ("0", "1", "3", "2")
    assert word_probability(backwards, word[::-1]) == pytest.approx(word_probability(model, word))


def moore():
    return StateEmittingModel(
        "moore",
        ("0", "1"),
        ("A", "B"),
        np.array([[0.7, 0.3], [0.4, 0.6]]),
        np.array([[0.9, 0.1], [0.2, 0.8]]),
    )


def test_both_conventions_of_a_state_emitting_model_say_the_same_words():
    arriving, leaving = moore().edge_emitting(), moore().edge_emitting(ON_LEAVING)
    assert arriving.T[1] == pytest.approx(np.array([[0.07, 0.24], [0.04, 0.48]]))
    assert leaving.T[1] == pytest.approx(np.array([[0.07, 0.03], [0.32, 0.48]]))
    for word in words("01", repeat=4):
        assert word_probability(arriving, word) == pytest.approx(word_probability(leaving, word))


def test_a_bad_state_emitting_model_is_refused_at_its_row():
    with pytest.raises(MatrixError, match="Row 'B' of B sums to"):
        StateEmittingModel("m", ("0", "1"), ("A", "B"), np.eye(2), np.array([[1, 0], [0.5, 0.4]]))
    with pytest.raises(ProcessError, match="no convention 'sometimes'"):
        moore().edge_emitting("sometimes")


def test_a_channel_that_flips_nothing_changes_nothing():
    assert through_channel(golden_mean(), symmetric_channel(2, 0.0)) == golden_mean()


def test_golden_mean_behind_a_flipping_channel_is_the_noisy_golden_mean():
    seen = through_channel(golden_mean(), symmetric_channel(2, 0.1))
    assert seen.T == pytest.approx(process("noisy-golden-mean", p=0.5, e=0.1).T)


def test_an_erasure_has_a_symbol_of_its_own():
    seen = through_channel(golden_mean(), erasure_channel(2, 0.25), ("0", "1", "?"))
    assert word_probability(seen, "?") == pytest.approx(0.25)
    assert word_probability(seen, "?1") == pytest.approx(0.25 * 0.75 / 3)


def test_a_channel_of_another_size_is_refused():
    with pytest.raises(MatrixError, match="The channel has the shape"):
        through_channel(golden_mean(), symmetric_channel(3, 0.1))
    with pytest.raises(MatrixError, match="for symbol '1' is no distribution"):
        through_channel(golden_mean(), [[1.0, 0.0], [0.6, 0.6]])


def test_symbols_that_get_one_name_become_one():
    merged = relabelled(process("irreversible"), {"2": "0"})
    assert merged.alphabet == ("0", "1")
    assert word_probability(merged, "0") == pytest.approx(0.5)
    assert relabelled(golden_mean(), {"0": "1", "1": "0"}).alphabet == ("1", "0")


def test_a_product_says_words_of_both_independently():
    both = product(golden_mean(), even())
    pairs = [f"{a}·{b}" for a, b in zip("0100", "0110", strict=True)]
    expected = word_probability(golden_mean(), "0100") * word_probability(even(), "0110")
    assert word_probability(both, pairs) == pytest.approx(expected)


def test_golden_mean_drives_the_transducer_to_the_even_process():
    # A 0|0 A; A 1|1 B; B 0|1 A
    T = np.zeros((2, 2, 2, 2))
    T[0, 0, 0, 0] = T[1, 1, 0, 1] = T[0, 1, 1, 0] = 1
    T[1, 0, 1, 1] = 1  # never used: golden mean has no 11
    transducer = Transducer("to-even", ("0", "1"), ("0", "1"), ("A", "B"), T)
    out = driven(transducer, golden_mean())
    for word in words("01", repeat=5):
        assert word_probability(out, word, [1, 0, 0, 0]) == pytest.approx(
            word_probability(even(), word, [1, 0])
        )
    assert driven(transducer, golden_mean(), with_input=True).k == 4


def test_a_transducer_that_cannot_read_the_process_is_refused():
    delay = Transducer("t", ("0",), ("0",), ("A",), np.ones((1, 1, 1, 1)))
    with pytest.raises(ProcessError, match="The transducer reads 0"):
        driven(delay, golden_mean())


def test_signed_matrices_come_to_the_standard_basis_with_all_their_words():
    o, m = 0.2, 0.1
    bloch = np.array(
        [
            [[0.25, 0, o], [0, m, 0], [o, 0, 0.25]],
            [[0.25, 0, -o], [0, m, 0], [-o, 0, 0.25]],
            [[0.25, o, 0], [o, 0.25, 0], [0, 0, m]],
            [[0.25, -o, 0], [-o, 0.25, 0], [0, 0, m]],
        ]
    )
    model = in_standard_basis("bloch", "0123", "ABC", bloch, [1, 0, 0])
    for word in words("0123", repeat=3):
        eta = np.array([1.0, 0, 0])
        for symbol in word:
            eta = eta @ bloch[int(symbol)]
        assert word_probability(model, word) == pytest.approx(eta[0], abs=1e-14)
    assert negative_word(model) is None


def test_a_right_vector_that_is_none_is_refused():
    with pytest.raises(MatrixError, match="does not leave the right vector"):
        in_standard_basis("odd", "0", "AB", [[[0.5, 0.5], [0.0, 1.0]]], [1, 0])


def test_signed_matrices_whose_words_are_no_probabilities_are_found_out():
    T = np.array([[[1.5]], [[-0.5]]])
    model = HiddenMarkovModel("signed", ("0", "1"), ("A",), T, is_generalized=True)
    assert negative_word(model) == ("1",)


def test_what_needs_states_is_refused_with_the_reason():
    require_states(golden_mean(), "The entropy of the state")
    with pytest.raises(NotPossible, match=r"^The entropy of the state has no meaning for a gener"):
        require_states(process("fanizza"), "The entropy of the state")
