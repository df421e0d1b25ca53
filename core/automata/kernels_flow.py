"""Kernels of Flow-Lenia: flows from slopes, and mass that moves along them.

Arrays are float32 or float64. Those called `around` have a rim of one cell, filled with what lies
beyond the sides. Those called `wide` have a rim so wide that no mass leaves it.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

from core.automata.kernels_random import random_word

Floats = npt.NDArray[np.floating]
Places = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

AVERAGE, SOFTMAX, STOCHASTIC = 1, 2, 3


@nb.njit(cache=True, nogil=True, error_model="numpy")
def displace(A: Floats, U: Floats, total: Floats, numbers: Floats, away: Floats) -> None:
    """Write how far the mass of one channel moves: dt ((1 - alpha) grad U - alpha grad total).

    A : real[height, width]; U, total : real[height + 2, width + 2], `around`
    numbers : real[5], 1 / critical mass, power, dt times the slope's scale, the most that mass
        moves along an axis, 1
    away : real[2, height, width], out, along y and along x
    """
    over, power, scale, most, one = numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]
    is_square = power == 2
    height, width = A.shape
    for y in range(height):
        u0, u1, u2 = U[y], U[y + 1], U[y + 2]
        t0, t1, t2 = total[y], total[y + 1], total[y + 2]
        row, down, across = A[y], away[0, y], away[1, y]
        for x in range(width):
            a = row[x] * over
            a = a * a if is_square else a**power
            a = min(a, one)
            b = one - a
            uy = (u2[x] - u0[x]) + (u2[x + 2] - u0[x + 2]) + (u2[x + 1] - u0[x + 1]) + (
                u2[x + 1] - u0[x + 1])  # fmt: skip
            ux = (u0[x + 2] - u0[x]) + (u2[x + 2] - u2[x]) + (u1[x + 2] - u1[x]) + (
                u1[x + 2] - u1[x])  # fmt: skip
            ty = (t2[x] - t0[x]) + (t2[x + 2] - t0[x + 2]) + (t2[x + 1] - t0[x + 1]) + (
                t2[x + 1] - t0[x + 1])  # fmt: skip
            tx = (t0[x + 2] - t0[x]) + (t2[x + 2] - t2[x]) + (t1[x + 2] - t1[x]) + (
                t1[x + 2] - t1[x])  # fmt: skip
            down[x] = min(max(scale * (b * uy - a * ty), -most), most)
            across[x] = min(max(scale * (b * ux - a * tx), -most), most)


@nb.njit(cache=True, nogil=True, error_model="numpy")
def _spread(place: float, size: int, half: float, is_walled: bool, parts: Floats) -> int:
    """Write the parts of a mass around `place` that fall on the cells from the returned one on.

    parts : real[count], enough for all cells that are met; their sum is 1
    """
    if is_walled:
        place = min(max(place, half - 0.5), size - half - 0.5)
    first = int(np.floor(place - half + 0.5))
    rest = 1.0
    for i in range(parts.size - 1):
        part = min(max(0.5 + half - abs(first + i - place), 0.0), 1.0) / (2.0 * half)
        part = min(part, rest)
        parts[i] = part
        rest -= part
    parts[parts.size - 1] = rest  # so that no mass is lost to rounding
    return first


@nb.njit(cache=True, nogil=True, error_model="numpy")
def _spread_row(
    away: Floats, low: Places, high: Places, half: float, first: Integers, parts: Places
) -> None:
    """Do as `_spread` for a row of cells and at most three parts, relative to each cell.

    away, low, high : [width], how far they move, and the least and the most that walls allow
    first : int64[width], out; parts : float64[3, width], out
    """
    for x in range(away.size):
        move = min(max(np.float64(away[x]), low[x]), high[x])
        begin = np.floor(move - half + 0.5)
        first[x] = int(begin)
        offset = move - begin
        near = (0.5 + half - offset) / (2.0 * half)
        middle = min(min(0.5 + half - abs(1.0 - offset), 1.0) / (2.0 * half), 1.0 - near)
        parts[0, x], parts[1, x], parts[2, x] = near, middle, 1.0 - near - middle


@nb.njit(cache=True, nogil=True, error_model="numpy")
def _scatter_near(
    A: Floats, away: Floats, half: float, is_walled: bool, rim: int, wide: Floats
) -> None:
    """Do as `scatter` where a mass meets at most three cells along an axis."""
    height, width = A.shape
    down, across = np.empty((3, width)), np.empty((3, width))
    top, left = np.empty(width, np.int64), np.empty(width, np.int64)
    low, high = np.full((2, width), -np.inf), np.full((2, width), np.inf)
    if is_walled:
        for x in range(width):
            low[1, x], high[1, x] = half - 0.5 - x, width - half - 0.5 - x
    flat, side = wide.reshape(-1), width + 2 * rim
    for y in range(height):
        if is_walled:
            low[0], high[0] = half - 0.5 - y, height - half - 0.5 - y
        _spread_row(away[0, y], low[0], high[0], half, top, down)
        _spread_row(away[1, y], low[1], high[1], half, left, across)
        row = A[y]
        for x in range(width):
            if row[x] == 0.0:
                continue
            mass = np.float64(row[x])
            a, b, c = across[0, x], across[1, x], across[2, x]
            for i in range(3):
                part = mass * down[i, x]
                at = np.uint64((y + top[x] + i + rim) * side + x + left[x] + rim)
                flat[at] += part * a
                flat[at + np.uint64(1)] += part * b
                flat[at + np.uint64(2)] += part * c


@nb.njit(cache=True, nogil=True, error_model="numpy")
def scatter(A: Floats, away: Floats, half: float, is_walled: bool, rim: int, wide: Floats) -> None:
    """Add the mass of one channel where it comes to lie.

    A : real[height, width]; away : real[2, height, width]
    half : half the side of the square over which the mass of a cell is spread, at least 1/2
    wide : real[height + 2 rim, width + 2 rim], added to
    """
    if half <= 1.0:
        _scatter_near(A, away, half, is_walled, rim, wide)
        return
    height, width = A.shape
    count = int(np.ceil(2.0 * half)) + 1
    down, across = np.empty(count), np.empty(count)
    for y in range(height):
        for x in range(width):
            mass = np.float64(A[y, x])
            if mass == 0.0:
                continue
            top = _spread(y + np.float64(away[0, y, x]), height, half, is_walled, down)
            left = _spread(x + np.float64(away[1, y, x]), width, half, is_walled, across)
            for i in range(count):
                part = mass * down[i]
                if part != 0.0:
                    row = wide[top + i + rim, left + rim : left + rim + count]
                    for j in range(count):
                        row[j] += part * across[j]


@nb.njit(cache=True, nogil=True, error_model="numpy")
def mix_parameters(
    A: Floats, away: Floats, half: float, is_walled: bool, rim: int, mixing: int, key: np.uint64,
    parameters: Floats, weight: Floats, mixed: Floats, owner: Integers,
) -> None:  # fmt: skip
    """Carry the parameters of cells along with their mass and mix them where masses meet.

    A : real[channels, height, width]; away : real[channels, 2, height, width]
    parameters : real[kernels, height, width], changed; cells that no mass reaches keep theirs
    weight : float64[height, width], mixed : float64[kernels, height, width], zeros, written to
    owner : int64[height, width], -1, written to: whose parameters are taken when they are drawn
    """
    channels, height, width = A.shape
    kernels = parameters.shape[0]
    count = int(np.ceil(2.0 * half)) + 1
    side = 2 * rim + 1
    down, across, window = np.empty(count), np.empty(count), np.zeros((side, side))
    for y in range(height):
        for x in range(width):
            low_y, high_y, low_x, high_x = side, -1, side, -1
            for c in range(channels):
                mass = np.float64(A[c, y, x])
                if mass == 0.0:
                    continue
                top = _spread(y + np.float64(away[c, 0, y, x]), height, half, is_walled, down)
                left = _spread(x + np.float64(away[c, 1, y, x]), width, half, is_walled, across)
                top, left = top - y + rim, left - x + rim
                for i in range(count):
                    for j in range(count):
                        window[top + i, left + j] += mass * down[i] * across[j]
                low_y, high_y = min(low_y, top), max(high_y, top + count - 1)
                low_x, high_x = min(low_x, left), max(high_x, left + count - 1)
            for i in range(low_y, high_y + 1):
                for j in range(low_x, high_x + 1):
                    mass = window[i, j]
                    if mass <= 0.0:
                        continue
                    window[i, j] = 0.0
                    to_y, to_x = (y + i - rim) % height, (x + j - rim) % width
                    if mixing == SOFTMAX:
                        mass = np.expm1(mass)
                    weight[to_y, to_x] += mass
                    if mixing == STOCHASTIC:
                        counter = np.uint64((y * width + x) * side * side + i * side + j)
                        drawn = (random_word(key, counter) >> np.uint64(11)) * 2.0**-53
                        if drawn * weight[to_y, to_x] < mass:
                            owner[to_y, to_x] = y * width + x
                    else:
                        for k in range(kernels):
                            mixed[k, to_y, to_x] += mass * parameters[k, y, x]
    for k in range(kernels):
        for y in range(height):
            for x in range(width):
                if mixing == STOCHASTIC and owner[y, x] >= 0:
                    at = owner[y, x]
                    mixed[k, y, x] = parameters[k, at // width, at % width]
                elif mixing != STOCHASTIC and weight[y, x] > 0.0:
                    mixed[k, y, x] /= weight[y, x]
                else:
                    mixed[k, y, x] = parameters[k, y, x]
        for y in range(height):
            for x in range(width):
                parameters[k, y, x] = mixed[k, y, x]
