from itertools import product

import numpy as np
import pytest

from core.processes.errors import NotPossible, ProcessError
from core.processes.model import HiddenMarkovModel
from core.processes.sampling import CHUNK, Sampler, sample
from core.processes.symbol_text import pieces_of_text
from core.processes.word import word_probability
from core.processes.zoo import process
from core.progress import Cancelled, Progress
from tests.core.processes.machines import golden_mean, random_model, two_classes


@pytest.mark.parametrize("seed", range(4))
def test_words_come_as_often_as_they_are_probable(seed):
    model = random_model(seed, states=3, symbols=3, zeros=0.3)
    symbols = sample(model, 200_000, seed)
    codes = symbols[:-1] * 3 + symbols[1:]
    found = np.bincount(codes, minlength=9) / codes.size
    expected = [word_probability(model, word) for word in product("012", repeat=2)]
    # 200,000 symbols that depend on each other: four standard errors of about 0.002
    assert found == pytest.approx(expected, abs=0.008)


def test_forbidden_words_never_come():
    symbols = sample(golden_mean(), 100_000, 3)
    assert not (symbols[:-1] & symbols[1:]).any()


def test_a_seed_gives_one_sequence_however_it_is_cut():
    model = process("mess3")
    sampler = Sampler(model, 7)
    pieces = np.concatenate([sampler.draw(size)[0] for size in (1, 999, 0, 4000)])
    assert np.array_equal(pieces, sample(model, 5000, 7))
    assert not np.array_equal(pieces, sample(model, 5000, 8))


def test_states_follow_the_edges():
    model = process("rrxor")
    sampler = Sampler(model, 1)
    before = sampler.state
    symbols, states = sampler.draw(1000)
    path = [before, *states.tolist()]
    for i, x, j in zip(path, symbols.tolist(), path[1:], strict=False):
        assert model.T[x, i, j] > 0


def test_a_hub_with_many_edges_is_walked_as_well():
    n = 3000
    edges = [("hub", "0", f"s{i}", 1 / n) for i in range(n)]
    edges += [(f"s{i}", "1", "hub", 1.0) for i in range(n)]
    states = Sampler(HiddenMarkovModel.from_edges("star", edges), 2).draw(60_000)[1]
    visits = np.bincount(states, minlength=n + 1)
    assert visits[0] == 30_000
    # ten visits to each on average, as independent as Poisson's
    assert visits[1:].var() == pytest.approx(10, abs=1.5)


def test_a_walk_starts_where_it_is_told():
    assert Sampler(golden_mean(), 0, [0.0, 1.0]).state == 1
    assert sample(golden_mean(), 1, 0, start=[0.0, 1.0]).tolist() == [0]


def test_a_coin_with_one_side_and_an_empty_sample():
    assert sample(process("coin", p=1), 5).tolist() == [1] * 5
    assert sample(process("coin"), 0).tolist() == []


def test_rare_edges_are_as_rare_as_they_should_be():
    symbols = sample(process("coin", p=1e-3), 1_000_000, 5)
    assert int(symbols.sum()) == pytest.approx(1000, abs=130)  # four standard deviations


def test_sampling_can_be_cancelled():
    progress = Progress(lambda fraction, message: fraction > 0 and progress.cancel())
    with pytest.raises(Cancelled):
        sample(golden_mean(), 10 * CHUNK, progress=progress)


@pytest.mark.parametrize(
    ("model", "count", "seed", "error", "told"),
    [
        (process("fanizza"), 5, 0, NotPossible, "A sequence of states has no meaning"),
        (golden_mean(), -1, 0, ProcessError, "0 to"),
        (golden_mean(), 2**40, 0, ProcessError, "write longer ones to a file"),
        (golden_mean(), 5, -1, ProcessError, "A seed is a whole number"),
        (two_classes(), 5, 0, ProcessError, "2 recurrent classes"),
    ],
)
def test_what_cannot_be_drawn_is_refused(model, count, seed, error, told):
    with pytest.raises(error) as caught:
        sample(model, count, seed)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("alphabet", "line"),
    [(("0", "1"), "0110\n"), (("α", "β"), "αββα\n"), (("up", "down"), "up down down up\n")],
)
def test_symbols_of_one_character_stand_together(alphabet, line):
    chunks = [np.array([0, 1], np.uint16), np.array([1, 0], np.uint16)]
    assert b"".join(pieces_of_text(chunks, alphabet)).decode() == line
