"""Kernel that makes the factors of a model ready for inference."""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@nb.njit(cache=True, nogil=True)
def prepare_factors(
    given: Floats, starts: Integers, columns: Integers, out: Floats, scales: Floats
) -> int:
    """Bring every table to at most 1; return the first one with an empty column, or -1.

    given : float64, the tables one after another, not negative
    starts : int64[factors + 1]
    columns : int64[factors], cells of a column to be divided by its sum; 0 where the table as a
        whole is divided by its largest entry
    out : float64, the tables, then the logarithm of each one's smallest positive entry
    scales : float64[factors], what the table was divided by as a whole
    """
    for f in range(columns.size):
        first, last = starts[f], starts[f + 1]
        width = columns[f] if columns[f] > 0 else last - first
        least = np.inf
        scales[f] = 1.0
        for column in range(first, last, width):
            peak, total = 0.0, 0.0
            for i in range(column, column + width):
                peak = max(peak, given[i])
            if peak <= 0.0:
                if columns[f] > 0:
                    return f
                peak = 1.0
            for i in range(column, column + width):
                out[i] = given[i] / peak
                total += out[i]
            if columns[f] > 0:
                for i in range(column, column + width):
                    out[i] /= total
            else:
                scales[f] = peak
            for i in range(column, column + width):
                if 0.0 < out[i] < least:
                    least = out[i]
        out[starts[-1] + f] = np.log(least) if least < np.inf else 0.0
    return -1
