"""Kernel of a view of a field: the mean of squares of cells per pixel, read once."""

from typing import Any

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]


@nb.njit(cache=True, nogil=True)
def average_squares(
    field: Floats, x: int, y: int, shrink: int, out: npt.NDArray[np.float32]
) -> None:
    """Write the means of `shrink` by `shrink` cells, from the column x and the row y on.

    field : real[C, H, W]; cells beyond its sides count as 0
    out : float32[C, height, width], zeros
    """
    channels, height, width = out.shape
    # Pixels all of whose columns are cells need no look at the sides.
    first = min(max(0, (shrink - 1 - x) // shrink), width)
    last = max(first, min(width, (field.shape[2] - x) // shrink))
    part = np.float32(1.0 / (shrink * shrink))
    for c in range(channels):
        for i in range(height):
            target = out[c, i]
            for row in range(max(0, y + i * shrink), min(field.shape[1], y + (i + 1) * shrink)):
                cells = field[c, row]
                for j in range(width):
                    begin = x + j * shrink
                    total = np.float32(0.0)
                    if first <= j < last:
                        for k in range(begin, begin + shrink):
                            total += np.float32(cells[k])
                    else:
                        for k in range(max(0, begin), min(cells.size, begin + shrink)):
                            total += np.float32(cells[k])
                    target[j] += total * part
