"""Kernels for the joints of all pairs of variables: carrying columns from separator to separator.

A separator's table has one row for each of its cells and one column for each state of each variable
that is being carried; an entry is P(cell, state | evidence).
"""

import math

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int32]
Integers = npt.NDArray[np.int64]

BLOCK = 64
"""Columns worked on at a time: the rows of such a block stay in the second cache."""

SERIES = 0.02
"""Below this excess the terms are summed as a series; there the closed form would cancel."""


@nb.njit(cache=True, nogil=True)
def carry(
    begin: int,
    end: int,
    rows_in: Indices,
    rows_out: Indices,
    weights: Floats,
    source: Floats,
    out: Floats,
    out_column: int,
) -> None:
    """Add to `out` what entries begin to end of a transition make of `source`.

    rows_in, rows_out : int32[entries], cells of the separators that are left and entered
    weights : float64[entries], P(cell entered | cell left)
    source : float64[cells left, columns]
    out : float64[cells entered, any], its columns from `out_column` on are added to
    """
    columns = source.shape[1]
    for first in range(0, columns, BLOCK):
        count = min(BLOCK, columns - first)
        there = out_column + first
        for e in range(begin, end):
            given = source[rows_in[e], first : first + count]
            made = out[rows_out[e], there : there + count]
            weight = weights[e]
            for c in range(count):  # a plain count from 0: several columns go at once
                made[c] += weight * given[c]


@nb.njit(cache=True, nogil=True)
def pair_information(joints: Floats, starts: Integers, result: Floats) -> None:
    """Write the mutual information in nats of one variable with each of several.

    joints : float64[states of the one, columns], P(its state, state of another)
    starts : int64[others + 1], where the columns of each other start; the last is their end
    result : float64[others]
    """
    rows = joints.shape[0]
    for k in range(starts.size - 1):
        begin, end = starts[k], starts[k + 1]
        total = 0.0
        for i in range(rows):
            for c in range(begin, end):
                total += joints[i, c]
        information = 0.0
        if total > 0.0:
            for i in range(rows):
                row = 0.0
                for c in range(begin, end):
                    row += joints[i, c]
                for c in range(begin, end):
                    column = 0.0
                    for other in range(rows):
                        column += joints[other, c]
                    independent = (row / total) * (column / total)
                    information += _term(joints[i, c] / total, independent)
        result[k] = information


@nb.njit(cache=True, nogil=True)
def _term(p: float, q: float) -> float:
    """Return p ln(p/q) - p + q, accurate where p is close to q; 0 where both are."""
    if p <= 0.0:
        return q
    if q <= 0.0:
        return 0.0
    x = (p - q) / q
    if x <= -1.0:
        return q
    if abs(x) >= SERIES:
        return q * ((1.0 + x) * math.log1p(x) - x)
    inner = 1 / 20 - x * (1 / 30 - x * (1 / 42 - x / 56))
    return q * x * x * (1 / 2 - x * (1 / 6 - x * (1 / 12 - x * inner)))
