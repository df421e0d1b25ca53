"""The potential of every engine against the direct sum, in all dimensions and at all borders."""

import numpy as np
import pytest

from core.automata.lenia_board import LeniaBoard
from core.automata.lenia_reference import LeniaReference
from core.automata.lenia_stepper import LeniaStepper
from core.automata.rules.lenia import Bumps, Growth, LeniaKernel, LeniaRule, lenia
from tests.core.automata.lenia_worlds import (
    direct_potential,
    noise,
    on_torus,
    two_channels,
    world,
)


def dead_beyond(field, place):
    inside = all(0 <= p < n for p, n in zip(place, field.shape, strict=True))
    return field[place] if inside else 0.0


def mirrored(field, place):
    folded = []
    for p, n in zip(place, field.shape, strict=True):
        q = p % (2 * n)
        folded.append(q if q < n else 2 * n - 1 - q)
    return field[tuple(folded)]


BEYOND = {"torus": on_torus, "plane": dead_beyond, "reflecting": mirrored}


@pytest.mark.parametrize("shape", [(20,), (9, 14), (6, 7, 8)])
@pytest.mark.parametrize("kind", ["torus", "plane", "reflecting"])
def test_the_reference_engine_sums_over_the_kernel(shape, kind):
    rule = lenia(4, 10, 0.2, 0.05, heights=(1, 0.5), dimensions=len(shape))
    cells = noise(1, *shape)
    engine = LeniaReference(world(rule, cells, kind))
    expected = direct_potential(rule, 0, cells, BEYOND[kind])
    assert np.abs(engine.potentials()[0] - expected).max() < 1e-13


@pytest.mark.parametrize("shape", [(32, 64), (33, 50), (7, 40), (1, 1), (3, 2)])
@pytest.mark.parametrize("kind", ["torus", "plane", "reflecting"])
def test_the_fast_engine_sums_over_the_kernel(shape, kind):
    rule = lenia(4, 10, 0.2, 0.05)
    cells = noise(1, *shape)
    engine = LeniaBoard(world(rule, cells, kind))
    expected = direct_potential(rule, 0, cells, BEYOND[kind])
    assert np.abs(engine.potentials()[0] - expected).max() < 1e-13


@pytest.mark.parametrize("engine", [LeniaReference, LeniaBoard])
def test_a_fixed_border_is_seen_beyond_each_side(engine):
    rule = lenia(3, 10, 0.2, 0.05)
    cells = noise(1, 8, 9)
    left, right, top, bottom = border = (0.25, 1.0, 0.5, 0.75)

    def beyond(field, place):
        y, x = place
        if y < 0 or y >= 8:  # beyond a corner, what lies above or below counts
            return top if y < 0 else bottom
        return (left if x < 0 else right) if not 0 <= x < 9 else field[y, x]

    stepper = engine(world(rule, cells, "fixed", border=border))
    expected = direct_potential(rule, 0, cells, beyond)
    assert np.abs(stepper.potentials()[0] - expected).max() < 1e-13
    stepper.step(3)
    assert stepper.cells().shape == cells.shape


@pytest.mark.parametrize("engine", [LeniaReference, LeniaBoard])
def test_every_kernel_reads_its_source_at_its_own_radius(engine):
    rule = two_channels()
    cells = noise(2, 16, 20)
    found = engine(world(rule, cells)).potentials()
    for index in range(4):
        expected = direct_potential(rule, index, cells, on_torus)
        assert np.abs(found[index] - expected).max() < 1e-13


def test_a_free_kernel_reaches_beyond_its_radius():
    kernel = LeniaKernel(Growth(0.2, 0.1), Bumps((1.0, 0.5), (0.3, 0.8), (0.1, 0.3)))
    rule = LeniaRule(3, 10, (kernel,))
    cells = noise(1, 24, 24)
    expected = direct_potential(rule, 0, cells, on_torus)
    for engine in (LeniaReference, LeniaBoard):
        assert np.abs(engine(world(rule, cells)).potentials()[0] - expected).max() < 1e-13


def test_single_precision_is_good_to_a_few_units():
    rule = lenia(13, 10, 0.15, 0.015)
    cells = noise(1, 192, 256)
    start = world(rule, cells)
    single = LeniaBoard(start, "float32").potentials()
    assert single.dtype == np.float32
    assert np.abs(single - LeniaReference(start).potentials()).max() < 5e-7


@pytest.mark.parametrize("kind", ["torus", "plane", "reflecting"])
def test_a_shown_potential_does_not_change_the_state(kind):
    stepper: LeniaStepper = LeniaBoard(world(two_channels(), noise(2, 40, 30), kind))
    before = stepper.cells()
    stepper.potentials()
    stepper.growth()
    stepper.potential()
    assert np.array_equal(stepper.cells(), before)
