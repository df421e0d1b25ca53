"""Kernel of particle Lenia: pictures of the fields."""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Reals = npt.NDArray[np.floating]


@nb.njit(cache=True, nogil=True, fastmath=True, error_model="numpy")
def splat(
    p: Floats, periods: Floats, reach: float, numbers: Reals, low: Floats, pitch: float,
    field: Reals, repulsion: Reals,
) -> None:  # fmt: skip
    """Add the fields of all particles to a picture of them, without their weights.

    low : float64[2 or 3], the place of the first pixel's middle; a third number is the plane z that
        is shown
    pitch : the distance of two pixels
    field, repulsion : real[height, width], added to
    """
    n, d = p.shape
    height, width = field.shape
    mu, inverse, squared = numbers[0], numbers[1], numbers[2]
    zero, one, fraction, most = numbers[4], numbers[5], numbers[6], numbers[7]
    c2, c3, c4, c5 = numbers[9], numbers[10], numbers[11], numbers[12]
    c6, c7 = numbers[13], numbers[14]
    across, row = np.empty(width, numbers.dtype), np.empty(1, numbers.dtype)
    turns = np.zeros((3, 2), np.int64)
    for axis in range(d):
        if periods[axis] > 0.0:
            length = (0.0 if axis == 2 else pitch * (width if axis == 0 else height)) + reach
            turns[axis, 0] = int(np.floor((low[axis] - reach) / periods[axis])) - 1
            turns[axis, 1] = int(np.ceil((low[axis] + length) / periods[axis])) + 1
    for i in range(n):
        for tz in range(turns[2, 0], turns[2, 1] + 1):
            off = 0.0
            if d == 3:
                off = p[i, 2] + tz * periods[2] - low[2]
            rest = reach * reach - off * off
            if rest <= 0.0:
                continue
            radius = np.sqrt(rest)
            for ty in range(turns[1, 0], turns[1, 1] + 1):
                cy = (p[i, 1] + ty * periods[1] - low[1]) / pitch
                if cy < -radius / pitch - 1.0 or cy > height + radius / pitch + 1.0:
                    continue
                for tx in range(turns[0, 0], turns[0, 1] + 1):
                    cx = (p[i, 0] + tx * periods[0] - low[0]) / pitch
                    if cx < -radius / pitch - 1.0 or cx > width + radius / pitch + 1.0:
                        continue
                    left = max(0, int(np.ceil(cx - radius / pitch)))
                    right = min(width, int(np.floor(cx + radius / pitch)) + 1)
                    for x in range(left, right):
                        across[x] = ((x - cx) * pitch) ** 2 + off * off
                    for y in range(
                        max(0, int(np.ceil(cy - radius / pitch))),
                        min(height, int(np.floor(cy + radius / pitch)) + 1),
                    ):
                        row[0] = ((y - cy) * pitch) ** 2
                        up = row[0]
                        for x in range(left, right):
                            square = across[x] + up
                            r = np.sqrt(square)
                            v = (r - mu) * inverse
                            t = min(v * v, most) * fraction
                            k = one - t * (one - t * (c2 - t * (c3 - t * (
                                c4 - t * (c5 - t * (c6 - t * c7))))))  # fmt: skip
                            k = k * k
                            k = k * k
                            k = k * k
                            k = k * k
                            k = k * k
                            s = max(zero, one - r)
                            field[y, x] += k if square < squared else zero
                            repulsion[y, x] += s * s
