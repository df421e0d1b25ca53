"""Kernels of the measures that are taken while a world runs: sums over a plane of weights.

`plane` is uint8, float32 or float64 [h, w]; sums are float64. Sums may be taken in any order,
which lets them run on several lanes; a weight is never no number.
"""

from typing import Any

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Plane = npt.NDArray[Any]

_ANY_ORDER = {"reassoc", "contract", "nsz"}


@nb.njit(cache=True, nogil=True, fastmath=_ANY_ORDER)
def add_up(
    plane: Plane, before: Plane, threshold: float, rows: Floats, columns: Floats, out: Floats
) -> int:
    """Write the sum of each row and each column; return how many cells are above a threshold.

    before : like `plane`, compared with it and then overwritten by it; or empty, [0, 0] of
        the same type, for no comparison
    rows, columns : float64[h], float64[w], written to
    out : float64[2], sum |plane - before| and how many cells changed, written where compared
    """
    height, width = plane.shape
    for x in range(width):
        columns[x] = 0.0
    above, changed, difference = 0, 0, 0.0
    some: Any
    limit = plane.dtype.type(threshold)  # as wide as the cells, so that more fit a register
    for y in range(height):
        row = plane[y]
        total, some = 0.0, np.int32(0)
        for x in range(width):
            value = np.float64(row[x])
            total += value
            columns[x] += value
            some += np.int32(row[x] > limit)
        rows[y] = total
        above += some
        if before.size > 0:
            old = before[y]
            part, some = limit - limit, np.int32(0)
            for x in range(width):
                new, last = row[x], old[x]
                part += new - last if new > last else last - new  # states have no sign
                some += np.int32(new != last)
                old[x] = new
            difference += part
            changed += some
    out[0], out[1] = difference, changed
    return above


@nb.njit(cache=True, nogil=True, fastmath=_ANY_ORDER)
def find_middle(
    weights: Floats, turns: Floats, wraps: bool, least: float, away: Floats, out: Floats
) -> None:
    """Find the mean place along one side.

    turns : float64[2, n], cosine and sine of each place as an angle on the circle
    wraps : the side is a circle, with no middle where the mean of the turns is not above `least`
    away : float64[n], the way of each place from the middle, written
    out : float64[4], sum of the weights, the middle (nan where there is none), and the means of
        the way from it and of its square, written
    """
    count = weights.size
    mass, along, across = 0.0, 0.0, 0.0
    if wraps:
        cosine, sine = turns[0], turns[1]
        for i in range(count):
            mass += weights[i]
            along += weights[i] * cosine[i]
            across += weights[i] * sine[i]
    else:
        for i in range(count):
            mass += weights[i]
            along += weights[i] * np.float64(i)
    out[0], out[1], out[2], out[3] = mass, np.nan, np.nan, np.nan
    if not mass > 0.0 or (wraps and count > 1 and np.hypot(along, across) < least * mass):
        return
    middle = along / mass
    if wraps:
        middle = np.arctan2(across, along) / (2.0 * np.pi) * count % count
    once, twice = 0.0, 0.0
    for i in range(count):
        way = np.float64(i) - middle
        if wraps:
            way -= count * np.rint(way / count)
        away[i] = way
        once += weights[i] * way
        twice += weights[i] * way * way
    out[1], out[2], out[3] = middle, once / mass, twice / mass


@nb.njit(cache=True, nogil=True, fastmath=_ANY_ORDER)
def add_crosswise(plane: Plane, dx: Floats, dy: Floats, vx: float, vy: float, out: Floats) -> None:
    """Write sum A dx dy, and the mass to the left and to the right of a line through (0, 0).

    dx, dy : float64[w], float64[h], places of columns and rows
    vx, vy : along the line; with y downwards its right is where vx dy - vy dx > 0
    out : float64[3]
    """
    height, width = plane.shape
    cross, left, right = 0.0, 0.0, 0.0
    for y in range(height):
        row = plane[y]
        along, up = 0.0, vx * dy[y]
        for x in range(width):
            value = np.float64(row[x])
            side = up - vy * dx[x]
            along += value * dx[x]
            right += value if side > 0.0 else 0.0
            left += value if side < 0.0 else 0.0
        cross += along * dy[y]
    out[0], out[1], out[2] = cross, left, right


@nb.njit(cache=True, nogil=True, fastmath=_ANY_ORDER)
def add_differences(before: Plane, after: Plane, out: Floats) -> None:
    """Write sum |after - before|, and how many cells changed.

    out : float64[2]
    """
    height, width = before.shape
    total, changed = 0.0, 0
    for y in range(height):
        one, other = before[y], after[y]
        for x in range(width):
            difference = np.float64(other[x]) - np.float64(one[x])
            total += abs(difference)
            changed += difference != 0.0
    out[0], out[1] = total, changed
