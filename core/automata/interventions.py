"""What a hand does to a world: at once, or again after every step for a while; replayed exactly.

An intervention is a value. Together with the first state and the seed the list of interventions
decides every later state, so that a run with hands in it can be kept, rewound and repeated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, cos, floor, radians, sin, sqrt
from typing import Any, TypeGuard

import numpy as np
import numpy.typing as npt

from core.automata.rules.rule import Rule
from core.automata.seeds import step_key, stream_of, uniforms
from core.automata.stepper import Stepper

_PURPOSE = 71
"""Tells the random numbers of interventions from those of rules."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """Discs painted one after the other along a path; with value 0 they erase.

    Attributes
    ----------
    generation : int
        Before the step from which it is done.
    points : tuple of (x, y)
        Middles of the discs, in cells; the middle of the first cell is (0.5, 0.5).
    radius : float
        In cells; a radius of 0.5 is one cell.
    value : float
        State, or value from 0 to 1 of a field.
    channel : int
        Of a field.
    """

    generation: int
    points: tuple[tuple[float, float], ...]
    radius: float
    value: float
    channel: int = 0


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
    """A rectangle of random cells: a share `density` lives, with random values in a field."""

    generation: int
    x: int
    y: int
    width: int
    height: int
    density: float
    seed: int = 0


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """Another rule from here on, with as many states, channels and dimensions."""

    generation: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A disc whose cells are held at a value, usually 0, until a generation (None: for ever)."""

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
    """A disc in which each cell is redrawn with probability `level` at each step."""

    generation: int
    x: float
    y: float
    radius: float
    level: float
    seed: int = 0
    until: int | None = None


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


AtOnce = Stroke | Patch | Fill | Randomise | ChangeRule
Lasting = Obstacle | Food | NoiseBrush | Gun
Intervention = AtOnce | Lasting


def is_lasting(intervention: Intervention) -> TypeGuard[Lasting]:
    """Whether it acts after every step rather than once."""
    return isinstance(intervention, Obstacle | Food | NoiseBrush | Gun)


def acts_after(intervention: Lasting, generation: int) -> bool:
    """Whether a lasting intervention acts on the state of this generation."""
    until = intervention.until
    return intervention.generation <= generation and (until is None or generation < until)


def carry_out(stepper: Stepper, intervention: Intervention, *, is_field: bool) -> None:
    """Do to a live world what an intervention says; lasting ones act on the present generation.

    `ChangeRule` is left to whom owns the stepper, since another rule may need another engine.

    Raises
    ------
    AutomataError
        Where the world cannot take it, such as a state that its rule does not know.
    """
    match intervention:
        case Stroke(points=points, radius=radius, value=value, channel=channel):
            for x, y in points:
                _disc(stepper, x, y, radius, value, channel, is_field=is_field)
        case Patch(x=x, y=y, cells=cells, mode=mode):
            stepper.paste(cells, x, y, mode)
        case Fill():
            _fill(stepper, intervention, is_field=is_field)
        case Randomise():
            _randomise(stepper, intervention, is_field=is_field)
        case Obstacle(x=x, y=y, radius=radius, value=value):
            _hold(stepper, x, y, radius, value, is_field=is_field)
        case Food(x=x, y=y, radius=radius, rate=rate):
            for left, top, width in _rows(x, y, radius):
                stepper.paste(np.full((1, width), rate), left, top, "add")
        case NoiseBrush():
            _shake(stepper, intervention, is_field=is_field)
        case Gun(radius=radius, value=value):
            for x, y in flying(intervention, stepper.generation):
                _disc(stepper, x, y, radius, value, 0, is_field=is_field)
        case ChangeRule():
            raise TypeError("another rule is put in place by the run, not by the stepper")


