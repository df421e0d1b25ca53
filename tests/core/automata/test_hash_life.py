"""HashLife makes any number of generations exactly, in bounded memory."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.automata.bit_board import BitBoardStepper
from core.automata.errors import AutomataError, TooLarge
from core.automata.hash_life import HashLifeStepper
from core.automata.quadtree import quadtree_of
from core.automata.rules.life_like import LIFE, LifeLike
from core.progress import Cancelled, Progress
from tests.core.automata.life_oracle import run_unbounded
from tests.core.automata.life_patterns import pattern

RULES = [
    LIFE,
    LifeLike("36", "23"),
    LifeLike("2", ""),
    LifeLike("3678", "34678"),
    LifeLike("13", "23", "V"),
    LifeLike("2", "34", "H"),
    LifeLike("2ce3", "23-a"),
    LifeLike("", ""),
]
patient = settings(deadline=None, max_examples=40)


def soup(height, width, seed, density=0.4):
    return (np.random.default_rng(seed).random((height, width)) < density).astype(np.uint8)


def trimmed(cells):
    rows, columns = np.nonzero(cells)
    if not rows.size:
        return np.zeros((0, 0), dtype=np.uint8)
    return cells[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.text)
@patient
@given(
    height=st.integers(1, 30),
    width=st.integers(1, 30),
    steps=st.lists(st.integers(0, 25), min_size=1, max_size=3),
    x=st.integers(-40, 40),
    y=st.integers(-40, 40),
    seed=st.integers(0, 1000),
)
def test_any_number_of_steps_is_made_as_one_by_one(rule, height, width, steps, x, y, seed):
    cells = soup(height, width, seed)
    stepper = HashLifeStepper(cells, rule.table, origin=(x, y))
    for each in steps:
        stepper.step(each)
    total = sum(steps)
    expected = run_unbounded(cells, rule.table, total)
    room = total
    seen = stepper.frame(x - room, y - room, width + 2 * room, height + 2 * room)
    assert np.array_equal(seen, expected)
    assert np.array_equal(stepper.cells(), trimmed(expected))
    assert stepper.population() == expected.sum()
    assert stepper.generation == total


@pytest.mark.parametrize("rule", [LIFE, LifeLike("36", "23")], ids=lambda rule: rule.text)
@pytest.mark.parametrize("steps", [1, 100, 463, 512])
def test_soups_go_as_on_a_large_board(rule, steps):
    cells = soup(64, 64, 7)
    board = np.zeros((64 + 2 * 520, 64 + 2 * 520), dtype=np.uint8)
    board[520:-520, 520:-520] = cells
    dense = BitBoardStepper(board, rule.table)
    hashed = HashLifeStepper(cells, rule.table, origin=(520, 520))
    dense.step(steps)
    hashed.step(steps)
    assert np.array_equal(hashed.frame(0, 0, *board.shape), dense.cells())


def alternating(cells, table, steps):
    """A rule with B0 and without S8 by hand, on a board whose outside is the background."""
    background = 0
    cells = np.pad(cells, steps + 2)
    for _ in range(steps):
        cells = run_unbounded(np.pad(cells, 1, constant_values=background), table, 0)
        index = np.zeros(cells.shape, dtype=np.int64)
        for place in range(9):
            down, right = divmod(place, 3)
            index |= np.roll(cells, (1 - down, 1 - right), (0, 1)).astype(np.int64) << (8 - place)
        cells = table[index][3:-3, 3:-3]
        background = int(table[511 if background else 0])
        cells = np.pad(cells, 2, constant_values=background)
    return cells ^ background


@pytest.mark.parametrize("steps", [[1], [2], [1, 1], [3, 4], [1, 6, 2], [16], [5, 8]])
def test_a_plane_that_flickers_is_kept_as_what_differs_from_it(steps):
    rule = LifeLike("0123478", "01234")
    cells = soup(9, 9, 3)
    stepper = HashLifeStepper(cells, rule.table)
    for each in steps:
        stepper.step(each)
    expected = alternating(cells, rule.table, sum(steps))
    assert np.array_equal(stepper.cells(), trimmed(expected))
    assert stepper.background == sum(steps) % 2


def test_a_plane_that_stays_lit_is_kept_inverted():
    rule = LifeLike("0123478", "01234678")
    cells = soup(20, 20, 1)
    stepper = HashLifeStepper(cells, rule.table)
    stepper.step(10)
    # the rule that does to dead cells what this one does to living ones
    twin = HashLifeStepper(cells, 1 - rule.table[::-1])
    twin.step(10)
    assert stepper.background == 1
    assert twin.background == 0
    assert np.array_equal(stepper.cells(), twin.cells())


@pytest.mark.parametrize(
    ("name", "generation", "population"),
    [
        ("r-pentomino", 1102, 118),
        ("r-pentomino", 1103, 116),
        ("acorn", 5205, 635),
        ("acorn", 5206, 633),
        ("diehard", 129, 2),
        ("diehard", 130, 0),
        ("gosper gun", 30, 41),
        ("gosper gun", 300, 86),
        ("gosper gun", 3000, 536),
        ("gosper gun", 2**30, 178_957_021),
    ],
)
def test_populations_that_are_known(name, generation, population):
    """The numbers are Golly's, and the common knowledge of the field for the first few."""
    stepper = HashLifeStepper(pattern(name), LIFE.table)
    stepper.step(generation)
    assert stepper.population() == population


