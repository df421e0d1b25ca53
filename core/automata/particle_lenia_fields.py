"""The fields of particle Lenia written down from their formulas, over all pairs in float64.

Slow and obvious: what the fast engine is compared with.
"""

from collections.abc import Sequence
from itertools import product

import numpy as np
import numpy.typing as npt

from core.automata.rules.particle_lenia import ParticleLeniaRule

Floats = npt.NDArray[np.float64]

LEAST_DISTANCE = 1e-5
ALL_PAIRS_AT_ONCE = 2**22


def reach_of(rule: ParticleLeniaRule, sigmas: float) -> float:
    """Return the distance beyond which a particle does not count, `sigmas` past the ring."""
    return max(1.0, rule.mu_k + sigmas * rule.sigma_k)


def fields_at(
    rule: ParticleLeniaRule, particles: Floats, places: Floats, periods: Sequence[float] = ()
) -> tuple[Floats, Floats]:
    """Return the Lenia field U and the repulsion R at each place.

    Parameters
    ----------
    particles, places : float64[n, d], float64[m, d]
    periods : floats
        Sides of a torus, 0 for an open axis; the plane is then tiled with copies of the particles.
    """
    images = _images(rule, particles, periods)
    field, repulsion = np.empty(len(places)), np.empty(len(places))
    chunk = max(1, ALL_PAIRS_AT_ONCE // max(1, len(images)))
    for begin in range(0, len(places), chunk):
        part = slice(begin, begin + chunk)
        away = places[part, None] - images[None]
        r = np.maximum(np.sqrt((away**2).sum(axis=2)), LEAST_DISTANCE)
        field[part] = rule.w_k * np.exp(-(((r - rule.mu_k) / rule.sigma_k) ** 2)).sum(axis=1)
        repulsion[part] = rule.c_rep / 2 * (np.maximum(0.0, 1 - r) ** 2).sum(axis=1)
    return field, repulsion


def growth(rule: ParticleLeniaRule, field: Floats) -> Floats:
    """Return G = peak(U; mu_g, sigma_g)."""
    return np.exp(-(((field - rule.mu_g) / rule.sigma_g) ** 2))


def energies_at(
    rule: ParticleLeniaRule, particles: Floats, places: Floats, periods: Sequence[float] = ()
) -> Floats:
    """Return E = R - G at each place."""
    field, repulsion = fields_at(rule, particles, places, periods)
    return repulsion - growth(rule, field)


def _images(rule: ParticleLeniaRule, particles: Floats, periods: Sequence[float]) -> Floats:
    """Return the particles with all their copies that can be within reach of one of them."""
    if not any(periods):
        return particles
    inside = particles.copy()
    counts = []
    for axis, period in enumerate(periods[: particles.shape[1]]):
        if period:
            inside[:, axis] %= period
        count = int(np.ceil(reach_of(rule, 6) / period)) + 1 if period else 0
        counts.append(range(-count, count + 1))
    moves = np.array(list(product(*counts))) * np.asarray(periods[: particles.shape[1]])
    images: Floats = (inside[None] + moves[:, None]).reshape(-1, particles.shape[1])
    return images
