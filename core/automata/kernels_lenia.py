"""Kernels of a step of Lenia: growth by rows, borders, and whole steps.

Arrays are all float32 or all float64, in C order, unless said otherwise:

board : [C, H, W], the cells with a margin around them; H and W are sizes of our transforms
inside : int64[4], top, left, height and width of the cells in the board
spectra : [C, blocks * H * 32], the transforms of the channels; work : [blocks * H * 32]
weights : [K, blocks * H * 16], the kernels' spectra; blocks : int64[K], how many each needs
routes : int64[K, 4], source, target, growth map, and 1 where the kernel is its target's last
maps : [K, 4], mu, the width's factor, the peak, and the kernel's factor
change : [4], a, b, c, P: cells become a A + b G + c, rounded to multiples of 1 / P unless it is 0
growth : [C, height, width], the averaged growth of each channel
"""

from typing import Any

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba import types  # noqa: TID253

from core.automata.kernels_fourier import (
    BACK,
    BOTH,
    FORWARD,
    ROWS,
    rows_back,
    rows_forward,
    transform_columns,
)
from core.automata.kernels_lanes import as_intrinsic

Floats = npt.NDArray[np.floating[Any]]
Counts = npt.NDArray[np.int64]

POLYNOMIAL, EXPONENTIAL, STEP, OBSTACLE, EXACT_EXPONENTIAL = range(5)
TO_STEP, TO_GROW, TO_CONVOLVE = range(3)
"""What `step_board` is called for; in one function, since compiling it takes seconds."""


@as_intrinsic
def _float_of_bits(typing_context: Any, bits: Any) -> Any:
    """Return the float32 that an int32 is in memory."""

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return builder.bitcast(values[0], ir.FloatType())

    return types.float32(types.int32), generate


@nb.njit(nogil=True)
def _clear(row: Floats) -> None:
    """Write zeros; an assignment to a slice would take the compiler half a second."""
    for i in range(row.size):
        row[i] = np.float32(0.0)


@nb.njit(nogil=True)
def _copy(source: Floats, target: Floats) -> None:
    for i in range(source.size):
        target[i] = source[i]


@nb.njit(nogil=True)
def add_growth(u: Floats, out: Floats, mapping: int, map_: Floats) -> None:
    """Add the growth at the potentials `u` of a row to `out`.

    exp(-x) is 2 to the power -x / ln 2, its fraction by a polynomial (Cody and Waite, 1980), so
    that the compiler does several cells at once; it is good to 2e-7. The exact map is for float64.
    """
    mu, width, peak, factor = map_[0], map_[1], map_[2], map_[3]
    one, two = np.float32(1.0), np.float32(2.0)
    if mapping == POLYNOMIAL:
        for i in range(u.size):
            d = u[i] - mu
            bell = one - d * d * width
            bell = bell if bell > np.float32(0.0) else np.float32(0.0)
            bell *= bell
            out[i] += factor * (two * peak * (bell * bell) - one)
    elif mapping == EXPONENTIAL:
        for i in range(u.size):
            d = u[i] - mu
            x = -d * d * width
            x = x if x > np.float32(-125.0) else np.float32(-125.0)
            whole = np.floor(x)
            f = x - whole
            bell = np.float32(1.8775767e-3)
            bell = bell * f + np.float32(8.9893397e-3)
            bell = bell * f + np.float32(5.5826318e-2)
            bell = bell * f + np.float32(2.4015361e-1)
            bell = bell * f + np.float32(6.9315308e-1)
            bell = bell * f + np.float32(9.9999994e-1)
            bell *= _float_of_bits((np.int32(whole) + np.int32(127)) << np.int32(23))
            out[i] += factor * (two * peak * bell - one)
    elif mapping == EXACT_EXPONENTIAL:
        for i in range(u.size):
            d = u[i] - mu
            out[i] += factor * (two * peak * np.exp(-d * d * width) - one)
    elif mapping == STEP:
        for i in range(u.size):
            d = abs(u[i] - mu)
            out[i] += factor * (two * peak - one if d <= width else -one)
    else:
        for i in range(u.size):
            d = u[i] - mu
            d = d if d > np.float32(0.0) else np.float32(0.0)
            d = d if d < one else one
            out[i] -= factor * (d * width)


