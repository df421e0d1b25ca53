"""Worlds of Lenia for tests, and convolution by its definition."""

import itertools

import numpy as np

from core.automata.lenia_board import LeniaBoard
from core.automata.lenia_kernel import kernel_weights
from core.automata.rules.lenia import Growth, LeniaKernel, LeniaRule, Rings, lenia
from core.automata.topology import Topology, torus
from core.automata.world import World

GLIDING = lenia(13, 10, 0.15, 0.015)
"""The rule under which Orbium lives (Chan, 2019)."""

GLIDER_SPEED = 0.623085
"""Cells per step of Orbium unicaudatus, computed elsewhere in double precision."""


def world(rule, cells, kind="torus", **more):
    """Return a world of these cells, [C, …]."""
    width, height = cells.shape[-1], cells.shape[-2] if rule.dimensions > 1 else 1
    topology = torus(width, height) if kind == "torus" else Topology(kind, width, height, **more)
    return World("lenia", rule, topology, cells)


def noise(*shape, seed=0):
    """Return uniform random cells."""
    return np.random.default_rng(seed).random(shape)


def glider(height=128, width=128, y=50, x=50):
    """Return a field with what becomes of a certain patch of noise: a glider, settled."""
    cells = np.zeros((1, 128, 128))
    cells[0, 50:78, 50:78] = noise(28, 28, seed=53)
    nursery = LeniaBoard(world(GLIDING, cells))
    nursery.step(500)
    grown = nursery.cells()[0]
    centre = [round(c) for c in centroid(grown)]
    patch = np.roll(grown, (20 - centre[0], 20 - centre[1]), (0, 1))[:40, :40]
    field = np.zeros((height, width))
    field[np.ix_((y + np.arange(40)) % height, (x + np.arange(40)) % width)] = patch
    return field


def centroid(field):
    """Return (y, x), the circular mean of the mass of a torus."""
    found = []
    for axis in (0, 1):
        n = field.shape[axis]
        turns = np.exp(2j * np.pi * np.arange(n) / n)
        found.append(np.angle((field.sum(axis=1 - axis) * turns).sum()) / (2 * np.pi) * n)
    return np.array(found)


def two_channels():
    """Return a rule with kernels within and between two channels, of different kinds."""
    kernels = (
        LeniaKernel(Growth(0.2, 0.05), Rings((1.0, 0.5)), 0, 0, 0.7, 0.8),
        LeniaKernel(Growth(0.3, 0.08, "exponential"), Rings((0.25, 1.0)), 0, 1),
        LeniaKernel(Growth(0.25, 0.1), Rings((1.0,), "exponential"), 1, 0, 0.3),
        LeniaKernel(Growth(0.4, 0.2), Rings((1.0,), "gaussian"), 1, 1, 1.0, 0.5),
    )
    return LeniaRule(6, 5, kernels, channels=2)


def direct_potential(rule, index, cells, value_beyond):
    """Return U(x) as the sum over the kernel's cells of K(d) A(x + d).

    value_beyond : function of a channel's field and a place, the value there
    """
    kernel = rule.kernels[index]
    weights = kernel_weights(rule, kernel)
    reach = weights.shape[0] // 2
    field = cells[kernel.source]
    result = np.zeros(field.shape)
    for place in np.ndindex(field.shape):
        for offset in itertools.product(range(-reach, reach + 1), repeat=field.ndim):
            weight = weights[tuple(d + reach for d in offset)]
            if weight:
                there = tuple(p + d for p, d in zip(place, offset, strict=True))
                result[place] += weight * value_beyond(field, there)
    return result


def on_torus(field, place):
    """Return the value round the torus."""
    return field[tuple(p % n for p, n in zip(place, field.shape, strict=True))]
