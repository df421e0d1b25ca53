"""Plans of our own Fourier transforms: radices, factors, the order of outputs, kernel spectra."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]

NEGLIGIBLE = 2.0**-25
"""Part of a kernel's largest spectral weight, in single precision, below which a block of columns
is left out: a quarter of a unit in the last place. In double precision none is."""


@dataclass(frozen=True, eq=False)
class AxisPlan:
    """The transform along an axis of `size` cells.

    Attributes
    ----------
    radices : int64[stages], the innermost is 4
    factors : float64 or float32, cosines and sines in the order in which the butterflies need them
    places : int64[size], where output k is found
    """

    size: int
    radices: npt.NDArray[np.int64]
    factors: npt.NDArray[Any]
    places: npt.NDArray[np.int64]


def is_fast_size(size: int) -> bool:
    """Whether our transforms can do an axis of so many cells: multiples of 32 of 2, 3 and 5."""
    return size % 32 == 0 and _radices(size) is not None


def next_fast_size(size: int) -> int:
    """Return the least fast size that is not below `size`."""
    fast = max(32, -(-size // 32) * 32)
    while not is_fast_size(fast):
        fast += 32
    return fast


def axis_plan(size: int, dtype: npt.DTypeLike = np.float32) -> AxisPlan:
    """Return the plan for a fast size, its factors of the type of the data."""
    radices = _radices(size)
    assert radices is not None
    factors: list[npt.NDArray[np.float64]] = []
    places = np.zeros(size, dtype=np.int64)
    length, weight = size, 1
    k = np.arange(size)
    for radix in radices:
        legs = length // radix
        places += (k // weight) % radix * legs
        weight *= radix
        if legs > 1:
            turns = np.outer(np.arange(legs), np.arange(1, radix)) / length
            w = np.exp(-2j * np.pi * turns)
            factors.append(np.stack([w.real, w.imag], axis=-1).reshape(-1))
        else:
            factors.append(np.zeros(2 * (radix - 1)))
        length = legs
    flat = np.concatenate(factors).astype(dtype)
    return AxisPlan(size, np.array(radices, dtype=np.int64), flat, places)


def lane_weights(
    spectrum: Reals, columns: AxisPlan, rows: AxisPlan
) -> tuple[npt.NDArray[Any], int]:
    """Return a real spectrum as `transform_columns` wants it, and the number of blocks it needs.

    Parameters
    ----------
    spectrum : float64[H, W // 2 + 1]
        Of a kernel, as rfft2 gives it; real, since the kernel is symmetric.
    columns, rows : AxisPlan
        Of the axes of H and of W cells.
    """
    height, kept = spectrum.shape
    blocks = -(-kept // 16)
    padded = np.zeros((height, blocks * 16))
    padded[:, :kept] = spectrum
    strongest = np.abs(padded).max(axis=0).reshape(blocks, 16).max(axis=1)
    dtype = rows.factors.dtype
    least = NEGLIGIBLE * strongest.max() if dtype == np.float32 else 0.0
    needed = np.flatnonzero(strongest > least)
    count = int(needed[-1]) + 1 if needed.size else 0
    ordered = np.empty_like(padded)
    ordered[columns.places] = padded
    # `separate` gives twice the transform, and neither inverse divides by its length.
    ordered /= 2.0 * height * rows.size
    weights = ordered.reshape(height, blocks, 16).transpose(1, 0, 2)[:count]
    return np.ascontiguousarray(weights, dtype=dtype), count


def _radices(size: int) -> list[int] | None:
    rest, found = size, []
    for radix in (5, 3):
        while rest % radix == 0:
            found.append(radix)
            rest //= radix
    twos = rest.bit_length() - 1
    if rest != 1 << twos or twos < 2:
        return None
    return [*found, *([2] * (twos % 2)), *([4] * (twos // 2))]
