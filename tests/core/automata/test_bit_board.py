"""The bit board steps as the table of the rule says, on any width, and shows what it holds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.automata.bit_board import BitBoardStepper
from core.automata.errors import AutomataError
from core.automata.rules.life_like import LIFE, LifeLike
from core.progress import Cancelled, Progress
from tests.core.automata.life_oracle import step_plane, step_table

RULES = [
    LIFE,
    LifeLike("36", "23"),
    LifeLike("2", ""),
    LifeLike("3678", "34678"),
    LifeLike("0123478", "34678"),
    LifeLike("08", "08"),
    LifeLike("13", "23", "V"),
    LifeLike("04", "", "V"),
    LifeLike("2", "34", "H"),
    LifeLike("3", "23", "H"),
    LifeLike("2ce3", "23-a"),
    LifeLike("3", "23-a4ei6"),
    LifeLike("", ""),
    LifeLike("012345678", "012345678"),
]
NARROW = [1, 2, 3, 62, 63, 64, 65, 66, 127, 128, 129, 200]
patient = settings(deadline=None, max_examples=60)


def soup(height, width, seed, density=0.4):
    return (np.random.default_rng(seed).random((height, width)) < density).astype(np.uint8)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.text)
@pytest.mark.parametrize("joined", [True, False], ids=["torus", "plane"])
@patient
@given(
    width=st.sampled_from(NARROW),
    height=st.sampled_from([1, 2, 3, 63, 64, 65, 130]),
    steps=st.integers(0, 9),
    seed=st.integers(0, 1000),
)
def test_the_board_steps_as_the_table_says(rule, joined, width, height, steps, seed):
    cells = soup(height, width, seed)
    stepper = BitBoardStepper(cells, rule.table, joined=joined)
    stepper.step(steps)
    for _ in range(steps):
        cells = (step_table if joined else step_plane)(cells, rule.table)
    assert np.array_equal(stepper.cells(), cells)
    assert stepper.population() == cells.sum()
    assert stepper.generation == steps


def test_every_rule_on_the_number_of_four_neighbours_is_stepped_as_its_table_says():
    cells = soup(66, 70, 8, density=0.5)
    digits = ["".join(str(n) for n in range(5) if chosen >> n & 1) for chosen in range(32)]
    for born in digits:
        for survive in digits:
            table = LifeLike(born, survive, "V").table
            stepper = BitBoardStepper(cells, table)
            stepper.step()
            assert np.array_equal(stepper.cells(), step_table(cells, table)), (born, survive)


@pytest.mark.parametrize("width", [192, 200])
@pytest.mark.parametrize("joined", [True, False], ids=["torus", "plane"])
def test_tiles_at_rest_wake_when_something_comes(width, joined):
    cells = soup(200, width, 5, density=0.05)
    cells[100:130, 60:90] = soup(30, 30, 3)
    stepper = BitBoardStepper(cells, LIFE.table, joined=joined)
    for _ in range(60):
        stepper.step(10)
        for _ in range(10):
            cells = (step_table if joined else step_plane)(cells, LIFE.table)
        assert np.array_equal(stepper.cells(), cells)


def test_a_board_at_rest_keeps_its_blinkers_going():
    cells = np.zeros((90, 90), dtype=np.uint8)
    cells[40, 63:66] = 1
    stepper = BitBoardStepper(cells, LIFE.table)
    stepper.step(10**9)
    assert np.array_equal(stepper.cells(), cells)
    stepper.step(10**9 + 1)
    assert np.array_equal(stepper.cells()[39:42, 64], [1, 1, 1])


def test_a_glider_crosses_the_seam_of_a_ring_of_any_width():
    cells = np.zeros((70, 67), dtype=np.uint8)
    cells[:3, :3] = [[0, 1, 0], [0, 0, 1], [1, 1, 1]]
    stepper = BitBoardStepper(cells, LIFE.table)
    stepper.step(4 * 67 * 70)  # (1, 1) in four generations, so home again
    assert np.array_equal(stepper.cells(), cells)


@patient
@given(
    x=st.integers(-150, 150),
    y=st.integers(-150, 150),
    width=st.integers(1, 150),
    height=st.integers(1, 150),
    mode=st.sampled_from(["copy", "or", "and", "xor", "add", "maximum"]),
    joined=st.booleans(),
)
def test_a_patch_lands_where_it_is_put(x, y, width, height, mode, joined):
    cells, patch = soup(65, 70, 1), soup(height, width, 2)
    stepper = BitBoardStepper(cells, LIFE.table, joined=joined)
    stepper.paste(patch, x, y, mode)
    meet = {"copy": lambda a, b: b, "and": np.bitwise_and, "xor": np.bitwise_xor}
    expected = cells.copy()
    for row in range(height):
        for column in range(width):
            i, j = y + row, x + column
            if joined:
                i, j = i % 65, j % 70
            if 0 <= i < 65 and 0 <= j < 70:
                expected[i, j] = meet.get(mode, np.bitwise_or)(expected[i, j], patch[row, column])
    assert np.array_equal(stepper.cells(), expected)


@patient
@given(
    x=st.integers(-90, 150),
    y=st.integers(-90, 150),
    width=st.integers(1, 90),
    height=st.integers(1, 90),
    shrink=st.integers(1, 70),
)
def test_a_frame_shows_the_living_cells_of_each_pixel(x, y, width, height, shrink):
    cells = soup(100, 133, 1, density=0.01)
    frame = BitBoardStepper(cells, LIFE.table).frame(x, y, width, height, shrink)
    room = np.zeros((90 + 150 + 6300, 90 + 150 + 6300), dtype=np.uint8)
    room[90:190, 90:223] = cells
    seen = room[90 + y :, 90 + x :][: height * shrink, : width * shrink]
    expected = seen.reshape(height, shrink, width, shrink).max(axis=(1, 3))
    assert np.array_equal(frame, expected)


@given(seed=st.integers(0, 50))
@settings(deadline=None)
def test_the_bounding_box_holds_just_the_living(seed):
    cells = soup(80, 140, seed, density=0.0003)
    rows, columns = np.nonzero(cells)
    box = BitBoardStepper(cells, LIFE.table).bounding_box()
    if rows.size == 0:
        assert box is None
        return
    x, y = columns.min(), rows.min()
    assert box == (x, y, columns.max() - x + 1, rows.max() - y + 1)


def test_looking_at_a_board_changes_nothing_of_its_future():
    watched = BitBoardStepper(soup(70, 70, 4), LIFE.table)
    alone = BitBoardStepper(soup(70, 70, 4), LIFE.table)
    for _ in range(20):
        watched.step()
        watched.cells(), watched.bounding_box(), watched.frame(0, 0, 9, 9), watched.snapshot()
    alone.step(20)
    assert np.array_equal(watched.cells(), alone.cells())


def test_a_snapshot_brings_back_state_and_generation():
    stepper = BitBoardStepper(soup(70, 70, 4), LIFE.table, generation=7)
    kept, before = stepper.snapshot(), stepper.cells()
    stepper.step(11)
    after = stepper.cells()
    stepper.restore(kept)
    assert np.array_equal(stepper.cells(), before)
    assert stepper.generation == 7
    stepper.step(11)
    assert np.array_equal(stepper.cells(), after)


def test_cancelling_leaves_the_state_of_a_whole_step():
    class Impatient(Progress):
        looks = 0

        def report(self, fraction: float, message: str = "") -> None:
            self.looks += 1
            if self.looks > 3:
                self.cancel()
            super().report(fraction, message)

    cells = soup(64, 64, 4)
    stepper = BitBoardStepper(cells, LifeLike("2", "").table)
    with pytest.raises(Cancelled):
        stepper.step(10**12, Impatient())
    fresh = BitBoardStepper(cells, LifeLike("2", "").table)
    fresh.step(stepper.generation)
    assert 0 < stepper.generation < 10**12
    assert np.array_equal(stepper.cells(), fresh.cells())


def test_what_does_not_fit_the_board_is_refused_in_one_sentence():
    stepper = BitBoardStepper(soup(5, 5, 1), LIFE.table)
    with pytest.raises(AutomataError, match="5 by 5"):
        stepper.replace(soup(5, 6, 1))
    with pytest.raises(AutomataError, match="paste"):
        stepper.paste(soup(2, 2, 1), 0, 0, "nand")
