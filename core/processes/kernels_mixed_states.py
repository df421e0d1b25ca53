"""Kernels that follow beliefs from symbol to symbol and merge those that agree.

Beliefs are points; a point is found again through a hash grid: its projection on a generic line
is cut into cells twice as wide as the tolerance, so that whatever lies within the tolerance is in
the same cell or in the one neighbour on the nearer side.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

MIX = 0x9E3779B97F4A7C15 - (1 << 64)
"""The golden ratio's bits, which spread neighbouring cells over the table (as a signed number)."""


@nb.njit(cache=True, nogil=True)
def slot_of(cell: int, size: int) -> int:
    """Return the slot of a cell in a table whose size is a power of two."""
    mixed = cell * MIX
    return int((mixed ^ (mixed >> 29)) & (size - 1))


@nb.njit(cache=True, nogil=True)
def find_point(
    point: Floats,
    line: Floats,
    tolerance: float,
    points: Floats,
    heads: Integers,
    links: Integers,
    cells: Integers,
) -> tuple[int, int]:
    """Return the number of the first stored point within the tolerance, or -1, and the cell.

    point : float64[n]
    line : float64[n], the direction of the projection, absolute values summing to at most 1
    points : float64[capacity, n]
    heads : int64[2**b], the newest point of each slot, or -1
    links : int64[capacity], the point stored before in the same slot, or -1
    cells : int64[capacity], the cell of each point
    """
    place = 0.0
    for i in range(point.size):
        place += point[i] * line[i]
    scaled = place / (2.0 * tolerance)
    cell = int(np.floor(scaled))
    other = cell - 1 if scaled - cell < 0.5 else cell + 1
    for candidate in (cell, other):
        index = heads[slot_of(candidate, heads.size)]
        while index >= 0:
            if cells[index] == candidate:
                same = True
                for i in range(point.size):
                    if abs(points[index, i] - point[i]) > tolerance:
                        same = False
                        break
                if same:
                    return int(index), cell
            index = links[index]
    return -1, cell


@nb.njit(cache=True, nogil=True)
def store_point(
    index: int,
    point: Floats,
    cell: int,
    points: Floats,
    heads: Integers,
    links: Integers,
    cells: Integers,
) -> None:
    """Write a point under a new number into the table."""
    for i in range(point.size):
        points[index, i] = point[i]
    slot = slot_of(cell, heads.size)
    cells[index] = cell
    links[index] = heads[slot]
    heads[slot] = index


@nb.njit(cache=True, nogil=True)
def rehash(count: int, heads: Integers, links: Integers, cells: Integers) -> None:
    """Enter the first `count` points into a new, empty table."""
    for index in range(count):
        slot = slot_of(cells[index], heads.size)
        links[index] = heads[slot]
        heads[slot] = index


@nb.njit(cache=True, nogil=True)
def step_belief(
    point: Floats,
    begin: int,
    end: int,
    sources: Integers,
    targets: Integers,
    values: Floats,
    ones: Floats,
    out: Floats,
) -> float:
    """Write the normalised belief after one symbol and return the symbol's probability.

    begin, end : the symbol's edges in `sources`, `targets`, `values`
    ones : float64[n], the vector whose product with a belief is its total mass
    """
    out[:] = 0.0
    for e in range(begin, end):
        out[targets[e]] += point[sources[e]] * values[e]
    total = 0.0
    for i in range(out.size):
        total += out[i] * ones[i]
    if total > 0.0:
        for i in range(out.size):
            out[i] /= total
    return total


