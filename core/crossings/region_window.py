"""A window on a live world that may lie across joined edges, and move."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.measures.board import Setting, setting_of
from core.automata.stepper import Stepper
from core.automata.world import World
from core.boundaries.errors import BoundaryError

Planes = npt.NDArray[Any]
"""uint8[1, h, w] of states, or float32[channels, h, w] of a field."""

Place = tuple[int, int]
"""(x, y) of the first cell."""


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of cells of a world, wherever it is put.

    Attributes
    ----------
    setting : Setting
        Of the world.
    width, height : int
    """

    setting: Setting
    width: int
    height: int

    def __post_init__(self) -> None:
        for size, side, is_circle in zip(
            (self.width, self.height), self.setting.sides, self.setting.wraps, strict=True
        ):
            if is_circle and size > side:
                raise BoundaryError(
                    f"The region with its layers is {self.width} by {self.height} cells, which "
                    "is more than once round the world; take a smaller region or thinner layers."
                )

    def read(self, stepper: Stepper, place: Place) -> Planes:
        """Return the cells under the window at a place, 0 beyond the edge of a plane."""
        columns = self._pieces(place[0], self.width, 0)
        rows = self._pieces(place[1], self.height, 1)
        found = [
            [self._frame(stepper, x, y, width, height) for x, width in columns]
            for y, height in rows
        ]
        if len(columns) == 1 and len(rows) == 1:
            return found[0][0]
        return np.concatenate([np.concatenate(row, axis=2) for row in found], axis=1)

    def _pieces(self, start: int, size: int, axis: int) -> list[tuple[int, int]]:
        if not self.setting.wraps[axis]:
            return [(start, size)]
        side = int(self.setting.sides[axis])
        start %= side
        first = min(size, side - start)
        return [(start, first)] if first == size else [(start, first), (0, size - first)]

    def _frame(self, stepper: Stepper, x: int, y: int, width: int, height: int) -> Planes:
        frame = stepper.frame(x, y, width, height)
        if self.setting.states:
            return frame[None, -height:]
        return frame[: self.setting.channels or None]


def window_setting(world: World) -> Setting:
    """Return how a world is looked at through windows; raises `BoundaryError` where it cannot be.

    Raises
    ------
    BoundaryError
        For particles and for worlds with depth.
    """
    setting = setting_of(world)
    if setting.family == "particles":
        raise BoundaryError("Particles have no cells; take a region of a world of cells.")
    if world.rule.dimensions > 2:
        raise BoundaryError("Regions are taken of worlds of one or two dimensions.")
    return setting


def weights_of(planes: Planes, setting: Setting) -> npt.NDArray[np.float64]:
    """Return how much lives in each cell: 1 for any state but 0, or a field's sum of channels."""
    if setting.states:
        planes = planes > 0
    weights: npt.NDArray[np.float64] = planes.sum(axis=0, dtype=np.float64)
    return weights
