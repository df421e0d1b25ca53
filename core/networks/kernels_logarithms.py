"""Kernels for tables of logarithms, where products of probabilities would underflow.

They are rarely needed, and so they go cell by cell.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

from core.networks.kernels_cliques import SOURCE

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@nb.njit(cache=True, nogil=True)
def add_logarithms(values: Floats) -> float:
    """Return the logarithm of the sum of the numbers of which these are the logarithms."""
    largest, total = -np.inf, 0.0
    for s in range(values.size):
        largest = max(largest, values[s])
    if largest == -np.inf:
        return largest
    for s in range(values.size):
        total += np.exp(values[s] - largest)
    result: float = largest + np.log(total)
    return result


@nb.njit(cache=True, nogil=True)
def work_through_logarithms(
    axes: int, terms: int, all_terms: int, part: int, parts: int, tables: Floats, work: Floats,
    shape: Integers, digits: Integers, strides: Integers, base: Integers, term: Integers,
) -> None:  # fmt: skip
    """Add the products of the first `terms` tables to the others, all of them logarithms.

    part, parts : which share of the clique's cells
    """
    cells = 1
    for j in range(axes):
        cells *= shape[j]
    begin, end = cells * part // parts, cells * (part + 1) // parts
    rest = begin
    for j in range(axes - 1, -1, -1):
        digits[j] = rest % shape[j]
        rest //= shape[j]
        for t in range(all_terms):
            base[t] += digits[j] * strides[j, t]
    for _ in range(begin, end):
        value = 0.0
        for t in range(terms):
            value += tables[base[t]] if term[t, SOURCE] == 0 else work[base[t]]
        if value > -np.inf:
            for t in range(terms, all_terms):
                low, high = value, work[base[t]]
                if low > high:
                    low, high = high, low
                work[base[t]] = high + np.log1p(np.exp(low - high)) if low > -np.inf else high
        j = axes - 1
        while j >= 0:
            digits[j] += 1
            for t in range(all_terms):
                base[t] += strides[j, t]
            if digits[j] < shape[j]:
                break
            for t in range(all_terms):
                base[t] -= strides[j, t] * shape[j]
            digits[j] = 0
            j -= 1
