"""A space-time block: a part of a world through some generations, whatever engine steps it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError, TooLarge
from core.automata.measures.board import setting_of
from core.automata.regions import Box
from core.automata.stepper import Stepper, make_stepper
from core.automata.world import World
from core.progress import Progress

MOST_CELLS = 2**24


@dataclass(frozen=True, eq=False, slots=True)
class SpaceTimeBlock:
    """Slices of a world, the earliest first.

    Attributes
    ----------
    values : uint8[T, W], uint8[T, H, W], float32[T, W] or float32[T, H, W]
        States, or one channel of a field.
    box : (x, y, width, height)
        Of the part of the world.
    wraps : tuple of bool
        For each axis of space whether the block is joined to itself along it.
    states : int
        How many a cell has, 0 for a field.
    start, every : int
        Generation of the first slice, and generations from one slice to the next.
    """

    values: npt.NDArray[Any]
    box: Box
    wraps: tuple[bool, ...]
    states: int
    start: int
    every: int = 1

    def generation(self, place: int) -> int:
        """Return the generation of a slice."""
        return self.start + place * self.every


def space_time_block(
    world: World,
    steps: int,
    *,
    region: Box | None = None,
    skip: int = 0,
    every: int = 1,
    channel: int = 0,
    progress: Progress | None = None,
) -> SpaceTimeBlock:
    """Return what a part of a world does for some steps, one slice more than steps kept.

    Parameters
    ----------
    steps, skip : int
        Generations from the first slice to the last, and before the first.
    region : (x, y, width, height), optional
        By default the whole board; where there is no end, all that lives at the beginning or at
        the end. Of a row of cells y and height do not count.
    every : int
        Only every so many generations a slice is kept.

    Raises
    ------
    AutomataError
        For particles, worlds of three dimensions, and a region beyond the board.
    TooLarge
        For more than `MOST_CELLS` cells.
    """
    setting = setting_of(world)
    rule = world.rule
    if setting.family == "particles":
        raise AutomataError("Particles have no cells; a space-time block is of a world of cells.")
    if rule.dimensions > 2:
        raise AutomataError("A space-time block is of a world of one or two dimensions.")
    if steps < 1 or skip < 0 or every < 1:
        raise AutomataError("A space-time block needs at least one step from slice to slice.")
    if not 0 <= channel < max(1, setting.channels):
        raise AutomataError(f"There is no channel {channel}; the first is 0.")
    if steps // every + 1 > MOST_CELLS:
        raise TooLarge(f"A space-time block has up to {MOST_CELLS:,} cells; take fewer steps.")
    stepper = make_stepper(world)
    stepper.step(skip, progress)
    width, height = (int(side) for side in setting.sides)
    is_flat = rule.dimensions == 1
    whole = (0, 0, width, 1 if is_flat else height) if setting.area is not None else None
    box = _checked(region, whole, is_flat) or whole or _living(stepper, steps, progress)
    slices = steps // every + 1
    if slices * box[2] * box[3] > MOST_CELLS:
        raise TooLarge(
            f"A block of {slices:,} slices of {box[2]:,} by {box[3]:,} cells has more than "
            f"{MOST_CELLS:,} cells; take fewer steps or a smaller region."
        )
    wraps = tuple(
        is_circle and whole is not None and box[2 + axis] == whole[2 + axis]
        for axis, is_circle in enumerate(setting.wraps)
    )
    start = stepper.generation
    values = _slices(stepper, box, slices, every, channel, progress)
    if is_flat:
        return SpaceTimeBlock(values[:, 0], box, wraps[:1], rule.states, start, every)
    return SpaceTimeBlock(values, box, wraps[::-1], rule.states, start, every)


def _checked(region: Box | None, whole: Box | None, is_flat: bool) -> Box | None:
    if region is None:
        return None
    x, y, width, height = (region[0], 0, region[2], 1) if is_flat else region
    if width < 1 or height < 1:
        raise AutomataError("A region has at least one cell.")
    if whole is not None and (
        x < 0 or y < 0 or x + width > whole[2] or y + height > whole[3]
    ):  # fmt: skip
        raise AutomataError(
            f"The region {x},{y},{width},{height} is not within a world of {whole[2]:,} by "
            f"{whole[3]:,} cells."
        )
    return x, y, width, height


def _living(stepper: Stepper, steps: int, progress: Progress | None) -> Box:
    """Return a box around all that lives now or after some steps."""
    kept = stepper.snapshot()
    boxes = [stepper.bounding_box()]
    stepper.step(steps, progress)
    boxes.append(stepper.bounding_box())
    stepper.restore(kept)
    lives = [box for box in boxes if box is not None]
    if not lives:
        raise AutomataError("Nothing lives in this world; give a region.")
    left, top = min(box[0] for box in lives), min(box[1] for box in lives)
    right = max(box[0] + box[2] for box in lives)
    bottom = max(box[1] + box[3] for box in lives)
    return left, top, right - left, bottom - top


def _slices(
    stepper: Stepper,
    box: Box,
    slices: int,
    every: int,
    channel: int,
    progress: Progress | None,
) -> npt.NDArray[Any]:
    first = stepper.frame(*box)
    is_field = first.ndim == 3
    values = np.empty((slices, *first.shape[-2:]), dtype=np.float32 if is_field else np.uint8)
    for place in range(slices):
        if place:
            stepper.step(every, progress if every > 1 else None)
        if progress is not None:
            progress.report(place / slices, f"Generation {stepper.generation:,}")
        seen = stepper.frame(*box)
        values[place] = seen[channel] if is_field else seen
    return values