@nb.njit(nogil=True, fastmath={"reassoc"})
def _exchange(cells: Floats, new: Floats) -> Any:
    """Write a row over another and return sum |new - cells|, added up in any order."""
    moved: Any = np.float32(0.0)
    for i in range(cells.size):
        moved += abs(new[i] - cells[i])
        cells[i] = new[i]
    return moved


@nb.njit(nogil=True)
def change_and_clip(cells: Floats, growth: Floats, change: Floats) -> Any:
    """Change a row by its growth, clip it to 0 to 1, and return by how much it moved in all.

    growth : written, as room for the new cells
    """
    keep, gain, offset, levels = change[0], change[1], change[2], change[3]
    zero, one = np.float32(0.0), np.float32(1.0)
    for i in range(cells.size):
        a = keep * cells[i] + (gain * growth[i] + offset)
        a = a if a > zero else zero
        growth[i] = a if a < one else one
    if levels > zero:
        for i in range(cells.size):
            growth[i] = np.rint(growth[i] * levels) / levels
    return _exchange(cells, growth)


@nb.njit(nogil=True)
def _clip_softly(row: Floats, k: float) -> None:
    """Clip a row to 0 to 1 by the log-sum-exp of 0 and x, and then of 1 and that.

    Both in one: ln (1 + exp(y)) - ln (1 + exp(-k) + exp(y - k)) with y = k x, each without
    exponentials above 1.
    """
    zero, one = np.float32(0.0), np.float32(1.0)
    below = one + np.exp(-k)
    for i in range(row.size):
        y = k * row[i]
        z = y - k
        e, f = np.exp(-abs(y)), np.exp(-abs(z))
        whole = (y if y > zero else zero) - (z if z > zero else zero)
        rest = (one + e) / (one + f * below if z > zero else below + f)
        row[i] = (whole + np.log(rest)) / k


@nb.njit(cache=True, nogil=True)
def change_freely(
    board: Floats, channel: int, inside: Counts, growth: Floats, last: Floats, normals: Floats,
    factors: Floats, draws: npt.NDArray[np.float64], change: Floats, mask_rate: float,
    is_second: bool,
) -> None:  # fmt: skip
    """Change the cells of a channel by a step that is not the plain one.

    growth : [C, height, width]; last : of the step before, [C, height, width], or empty for steps
        that do not look back; written. `is_second` where it holds a growth already
    normals, factors : [height, width], normal numbers for noise on the growth, numbers from 0 to 1
        for noise on the cells; empty without that noise
    draws : float64[height, width], a cell is kept where it is below `mask_rate`; empty without
    change : [7], a, b, c and P of a plain step, the size of both noises, and k of the soft clip, 0
        for the hard one
    """
    top, left, height, width = inside[0], inside[1], inside[2], inside[3]
    keep, gain, offset, levels = change[0], change[1], change[2], change[3]
    growth_noise, noise, k = change[4], change[5], change[6]
    zero, half, one = np.float32(0.0), np.float32(0.5), np.float32(1.0)
    row = np.empty(width, board.dtype)
    for i in range(height):
        cells = board[channel, top + i, left : left + width]
        now = growth[channel, i]
        _copy(now, row)
        if last.size > 0:
            before = last[channel, i]
            if is_second:
                for x in range(width):
                    row[x] = (np.float32(3.0) * now[x] - before[x]) * half
            _copy(now, before)
        if normals.size > 0:
            normal = normals[i]
            for x in range(width):
                row[x] += growth_noise * normal[x]
        for x in range(width):
            row[x] = keep * cells[x] + (gain * row[x] + offset)
        if factors.size > 0:
            factor = factors[i]
            for x in range(width):
                row[x] *= one + (factor[x] - half) * noise
        if k > zero:
            _clip_softly(row, k)
        else:
            for x in range(width):
                a = row[x] if row[x] > zero else zero
                row[x] = a if a < one else one
        if levels > zero:
            for x in range(width):
                row[x] = np.rint(row[x] * levels) / levels
        if draws.size > 0:
            drawn = draws[i]
            for x in range(width):
                old, new = cells[x], row[x]  # both read first, or it would be a branch
                cells[x] = old if drawn[x] < mask_rate else new
        else:
            _copy(row, cells)


