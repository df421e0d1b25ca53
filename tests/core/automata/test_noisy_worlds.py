"""Noise and asynchronous steps: the same cells change whatever engine steps the rule."""

import numpy as np
import pytest

from core.automata.bit_rows import rows_of_words
from core.automata.errors import AutomataError, UnreadableRule
from core.automata.noisy_stepper import MASKS, AsynchronousStepper, BitEngine, NoisyStepper
from core.automata.rules.asynchronous import Asynchronous
from core.automata.rules.cyclic import Cyclic
from core.automata.rules.elementary import Elementary
from core.automata.rules.life_like import LIFE
from core.automata.rules.noisy import Noisy
from core.automata.seeds import random_bits, step_key, stream_of
from core.automata.stepper import make_stepper
from core.automata.topology import UNBOUNDED, torus
from core.automata.world import World
from tests.core.automata.life_oracle import step_table


def soup(height=50, width=70, states=2, seed=0):
    """Return random states."""
    return np.random.default_rng(seed).integers(0, states, (height, width), dtype=np.uint8)


def noisy_world(rule, cells=None, seed=3):
    """Return a torus with a rule."""
    cells = soup() if cells is None else cells
    return World("noisy", rule, torus(cells.shape[1], cells.shape[0]), cells, seed=seed)


def mask_of(seed, generation, shape, probability):
    """Return the cells that chance chooses in one generation, 0 or 1."""
    key = step_key(stream_of(seed, MASKS), generation)
    return rows_of_words(random_bits(key, shape[1], shape[0], probability), shape[1])


class Plain:
    """Life cell by cell, an engine that knows nothing of bits."""

    def __init__(self, cells):
        self.generation, self._cells = 0, cells.copy()

    def step(self, steps=1, progress=None):
        for _ in range(steps):
            self._cells = step_table(self._cells, LIFE.table)
            self.generation += 1

    def cells(self):
        return self._cells.copy()

    def replace(self, cells, origin=(0, 0)):
        self._cells = cells.copy()


@pytest.mark.parametrize("probability", [0.002, 0.2])
def test_noise_flips_the_cells_of_the_mask_after_the_rule(probability):
    cells = soup()
    stepper = make_stepper(noisy_world(Noisy(LIFE, probability), cells))
    for generation in range(1, 6):
        cells = step_table(cells, LIFE.table) ^ mask_of(3, generation, cells.shape, probability)
        stepper.step()
        assert np.array_equal(stepper.cells(), cells)


@pytest.mark.parametrize("alpha", [0.0, 0.3, 0.995, 1.0])
def test_asynchronous_cells_outside_of_the_mask_stay(alpha):
    cells = soup()
    stepper = make_stepper(noisy_world(Asynchronous(LIFE, alpha), cells))
    for generation in range(1, 6):
        chosen = mask_of(3, generation, cells.shape, alpha)
        cells = np.where(chosen, step_table(cells, LIFE.table), cells)
        stepper.step()
        assert np.array_equal(stepper.cells(), cells)


@pytest.mark.parametrize("kind", [NoisyStepper, AsynchronousStepper])
def test_an_engine_of_bits_and_one_of_cells_make_the_same_run(kind):
    world = noisy_world(Noisy(LIFE, 0.1))
    bits = make_stepper(noisy_world(LIFE))
    assert isinstance(bits, BitEngine)
    fast, slow = kind(bits, world, 0.1), kind(Plain(world.array), world, 0.1)
    fast.step(20)
    slow.step(20)
    assert np.array_equal(fast.cells(), slow.cells())


def test_a_noisy_cell_of_many_states_takes_each_other_state_alike():
    rule = Noisy(Cyclic(threshold=8, states=5), 1.0)
    cells = np.full((200, 200), 3, dtype=np.uint8)
    stepper = make_stepper(noisy_world(rule, cells))
    stepper.step()
    counts = np.bincount(stepper.cells().ravel(), minlength=5)
    assert counts[3] == 0
    assert np.abs(counts[[0, 1, 2, 4]] - 10_000).max() < 5 * np.sqrt(10_000)


def test_a_run_goes_on_from_any_of_its_states():
    whole = make_stepper(noisy_world(Noisy(LIFE, 0.01)))
    whole.step(10)
    mark = whole.snapshot()
    whole.step(15)
    later = make_stepper(noisy_world(Noisy(LIFE, 0.01)))
    later.restore(mark)
    assert later.generation == 10
    later.step(7)
    later.step(8)
    assert np.array_equal(later.cells(), whole.cells())


def test_another_seed_makes_another_run():
    one = make_stepper(noisy_world(Noisy(LIFE, 0.01), seed=1))
    other = make_stepper(noisy_world(Noisy(LIFE, 0.01), seed=2))
    one.step()
    other.step()
    assert not np.array_equal(one.cells(), other.cells())


def test_chance_upon_chance_is_independent():
    """With one stream for both, the cells that noise flips would be those that are updated."""
    cells = np.zeros((200, 200), dtype=np.uint8)
    stepper = make_stepper(noisy_world(Asynchronous(Noisy(LIFE, 0.5), 0.5), cells))
    stepper.step()
    assert stepper.population() / cells.size == pytest.approx(0.25, abs=0.015)


def test_a_row_has_noise_too():
    cells = np.zeros(1001, dtype=np.uint8)
    world = World("row", Noisy(Elementary(0), 0.1), torus(1001, 1), cells, seed=3)
    stepper = make_stepper(world)
    stepper.step(7)
    assert np.array_equal(stepper.cells(), mask_of(3, 7, (1, 1001), 0.1)[0])


def test_an_endless_plane_has_no_noise():
    with pytest.raises(AutomataError):
        make_stepper(World("endless", Noisy(LIFE, 0.1), UNBOUNDED, soup()))


@pytest.mark.parametrize("rule", [Noisy(LIFE, 0.01), Asynchronous(Cyclic(), 0.5)])
def test_the_text_of_a_rule_reads_back(rule):
    assert type(rule).from_text(rule.text, lambda text: rule.rule) == rule


@pytest.mark.parametrize("text", ["noisy:B3/S23", "noisy(x):B3/S23", "noisy(2):B3/S23", "B3/S23"])
def test_a_text_that_is_no_rule_is_refused_in_one_sentence(text):
    with pytest.raises(UnreadableRule):
        Noisy.from_text(text, lambda text: LIFE)