def flying(gun: Gun, generation: int) -> Iterator[tuple[float, float]]:
    """Yield the middle (x, y) of every disc that a gun has in flight at a generation."""
    since = generation - gun.generation
    last = since // gun.every
    first = max(0, ceil((since - gun.life + 1) / gun.every))
    for shot in range(first, last + 1):
        flown = (since - shot * gun.every) * gun.speed
        key = step_key(stream_of(gun.seed, _PURPOSE), shot)
        turn = (2.0 * float(uniforms(key, 1)[0]) - 1.0) * gun.spread if gun.spread else 0.0
        angle = radians(gun.angle + turn)
        yield gun.x + flown * cos(angle), gun.y + flown * sin(angle)


def _rows(x: float, y: float, radius: float) -> Iterator[tuple[int, int, int]]:
    """Yield (left, top, width) of the runs of cells whose middles lie in a disc."""
    for top in range(floor(y - radius), ceil(y + radius) + 1):
        across = radius * radius - (top + 0.5 - y) ** 2
        if across < 0:
            continue
        half = sqrt(across)
        left, right = ceil(x - half - 0.5), floor(x + half - 0.5)
        if right >= left:
            yield left, top, right - left + 1


def _disc(
    stepper: Stepper,
    x: float,
    y: float,
    radius: float,
    value: float,
    channel: int,
    *,
    is_field: bool,
) -> None:
    for left, top, width in _rows(x, y, radius):
        _run(stepper, left, top, width, value, channel, is_field=is_field)


def _hold(
    stepper: Stepper, x: float, y: float, radius: float, value: float, *, is_field: bool
) -> None:
    """Set every channel in a disc."""
    channels = stepper.frame(0, 0, 1, 1).shape[0] if is_field else 1
    for channel in range(channels):
        _disc(stepper, x, y, radius, value, channel, is_field=is_field)


def _run(
    stepper: Stepper, left: int, top: int, width: int, value: float, channel: int, *, is_field: bool
) -> None:
    """Set a horizontal run of cells."""
    if not is_field:
        stepper.paste(np.full((1, width), round(value), dtype=np.uint8), left, top, "copy")
    elif channel == 0:
        stepper.paste(np.full((1, 1, width), value), left, top, "copy")
    else:
        here = stepper.frame(left, top, width, 1)[: channel + 1].astype(np.float64)
        here[channel] = value
        stepper.paste(here, left, top, "copy")


def _fill(stepper: Stepper, fill: Fill, *, is_field: bool) -> None:
    shape = (fill.height, fill.width)
    if not is_field:
        stepper.paste(np.full(shape, round(fill.value), dtype=np.uint8), fill.x, fill.y, "copy")
    elif fill.channel == 0:
        stepper.paste(np.full((1, *shape), fill.value), fill.x, fill.y, "copy")
    else:
        for row in range(fill.height):
            _run(stepper, fill.x, fill.y + row, fill.width, fill.value, fill.channel, is_field=True)


def _randomise(stepper: Stepper, patch: Randomise, *, is_field: bool) -> None:
    count = patch.width * patch.height
    drawn = uniforms(step_key(stream_of(patch.seed, _PURPOSE), 0), 2 * count)
    lives = (drawn[:count] < patch.density).reshape(patch.height, patch.width)
    if is_field:
        values = np.where(lives, drawn[count:].reshape(lives.shape), 0.0)
        stepper.paste(values[None], patch.x, patch.y, "copy")
    else:
        stepper.paste(lives.astype(np.uint8), patch.x, patch.y, "copy")


def _shake(stepper: Stepper, brush: NoiseBrush, *, is_field: bool) -> None:
    key = step_key(stream_of(brush.seed, _PURPOSE), stepper.generation)
    first = 0
    for left, top, width in _rows(brush.x, brush.y, brush.radius):
        drawn = uniforms(key, 2 * width, first)
        first += 2 * width
        for place in np.flatnonzero(drawn[:width] < brush.level):
            value = float(drawn[width + place])
            state = value if is_field else float(value < 0.5)
            _run(stepper, left + int(place), top, 1, state, 0, is_field=is_field)