@nb.njit(cache=True, nogil=True)
def expand_beliefs(
    begin: int,
    steps: int,
    count: int,
    most: int,
    starts: Integers,
    sources: Integers,
    targets: Integers,
    values: Floats,
    ones: Floats,
    line: Floats,
    tolerance: float,
    least_probability: float,
    least_mass: float,
    points: Floats,
    mass: Floats,
    depth: Integers,
    following: Integers,
    probability: Floats,
    heads: Integers,
    links: Integers,
    cells: Integers,
) -> tuple[int, int]:
    """Find the successors of up to `steps` beliefs from `begin` on and number those that are new.

    starts : int64[k + 1], where the edges of each symbol begin
    mass : float64[capacity], the probability of the first path to each belief; a belief that would
        be new but is reached with less than `least_mass` is cut off
    depth : int64[capacity], the length of that path
    following : int64[capacity, k], successors: a number, -1 impossible, -2 cut off
    probability : float64[capacity, k]

    Returns the number of beliefs done with and the number of all known; stops at `most`.
    """
    out = np.empty(points.shape[1])
    index = begin
    while index < count and index < begin + steps:
        for x in range(starts.size - 1):
            p = step_belief(
                points[index], starts[x], starts[x + 1], sources, targets, values, ones, out
            )
            if p < least_probability:
                following[index, x] = -1
                probability[index, x] = 0.0
                continue
            probability[index, x] = p
            found, cell = find_point(out, line, tolerance, points, heads, links, cells)
            if found < 0 and mass[index] * p < least_mass:
                found = -2
            elif found < 0:
                if count == most:
                    return index, count
                store_point(count, out, cell, points, heads, links, cells)
                mass[count] = mass[index] * p
                depth[count] = depth[index] + 1
                found = count
                count += 1
            following[index, x] = found
        index += 1
    return index, count


@nb.njit(cache=True, nogil=True)
def carry_beliefs(
    begin: int,
    end: int,
    count: int,
    most: int,
    starts: Integers,
    sources: Integers,
    targets: Integers,
    values: Floats,
    ones: Floats,
    line: Floats,
    tolerance: float,
    least_probability: float,
    least_weight: float,
    merges: bool,
    beliefs: Floats,
    weights: Floats,
    points: Floats,
    point_weights: Floats,
    heads: Integers,
    links: Integers,
    cells: Integers,
) -> tuple[int, int]:
    """Carry the weights of beliefs one symbol on, adding up where beliefs agree.

    beliefs, weights : float64[m, n], float64[m], the level that is left
    merges : whether to look for beliefs that agree; without it the table is left alone
    points, point_weights : float64[capacity, n], float64[capacity], the level that is filled

    Returns the number of beliefs done with and the number of those reached; stops at `most`.
    """
    out = np.empty(points.shape[1])
    for index in range(begin, end):
        if count + starts.size - 1 > most:
            return index, count
        for x in range(starts.size - 1):
            p = step_belief(
                beliefs[index], starts[x], starts[x + 1], sources, targets, values, ones, out
            )
            weight = weights[index] * p
            if p < least_probability or weight < least_weight:
                continue
            if not merges:
                for i in range(out.size):
                    points[count, i] = out[i]
                point_weights[count] = weight
                count += 1
                continue
            found, cell = find_point(out, line, tolerance, points, heads, links, cells)
            if found < 0:
                store_point(count, out, cell, points, heads, links, cells)
                point_weights[count] = 0.0
                found = count
                count += 1
            point_weights[found] += weight
    return end, count


@nb.njit(cache=True, nogil=True)
def drive_belief(
    point: Floats,
    uniforms: Floats,
    starts: Integers,
    sources: Integers,
    targets: Integers,
    values: Floats,
    ones: Floats,
) -> None:
    """Move a belief along a word drawn from the process, in place.

    uniforms : float64[steps], numbers in [0, 1) that choose the symbols
    """
    out = np.empty(point.size)
    chosen = np.empty(point.size)
    for u in uniforms:
        left = u
        taken = False
        for x in range(starts.size - 1):
            p = step_belief(point, starts[x], starts[x + 1], sources, targets, values, ones, out)
            if p > 1e-13:
                chosen[:] = out
                taken = True
                left -= p
                if left < 0.0:
                    break
        if not taken:
            return
        point[:] = chosen


@nb.njit(cache=True, nogil=True)
def mean_symbol_entropy(beliefs: Floats, weights: Floats, emission: Floats) -> float:
    """Return the weighted mean of the entropies of the next symbol, in bits.

    beliefs, weights : float64[m, n], float64[m]
    emission : float64[n, k], Pr(symbol | state)
    """
    n, k = emission.shape
    total = 0.0
    for index in range(weights.size):
        entropy = 0.0
        for x in range(k):
            p = 0.0
            for i in range(n):
                p += beliefs[index, i] * emission[i, x]
            if p > 0.0:
                entropy -= p * np.log2(p)
        total += weights[index] * entropy
    return total