@nb.njit(cache=True, nogil=True)
def fill_margin(board: Floats, inside: Counts, rows: Counts, columns: Counts) -> None:
    """Copy the cells that lie beyond the sides into the margin.

    rows, columns : int64[H], int64[W], the row and column of the board a margin cell copies; its
        own where it is no copy
    """
    top, height = inside[0], inside[2]
    for c in range(board.shape[0]):
        for y in range(top, top + height):
            for x in range(board.shape[2]):
                if columns[x] != x:
                    board[c, y, x] = board[c, y, columns[x]]
        for y in range(board.shape[1]):
            if rows[y] != y:
                _copy(board[c, rows[y]], board[c, y])


@nb.njit(nogil=True)
def _is_touched(board: Floats, guard: int) -> bool:
    """Whether a cell within `guard` cells of the sides of a board is not 0."""
    height, width = board.shape[1], board.shape[2]
    total = board[0, 0, 0] * 0
    for c in range(board.shape[0]):
        for y in range(height):
            if y < guard or y >= height - guard:
                for x in range(width):
                    total += board[c, y, x]
            else:
                for x in range(guard):
                    total += board[c, y, x] + board[c, y, width - 1 - x]
    return bool(total > 0)


@nb.njit(cache=True, nogil=True)
def step_board(
    board: Floats, steps: int, guard: int, inside: Counts, spectra: Floats, work: Floats,
    weights: Floats, blocks: Counts, routes: Counts, maps: Floats, change: Floats, growth: Floats,
    purpose: int, row: Floats, square: Floats, potential: Floats, scratch: Floats,
    moved: npt.NDArray[np.float64], radices_y: Counts, factors_y: Floats,
    radices_x: Counts, factors_x: Floats, places_x: Counts,
) -> int:  # fmt: skip
    """Make steps of the cells, and return how many; or only write their growth or potentials.

    purpose : TO_STEP, TO_GROW, which writes `growth`, or TO_CONVOLVE, which writes the potentials
        to `growth`, which is then [K, height, width]
    guard : before a step whose result would need cells so near to the sides to be 0, and they are
        not, it stops; 0 for a board whose sides are joined or filled
    potential, scratch : [32, W], a place for the potential and the growth of 32 rows
    moved : float64[1], sum |new - old| over all cells in the last step, written
    """
    height_all = board.shape[1]
    top, left, height, width = inside[0], inside[1], inside[2], inside[3]
    most = blocks[0]  # a literal 0 would be a type of its own, compiled for once more
    for k in range(blocks.size):
        most = max(most, blocks[k])
    is_single = routes.shape[0] == 1
    for made in range(steps):
        if guard > 0 and _is_touched(board, guard):
            return made
        total = 0.0
        for c in range(board.shape[0]):
            is_source = False
            for k in range(routes.shape[0]):
                is_source |= routes[k, 0] == c
            if is_source:
                rows_forward(
                    board[c], spectra[c], most, row, square, radices_x, factors_x, places_x
                )
                if not is_single:
                    transform_columns(
                        spectra[c],
                        weights[0],
                        most,
                        work,
                        radices_y,
                        factors_y,
                        height_all,
                        FORWARD,
                    )
        needs_field = purpose != TO_STEP or not is_single
        if needs_field:
            for c in range(growth.shape[0]):
                for y in range(growth.shape[1]):
                    _clear(growth[c, y])
        for k in range(routes.shape[0]):
            target, mapping = routes[k, 1], routes[k, 2]
            spectrum = spectra[routes[k, 0]]
            if is_single:
                goal, ways = spectrum, BOTH
            else:
                goal, ways = work, BACK
            transform_columns(
                spectrum, weights[k], blocks[k], goal, radices_y, factors_y, height_all, ways
            )
            part = goal[: blocks[k] * height_all * ROWS]
            for y in range(top - top % ROWS, top + height, ROWS):
                rows_back(
                    part, blocks[k], y, potential, row, square, radices_x, factors_x, places_x
                )
                for i in range(max(y, top), min(y + ROWS, top + height)):
                    u = potential[i - y, left : left + width]
                    if purpose == TO_CONVOLVE:
                        _copy(u, growth[k, i - top])
                        continue
                    if needs_field:
                        g = growth[target, i - top]
                    else:
                        g = scratch[i - y, :width]
                        _clear(g)
                    add_growth(u, g, mapping, maps[k])
                    if purpose == TO_STEP and routes[k, 3]:
                        total += change_and_clip(board[target, i, left : left + width], g, change)
        moved[0] = total
    return steps
