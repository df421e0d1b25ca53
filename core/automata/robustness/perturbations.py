"""What a creature of Lenia is put through, each at levels from harmless to hard.

Sources: Chan (2019) section 2.4.2; Hamon et al. (2024), supplementary batteries.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from math import cos, pi, sin

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError
from core.automata.interventions import Gun, Intervention, Obstacle
from core.automata.rules.lenia import LeniaRule
from core.automata.world import World
from core.labels import quoted

Field = npt.NDArray[np.float64]

BULLET_RADIUS = 0.25
BULLET_SPEED = 0.25
"""Radii a step."""

BULLET_DISTANCE = 2.5
OBSTACLE_DISTANCE = 2.2


@dataclass(frozen=True, eq=False)
class Perturbed:
    """A world perturbed at its start, and what goes on happening to it."""

    world: World
    interventions: tuple[Intervention, ...] = ()


@dataclass(frozen=True, slots=True)
class Perturbation:
    """One way to trouble a creature whose centroid is in the middle of its world.

    Attributes
    ----------
    name, title, unit : str
    levels : tuple of float
    apply : callable
        (world, level, random generator) → `Perturbed`.
    """

    name: str
    title: str
    unit: str
    levels: tuple[float, ...]
    apply: Callable[[World, float, np.random.Generator], Perturbed]


def _noise(world: World, level: float, random: np.random.Generator) -> Perturbed:
    cells = world.array
    lives = cells > 0
    noisy = cells + lives * random.normal(0.0, level, cells.shape)
    return Perturbed(world.with_cells(np.clip(noisy, 0.0, 1.0)))


def _speckle(world: World, level: float, random: np.random.Generator) -> Perturbed:
    cells = world.array * (1.0 + random.normal(0.0, level, world.array.shape))
    return Perturbed(world.with_cells(np.clip(cells, 0.0, 1.0)))


def _erase(world: World, level: float, random: np.random.Generator) -> Perturbed:
    """Erase a disc whose middle is half a radius off the centroid."""
    radius, turn = _rule(world).radius, random.uniform(0, 2 * pi)
    height, width = world.array.shape[-2:]
    y, x = np.mgrid[:height, :width]
    away = np.hypot(
        y - height / 2 - 0.5 * radius * sin(turn), x - width / 2 - 0.5 * radius * cos(turn)
    )
    return Perturbed(world.with_cells(world.array * (away > level * radius)))


def _bullets(world: World, level: float, random: np.random.Generator) -> Perturbed:
    """Shoot discs at the body from random sides."""
    radius = _rule(world).radius
    height, width = world.array.shape[-2:]
    shots = []
    for _ in range(round(level)):
        turn, offset = random.uniform(0, 2 * pi), random.uniform(-0.4, 0.4) * radius
        x = width / 2 + BULLET_DISTANCE * radius * cos(turn) - offset * sin(turn)
        y = height / 2 + BULLET_DISTANCE * radius * sin(turn) + offset * cos(turn)
        shots.append(
            Gun(
                world.generation,
                x,
                y,
                float(np.degrees(turn + pi)),
                speed=BULLET_SPEED * radius,
                radius=BULLET_RADIUS * radius,
                value=1.0,
                every=10**9,
                life=round(2 * BULLET_DISTANCE / BULLET_SPEED),
                until=world.generation + round(2 * BULLET_DISTANCE / BULLET_SPEED),
            )
        )
    return Perturbed(world, tuple(shots))


def _mask(world: World, level: float, random: np.random.Generator) -> Perturbed:
    rule = replace(_rule(world), mask_rate=level)
    return Perturbed(replace(world, rule=rule, seed=int(random.integers(2**31))))


def _jitter(world: World, level: float, random: np.random.Generator) -> Perturbed:
    rule = _rule(world)
    for index, kernel in enumerate(rule.kernels):
        growth = kernel.growth
        rule = rule.with_growth(
            index,
            mu=growth.mu * (1.0 + level * random.uniform(-1, 1)),
            sigma=growth.sigma * (1.0 + level * random.uniform(-1, 1)),
        )
    return Perturbed(replace(world, rule=rule))


def _obstacles(world: World, level: float, random: np.random.Generator) -> Perturbed:
    """Put discs that hold their cells at 0 on a ring round the body."""
    radius, turn = _rule(world).radius, random.uniform(0, 2 * pi)
    height, width = world.array.shape[-2:]
    discs = []
    for index in range(round(level)):
        angle = turn + 2 * pi * index / max(1, round(level))
        discs.append(
            Obstacle(
                world.generation,
                width / 2 + OBSTACLE_DISTANCE * radius * cos(angle),
                height / 2 + OBSTACLE_DISTANCE * radius * sin(angle),
                float(random.uniform(0.2, 0.4)) * radius,
            )
        )
    return Perturbed(world, tuple(discs))


def _rotation(world: World, level: float, random: np.random.Generator) -> Perturbed:
    from scipy.ndimage import rotate

    angle = level * float(random.choice((-1, 1)))
    turned = rotate(world.array, angle, axes=(1, 2), reshape=False, order=1)
    return Perturbed(world.with_cells(np.clip(turned, 0.0, 1.0)))


def _scale(world: World, level: float, random: np.random.Generator) -> Perturbed:
    """Enlarge the body and the radius R alike: the same creature on a finer or coarser grid."""
    from scipy.ndimage import affine_transform

    cells = world.array
    middle = np.array(cells.shape[1:]) / 2
    zoomed = np.stack(
        [
            affine_transform(
                channel, np.full(2, 1 / level), middle - middle / level, order=1, mode="constant"
            )
            for channel in cells
        ]
    )
    shifted = replace(_rule(world), radius=max(2.0, _rule(world).radius * level))
    return Perturbed(replace(world.with_cells(np.clip(zoomed, 0.0, 1.0)), rule=shifted))


PERTURBATIONS = (
    Perturbation("noise", "Noise", "standard deviation", (0.02, 0.05, 0.1, 0.2, 0.4), _noise),
    Perturbation("speckle", "Multiplied noise", "of the value", (0.1, 0.2, 0.4, 0.8), _speckle),
    Perturbation("erase", "Erased disc", "radii", (0.1, 0.2, 0.3, 0.5, 0.8), _erase),
    Perturbation("bullets", "Bullets", "shots", (1, 2, 3, 5), _bullets),
    Perturbation("mask", "Asynchronous", "of the cells", (0.1, 0.3, 0.5, 0.7), _mask),
    Perturbation("jitter", "Other parameters", "of mu and sigma", (0.01, 0.03, 0.06, 0.1), _jitter),
    Perturbation("obstacles", "Obstacles", "discs", (1, 2, 3, 5), _obstacles),
    Perturbation("rotation", "Rotation", "degrees", (5, 15, 30, 45), _rotation),
    Perturbation("scale", "Scale", "times R", (0.7, 0.85, 1.2, 1.5), _scale),
)


def perturbations_named(names: Iterable[str]) -> tuple[Perturbation, ...]:
    """Return perturbations by name; raises `AutomataError` for one that there is not."""
    known = {each.name: each for each in PERTURBATIONS}
    chosen = []
    for name in names:
        if name not in known:
            raise AutomataError(
                f"There is no perturbation {quoted(name)}; use some of {', '.join(known)}."
            )
        chosen.append(known[name])
    return tuple(chosen)


def _rule(world: World) -> LeniaRule:
    assert isinstance(world.rule, LeniaRule)
    return world.rule