def test_the_gun_shoots_for_longer_than_numbers_of_64_bits_tell():
    stepper = HashLifeStepper(pattern("gosper gun"), LIFE.table)
    stepper.step(30 * 2**70)
    # five cells every thirty generations: a glider, in every phase of the gun the same
    assert stepper.population() == 36 + 5 * 2**70
    _, _, width, height = stepper.bounding_box()
    assert width > 30 * 2**70 // 4 and height > 30 * 2**70 // 4
    assert stepper.frame(0, 0, 36, 9).any()
    assert stepper.generation == 30 * 2**70


@pytest.mark.parametrize(
    ("name", "period", "displacement"),
    [("glider", 4, (1, 1)), ("lwss", 4, (2, 0)), ("mwss", 4, (2, 0)), ("hwss", 4, (2, 0))],
)
def test_ships_move_by_their_speed(name, period, displacement):
    cells = pattern(name)
    stepper = HashLifeStepper(cells, LIFE.table, origin=(3, -5))
    stepper.step(period * 1000)
    x, y = stepper.origin()
    assert (abs(x - 3), abs(y + 5)) == tuple(1000 * each for each in displacement)
    assert np.array_equal(stepper.cells(), cells)


def test_memory_is_bounded_by_sweeping():
    cells = soup(100, 100, 2)
    free = HashLifeStepper(cells, LIFE.table)
    tight = HashLifeStepper(cells, LIFE.table, memory_bytes=40 * 2**15)
    for stepper in (free, tight):
        stepper.step(1500)
    assert free._nodes.capacity > tight._nodes.capacity == 2**15
    assert tight.population() == free.population()
    assert np.array_equal(tight.cells(), free.cells())


def test_a_pattern_that_memory_cannot_hold_is_refused_and_kept():
    cells = soup(1200, 1200, 2)
    with pytest.raises(TooLarge, match="memory"):
        HashLifeStepper(cells, LIFE.table, memory_bytes=1)
    cells = soup(650, 650, 2)
    stepper = HashLifeStepper(cells, LIFE.table, memory_bytes=1)
    with pytest.raises(TooLarge, match="memory"):
        stepper.step(10_000)
    assert stepper.generation == 0
    assert np.array_equal(stepper.frame(0, 0, 650, 650), cells)


def test_cancelling_keeps_the_state_before():
    stepper = HashLifeStepper(soup(200, 200, 2), LIFE.table)
    before, progress = stepper.cells(), Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        stepper.step(5000, progress)
    assert stepper.generation == 0
    assert np.array_equal(stepper.cells(), before)
    stepper.step(3)
    assert stepper.population() == run_unbounded(before, LIFE.table, 3).sum()


