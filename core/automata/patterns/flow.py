"""Worlds of Flow-Lenia, their kernels drawn as in the reference program.

Source: Plantec and others, Flow-Lenia (2023), table 1.
"""

import zlib

import numpy as np

from core.automata.errors import AutomataError
from core.automata.rules.flow_lenia import FlowKernel, FlowLeniaRule
from core.automata.topology import torus
from core.automata.world import World
from core.labels import quoted

KINDS = {"drops": 1, "cells": 1, "herd": 2, "reef": 3}
"""Names with how many channels their world has; the name decides the kernels."""

KERNELS_PER_CHANNEL = 5


def flow_rule(name: str) -> FlowLeniaRule:
    """Return the rule of a name; raises `AutomataError`."""
    if name not in KINDS:
        raise AutomataError(f"There is no Flow-Lenia {quoted(name)}; there are {', '.join(KINDS)}.")
    channels = KINDS[name]
    random = np.random.default_rng(zlib.crc32(name.encode()))
    kernels = []
    for index in range(channels * KERNELS_PER_CHANNEL):
        rings = [tuple(random.uniform(low, high, 3)) for low, high in RINGS]
        kernels.append(
            FlowKernel(
                index % channels,
                (index // channels) % channels,
                float(random.uniform(0.01, 1)),
                float(random.uniform(0.2, 1)),
                rings[0],
                rings[1],
                rings[2],
                float(random.uniform(0.05, 0.5)),
                float(random.uniform(0.001, 0.2)),
            )
        )
    return FlowLeniaRule(tuple(kernels), channels)


RINGS = ((0.0, 1.0), (0.01, 0.5), (0.001, 1.0))
"""Ranges of the places, widths and heights of three rings."""


def flow_world(name: str, height: int = 128, width: int = 128, seed: int = 0) -> World:
    """Return a torus with a random patch of mass in its middle, 40 cells wide."""
    rule = flow_rule(name)
    cells = np.zeros((rule.channels, height, width))
    top, left = max(0, height // 2 - 20), max(0, width // 2 - 20)
    patch = cells[:, top : top + 40, left : left + 40]
    patch[:] = np.random.default_rng(seed).random(patch.shape)
    return World(f"flow-{name}", rule, torus(width, height), cells, seed=seed)
