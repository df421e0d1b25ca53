"""Rules of Flow-Lenia that have names, their kernels drawn as in the reference program.

Source: Plantec and others, Flow-Lenia (2023), table 1.
"""

import zlib

import numpy as np

from core.automata.errors import AutomataError
from core.automata.rules.flow_lenia import FlowKernel, FlowLeniaRule
from core.labels import quoted

KINDS = {"drops": 1, "cells": 1, "herd": 2, "reef": 3}
"""Names with how many channels their world has; the name decides the kernels."""

KERNELS_PER_CHANNEL = 5

RINGS = ((0.0, 1.0), (0.01, 0.5), (0.001, 1.0))
"""Ranges of the places, widths and heights of three rings."""


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