@patient
@given(
    x=st.integers(-60, 60),
    y=st.integers(-60, 60),
    mode=st.sampled_from(["copy", "or", "and", "xor"]),
)
def test_a_patch_lands_where_it_is_put(x, y, mode):
    cells, patch = soup(40, 40, 1), soup(23, 31, 2)
    stepper = HashLifeStepper(cells, LIFE.table)
    stepper.paste(patch, x, y, mode)
    room = np.zeros((200, 200), dtype=np.uint8)
    room[80:120, 80:120] = cells
    met = room[80 + y : 103 + y, 80 + x : 111 + x]
    meet = {"or": np.bitwise_or, "and": np.bitwise_and, "xor": np.bitwise_xor}
    met[:] = patch if mode == "copy" else meet[mode](met, patch)
    assert np.array_equal(stepper.frame(-80, -80, 200, 200), room)


def test_a_patch_may_lie_far_away():
    stepper = HashLifeStepper(pattern("glider"), LIFE.table)
    stepper.paste(pattern("glider"), 2**40, -(2**40))
    assert stepper.bounding_box() == (0, -(2**40), 2**40 + 3, 2**40 + 3)
    assert stepper.frame(2**40, -(2**40), 3, 3).sum() == 5
    with pytest.raises(TooLarge, match="away"):
        stepper.paste(pattern("glider"), 2**60, 0)


@patient
@given(
    x=st.integers(-90, 150),
    y=st.integers(-90, 150),
    shrink=st.sampled_from([1, 2, 3, 4, 5, 7, 8, 11, 13, 16, 31]),
)
def test_a_frame_shows_the_living_cells_of_each_pixel(x, y, shrink):
    frame, seen = framed_and_seen(x, y, shrink)
    assert np.array_equal(frame, seen)


@patient
@given(
    x=st.integers(-90, 150),
    y=st.integers(-90, 150),
    shrink=st.sampled_from([32, 64, 100]),
)
def test_a_far_frame_shows_them_there_or_in_the_pixel_beside(x, y, shrink):
    frame, seen = framed_and_seen(x, y, shrink)
    inside = (slice(1, -1), slice(1, -1))
    assert not (frame & ~widened(seen))[inside].any()
    assert not (seen & ~widened(frame))[inside].any()


def framed_and_seen(x, y, shrink):
    """Return a frame of a thin soup, and what is in each of its pixels."""
    cells = soup(150, 150, 1, density=0.003)
    frame = HashLifeStepper(cells, LIFE.table).frame(x, y, 20, 10, shrink)
    room = np.zeros((90 + 150 + 2000, 90 + 150 + 2000), dtype=np.uint8)
    room[90:240, 90:240] = cells
    seen = room[90 + y :, 90 + x :][: 10 * shrink, : 20 * shrink]
    blocks = seen.reshape(10, shrink, 20, shrink).max(axis=(1, 3))
    return frame.astype(bool), blocks.astype(bool)


def widened(pixels):
    """Return the pixels with all beside them."""
    padded = np.pad(pixels, 1)
    height, width = pixels.shape
    shifts = [padded[dy : dy + height, dx : dx + width] for dy in range(3) for dx in range(3)]
    return np.logical_or.reduce(shifts)


def test_a_snapshot_brings_back_state_and_generation():
    stepper = HashLifeStepper(soup(50, 50, 4), LIFE.table, generation=7)
    kept, before = stepper.snapshot(), stepper.cells()
    stepper.step(33)
    stepper.restore(kept)
    assert np.array_equal(stepper.cells(), before)
    assert stepper.generation == 7


def test_an_empty_plane_stays_empty_for_ever():
    stepper = HashLifeStepper(np.zeros((0, 0), dtype=np.uint8), LIFE.table)
    stepper.step(10**30)
    assert stepper.population() == 0
    assert stepper.bounding_box() is None
    assert stepper.origin() == (0, 0)
    assert stepper.cells().size == 0
    with pytest.raises(TooLarge, match="steps"):
        stepper.step(2**200)


def test_trees_of_more_states_are_refused():
    tree = quadtree_of(np.array([[3]], dtype=np.uint8), states=4)
    with pytest.raises(AutomataError, match="two states"):
        HashLifeStepper(tree, LIFE.table)
