"""The kernel that eliminates the states of a chain one by one, skipping what is zero."""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@nb.njit(cache=True, nogil=True)
def eliminate_states(P: Floats) -> None:
    """Eliminate the states of an irreducible chain from the last on, in place, without subtraction.

    P : float64[n, n]; afterwards column i above the diagonal holds what leads to state i, as a
        share of what leaves it for the states before it
    """
    n = len(P)
    columns = np.empty(n, np.int64)
    for last in range(n - 1, 0, -1):
        count, leaving = 0, 0.0
        for j in range(last):
            if P[last, j] != 0.0:
                columns[count] = j
                count += 1
                leaving += P[last, j]
        for i in range(last):
            if P[i, last] != 0.0:
                P[i, last] /= leaving
                for c in range(count):
                    P[i, columns[c]] += P[i, last] * P[last, columns[c]]
