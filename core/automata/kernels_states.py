"""Kernels of worlds with few states, one byte a cell, on a board padded by a rim.

`padded` is uint8[h + 2 r, w + 2 r] in C order with the rim filled, `out` uint8[h, w] another array.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Cells = npt.NDArray[np.uint8]
Integers = npt.NDArray[np.int32]


@nb.njit(cache=True, nogil=True)
def step_shapes(padded: Cells, table: Cells, states: int, out: Cells) -> None:
    """Write one step of a life-like or Generations rule, with a rim of one cell.

    table : uint8[512], whether the middle lives after, by who is in state 1, upper left in bit 8
    """
    height, width = out.shape
    for y in range(height):
        above, row, below = padded[y], padded[y + 1], padded[y + 2]
        index = 0
        for x in range(2):
            index = (index << 1) & 0b110110110
            index |= (above[x] == 1) << 6 | (row[x] == 1) << 3 | (below[x] == 1)
        for x in range(width):
            index = (index << 1) & 0b110110110
            index |= (above[x + 2] == 1) << 6 | (row[x + 2] == 1) << 3 | (below[x + 2] == 1)
            state = row[x + 1]
            if state > 1:
                out[y, x] = state + 1 if state + 1 < states else 0
            elif table[index]:
                out[y, x] = 1
            else:
                out[y, x] = 2 if state == 1 and states > 2 else 0


@nb.njit(cache=True, nogil=True)
def step_lookup(
    padded: Cells, reach: int, offsets: Integers, bits: int, table: Cells, out: Cells
) -> None:
    """Write one step of a table that lists every neighbourhood.

    offsets : int32[n, 2], (dx, dy) of the cells whose states are the digits of the index
    table : uint8[2^(n bits)]
    """
    height, width = out.shape
    index = np.empty(width, dtype=np.int32)
    for y in range(height):
        for x in range(width):
            index[x] = 0
        for k in range(offsets.shape[0]):
            row = padded[y + reach + offsets[k, 1]]
            first = reach + offsets[k, 0]
            for x in range(width):
                index[x] = (index[x] << bits) | row[x + first]
        for x in range(width):
            out[y, x] = table[index[x]]


@nb.njit(cache=True, nogil=True)
def step_tree(padded: Cells, reach: int, offsets: Integers, tree: Integers, out: Cells) -> None:
    """Write one step of a decision tree.

    offsets : int32[n, 2], (dx, dy) of the cells asked
    tree : int32[rows, states], the last row the root; what the last cell leads to is a state
    """
    height, width = out.shape
    at = np.empty(width, dtype=np.int32)
    root = tree.shape[0] - 1
    for y in range(height):
        for x in range(width):
            at[x] = root
        for k in range(offsets.shape[0]):
            row = padded[y + reach + offsets[k, 1]]
            first = reach + offsets[k, 0]
            for x in range(width):
                at[x] = tree[at[x], row[x + first]]
        for x in range(width):
            out[y, x] = at[x]


@nb.njit(cache=True, nogil=True)
def step_intervals(
    padded: Cells, half_widths: Integers, intervals: Integers, states: int, out: Cells
) -> None:
    """Write one step of Larger than Life.

    half_widths : int32[2 r + 1], how far each row of the neighbourhood reaches to both sides
    intervals : int32[5], least and most of survival, of birth, and whether a cell counts itself
    """
    height, width = out.shape
    reach = (half_widths.shape[0] - 1) // 2
    wide = width + 2 * reach
    counts = np.empty(width, dtype=np.int32)
    is_square = True
    for k in range(2 * reach + 1):
        is_square &= half_widths[k] == reach  # `min` would take the compiler a second
    sums = np.zeros((1 if is_square else padded.shape[0], wide + 1), dtype=np.int32)
    columns = np.zeros(wide, dtype=np.int32)
    if is_square:
        for y in range(2 * reach):
            for x in range(wide):
                columns[x] += padded[y, x] == 1
    else:
        for y in range(padded.shape[0]):
            for x in range(wide):
                sums[y, x + 1] = sums[y, x] + (padded[y, x] == 1)
    for y in range(height):
        if is_square:
            for x in range(wide):
                columns[x] += padded[y + 2 * reach, x] == 1
            for x in range(wide):
                sums[0, x + 1] = sums[0, x] + columns[x]
            for x in range(width):
                counts[x] = sums[0, x + 2 * reach + 1] - sums[0, x]
            for x in range(wide):
                columns[x] -= padded[y, x] == 1
        else:
            for x in range(width):
                counts[x] = 0
            for k in range(2 * reach + 1):
                row, half = sums[y + k], half_widths[k]
                for x in range(width):
                    counts[x] += row[x + reach + half + 1] - row[x + reach - half]
        middle = padded[y + reach]
        for x in range(width):
            state = middle[x + reach]
            count = counts[x] - (0 if intervals[4] else (state == 1))
            if state > 1:
                out[y, x] = state + 1 if state + 1 < states else 0
            elif state == 1:
                stays = intervals[0] <= count <= intervals[1]
                out[y, x] = 1 if stays else (2 if states > 2 else 0)
            else:
                out[y, x] = 1 if intervals[2] <= count <= intervals[3] else 0


@nb.njit(cache=True, nogil=True)
def step_sums(
    padded: Cells, reach: int, digits: Cells, states: int, outer: int, out: Cells
) -> None:
    """Write one step of a totalistic rule on a row: `digits` is uint8, the state for each sum."""
    width = out.shape[1]
    row = padded[reach]
    for x in range(width):
        total = 0
        for k in range(2 * reach + 1):
            total += row[x + k]
        if outer:
            total = (total - row[x + reach]) * states + row[x + reach]
        out[0, x] = digits[total]
