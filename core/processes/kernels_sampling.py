"""Kernels of sampling: the walk over the edges of a process, one edge a step."""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
Labels = npt.NDArray[np.uint16]
Pairs = npt.NDArray[np.uint32]

GOLDEN = np.uint64(0x9E3779B97F4A7C15)


@nb.njit(cache=True, nogil=True)
def fill_alias_tables(
    first: Integers, weights: Floats, columns: Integers, thresholds: Words, edges: Integers
) -> None:
    """Fill one alias table for each state (M. D. Vose, 1991).

    first : int64[n + 1], the first edge of each state in `weights`, and the end
    weights : float64[edges], probabilities; those of a state sum to 1
    columns : int64[n + 1], the first column of each table, and the end; each table has a power of
        two of columns, at least as many as its state has edges
    thresholds : uint64[columns], out: below it a column stands for its first edge, else the second
    edges : int64[2 * columns], out: the two edges of each column
    """
    for i in range(first.size - 1):
        start, size = columns[i], columns[i + 1] - columns[i]
        mass = np.zeros(size)
        stack = np.empty(size, dtype=np.int64)
        below, above = 0, size
        for c in range(size):
            if first[i] + c < first[i + 1]:
                mass[c] = weights[first[i] + c] * size
            if mass[c] < 1.0:
                stack[below] = c
                below += 1
            else:
                above -= 1
                stack[above] = c
        for c in range(size):
            edges[2 * (start + c)] = edges[2 * (start + c) + 1] = min(
                first[i] + c, first[i + 1] - 1
            )
            thresholds[start + c] = np.uint64(0xFFFFFFFFFFFFFFFF)
        while below > 0 and above < size:
            below -= 1
            small, large = stack[below], stack[above]
            thresholds[start + small] = np.uint64(mass[small] * 18446744073709549568.0)
            edges[2 * (start + small) + 1] = first[i] + large
            mass[large] -= 1.0 - mass[small]
            if mass[large] < 1.0:
                above += 1
                stack[below] = large
                below += 1


@nb.njit(cache=True, nogil=True)
def walk(
    columns: Integers, bits: Words, thresholds: Words, edge: Pairs, key: np.uint64,
    time: np.uint64, state: np.int64, symbols: Labels, states: Labels,
) -> np.int64:  # fmt: skip
    """Write one symbol and the state after it for each step; return the last state.

    columns : int64[n + 1], the first column of each state's alias table
    bits : uint64[n], the bits that choose a column, from 1 to 63
    thresholds : uint64[columns]
    edge : uint32[2 * columns], 65536 times the symbol plus the next state
    key : uint64, the seed; time : uint64, the number of steps before this call. A step's random
        number depends on these alone (splitmix64, G. L. Steele and others, 2014)
    symbols, states : uint16[steps], out
    """
    for t in range(symbols.size):
        z = key + (time + np.uint64(t) + np.uint64(1)) * GOLDEN
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
        # the high bits choose the column; the low bits, shifted up, the edge in it
        column = columns[state] + np.int64(z >> (np.uint64(64) - bits[state]))
        found = edge[2 * column + np.int64((z << bits[state]) >= thresholds[column])]
        state = np.int64(found & np.uint32(0xFFFF))
        symbols[t] = found >> np.uint32(16)
        states[t] = state
    return state


@nb.njit(cache=True, nogil=True)
def walk_evenly(
    bits: np.uint64, thresholds: Words, edge: Pairs, key: np.uint64,
    time: np.uint64, state: np.int64, symbols: Labels, states: Labels,
) -> np.int64:  # fmt: skip
    """Do as `walk` does where all states have tables of ``2**bits`` columns.

    Less waits for the state then: only two reads and a comparison from one step to the next.
    """
    shift = np.uint64(64) - bits
    for t in range(symbols.size):
        z = key + (time + np.uint64(t) + np.uint64(1)) * GOLDEN
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
        column = np.int64(z >> shift) + (state << np.int64(bits))
        found = edge[2 * column + np.int64((z << bits) >= thresholds[column])]
        state = np.int64(found & np.uint32(0xFFFF))
        symbols[t] = found >> np.uint32(16)
        states[t] = state
    return state
