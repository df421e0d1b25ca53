"""Particles strewn at random.

Source: Mordvintsev, Niklasson and Randazzo, Particle Lenia and the energy-based formulation (2022).
"""

import numpy as np

from core.automata.rules.particle_lenia import ParticleLeniaRule
from core.automata.topology import UNBOUNDED
from core.automata.world import World

USUAL_PARTICLES = 200
USUAL_SIDE = 12.0
"""Of the square that they are strewn in, as in the source."""


def particle_world(
    rule: ParticleLeniaRule, count: int = USUAL_PARTICLES, side: float = 0.0, seed: int = 0
) -> World:
    """Return particles in a square or cube about the origin; of usual density if `side` is 0."""
    side = side or USUAL_SIDE * max(1.0, count / USUAL_PARTICLES) ** (1 / rule.dimensions)
    places = np.random.default_rng(seed).random((count, rule.dimensions)) * side - side / 2
    return World("particles", rule, UNBOUNDED, places, seed=seed)
