"""Kernels of particle Lenia: velocities of all particles, and steps.

For every cell the particles that can be within reach of its own are copied side by side, relative
to a particle of the cell, so that the sums run over a plain array.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

from core.automata.kernels_particle_cells import plan_cells, row_widths, sort, spans_near
from core.automata.kernels_particle_sums import add_coupled, add_up

Floats = npt.NDArray[np.float64]
Reals = npt.NDArray[np.floating]
Integers = npt.NDArray[np.int64]

PAD = 32
"""Candidates are filled up to a multiple of this with one that is too far to count."""

ZERO, FAR = 4, 8
"""Places in `numbers`."""


@nb.njit(cache=True, nogil=True, error_model="numpy")
def _copy_moved(places: Floats, move: float, out: Reals) -> None:
    for j in range(places.size):
        out[j] = places[j] + move


@nb.njit(cache=True, nogil=True, error_model="numpy")
def _gather(
    found: int, spans: Integers, shifts: Floats, placed: Floats, slope: Floats, middle: Floats,
    near: Reals, numbers: Reals,
) -> int:  # fmt: skip
    """Copy the particles of some runs side by side, relative to `middle`; return how many.

    near : real[4, enough], their places and slopes, filled up with some that are too far
    """
    at = 0
    for k in range(found):
        begin, end = spans[k, 0], spans[k, 1]
        until = at + end - begin
        for axis in range(3):
            _copy_moved(
                placed[axis, begin:end], shifts[k, axis] - middle[axis], near[axis, at:until]
            )
        _copy_moved(slope[begin:end], 0.0, near[3, at:until])
        at = until
    padded = (at + PAD - 1) // PAD * PAD
    for j in range(at, padded):
        near[0, j], near[1, j], near[2, j] = numbers[FAR], numbers[FAR], numbers[FAR]
        near[3, j] = numbers[ZERO]
    return padded


@nb.njit(cache=True, nogil=True, error_model="numpy")
def advance(
    p: Floats, periods: Floats, reach: float, numbers: Reals, field_shape: Floats, is_total: bool,
    dt: float, steps: int, velocity: Floats, field: Floats, repulsion: Floats,
) -> int:  # fmt: skip
    """Make Euler steps in place; return how many were made before a number was none.

    p : float64[n, d], n at least 1, changed; periods : float64[3], 0 on an open axis
    reach : no pair further apart counts
    numbers : real[15], see `kernels_particle_sums`
    field_shape : float64[5], w_k, sigma_k, mu_g, sigma_g, c_rep
    is_total : whether they descend the sum of all energies instead of each its own
    velocity : float64[n, d]; field, repulsion : float64[n]; out, before the last step's move
    """
    n, d = p.shape
    w, sigma_k, mu_g = field_shape[0], field_shape[1], field_shape[2]
    sigma_g, c_rep = field_shape[3], field_shape[4]
    scale = -2.0 / (sigma_k * sigma_k) * w
    pushes = 2.0 * c_rep if is_total else c_rep
    start, side, middle = np.empty(3), np.empty(3), np.empty(3)
    shape, ranges = np.empty(3, np.int64), np.empty(3, np.int64)
    order, placed, slope = np.empty(n, np.int64), np.empty((3, n)), np.empty(n)
    for axis in range(3):
        ranges[axis] = 0
    for i in range(n):
        slope[i] = 0.0
    near, out = np.empty((4, 1024), numbers.dtype), np.empty(8, numbers.dtype)
    for step in range(steps):
        plan_cells(p, periods, reach, start, side, shape)
        first = np.empty(shape[0] * shape[1] * shape[2] + 1, np.int64)
        sort(p, periods, start, side, shape, first, order, placed)
        for axis in range(d):
            ranges[axis] = int(reach / side[axis]) + 1
            if periods[axis] == 0.0:
                ranges[axis] = min(ranges[axis], shape[axis] - 1)
        widths = row_widths(reach, side, ranges)
        most = widths.size * ((2 * ranges[0] + 3) // shape[0] + 2)
        spans, shifts = np.empty((most, 2), np.int64), np.empty((most, 3))
        for passing in range(2 if is_total else 1):
            for cell in range(first.size - 1):
                if first[cell + 1] == first[cell]:
                    continue
                found = spans_near(cell, shape, ranges, widths, periods, first, spans, shifts)
                count = PAD
                for k in range(found):
                    count += spans[k, 1] - spans[k, 0]
                if count > near.shape[1]:
                    near = np.empty((4, 2 * count), numbers.dtype)
                for axis in range(3):
                    middle[axis] = placed[axis, first[cell]]
                count = _gather(found, spans, shifts, placed, slope, middle, near, numbers)
                for i in range(first[cell], first[cell + 1]):
                    number = order[i]
                    for axis in range(3):
                        out[axis] = placed[axis, i] - middle[axis]
                    if passing == 1:
                        add_coupled(near, count, numbers, out)
                        for axis in range(d):
                            velocity[number, axis] += scale * out[1 + axis]
                        continue
                    add_up(near, count, numbers, out)
                    field[number] = w * out[0]
                    v = (field[number] - mu_g) / sigma_g
                    slope[i] = -2.0 * v / sigma_g * np.exp(-v * v)
                    repulsion[number] = c_rep / 2 * out[7]
                    for axis in range(d):
                        velocity[number, axis] = (
                            slope[i] * scale * out[1 + axis] + pushes * out[4 + axis]
                        )
        unsound = 0.0
        for i in range(n):
            for axis in range(d):
                unsound += velocity[i, axis] * 0.0
        if unsound != 0.0:  # what is infinite or no number does not give 0
            return step
        for i in range(n):
            for axis in range(d):
                p[i, axis] += dt * velocity[i, axis]
                if periods[axis] > 0.0:
                    p[i, axis] -= np.floor(p[i, axis] / periods[axis]) * periods[axis]
    return steps
