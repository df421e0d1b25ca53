"""What a hand does to a world: at once, or again after every step for a while; replayed exactly.

An intervention is a value. Together with the first state and the seed the list of interventions
decides every later state, so that a run with hands in it can be kept, rewound and repeated.
`cell_hands` says what each does to cells, `particle_hands` what it does to particles.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil, cos, radians, sin
from typing import Any, TypeGuard

import numpy.typing as npt

from core.automata.rules.rule import Rule
from core.automata.seeds import step_key, stream_of, uniforms
from core.automata.stepper import Stepper
from core.automata.topology import UNBOUNDED, Topology

PURPOSE = 71
"""Tells the random numbers of interventions from those of rules."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A disc swept along a path, which paints; with value 0 it erases.

    Particles are removed with value 0, else one is added at each of the points.

    Attributes
    ----------
    generation : int
        Before the step from which it is done.
    points : tuple of (x, y)
        Corners of the path of its middle, in cells; the middle of the first cell is (0.5, 0.5).
    radius : float
        In cells; a radius of 0.5 is one cell.
    value : float
        State, or value from 0 to 1 of a field.
    channel : int
        Of a field.
    plane : int or None
        Of a field with depth the plane of the path, along which a ball is swept; None for discs
        in all planes.
    """

    generation: int
    points: tuple[tuple[float, float], ...]
    radius: float
    value: float
    channel: int = 0
    plane: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """A pattern put down with its upper left at (x, y), in a mode of `stepper.PASTE_MODES`."""

    generation: int
    x: int
    y: int
    cells: npt.NDArray[Any]
    mode: str = "copy"


@dataclass(frozen=True, slots=True)
class Fill:
    """A rectangle in which every cell gets one value."""

    generation: int
    x: int
    y: int
    width: int
    height: int
    value: float
    channel: int = 0


@dataclass(frozen=True, slots=True)
class Randomise:
    """A rectangle of random cells: a share `density` lives, with random values in a field.

    Living cells draw one of the states 1 to ``states - 1``; in a field the first `channels` are
    drawn, each by itself. Of particles `density` are added per unit of area.
    """

    generation: int
    x: int
    y: int
    width: int
    height: int
    density: float
    seed: int = 0
    states: int = 2
    channels: int = 1


@dataclass(frozen=True, slots=True)
class Push:
    """Particles within a disc are moved by (dx, dy), those near its rim less."""

    generation: int
    x: float
    y: float
    radius: float
    dx: float
    dy: float


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """Another rule from here on, with as many states, channels and dimensions."""

    generation: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A disc whose cells are held at a value, usually 0, until a generation (None: for ever).

    Particles are pushed out of it.
    """

    generation: int
    x: float
    y: float
    radius: float
    value: float = 0.0
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Food:
    """A disc in which every cell of a field gains `rate` a step, up to 1."""

    generation: int
    x: float
    y: float
    radius: float
    rate: float
    until: int | None = None


@dataclass(frozen=True, slots=True)
class NoiseBrush:
    """A disc in which each cell is redrawn with probability `level` at each step.

    It gets one of the states 0 to ``states - 1``, or any value in a field. Particles are moved
    by up to `level` along each axis.
    """

    generation: int
    x: float
    y: float
    radius: float
    level: float
    seed: int = 0
    until: int | None = None
    states: int = 2


@dataclass(frozen=True, slots=True)
class Gun:
    """Fires discs: each flies `life` steps straight on and sets the cells it covers.

    Attributes
    ----------
    angle : float
        Degrees, 0 to the right and 90 downwards.
    spread : float
        Each shot turns by a random angle of up to so many degrees to either side.
    speed : float
        Cells a step.
    every : int
        Steps from one shot to the next.
    """

    generation: int
    x: float
    y: float
    angle: float
    speed: float = 1.0
    radius: float = 3.0
    value: float = 1.0
    every: int = 50
    life: int = 100
    spread: float = 0.0
    seed: int = 0
    until: int | None = None


AtOnce = Stroke | Patch | Fill | Randomise | Push | ChangeRule
Lasting = Obstacle | Food | NoiseBrush | Gun
Intervention = AtOnce | Lasting


def rule_in_force(rule: Rule, interventions: Iterable[Intervention], generation: int) -> Rule:
    """Return the rule by which the step after a generation is made, `rule` if it is the first."""
    for each in interventions:
        if isinstance(each, ChangeRule) and each.generation <= generation:
            rule = each.rule
    return rule


def is_lasting(intervention: Intervention) -> TypeGuard[Lasting]:
    """Whether it acts after every step rather than once."""
    return isinstance(intervention, Obstacle | Food | NoiseBrush | Gun)


def acts_after(intervention: Lasting, generation: int) -> bool:
    """Whether a lasting intervention acts on the state of this generation."""
    until = intervention.until
    return intervention.generation <= generation and (until is None or generation < until)


def flying(gun: Gun, generation: int) -> Iterator[tuple[float, float]]:
    """Yield the middle (x, y) of every disc that a gun has in flight at a generation."""
    since = generation - gun.generation
    last = since // gun.every
    first = max(0, ceil((since - gun.life + 1) / gun.every))
    for shot in range(first, last + 1):
        flown = (since - shot * gun.every) * gun.speed
        key = step_key(stream_of(gun.seed, PURPOSE), shot)
        turn = (2.0 * float(uniforms(key, 1)[0]) - 1.0) * gun.spread if gun.spread else 0.0
        angle = radians(gun.angle + turn)
        yield gun.x + flown * cos(angle), gun.y + flown * sin(angle)


def carry_out(
    stepper: Stepper,
    intervention: Intervention,
    *,
    is_field: bool,
    topology: Topology = UNBOUNDED,
) -> None:
    """Do to a live world what an intervention says; lasting ones act on the present generation.

    `ChangeRule` is left to whom owns the stepper, since another rule may need another engine.

    Raises
    ------
    AutomataError
        Where the world cannot take it, such as a hole in particles.
    """
    from core.automata import cell_hands, particle_hands

    if isinstance(intervention, ChangeRule):
        raise TypeError("another rule is put in place by the run, not by the stepper")
    if hasattr(stepper, "remove"):
        particle_hands.carry_out(stepper, intervention, topology)
    else:
        cell_hands.carry_out(stepper, intervention, topology, is_field=is_field)
