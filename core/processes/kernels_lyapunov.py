"""Kernels of the scales of a belief set: tangent vectors along an orbit, and cells of a grid."""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Symbols = npt.NDArray[np.int32]
Codes = npt.NDArray[np.int64]

SINGULAR = 1e-13
"""Relative to what was added up: a smaller vector is rounding."""


@nb.njit(cache=True, nogil=True)
def stretch(
    T: Floats, orbit: Floats, symbols: Symbols, frames: Floats, alive: Codes, logarithms: Floats
) -> None:
    """Carry a frame of tangent vectors along each orbit and add up the log2 of its stretching.

    Each step sends v to (v T[x] - g_x(eta) (v T[x] 1)) / p_x(eta), then Gram and Schmidt make the
    vectors orthonormal again, in order, so that the first finds the largest exponent. A vector that
    a singular map sends to zero is taken out of the frame.

    T : float64[k, n, n]
    orbit, symbols : float64[m, n], int32[m], beliefs and the symbols that led to them, in steps of
        all lanes; the first step of each lane only gives the belief to start from
    frames : float64[lanes, n - 1, n], orthonormal vectors with sum 0; changed
    alive : int64[lanes], the vectors of each frame that are left; changed
    logarithms : float64[n - 1], changed; minus infinity where a vector is gone
    """
    n, lanes = orbit.shape[1], frames.shape[0]
    fresh, product = np.empty(n), np.ones(n - 1)
    for at in range(lanes, orbit.shape[0]):
        lane = at % lanes
        x, frame = symbols[at], frames[lane]
        p = 0.0
        for i in range(n):
            mass = 0.0
            for j in range(n):
                mass += T[x, i, j]
            p += orbit[at - lanes, i] * mass
        kept = 0
        for a in range(alive[lane]):
            total, size = 0.0, 0.0
            for j in range(n):
                mass = 0.0
                for i in range(n):
                    mass += frame[a, i] * T[x, i, j]
                fresh[j] = mass
                size += abs(mass)
                total += mass
            for j in range(n):
                fresh[j] = (fresh[j] - orbit[at, j] * total) / p
            for b in range(kept):
                along = 0.0
                for j in range(n):
                    along += fresh[j] * frame[b, j]
                for j in range(n):
                    fresh[j] -= along * frame[b, j]
            square = 0.0
            for j in range(n):
                square += fresh[j] * fresh[j]
            norm = np.sqrt(square)
            if norm <= SINGULAR * (size + abs(total)) / p:
                continue
            product[kept] *= norm
            for j in range(n):
                frame[kept, j] = fresh[j] / norm
            kept += 1
        alive[lane] = kept
        for a in range(kept):
            if product[a] < 1e-100 or product[a] > 1e100:
                logarithms[a] += np.log2(product[a])
                product[a] = 1.0
    for a in range(n - 1):
        logarithms[a] += np.log2(product[a])
        if a >= alive.min():
            logarithms[a] = -np.inf


@nb.njit(cache=True, nogil=True)
def interleave(beliefs: Floats, bits: int, codes: Codes) -> None:
    """Write the cell of each belief on the grid of 2^-bits, coordinates interleaved bit by bit.

    Sorted, the codes are in order for all coarser grids too: each drops n - 1 more bits.

    beliefs : float64[m, n]; the last coordinate, which the others determine, is left out
    codes : int64[m]; (n - 1) bits is at most 62
    """
    dimensions = beliefs.shape[1] - 1
    side = 2.0**bits
    last = (1 << bits) - 1
    cells = np.empty(dimensions, np.int64)
    for at in range(beliefs.shape[0]):
        for d in range(dimensions):
            cells[d] = min(max(int(beliefs[at, d] * side), 0), last)
        code = 0
        for bit in range(bits - 1, -1, -1):
            for d in range(dimensions):
                code = (code << 1) | ((cells[d] >> bit) & 1)
        codes[at] = code


@nb.njit(cache=True, nogil=True)
def cell_sums(codes: Codes, shift: int) -> tuple[int, float, float]:
    """Return the occupied cells of a grid, sum c log2 c and sum c^2 over their counts c.

    codes : int64[m], sorted; a cell holds the codes that agree after `shift` bits are dropped
    """
    cells, logarithms, squares = 0, 0.0, 0.0
    start = 0
    for at in range(1, codes.size + 1):
        if at == codes.size or (codes[at] >> shift) != (codes[start] >> shift):
            count = float(at - start)
            cells += 1
            if count > 1.0:
                logarithms += count * np.log2(count)
            squares += count * count
            start = at
    return cells, logarithms, squares
