"""Kernels and growth maps of Lenia against their definitions."""

import math

import numpy as np
import pytest

from core.automata.errors import AutomataError
from core.automata.growth import growth_of, keeps_empty_space_empty, soft_clip
from core.automata.lenia_kernel import kernel_weights, shell_weights, torus_kernel
from core.automata.rules.lenia import LIFE_AS_LENIA, Bumps, Growth, LeniaRule, Rings, lenia

ORBIUM = lenia(13, 10, 0.15, 0.015)


def test_the_lattice_kernel_of_radius_13():
    weights = kernel_weights(ORBIUM, ORBIUM.kernels[0])
    # Counted and summed elsewhere in double precision; the integral is 2 pi R^2 256 5! 4! / 10!.
    assert np.count_nonzero(weights) == 516
    assert weights.max() == pytest.approx(0.004631039, abs=1e-9)
    y, x = np.mgrid[-12:13, -12:13]
    total = shell_weights(Rings(), np.hypot(y, x) / 13).sum()
    assert total == pytest.approx(215.74245, abs=1e-5)
    assert weights.sum() == pytest.approx(1, abs=1e-14)


def test_the_kernel_of_life_has_eight_neighbours_and_half_a_cell():
    weights = kernel_weights(LIFE_AS_LENIA, LIFE_AS_LENIA.kernels[0])
    expected = np.ones((3, 3))
    expected[1, 1] = 0.5
    assert weights == pytest.approx(expected / 8.5)


@pytest.mark.parametrize(
    ("core", "u", "value"),
    [
        ("polynomial", 0.25, (4 * 0.25 * 0.75) ** 4),
        ("polynomial", 0.0, 0.0),
        ("exponential", 0.5, 1.0),
        ("exponential", 0.25, math.exp(4 - 16 / 3)),
        ("exponential", 0.0, 0.0),
        ("step", 0.25, 1.0),
        ("step", 0.2, 0.0),
        ("staircase", 0.2, 0.5),
        ("staircase", 0.76, 0.0),
        ("gaussian", 0.65, math.exp(-0.5)),
    ],
)
def test_the_cores(core, u, value):
    assert shell_weights(Rings((1.0,), core), np.array([u]))[0] == pytest.approx(value)


def test_rings_have_their_heights_from_the_inside_out():
    shell = Rings((0.5, 1.0, 0.25))
    middles = np.array([1 / 6, 3 / 6, 5 / 6, 1.01])
    assert shell_weights(shell, middles) == pytest.approx([0.5, 1.0, 0.25, 0.0])


def test_free_kernels_in_both_forms():
    r = np.array([0.5, 0.7])
    cut = 1 / (1 + np.exp(10 * (r - 1)))
    squared = 0.8 * np.exp(-((r - 0.6) ** 2) / (2 * 0.1**2)) * cut
    plain = 0.8 * np.exp(-((r - 0.6) ** 2) / 0.1) * cut
    assert shell_weights(Bumps((0.8,), (0.6,), (0.1,)), r) == pytest.approx(squared)
    assert shell_weights(Bumps((0.8,), (0.6,), (0.1,), True), r) == pytest.approx(plain)


def test_a_kernel_larger_than_its_torus_goes_round():
    weights = kernel_weights(ORBIUM, ORBIUM.kernels[0])
    folded = torus_kernel(weights, (8, 5))
    assert folded.sum() == pytest.approx(1)
    assert folded[0, 0] == pytest.approx(
        sum(weights[12 + dy, 12 + dx] for dy in (-8, 0, 8) for dx in (-10, -5, 0, 5, 10))
    )


def test_a_kernel_without_cells_is_refused():
    tiny = lenia(1, 10, 0.15, 0.015)  # its only cell is its centre, where the core is 0
    with pytest.raises(AutomataError, match="larger R"):
        kernel_weights(tiny, tiny.kernels[0])


@pytest.mark.parametrize(
    ("growth", "u", "value"),
    [
        (Growth(0.15, 0.015), 0.15, 1.0),
        (Growth(0.15, 0.015), 0.165, 2 * (8 / 9) ** 4 - 1),
        (Growth(0.15, 0.015), 0.3, -1.0),
        (Growth(0.15, 0.015, "exponential"), 0.165, 2 * math.exp(-0.5) - 1),
        (Growth(0.15, 0.015, "exponential", math.exp(-0.001)), 0.15, 2 * math.exp(-0.001) - 1),
        (Growth(0.35, 0.07, "step"), 0.42, 1.0),
        (Growth(0.35, 0.07, "step"), 0.43, -1.0),
        (Growth(1e-8, 0.1, "obstacle"), 0.5, -10 * (0.5 - 1e-8)),
        (Growth(1e-8, 0.1, "obstacle"), 0.0, 0.0),
    ],
)
def test_the_growth_maps(growth, u, value):
    assert growth_of(np.array([u]), growth)[0] == pytest.approx(value, abs=1e-12)


def test_the_soft_clip_is_near_the_hard_one_and_goes_from_0_to_1():
    x = np.linspace(-3, 4, 71)
    soft = soft_clip(x, 50.0)
    # At the ends -ln(1 + exp(-k)) / k and 1: far below 0 it is a little below 0.
    assert soft.min() == pytest.approx(0, abs=1e-20) and soft.max() == pytest.approx(1)
    assert np.all(np.diff(soft) >= 0)
    assert np.abs(soft - np.clip(x, 0, 1)).max() == pytest.approx(math.log(2) / 50, rel=0.01)


def test_empty_space_stays_empty_only_where_nothing_grows_from_nothing():
    assert keeps_empty_space_empty(ORBIUM)
    assert not keeps_empty_space_empty(lenia(13, 10, 0.01, 0.05))
    assert not keeps_empty_space_empty(LeniaRule(13, 10, ORBIUM.kernels, clip="soft"))
    assert keeps_empty_space_empty(LeniaRule(13, 10, ORBIUM.kernels, update="target"))
    gaussian = lenia(13, 10, 0.15, 0.05, mapping="exponential")
    assert not keeps_empty_space_empty(LeniaRule(13, 10, gaussian.kernels, update="target"))
