"""Keeps one row of a world at every generation; works on the thread that steps it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.backgrounds import seen
from core.automata.run import Run
from core.automata.space_time import SpaceTime

MOST_ROWS_SHOWN = 1024


@dataclass(frozen=True, eq=False)
class SliceReading:
    """The newest rows: where they begin, and uint8[rows, width] or float32[C, rows, width]."""

    left: int
    first: int
    values: npt.NDArray[Any]


class SliceProbe:
    """Looks at the row `y` from `left` on, `width` cells of it, at every generation."""

    name, every = "slices", 1

    def __init__(self, y: int, left: int, width: int) -> None:
        self.y, self.left, self.width = y, left, width
        self._rows: SpaceTime | None = None

    def observe(self, run: Run) -> None:
        """Take the row as it is seen now."""
        row = seen(run.stepper, run.rule, run.world.topology).frame(
            self.left, self.y, self.width, 1
        )
        if self._rows is None:
            channels = row.shape[0] if row.ndim == 3 else 1
            self._rows = SpaceTime(row.dtype, channels, self.width)
        self._rows.put(row, 0, run.generation)

    def forget_after(self, generation: int) -> None:
        """Forget what comes after a generation."""
        if self._rows is not None:
            self._rows.forget_after(generation)

    def reading(self) -> SliceReading | None:
        """Return the newest rows, None before there is one."""
        rows = self._rows
        if rows is None or rows.last < rows.first:
            return None
        first = max(rows.first, rows.last + 1 - MOST_ROWS_SHOWN)
        values = rows.frame(0, first, self.width, rows.last + 1 - first)
        return SliceReading(self.left, first, np.ascontiguousarray(values))
