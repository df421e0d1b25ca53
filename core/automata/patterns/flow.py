"""Worlds of Flow-Lenia that begin with a patch of random mass.

Source: Plantec and others, Flow-Lenia (2023).
"""

import numpy as np

from core.automata.rules.flow_lenia import FlowLeniaRule
from core.automata.rules.flow_named import flow_rule
from core.automata.topology import torus
from core.automata.world import World

PATCH = 40
"""Cells along the side of the patch."""


def flow_world(name: str, height: int = 128, width: int = 128, seed: int = 0) -> World:
    """Return a torus of the rule of a name with a patch in its middle; raises `AutomataError`."""
    return flow_world_of(flow_rule(name), f"flow-{name}", height, width, seed)


def flow_world_of(
    rule: FlowLeniaRule, name: str, height: int = 128, width: int = 128, seed: int = 0
) -> World:
    """Return a torus with a random patch of mass in its middle, 40 cells wide."""
    cells = np.zeros((rule.channels, height, width))
    top, left = max(0, height // 2 - PATCH // 2), max(0, width // 2 - PATCH // 2)
    patch = cells[:, top : top + PATCH, left : left + PATCH]
    patch[:] = np.random.default_rng(seed).random(patch.shape)
    return World(name, rule, torus(width, height), cells, seed=seed)
