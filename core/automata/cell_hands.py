"""What interventions do to cells: masks over the board, each written by one or two pastes."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil, floor, sqrt
from typing import Any, Protocol, cast

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError, TooLarge
from core.automata.interventions import (
    PURPOSE,
    Fill,
    Food,
    Gun,
    Intervention,
    NoiseBrush,
    Obstacle,
    Patch,
    Randomise,
    Stroke,
    flying,
)
from core.automata.seeds import step_key, stream_of, uniforms
from core.automata.stepper import Stepper
from core.automata.topology import Topology

LARGEST = 2**26
"""Cells that one intervention may touch."""

NOTHING, EVERY_BIT = np.uint8(0), np.uint8(255)

Mask = npt.NDArray[np.bool_]
Reals = npt.NDArray[np.float64]
Point = tuple[float, float]


class PaintedField(Protocol):
    """An engine of a field that sets the cells of a mask exactly and leaves the others."""

    def paint(
        self,
        mask: Mask,
        values: Reals | float,
        x: int,
        y: int,
        channel: int | None = None,
        *,
        plane: int | None = None,
    ) -> None:
        """Set the cells of a mask[h, w] at (x, y) to values[h, w], in one channel or in all.

        In a world with depth it is done in all planes or in one.
        """


def carry_out(
    stepper: Stepper, intervention: Intervention, topology: Topology, *, is_field: bool
) -> None:
    """Do to the cells of a live world what an intervention says, as of its generation."""
    hand = _Hand(stepper, topology, is_field)
    match intervention:
        case Stroke(plane=int()) if is_field:
            _sweep_ball(hand, intervention)
        case Stroke(points=points, radius=radius, value=value, channel=channel):
            for mask, x, y in swept(points, radius):
                hand.write(mask, value, x, y, channel)
        case Patch(x=x, y=y, cells=cells, mode=mode):
            _put(stepper, cells, x, y, mode, topology)
        case Fill(x=x, y=y, width=width, height=height, value=value, channel=channel):
            _require_room(width, height)
            hand.write(np.ones((height, width), dtype=np.bool_), value, x, y, channel)
        case Randomise():
            _randomise(hand, intervention)
        case Obstacle(x=x, y=y, radius=radius, value=value):
            for mask, left, top in swept([(x, y)], radius):
                hand.write(mask, value, left, top, None)
        case Food(x=x, y=y, radius=radius, rate=rate):
            if not is_field:
                raise AutomataError("Cells with states take no food; only a field can be fed.")
            for mask, left, top in swept([(x, y)], radius):
                stepper.paste(np.where(mask, rate, 0.0)[None], left, top, "add")
        case NoiseBrush():
            _shake(hand, intervention)
        case Gun(radius=radius, value=value):
            for place in flying(intervention, stepper.generation):
                for mask, left, top in swept([place], radius):
                    hand.write(mask, value, left, top, 0)
        case _:
            raise AutomataError("Only particles can be pushed.")


def swept(points: Sequence[Point], radius: float) -> Iterator[tuple[Mask, int, int]]:
    """Yield (mask, left, top) of the cells whose middles a disc meets on its way.

    One mask per straight part of the path, so that a long way needs little memory.
    """
    for first, last in list(pairwise(points)) or [(point, point) for point in points]:
        left, top = floor(first[0]), floor(first[1])
        mask, x, y = _capsule(
            first[0] - left, first[1] - top, last[0] - first[0], last[1] - first[1], radius
        )
        if mask.size:
            yield mask, left + x, top + y


@lru_cache(maxsize=64)
def _capsule(
    x: float, y: float, along_x: float, along_y: float, radius: float
) -> tuple[Mask, int, int]:
    """Return the mask of one straight part that begins at (x, y), and its upper left.

    What lasts asks for the same disc after every step, so a few are kept.
    """
    left, right = floor(min(x, x + along_x) - radius), ceil(max(x, x + along_x) + radius)
    top, bottom = floor(min(y, y + along_y) - radius), ceil(max(y, y + along_y) + radius)
    _require_room(right - left, bottom - top)
    across = np.arange(left, right + 1) + 0.5 - x
    down = (np.arange(top, bottom + 1) + 0.5 - y)[:, None]
    length = along_x * along_x + along_y * along_y
    if length:
        share = np.clip((across * along_x + down * along_y) / length, 0.0, 1.0)
        mask = (across - share * along_x) ** 2 + (down - share * along_y) ** 2 <= radius**2
    else:
        mask = across**2 + down**2 <= radius**2
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return mask[:0, :0], left, top
    part = np.ascontiguousarray(mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    part.setflags(write=False)
    return part, left + int(columns[0]), top + int(rows[0])


class _Hand:
    """Writes masks on a live world."""

    def __init__(self, stepper: Stepper, topology: Topology, is_field: bool) -> None:
        self.stepper, self.is_field = stepper, is_field
        self._topology = topology

    def write(
        self,
        mask: Mask,
        values: Reals | float,
        x: int,
        y: int,
        channel: int | None,
        **plane: int,
    ) -> None:
        """Set the cells of a mask; the others keep what they have."""
        mask, values, x, y = self._folded(mask, values, x, y)
        if not self.is_field:
            self._write_states(mask, values, x, y)
        elif hasattr(self.stepper, "paint"):
            cast(PaintedField, self.stepper).paint(mask, values, x, y, channel, **plane)
        else:
            raise AutomataError("This world cannot be painted on.")

    def _write_states(self, mask: Mask, values: Reals | float, x: int, y: int) -> None:
        states = np.rint(np.clip(values, 0, 255)).astype(np.uint8)
        self.stepper.paste(np.where(mask, NOTHING, EVERY_BIT), x, y, "and")
        if states.any():
            self.stepper.paste(np.where(mask, states, NOTHING), x, y, "or")

    def _folded(
        self, mask: Mask, values: Reals | float, x: int, y: int
    ) -> tuple[Mask, Reals | float, int, int]:
        """Return a mask that is larger than a torus wrapped around it."""
        if self._topology.kind not in ("torus", "tube"):
            return mask, values, x, y
        for axis, side in ((0, self._topology.height), (1, self._topology.width)):
            if side and mask.shape[axis] > side:
                given = np.broadcast_to(np.asarray(values, dtype=np.float64), mask.shape)
                mask, values = _wrapped(mask, given, axis, side, y if axis == 0 else x)
                x, y = (x, 0) if axis == 0 else (0, y)
        return mask, values, x, y


def _wrapped(mask: Mask, values: Reals, axis: int, side: int, start: int) -> tuple[Mask, Reals]:
    shape = tuple(side if each == axis else size for each, size in enumerate(mask.shape))
    folded, taken = np.zeros(shape, dtype=np.bool_), np.zeros(shape)
    towards, gives, drawn = (np.moveaxis(each, axis, 0) for each in (folded, mask, values))
    into = np.moveaxis(taken, axis, 0)
    for index in range(mask.shape[axis]):
        place = (start + index) % side
        into[place] = np.where(gives[index], drawn[index], into[place])
        towards[place] |= gives[index]
    return folded, taken


def _sweep_ball(hand: _Hand, stroke: Stroke) -> None:
    """Sweep a ball along a path in one plane of a field with depth; planes are not joined."""
    shape = hand.stepper.cells().shape
    if len(shape) < 4 or stroke.plane is None or not 0 <= stroke.plane < shape[1]:
        raise AutomataError(f"There is no plane {stroke.plane} in this world.")
    for plane in range(shape[1]):
        across = stroke.radius**2 - (plane - stroke.plane) ** 2
        if across > 0 or plane == stroke.plane:
            for mask, x, y in swept(stroke.points, sqrt(max(across, 0.0))):
                hand.write(mask, stroke.value, x, y, stroke.channel, plane=plane)


def _randomise(hand: _Hand, patch: Randomise) -> None:
    _require_room(patch.width, patch.height)
    shape = (patch.height, patch.width)
    whole = np.ones(shape, dtype=np.bool_)
    count = patch.width * patch.height
    for channel in range(patch.channels if hand.is_field else 1):
        key = step_key(stream_of(patch.seed, PURPOSE), channel)
        drawn = uniforms(key, 2 * count)
        lives, values = drawn[:count] < patch.density, drawn[count:]
        if not hand.is_field:
            values = 1.0 + np.floor(values * (patch.states - 1))
        hand.write(whole, np.where(lives, values, 0.0).reshape(shape), patch.x, patch.y, channel)


def _shake(hand: _Hand, brush: NoiseBrush) -> None:
    key = step_key(stream_of(brush.seed, PURPOSE), hand.stepper.generation)
    for mask, left, top in swept([(brush.x, brush.y)], brush.radius):
        drawn = uniforms(key, 2 * mask.size)
        struck = mask & (drawn[: mask.size].reshape(mask.shape) < brush.level)
        values = drawn[mask.size :].reshape(mask.shape)
        if not hand.is_field:
            values = np.floor(values * brush.states)
        if struck.any():
            hand.write(struck, values, left, top, 0)


def _put(
    stepper: Stepper, cells: npt.NDArray[Any], x: int, y: int, mode: str, topology: Topology
) -> None:
    """Paste a patch; one with depth goes to the middle planes of a world with depth."""
    if cells.ndim < 4:
        stepper.paste(cells, x, y, mode)
        return
    state = stepper.cells()
    if state.ndim != 4 or cells.shape[0] > state.shape[0] or cells.shape[1] > state.shape[1]:
        raise AutomataError("The patch has more channels or planes than the world.")
    first = (state.shape[1] - cells.shape[1]) // 2
    places = [np.arange(cells.shape[2]) + y, np.arange(cells.shape[3]) + x]
    sides = state.shape[2:]
    if topology.kind == "torus":
        places = [place % side for place, side in zip(places, sides, strict=True)]
    kept = [(place >= 0) & (place < side) for place, side in zip(places, sides, strict=True)]
    at = np.ix_(
        range(cells.shape[0]),
        range(first, first + cells.shape[1]),
        places[0][kept[0]],
        places[1][kept[1]],
    )
    patch = cells[:, :, kept[0]][:, :, :, kept[1]]
    merged = {"add": state[at] + patch, "maximum": np.maximum(state[at], patch)}
    state[at] = np.clip(merged.get(mode, patch), 0.0, 1.0)
    stepper.replace(state)


def _require_room(width: float, height: float) -> None:
    if not 0 <= width * height <= LARGEST:
        raise TooLarge(
            f"One stroke of the hand touches at most {LARGEST // 2**20} million cells; "
            "choose a smaller brush or a smaller rectangle."
        )
