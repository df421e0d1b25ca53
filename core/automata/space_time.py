"""The rows of a one-dimensional world one below the other, as far back as memory goes."""

from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.stepper import Stepper
from core.automata.world import World

MOST_ROWS = 4096
MOST_CELLS = 2**26
"""Rows of wide worlds are fewer."""

FIRST_WIDTH = 256


class SpaceTime:
    """Keeps the newest rows of a run, each with its generation.

    Parameters
    ----------
    dtype
        uint8 of states, float32 of a field.
    channels : int
    width : int
        Of a bounded world; 0 where rows may grow without end.
    """

    def __init__(self, dtype: npt.DTypeLike, channels: int = 1, width: int = 0) -> None:
        self._width = width
        self._left = 0 if width else -FIRST_WIDTH // 2
        self.first = 0
        """Generation of the oldest row kept."""
        self._count = 0
        columns = width or FIRST_WIDTH
        self._rows = np.zeros((self._most(columns), channels, columns), dtype=dtype)

    @staticmethod
    def of(world: World) -> "SpaceTime | None":
        """Return an empty diagram for a one-dimensional world, None for every other."""
        if world.rule.dimensions != 1:
            return None
        width = world.topology.width if world.topology.is_bounded else 0
        if world.is_field:
            channels, columns = world.array.shape
            return SpaceTime(np.float32, channels, columns)
        return SpaceTime(np.uint8, 1, width)

    @property
    def last(self) -> int:
        """Generation of the newest row, one less than `first` when there is none."""
        return self.first + self._count - 1

    def add(self, stepper: Stepper, generation: int) -> None:
        """Take the present row of a one-dimensional world."""
        if self._width:
            self.put(stepper.frame(0, 0, self._width, 1), 0, generation)
            return
        box = stepper.bounding_box()
        if box is None:
            self.put(np.zeros((1, 0), dtype=self._rows.dtype), self._left, generation)
        else:
            self.put(stepper.frame(box[0], 0, box[2], 1), box[0], generation)

    def put(self, row: npt.NDArray[Any], left: int, generation: int) -> None:
        """Take [1, width] or [channels, 1, width]; rows of later generations are forgotten."""
        self.forget_after(generation - 1)
        if generation != self.last + 1:
            self._count = 0
        if not self._count:
            self.first = generation
        self._take(row, left)

    def forget_after(self, generation: int) -> None:
        """Forget the rows after a generation."""
        self._count = max(0, min(self._count, generation - self.first + 1))

    def start_for(self, generation: int, start: int) -> int:
        """Return where to begin so that the rows up to a generation are there again."""
        if self.first <= generation <= self.last + 1 and self._count:
            return generation
        return max(start, generation - self._rows.shape[0] // 2)

    def frame(self, x: int, y: int, width: int, height: int, shrink: int = 1) -> npt.NDArray[Any]:
        """Return what `Stepper.frame` does, with generations as y."""
        channels, columns = self._rows.shape[1:]
        shown = np.zeros((channels, height * shrink, width * shrink), dtype=self._rows.dtype)
        top, bottom = max(y, self.first), min(y + height * shrink, self.last + 1)
        left, right = max(x, self._left), min(x + width * shrink, self._left + columns)
        if top < bottom and left < right:
            rows = self._rows[top - self.first : bottom - self.first, :, left - self._left :]
            part = rows[:, :, : right - left].transpose(1, 0, 2)
            shown[:, top - y : bottom - y, left - x : right - x] = part
        if shrink > 1:
            squares = shown.reshape(channels, height, shrink, width, shrink)
            whole = shown.dtype == np.uint8
            shown = squares.max(axis=(2, 4)) if whole else squares.mean(axis=(2, 4))
        return shown[0] if shown.dtype == np.uint8 else shown.astype(np.float32)

    def _take(self, row: npt.NDArray[Any], left: int) -> None:
        cells = row if row.ndim == 3 else row[None]
        self._make_room(left, cells.shape[-1])
        target = self._rows[self._count]
        target[...] = 0
        begin = left - self._left
        target[:, begin : begin + cells.shape[-1]] = cells[:, 0]
        self._count += 1

    def _make_room(self, left: int, columns: int) -> None:
        """Give the rows room for another one, forgetting the older half where they are full."""
        wide = self._rows.shape[-1]
        right = left + columns
        if columns and (left < self._left or right > self._left + wide):
            low = min(left, self._left)
            high = max(right, self._left + wide)
            grown = 2 * (high - low)
            start = low - (grown - (high - low)) // 2
            rows = np.zeros((self._most(grown), self._rows.shape[1], grown), self._rows.dtype)
            kept = min(self._count, rows.shape[0] - 1)
            shift = self._left - start
            source = self._rows[self._count - kept : self._count]
            rows[:kept, :, shift : shift + wide] = source
            self.first += self._count - kept
            self._rows, self._count, self._left = rows, kept, start
        if self._count == self._rows.shape[0]:
            kept = self._count // 2
            self._rows[:kept] = self._rows[self._count - kept : self._count]
            self.first += self._count - kept
            self._count = kept

    @staticmethod
    def _most(columns: int) -> int:
        return max(64, min(MOST_ROWS, MOST_CELLS // max(columns, 1)))
