"""Kernels of particle Lenia: particles sorted into cells, and the runs of them that can be near.

Arrays of three columns are used in two dimensions too; the third is 0 there. `periods` are the
sides of a torus, 0 on an open axis.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@nb.njit(cache=True, nogil=True, error_model="numpy")
def plan_cells(p: Floats, periods: Floats, reach: float, start: Floats, side: Floats,
                shape: Integers) -> None:  # fmt: skip
    """Choose cells with a few particles each, over the particles or over the periods.

    An open axis has as many cells as cover the particles, but no more than are worth while; those
    particles that lie outside belong to the outermost cells. Clamping brings no two particles
    further apart, so that none within reach is missed.
    """
    n, d = p.shape
    extent = np.empty(3)
    volume = 1.0
    for axis in range(d):
        low, high, middle = p[0, axis], p[0, axis], 0.0
        for i in range(n):
            low, high = min(low, p[i, axis]), max(high, p[i, axis])
            middle += p[i, axis] / n
        start[axis], extent[axis] = low, high - low
        if periods[axis] > 0.0:
            start[axis], extent[axis] = 0.0, periods[axis]
        elif extent[axis] > 64.0 * reach * n ** (1.0 / d):
            extent[axis] = 64.0 * reach * n ** (1.0 / d)
            start[axis] = middle - extent[axis] / 2
        volume *= max(extent[axis], reach / 8)
    wanted = min(max((6.0 * volume / n) ** (1.0 / d), reach / 8), reach)
    most = 4.0 * (n + 64.0) ** (1.0 / d)
    for axis in range(3):
        if axis >= d:
            start[axis], side[axis], shape[axis] = -0.5, 1.0, 1
        elif periods[axis] > 0.0:
            shape[axis] = max(1, int(min(extent[axis] / wanted, most)))
            side[axis] = extent[axis] / shape[axis]
        else:
            side[axis] = max(wanted, extent[axis] / most)
            shape[axis] = int(extent[axis] / side[axis]) + 1


@nb.njit(cache=True, nogil=True, error_model="numpy")
def sort(p: Floats, periods: Floats, start: Floats, side: Floats, shape: Integers,
          first: Integers, order: Integers, placed: Floats) -> None:  # fmt: skip
    """Sort particles by cell: `first` of each cell, their numbers, and their places.

    first : int64[cells + 1]; order : int64[n]; placed : float64[3, n], in the first period
    """
    n, d = p.shape
    where = np.empty(n, np.int64)
    x = np.zeros((n, 3))
    for cell in range(first.size):
        first[cell] = 0
    for i in range(n):
        cell = 0
        for axis in range(2, -1, -1):
            at = 0
            if axis < d:
                place = p[i, axis]
                if periods[axis] > 0.0:
                    place -= np.floor(place / periods[axis]) * periods[axis]
                x[i, axis] = place
                steps = (place - start[axis]) / side[axis]
                at = int(min(max(steps, 0.0), shape[axis] - 1.0))
            cell = cell * shape[axis] + at
        where[i] = cell
        first[cell + 1] += 1
    for cell in range(first.size - 1):
        first[cell + 1] += first[cell]
    filled = np.empty(first.size, np.int64)
    for cell in range(first.size):
        filled[cell] = first[cell]
    for i in range(n):
        at = filled[where[i]]
        filled[where[i]] += 1
        order[at] = i
        for axis in range(3):
            placed[axis, at] = x[i, axis]


@nb.njit(cache=True, nogil=True, error_model="numpy")
def row_widths(reach: float, side: Floats, ranges: Integers) -> Integers:
    """Return how many cells along x can be within reach, for each offset along z and y."""
    widths = np.full((2 * ranges[2] + 1, 2 * ranges[1] + 1), -1, np.int64)
    for oz in range(-ranges[2], ranges[2] + 1):
        for oy in range(-ranges[1], ranges[1] + 1):
            gap_y, gap_z = max(0, abs(oy) - 1) * side[1], max(0, abs(oz) - 1) * side[2]
            rest = reach * reach - gap_y * gap_y - gap_z * gap_z
            if rest > 0.0:
                widths[oz + ranges[2], oy + ranges[1]] = int(np.sqrt(rest) / side[0]) + 1
    return widths


@nb.njit(cache=True, nogil=True, error_model="numpy")
def spans_near(
    cell: int, shape: Integers, ranges: Integers, widths: Integers, periods: Floats,
    first: Integers, spans: Integers, shifts: Floats,
) -> int:  # fmt: skip
    """Write the runs of sorted particles that can be within reach of a cell; return how many.

    spans : int64[most, 2], begin and end; shifts : float64[most, 3], to be added to their places.
    On a periodic axis the same cell can come several times, as different images of itself.
    """
    x, rest = cell % shape[0], cell // shape[0]
    y, z = rest % shape[1], rest // shape[1]
    found = 0
    for oz in range(-ranges[2], ranges[2] + 1):
        at_z, turn_z = z + oz, 0
        if periods[2] > 0.0:
            turn_z = at_z // shape[2]
            at_z -= turn_z * shape[2]
        if at_z < 0 or at_z >= shape[2]:
            continue
        for oy in range(-ranges[1], ranges[1] + 1):
            width = widths[oz + ranges[2], oy + ranges[1]]
            at_y, turn_y = y + oy, 0
            if periods[1] > 0.0:
                turn_y = at_y // shape[1]
                at_y -= turn_y * shape[1]
            if width < 0 or at_y < 0 or at_y >= shape[1]:
                continue
            row = (at_z * shape[1] + at_y) * shape[0]
            low, high = x - width, x + width + 1
            turn_x = low // shape[0] if periods[0] > 0.0 else 0
            last_turn = (high - 1) // shape[0] if periods[0] > 0.0 else 0
            while turn_x <= last_turn:
                begin = first[row + max(low - turn_x * shape[0], 0)]
                end = first[row + min(high - turn_x * shape[0], shape[0])]
                if end > begin:
                    spans[found, 0], spans[found, 1] = begin, end
                    shifts[found, 0] = turn_x * periods[0]
                    shifts[found, 1] = turn_y * periods[1]
                    shifts[found, 2] = turn_z * periods[2]
                    found += 1
                turn_x += 1
    return found
