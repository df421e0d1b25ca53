"""What engines tell the measures of their state and of their last step, against numpy."""

import numpy as np
import pytest

from core.automata.bit_board import BitBoardStepper
from core.automata.lenia_board import LeniaBoard
from core.automata.line_sums import LineSums
from core.automata.measures.board import VOLUME_THRESHOLD, setting_of
from core.automata.measures.recurrence import PeriodFinder
from core.automata.measures.tracker import Tracker
from core.automata.rules.lenia import lenia
from core.automata.rules.life_like import LIFE, LifeLike
from core.automata.sparse_lenia import SparseLenia
from core.automata.topology import Topology, torus
from core.automata.world import World
from tests.core.automata.lenia_worlds import GLIDING, glider, noise, world


def require_told(stepper, before, rel=1e-12):
    """Compare what is told with the cells now and one step earlier."""
    told, cells = stepper.line_sums(VOLUME_THRESHOLD), stepper.cells()
    plane = cells[0] if cells.ndim == 3 else cells
    old = before[0] if before.ndim == 3 else before
    assert told.rows == pytest.approx(plane.sum(axis=1, dtype=float), rel=rel, abs=1e-12)
    assert told.columns == pytest.approx(plane.sum(axis=0, dtype=float), rel=rel, abs=1e-12)
    assert told.volume == np.count_nonzero(plane > VOLUME_THRESHOLD)
    apart = np.abs(plane.astype(float) - old).sum()
    assert told.difference == pytest.approx(apart, rel=rel, abs=1e-15)


@pytest.mark.parametrize("place", [(100, 60), (236, 100), (100, 236), (236, 236)])
def test_a_window_tells_what_the_whole_world_would(place):
    stepper = SparseLenia(world(GLIDING, glider(256, 256, *place)[None]))
    for _ in range(40):
        before = stepper.cells()
        stepper.step()
        assert stepper.windows
        require_told(stepper, before)


def test_windows_that_wait_for_each_other_tell_their_last_common_step():
    cells = glider(256, 320, 30, 40) + glider(256, 320, 150, 200)
    stepper, slow = (SparseLenia(world(GLIDING, cells[None])) for _ in range(2))
    stepper.step(70)
    slow.step(69)
    before = slow.cells()
    require_told(stepper, before)
    assert len(stepper.windows) == 2


@pytest.mark.parametrize(("precision", "rel"), [("float64", 1e-12), ("float32", 1e-6)])
@pytest.mark.parametrize("side", [144, 149])
def test_a_dense_step_tells_its_change(precision, rel, side):
    stepper = LeniaBoard(world(lenia(7, 10, 0.15, 0.017), noise(1, side, side)), precision)
    assert np.isnan(stepper.line_sums(0.0).difference)
    for _ in range(4):
        before = stepper.cells()
        stepper.step()
        require_told(stepper, before, rel)
    stepper.restore(stepper.snapshot())
    assert np.isnan(stepper.line_sums(0.0).difference)


@pytest.mark.parametrize("size", [(1, 1), (5, 64), (70, 65), (300, 200), (513, 128)])
@pytest.mark.parametrize("joined", [True, False], ids=["torus", "plane"])
def test_a_board_of_bits_counts_its_lines_and_what_changed(size, joined):
    cells = (np.random.default_rng(2).random(size) < 0.4).astype(np.uint8)
    stepper = BitBoardStepper(cells, LIFE.table, joined=joined)
    assert np.isnan(stepper.line_sums(0.0).changed)
    for _ in range(60):
        before = stepper.cells()
        stepper.step()
        told = stepper.line_sums(0.0)
        assert np.array_equal(told.rows, stepper.cells().sum(axis=1))
        assert np.array_equal(told.columns, stepper.cells().sum(axis=0))
        assert told.volume == stepper.population()
        assert told.changed == np.count_nonzero(stepper.cells() != before)


def test_a_hand_on_a_board_of_bits_counts_as_changed_and_a_return_in_time_as_unknown():
    stepper = BitBoardStepper(np.zeros((80, 80), dtype=np.uint8), LIFE.table)
    stepper.step(3)
    stepper.paste(np.ones((2, 2), dtype=np.uint8), 70, 79)
    assert stepper.line_sums(0.0).changed == 4
    stepper.restore(stepper.snapshot())
    assert np.isnan(stepper.line_sums(0.0).changed)


@pytest.mark.parametrize("rule", [LIFE, LifeLike("13", "23", "V")], ids=lambda each: each.text)
@pytest.mark.parametrize("size", [(40, 40), (64, 130)])
def test_a_state_of_bits_comes_back_as_its_cells_do(rule, size):
    """The finder of words finds what the finder of cells finds, on soups that settle."""
    cells = np.zeros(size, dtype=np.uint8)
    cells[5:12, 30:37] = np.random.default_rng(7).random((7, 7)) < 0.5
    for topology in (torus(size[1], size[0]), Topology("plane", size[1], size[0])):
        start = World("soup", rule, topology, cells)
        setting = setting_of(start)
        stepper = BitBoardStepper(cells, rule.table, joined=topology.kind == "torus")
        words, states = PeriodFinder(), Tracker(start, ("period",))
        for generation in range(150):
            found = words.see_words(generation, stepper.line_sums(0.0), setting)
            states.sample(_CellsOnly(stepper))
            assert found == states.recurrence
            stepper.step()


class _CellsOnly:
    """A stepper that tells nothing but its cells."""

    def __init__(self, stepper):
        self.generation, self.cells, self.origin = stepper.generation, stepper.cells, stepper.origin


def test_a_tracker_takes_the_same_samples_with_and_without_being_told():
    cells = (np.random.default_rng(5).random((96, 130)) < 0.3).astype(np.uint8)
    start = World("soup", LIFE, torus(130, 96), cells)
    stepper = BitBoardStepper(cells, LIFE.table)
    told, asked = Tracker(start), Tracker(start)
    for _ in range(30):
        told.sample(stepper)
        asked.sample(_CellsOnly(stepper))
        stepper.step()
    one, other = told.series.samples().rows, asked.series.samples().rows
    assert np.allclose(one, other, rtol=1e-12, atol=1e-12, equal_nan=True)
    assert not told.needs_step_before
    assert asked.needs_step_before


def test_parts_are_added_across_the_seam():
    whole = LineSums(np.zeros(5), np.zeros(4), 1)
    part = LineSums(np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0]), 2)
    found = whole.with_part(part, 3, 3)
    assert found.rows.tolist() == [3.0, 0.0, 0.0, 1.0, 2.0]
    assert found.columns.tolist() == [5.0, 0.0, 0.0, 4.0]
    assert found.volume == 3
