"""Kernels that multiply rows of a clique's table together and add them up.

Indices are made unsigned before they are added to: then none can be negative, and the compiler
turns the loops into vector instructions.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.uint32]

TINY = 1e-290
"""A product of two positive numbers below this is near the end of the range of doubles."""


@nb.njit(cache=True, nogil=True)
def fill_row(row: Floats, length: int, value: float) -> None:
    """Write one value into the first cells of a row."""
    for b in range(np.uint64(length)):
        row[b] = value


@nb.njit(cache=True, nogil=True)
def copy_row(row: Floats, length: int, factor: float, source: Floats, first: int) -> None:
    """Write a factor times neighbouring cells."""
    start = np.uint64(first)
    for b in range(np.uint64(length)):
        row[b] = factor * source[start + b]


@nb.njit(cache=True, nogil=True)
def copy_product(
    row: Floats, length: int, factor: float, kept: Floats, source: Floats, first: int
) -> None:
    """Write a factor times another row times neighbouring cells."""
    start = np.uint64(first)
    for b in range(np.uint64(length)):
        row[b] = factor * kept[b] * source[start + b]


@nb.njit(cache=True, nogil=True)
def multiply_row(row: Floats, length: int, source: Floats, first: int) -> None:
    """Multiply a row by neighbouring cells."""
    start = np.uint64(first)
    for b in range(np.uint64(length)):
        row[b] *= source[start + b]


@nb.njit(cache=True, nogil=True)
def gather_row(
    row: Floats, length: int, source: Floats, first: int, maps: Indices, low: int
) -> None:
    """Multiply a row by the cells that a map of the row points at."""
    start, place = np.uint64(first), np.uint64(low)
    for b in range(np.uint64(length)):
        row[b] *= source[start + np.uint64(maps[place + b])]


@nb.njit(cache=True, nogil=True)
def multiply_row_watched(row: Floats, length: int, source: Floats, first: int) -> int:
    """Multiply as `multiply_row`; return how many positive products came near underflow."""
    start, tiny = np.uint64(first), 0
    for b in range(np.uint64(length)):
        x, y = row[b], source[start + b]
        z = x * y
        tiny += 1 if (z < TINY) & (x > 0) & (y > 0) else 0
        row[b] = z
    return tiny


@nb.njit(cache=True, nogil=True)
def gather_row_watched(
    row: Floats, length: int, source: Floats, first: int, maps: Indices, low: int
) -> int:
    """Multiply as `gather_row`; return how many positive products came near underflow."""
    start, place, tiny = np.uint64(first), np.uint64(low), 0
    for b in range(np.uint64(length)):
        x, y = row[b], source[start + np.uint64(maps[place + b])]
        z = x * y
        tiny += 1 if (z < TINY) & (x > 0) & (y > 0) else 0
        row[b] = z
    return tiny


@nb.njit(cache=True, nogil=True)
def add_row(row: Floats, length: int, target: Floats, first: int) -> None:
    """Add a row to neighbouring cells."""
    start = np.uint64(first)
    for b in range(np.uint64(length)):
        target[start + b] += row[b]


@nb.njit(cache=True, nogil=True)
def add_twice(row: Floats, length: int, added: Floats, target: Floats, first: int) -> None:
    """Add a row to another row and to neighbouring cells."""
    start = np.uint64(first)
    for b in range(np.uint64(length)):
        x = row[b]
        added[b] += x
        target[start + b] += x


@nb.njit(cache=True, nogil=True)
def scatter_row(
    row: Floats, length: int, target: Floats, first: int, maps: Indices, low: int
) -> None:
    """Add a row to the cells that a map of the row points at."""
    start, place = np.uint64(first), np.uint64(low)
    for b in range(np.uint64(length)):
        target[start + np.uint64(maps[place + b])] += row[b]


@nb.njit(cache=True, nogil=True, fastmath={"reassoc", "nsz"})
def sum_row(row: Floats, length: int) -> float:
    """Return the sum of a row; its terms may be added in any order."""
    total = 0.0
    for b in range(np.uint64(length)):
        total += row[b]
    return total


@nb.njit(cache=True, nogil=True)
def pack_row(
    out: Floats, place: int, length: int, source: Floats, first: int, maps: Indices, low: int
) -> None:
    """Write the cells that a map of the row points at, one after another."""
    to, start, at = np.uint64(place), np.uint64(first), np.uint64(low)
    for b in range(np.uint64(length)):
        out[to + b] = source[start + np.uint64(maps[at + b])]


@nb.njit(cache=True, nogil=True)
def unpack_row(
    cells: Floats, place: int, length: int, target: int, maps: Indices, low: int
) -> None:
    """Add neighbouring cells to the cells of the same array that a map of the row points at."""
    start, to, at = np.uint64(place), np.uint64(target), np.uint64(low)
    for b in range(np.uint64(length)):
        cells[to + np.uint64(maps[at + b])] += cells[start + b]
