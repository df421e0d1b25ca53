"""Kernels of block automata."""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Cells = npt.NDArray[np.uint8]


@nb.njit(cache=True, nogil=True)
def step_blocks(cells: Cells, table: Cells, offset: int, is_joined: bool) -> None:
    """Replace every block of 2 by 2 cells by the one that the table gives for it, in place.

    cells : uint8[height, width], values 0 or 1; even sides where `is_joined`
    table : uint8[16]; a block is upper left + 2 upper right + 4 lower left + 8 lower right
    offset : 0 or 1, where the first whole block begins; blocks across the edges come last, and
        where the sides are not joined they stay as they are
    """
    height, width = cells.shape
    for y in range(offset, height - 1, 2):
        upper, lower = cells[y, offset:], cells[y + 1, offset:]
        for i in range((width - offset) // 2):
            a, b = 2 * i, 2 * i + 1
            block = table[upper[a] | upper[b] << 1 | lower[a] << 2 | lower[b] << 3]
            upper[a], upper[b] = block & 1, block >> 1 & 1
            lower[a], lower[b] = block >> 2 & 1, block >> 3
    if offset == 0 or not is_joined:
        return
    for y in range(1, height, 2):
        below, left = (y + 1) % height, width - 1
        block = table[
            cells[y, left] | cells[y, 0] << 1 | cells[below, left] << 2 | cells[below, 0] << 3
        ]
        cells[y, left], cells[y, 0] = block & 1, block >> 1 & 1
        cells[below, left], cells[below, 0] = block >> 2 & 1, block >> 3
    bottom = height - 1
    for x in range(1, width - 1, 2):
        block = table[
            cells[bottom, x] | cells[bottom, x + 1] << 1 | cells[0, x] << 2 | cells[0, x + 1] << 3
        ]
        cells[bottom, x], cells[bottom, x + 1] = block & 1, block >> 1 & 1
        cells[0, x], cells[0, x + 1] = block >> 2 & 1, block >> 3
