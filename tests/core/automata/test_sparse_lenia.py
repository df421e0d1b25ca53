"""Where empty space is free: windows must give what the whole world gives."""

from dataclasses import replace

import numpy as np
import pytest

from core.automata.lenia_board import LeniaBoard
from core.automata.live_boxes import Box, cyclic_extent, live_boxes, separate_boxes
from core.automata.rules.lenia import Growth, LeniaKernel, LeniaRule, lenia
from core.automata.sparse_lenia import SparseLenia
from core.automata.stepper import make_stepper
from core.progress import Cancelled, Progress
from tests.core.automata.lenia_worlds import GLIDING, glider, noise, world


def compared(cells, steps, rule=GLIDING, pieces=4):
    """Return both engines after the steps, and the largest difference on the way."""
    start = world(rule, cells)
    sparse, dense = SparseLenia(start), LeniaBoard(start, "float64")
    largest = 0.0
    for _ in range(pieces):
        sparse.step(steps // pieces)
        dense.step(steps // pieces)
        largest = max(largest, float(np.abs(sparse.cells() - dense.cells()).max()))
    return sparse, dense, largest


def test_one_glider_needs_one_window():
    sparse, _, largest = compared(glider(256, 320)[None], 120)
    assert len(sparse.windows) == 1
    assert sparse.windows[0].height == sparse.windows[0].width == 64
    box = sparse.bounding_box()
    sparse.replace(sparse.cells())
    assert sparse.bounding_box() == box
    assert largest < 1e-6


def test_a_glider_crosses_the_seam():
    for y, x in ((236, 100), (100, 236), (236, 236), (240, 0)):
        _, dense, largest = compared(glider(256, 256, y, x)[None], 100)
        assert largest < 1e-6
        assert dense.population() > 60


def test_gliders_that_meet_share_a_window():
    one = glider(256, 256, 60, 60)
    other = glider(256, 256, 60, 60)[::-1, ::-1]
    offset = np.roll(other, (20, 20), (0, 1))
    cells = np.maximum(one, offset)[None]
    _, _, largest = compared(cells, 60)
    assert largest < 1e-6


def test_random_blobs_far_apart():
    rng = np.random.default_rng(4)
    cells = np.zeros((1, 384, 320))
    for _ in range(5):
        y, x = rng.integers(0, 384), rng.integers(0, 320)
        rows, columns = (y + np.arange(18)) % 384, (x + np.arange(25)) % 320
        cells[0][np.ix_(rows, columns)] = rng.random((18, 25))
    _, _, largest = compared(cells, 40)
    assert largest < 1e-6


def test_what_grows_over_everything_is_stepped_as_a_whole():
    growing = lenia(8, 10, 0.16, 0.06)
    cells = np.zeros((1, 192, 192))
    cells[0, 80:110, 80:110] = noise(30, 30)
    start = world(growing, cells)
    sparse, dense = SparseLenia(start, "float64"), LeniaBoard(start, "float64")
    sparse.step(1)
    assert sparse.windows
    sparse.step(400)
    dense.step(401)
    assert not sparse.windows
    assert sparse.population() == pytest.approx(dense.population(), rel=1e-3)


def test_a_dead_world_stays_dead():
    sparse = SparseLenia(world(GLIDING, np.zeros((1, 256, 256))))
    sparse.step(50)
    assert sparse.population() == 0.0 and sparse.bounding_box() is None


def test_asymptotic_lenia_in_windows():
    sparse, _, largest = compared(glider(256, 256)[None], 40, replace(GLIDING, update="target"))
    assert sparse.windows and largest < 1e-6


def test_two_channels_in_windows():
    kernels = (
        LeniaKernel(Growth(0.15, 0.015)),
        LeniaKernel(Growth(0.2, 0.03), source=0, target=1, relative_radius=0.5),
        LeniaKernel(Growth(0.2, 0.03), source=1, target=1),
    )
    rule = LeniaRule(13, 10, kernels, channels=2)
    cells = np.zeros((2, 256, 256))
    cells[0] = glider(256, 256)
    sparse, _, largest = compared(cells, 60, rule)
    assert sparse.windows and largest < 1e-6


def test_a_large_torus_gets_windows_and_its_snapshots_are_exact():
    stepper = make_stepper(world(GLIDING, glider(512, 512)[None]))
    assert isinstance(stepper, SparseLenia)
    stepper.step(33)
    kept = stepper.snapshot()
    stepper.step(50)
    expected = stepper.cells()
    stepper.paste(noise(90, 90), 200, 200)
    stepper.step(20)
    stepper.restore(kept)
    assert stepper.generation == 33
    stepper.step(50)
    assert np.array_equal(stepper.cells(), expected)


def test_looking_and_the_length_of_runs_change_nothing():
    cells = np.maximum(glider(256, 256, 20, 20), glider(256, 256, 150, 130)[::-1])[None]
    once, often = SparseLenia(world(GLIDING, cells)), SparseLenia(world(GLIDING, cells))
    once.step(90)
    for _ in range(30):
        often.step(1)
        often.frame(0, 0, 64, 64, 4)
        often.step(2)
        often.growth()
    assert np.array_equal(once.cells(), often.cells())


def test_snapshots_of_a_full_world_are_exact():
    stepper = SparseLenia(world(GLIDING, noise(1, 160, 160)))
    start = stepper.snapshot()
    stepper.step(4)
    kept, middle = stepper.snapshot(), stepper.cells()
    stepper.step(3)
    expected = stepper.cells()
    stepper.restore(start)
    stepper.step(4)
    assert np.array_equal(stepper.cells(), middle)
    stepper.restore(kept)
    stepper.step(3)
    assert np.array_equal(stepper.cells(), expected)


def test_hands_on_the_state_reach_the_windows():
    stepper = SparseLenia(world(GLIDING, glider(256, 256, 10, 10)[None]))
    stepper.step(10)
    stepper.paste(glider(64, 64, 12, 12), 150, 150)
    mass = stepper.population()
    stepper.step(10)
    assert len(stepper.windows) == 2
    assert stepper.population() == pytest.approx(mass, rel=0.05)
    stepper.replace(np.zeros((1, 256, 256)))
    stepper.step(5)
    assert stepper.population() == 0.0
    assert stepper.generation == 25


def test_growth_and_potential_can_be_shown():
    cells = glider(256, 256)[None]
    sparse, dense = SparseLenia(world(GLIDING, cells)), LeniaBoard(world(GLIDING, cells))
    for stepper in (sparse, dense):
        stepper.step(10)
    assert np.abs(sparse.potentials() - dense.potentials()).max() < 1e-5
    assert np.abs(sparse.growth() - dense.growth()).max() < 1e-3
    assert sparse.windows


def test_a_cancelled_run_stops_after_a_whole_step():
    stepper = SparseLenia(world(GLIDING, glider(256, 256)[None]))
    progress = Progress(lambda fraction, message: progress.cancel())
    with pytest.raises(Cancelled):
        stepper.step(1000, progress)
    fresh = SparseLenia(world(GLIDING, glider(256, 256)[None]))
    fresh.step(stepper.generation)
    assert np.array_equal(stepper.cells(), fresh.cells())


def test_a_rule_that_grows_from_nothing_steps_the_whole():
    assert isinstance(make_stepper(world(lenia(5, 10, 0.01, 0.1), noise(1, 160, 160))), LeniaBoard)
    stepper = SparseLenia(world(GLIDING, glider(256, 256)[None]))
    stepper.step(5)
    stepper.use(lenia(13, 10, 0.01, 0.1))
    stepper.step(5)
    assert not stepper.windows and stepper.generation == 10


def test_a_slider_of_mu_acts_in_windows():
    sparse, dense, _ = compared(glider(256, 256)[None], 20)
    changed = GLIDING.with_growth(0, mu=0.151)
    sparse.use(changed)
    dense.use(changed)
    sparse.step(20)
    dense.step(20)
    assert sparse.windows
    assert np.abs(sparse.cells() - dense.cells()).max() < 1e-6


def test_boxes_are_cut_where_a_ring_is_emptiest():
    marks = np.zeros(20, dtype=bool)
    marks[[1, 2, 18]] = True
    assert cyclic_extent(marks) == (18, 5)


def test_boxes_hold_all_that_lives_and_overlapping_ones_are_joined():
    alive = np.zeros((256, 256), dtype=bool)
    alive[250:256, 10:14] = alive[0:3, 10:14] = True
    alive[100:110, 200:230] = True
    assert sorted(live_boxes(alive, 12), key=lambda box: box.y) == [
        Box(100, 200, 10, 30),
        Box(250, 10, 9, 4),
    ]
    joined = separate_boxes([Box(0, 0, 10, 10), Box(250, 5, 10, 10)], (256, 256))
    assert joined == [Box(250, 0, 16, 15)]
