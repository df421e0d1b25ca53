"""A candidate of the search: a rule and what is put into the empty world; drawn or bred."""

from dataclasses import dataclass, replace
from math import exp

import numpy as np
import numpy.typing as npt

from core.automata.rules.lenia import Growth, LeniaKernel, LeniaRule, Rings, lenia
from core.automata.topology import Topology
from core.automata.world import World

Field = npt.NDArray[np.float64]

STEPS_PER_UNIT = 10.0
MU = (0.1, 0.35)
SIGMA_OF_MU = (0.07, 0.2)
"""Widths of growth as a share of its peak; outside of it nearly everything dies or spreads."""

GLIDING_SHARE = 0.5
GLIDING_MU = (0.1, 0.17)
GLIDING_SIGMA_OF_MU = (0.09, 0.14)
"""Of the rules with one ring this share is drawn from where swift gliders are many (Chan 2019)."""

TWELFTHS = 12
"""Heights of rings are multiples of one twelfth."""

LARGEST_MU, LARGEST_SIGMA = 0.5, 0.18


@dataclass(frozen=True, eq=False)
class Candidate:
    """What is tried.

    Attributes
    ----------
    rule : LeniaRule
    patch : float64[h, w]
        Put into the middle of an empty world.
    """

    rule: LeniaRule
    patch: Field


def candidate_world(candidate: Candidate, side: int, name: str = "candidate") -> World:
    """Return a torus of `side` by `side` cells with the patch in its middle."""
    cells = np.zeros((1, side, side))
    height, width = candidate.patch.shape
    top, left = (side - height) // 2, (side - width) // 2
    cells[0, top : top + height, left : left + width] = candidate.patch
    return World(name, candidate.rule, Topology("torus", side, side), cells)


def drawn_candidate(random: np.random.Generator, radius: float) -> Candidate:
    """Return a candidate drawn afresh: a rule of one kernel, a patch of 1 to 3 radii."""
    mus, shares = MU, SIGMA_OF_MU
    heights: tuple[float, ...] = (1.0,)
    if random.random() < 0.5:
        rings = int(random.integers(2, 4))
        heights = tuple(
            int(twelfths) / TWELFTHS for twelfths in random.integers(1, TWELFTHS + 1, rings)
        )
    elif random.random() < GLIDING_SHARE:
        mus, shares = GLIDING_MU, GLIDING_SIGMA_OF_MU
    mu = float(random.uniform(*mus))
    sigma = mu * float(random.uniform(*shares))
    rule = lenia(radius, STEPS_PER_UNIT, mu, sigma, heights=heights)
    side = max(2, int(radius * random.uniform(1.0, 3.0)))
    return Candidate(rule, _random_patch(random, side))


def bred_candidate(random: np.random.Generator, parent: Candidate) -> Candidate:
    """Return a candidate a little different from its parent, in rule, in patch or in both."""
    kernel = parent.rule.kernels[0]
    growth, shell = kernel.growth, kernel.shell
    assert isinstance(shell, Rings)
    mu = min(growth.mu * exp(random.normal(0.0, 0.04)), LARGEST_MU)
    sigma = min(growth.sigma * exp(random.normal(0.0, 0.06)), LARGEST_SIGMA)
    heights = shell.heights
    if len(heights) > 1 and random.random() < 0.3:  # one ring alone has no height of its own
        heights = _other_heights(random, heights)
    bred = LeniaKernel(Growth(mu, sigma, growth.mapping), Rings(heights, shell.core))
    patch = parent.patch
    if random.random() < 0.5:
        patch = np.clip(patch * (1.0 + random.normal(0.0, 0.1, patch.shape)), 0.0, 1.0)
    return Candidate(replace(parent.rule, kernels=(bred,)), patch)


def _random_patch(random: np.random.Generator, side: int) -> Field:
    """Return random values in squares of 1 to a few cells: coarse patches live more often."""
    grain = int(random.integers(1, max(2, side // 4) + 1))
    coarse = random.random((-(-side // grain), -(-side // grain)))
    patch = np.kron(coarse, np.ones((grain, grain)))[:side, :side]
    return np.asarray(patch * random.uniform(0.5, 1.0), dtype=np.float64)


def _other_heights(random: np.random.Generator, heights: tuple[float, ...]) -> tuple[float, ...]:
    changed = list(heights)
    ring = int(random.integers(len(changed)))
    twelfths = round(changed[ring] * TWELFTHS) + int(random.choice((-2, -1, 1, 2)))
    changed[ring] = min(max(twelfths, 1), TWELFTHS) / TWELFTHS
    return tuple(changed)
