"""Elementary rules step as their numbers say, on any width and with any ends."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.automata.elementary_board import ElementaryStepper
from core.automata.errors import AutomataError, TooLarge
from core.automata.rules.elementary import Elementary
from core.automata.stepper import Stepper, make_stepper
from core.automata.topology import Topology, torus
from core.automata.world import World, pattern
from core.progress import Cancelled, Progress

patient = settings(deadline=None, max_examples=150)


def by_hand(row, number, edge, border=(0, 0)):
    """Return the next row, cell by cell."""
    ends = {
        "torus": (row[-1], row[0]),
        "plane": (0, 0),
        "fixed": border,
        "reflecting": (row[0], row[-1]),
    }
    left, right = ends[edge]
    padded = [left, *row, right]
    return [
        number >> (4 * padded[i] + 2 * padded[i + 1] + padded[i + 2]) & 1 for i in range(len(row))
    ]


def random_row(width, seed):
    return np.random.default_rng(seed).integers(0, 2, width).astype(np.uint8)


@patient
@given(
    width=st.sampled_from([1, 2, 3, 63, 64, 65, 127, 128, 200]),
    number=st.integers(0, 255),
    edge=st.sampled_from(["torus", "plane", "fixed", "reflecting"]),
    border=st.tuples(st.integers(0, 1), st.integers(0, 1)),
    steps=st.lists(st.integers(0, 7), max_size=3),
    seed=st.integers(0, 1000),
)
def test_rows_step_as_the_number_says(width, number, edge, border, steps, seed):
    cells = random_row(width, seed)
    stepper = ElementaryStepper(cells, number, edge=edge, border=border)
    row = cells.tolist()
    for each in steps:
        stepper.step(each)
        for _ in range(each):
            row = by_hand(row, number, edge, border)
        assert stepper.cells().tolist() == row
        assert stepper.population() == sum(row)


@patient
@given(
    width=st.sampled_from([1, 3, 64, 100]),
    number=st.integers(0, 255),
    steps=st.integers(1, 90),
    seed=st.integers(0, 1000),
)
def test_a_row_without_end_is_the_middle_of_a_wide_ring(width, number, steps, seed):
    cells = random_row(width, seed)
    ring = np.zeros(width + 2 * steps + 2, dtype=np.uint8)
    ring[steps + 1 : steps + 1 + width] = cells
    wide = ElementaryStepper(ring, number)
    wide.step(steps)
    background = int(wide.cells()[0])
    differs = wide.cells() ^ background
    stepper = ElementaryStepper(cells, number, edge="unbounded", origin=steps + 1)
    stepper.step(steps)
    assert stepper.background == background
    assert stepper.population() == differs.sum()
    seen = stepper.frame(0, 0, len(ring), 1)
    assert np.array_equal(seen[0], differs)


@pytest.mark.parametrize("edge", ["torus", "unbounded"])
@pytest.mark.parametrize("number", [30, 90, 45, 110, 255])
def test_recorded_rows_are_those_of_single_steps(edge, number):
    cells = random_row(70, 1)
    recorder = ElementaryStepper(cells, number, edge=edge)
    walker = ElementaryStepper(cells, number, edge=edge)
    rows, left = recorder.record(200)
    for row in rows:
        walker.step()
        assert np.array_equal(walker.frame(left, 0, len(row), 1)[0], row)
    assert np.array_equal(recorder.cells(), walker.cells())


def triangle(number, steps):
    """The rows that grow from one cell, the first included."""
    stepper = ElementaryStepper(np.ones(1, dtype=np.uint8), number, edge="unbounded")
    populations = [1]
    for _ in range(steps):
        stepper.step()
        populations.append(stepper.population())
    return populations


@pytest.mark.parametrize(
    ("number", "populations"),
    [
        (30, [1, 3, 3, 6, 4, 9, 5, 12, 7, 12, 11, 14, 12, 19, 13, 22]),
        (110, [1, 2, 3, 3, 5, 3, 5, 6, 8, 5, 6, 8, 8, 8, 11, 11, 13]),
        (150, [1, 3, 3, 5, 3, 9, 5, 11, 3, 9, 9, 15, 5, 15, 11, 21, 3]),
        (22, [1, 3, 2, 6, 2, 6, 4, 12, 2]),
        (90, [2 ** bin(n).count("1") for n in range(64)]),
    ],
)
def test_row_populations_that_are_known(number, populations):
    """Rule 90 by Lucas' theorem; the others from Wolfram's tables (OEIS A070952, A071049...)."""
    assert triangle(number, len(populations) - 1) == populations


@pytest.mark.parametrize(
    ("number", "row", "population"), [(30, 100, 103), (30, 1000, 1001), (110, 100, 52)]
)
def test_far_rows_from_one_cell(number, row, population):
    assert triangle(number, row)[-1] == population


def test_the_middle_column_of_rule_30():
    stepper = ElementaryStepper(np.ones(1, dtype=np.uint8), 30, edge="unbounded")
    rows, left = stepper.record(999)
    column = np.concatenate(([1], rows[:, -left]))
    text = "1101110011000101100100111010111001110101011000011001010110101011"
    assert "".join(map(str, column[:64])) == text
    assert column[:100].sum() == 52
    assert column.sum() == 481


@pytest.mark.parametrize(
    ("number", "width", "transient", "period"),
    [(90, 15, 1, 15), (90, 31, 1, 31), (30, 15, 47, 1455), (110, 14, 20, 91), (54, 8, 2, 4)],
)
def test_cycles_on_rings_from_one_cell(number, width, transient, period):
    cells = np.zeros(width, dtype=np.uint8)
    cells[width // 2] = 1
    rows = np.vstack((cells, ElementaryStepper(cells, number).record(transient + period)[0]))
    seen = [row.tobytes() for row in rows]
    assert seen[transient + period] == seen[transient]
    assert len(set(seen)) == transient + period


@given(width=st.integers(1, 300), seed=st.integers(0, 99))
@settings(deadline=None)
def test_rule_184_keeps_its_cars(width, seed):
    stepper = ElementaryStepper(random_row(width, seed), 184)
    before = stepper.population()
    stepper.step(1000)
    assert stepper.population() == before


@patient
@given(
    x=st.integers(-300, 300),
    length=st.integers(1, 200),
    mode=st.sampled_from(["copy", "or", "and", "xor"]),
    edge=st.sampled_from(["torus", "plane", "unbounded"]),
)
def test_a_patch_lands_where_it_is_put(x, length, mode, edge):
    cells, patch = random_row(70, 1), random_row(length, 2)
    stepper = ElementaryStepper(cells, 30, edge=edge)
    stepper.paste(patch, x, 0, mode)
    meet = {"or": lambda a, b: a | b, "and": lambda a, b: a & b, "xor": lambda a, b: a ^ b}
    room = {i: int(cells[i]) for i in range(70)}
    for i, value in enumerate(patch.tolist()):
        place = (x + i) % 70 if edge == "torus" else x + i
        if edge == "unbounded" or 0 <= place < 70:
            old = room.get(place, 0)
            room[place] = value if mode == "copy" else meet[mode](old, value)
    frame = stepper.frame(-700, 0, 1400, 1)[0]
    assert frame.tolist() == [room.get(i, 0) for i in range(-700, 700)]


def test_frames_bounding_box_and_snapshot():
    cells = np.zeros(100, dtype=np.uint8)
    cells[[40, 63]] = 1
    stepper = ElementaryStepper(cells, 90)
    assert stepper.bounding_box() == (40, 0, 24, 1)
    assert np.flatnonzero(stepper.frame(-10, -2, 30, 5, 4)[0]).tolist() == [12, 18]
    assert not stepper.frame(0, 1, 100, 5).any()
    kept = stepper.snapshot()
    stepper.step(33)
    stepper.restore(kept)
    assert np.array_equal(stepper.cells(), cells)
    assert stepper.generation == 0


def test_worlds_get_the_engine_of_rows():
    cells = random_row(601, 3)
    stepper = make_stepper(World("ring", Elementary(30), torus(601, 1), cells))
    assert isinstance(stepper, ElementaryStepper)
    assert isinstance(stepper, Stepper)
    fixed = World("fixed", Elementary(30), Topology("fixed", 601, 1, border=(1, 0, 0, 0)), cells)
    stepper = make_stepper(fixed)
    stepper.step()
    assert stepper.cells().tolist() == by_hand(cells.tolist(), 30, "fixed", (1, 0))
    grown = make_stepper(pattern("one", Elementary(90), np.ones(1, dtype=np.uint8)))
    grown.step(4)
    assert grown.cells().tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert grown.origin() == (-4, 0)


def test_what_does_not_fit_is_refused_in_one_sentence():
    stepper = ElementaryStepper(random_row(9, 1), 30)
    with pytest.raises(AutomataError, match="9 cells"):
        stepper.replace(random_row(10, 1))
    with pytest.raises(AutomataError, match="paste"):
        stepper.paste(random_row(2, 1), 0, 0, "nand")
    with pytest.raises(TooLarge, match="rows"):
        stepper.record(10**9)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        stepper.step(10, progress)
