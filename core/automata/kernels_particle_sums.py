"""Kernels of particle Lenia: sums over the particles near one place.

The sums may be taken in any order (``fastmath``), so that several pairs are done in one
instruction, and the exponential is a polynomial, which an instruction does for all of them.

`numbers` holds, in the type in which pairs are added up: mu_k, 1 / sigma_k, the square of the
reach, the least square of a distance, 0, 1, 1/32, the largest exponent, a far place, and then the
coefficients 1/2!, 1/3! ... 1/7! of the exponential series.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.floating]


@nb.njit(cache=True, nogil=True, fastmath=True, error_model="numpy")
def add_up(near: Reals, count: int, numbers: Reals, out: Reals) -> None:
    """Add up the fields of some particles at one place.

    near : real[4, count or more], their places and slopes of growth
    out : real[8], in: x, y, z; out: the field, its slope along x, y, z over
        ``-2 / sigma^2``, the repulsion's slope (over minus its strength), and its potential (over
        half its strength)
    """
    bx, by, bz = near[0], near[1], near[2]
    x, y, z = out[0], out[1], out[2]
    mu, inverse, reach = numbers[0], numbers[1], numbers[2]
    floor, zero, one, fraction, most = numbers[3], numbers[4], numbers[5], numbers[6], numbers[7]
    c2, c3, c4, c5 = numbers[9], numbers[10], numbers[11], numbers[12]
    c6, c7 = numbers[13], numbers[14]
    u, e = zero, zero
    ax, ay, az = zero, zero, zero
    rx, ry, rz = zero, zero, zero
    for j in range(count):
        dx, dy, dz = x - bx[j], y - by[j], z - bz[j]
        square = max(dx * dx + dy * dy + dz * dz, floor)
        over = one / np.sqrt(square)
        r = square * over
        v = (r - mu) * inverse
        t = min(v * v, most) * fraction
        # exp(-32 t), as the 32nd power of a series that is short because t is small
        k = one - t * (one - t * (c2 - t * (c3 - t * (c4 - t * (c5 - t * (c6 - t * c7))))))
        k = k * k
        k = k * k
        k = k * k
        k = k * k
        k = k * k
        k = k if square < reach else zero
        a = k * (one - mu * over)
        b = max(zero, over - one)
        s = max(zero, one - r)
        u += k
        e += s * s
        ax += a * dx
        ay += a * dy
        az += a * dz
        rx += b * dx
        ry += b * dy
        rz += b * dz
    out[0], out[1], out[2], out[3] = u, ax, ay, az
    out[4], out[5], out[6], out[7] = rx, ry, rz, e


@nb.njit(cache=True, nogil=True, fastmath=True, error_model="numpy")
def add_coupled(near: Reals, count: int, numbers: Reals, out: Reals) -> None:
    """Add up the field's slopes as `add_up` does, each times that particle's slope of growth."""
    bx, by, bz, bg = near[0], near[1], near[2], near[3]
    x, y, z = out[0], out[1], out[2]
    mu, inverse, reach = numbers[0], numbers[1], numbers[2]
    floor, zero, one, fraction, most = numbers[3], numbers[4], numbers[5], numbers[6], numbers[7]
    c2, c3, c4, c5 = numbers[9], numbers[10], numbers[11], numbers[12]
    c6, c7 = numbers[13], numbers[14]
    ax, ay, az = zero, zero, zero
    for j in range(count):
        dx, dy, dz = x - bx[j], y - by[j], z - bz[j]
        square = max(dx * dx + dy * dy + dz * dz, floor)
        over = one / np.sqrt(square)
        v = (square * over - mu) * inverse
        t = min(v * v, most) * fraction
        k = one - t * (one - t * (c2 - t * (c3 - t * (c4 - t * (c5 - t * (c6 - t * c7))))))
        k = k * k
        k = k * k
        k = k * k
        k = k * k
        k = k * k
        k = k if square < reach else zero
        a = k * (one - mu * over) * bg[j]
        ax += a * dx
        ay += a * dy
        az += a * dz
    out[1], out[2], out[3] = ax, ay, az
