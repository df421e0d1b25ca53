"""Kernels that multiply rows of a clique's table together and add them up.

Indices are made unsigned before they are added to: then none can be negative, and the compiler
turns the loops into vector instructions.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
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


@nb.njit(cache=True, nogil=True, fastmath={"contract"})
def add_products(
    cells: Floats, a: int, b: int, c: int, length: int, steps_a: Integers, steps_b: Integers,
    first: int, last: int,
) -> None:  # fmt: skip
    """Add to the row at `c` the products of two rows each, four pairs of rows at a time.

    steps_a, steps_b : how far the rows of each pair lie from `a` and `b`; those from `first` to
        `last` are taken
    """
    end, to = np.uint64(length), np.uint64(c)
    k = first
    while k + 4 <= last:
        a0, b0 = np.uint64(a + steps_a[k]), np.uint64(b + steps_b[k])
        a1, b1 = np.uint64(a + steps_a[k + 1]), np.uint64(b + steps_b[k + 1])
        a2, b2 = np.uint64(a + steps_a[k + 2]), np.uint64(b + steps_b[k + 2])
        a3, b3 = np.uint64(a + steps_a[k + 3]), np.uint64(b + steps_b[k + 3])
        for x in range(end):
            cells[to + x] += (cells[a0 + x] * cells[b0 + x] + cells[a1 + x] * cells[b1 + x]) + (
                cells[a2 + x] * cells[b2 + x] + cells[a3 + x] * cells[b3 + x]
            )
        k += 4
    while k < last:
        a0, b0 = np.uint64(a + steps_a[k]), np.uint64(b + steps_b[k])
        for x in range(end):
            cells[to + x] += cells[a0 + x] * cells[b0 + x]
        k += 1


@nb.njit(cache=True, nogil=True, fastmath={"contract"})
def add_products_with_numbers(
    cells: Floats, a: int, b: int, c: int, length: int, steps_a: Integers, steps_b: Integers,
    first: int, last: int,
) -> None:  # fmt: skip
    """Add to the row at `c` rows times numbers, as `add_products` does with rows times rows."""
    end, to = np.uint64(length), np.uint64(c)
    k = first
    while k + 4 <= last:
        a0, b0 = np.uint64(a + steps_a[k]), cells[b + steps_b[k]]
        a1, b1 = np.uint64(a + steps_a[k + 1]), cells[b + steps_b[k + 1]]
        a2, b2 = np.uint64(a + steps_a[k + 2]), cells[b + steps_b[k + 2]]
        a3, b3 = np.uint64(a + steps_a[k + 3]), cells[b + steps_b[k + 3]]
        for x in range(end):
            cells[to + x] += (cells[a0 + x] * b0 + cells[a1 + x] * b1) + (
                cells[a2 + x] * b2 + cells[a3 + x] * b3
            )
        k += 4
    while k < last:
        a0, b0 = np.uint64(a + steps_a[k]), cells[b + steps_b[k]]
        for x in range(end):
            cells[to + x] += cells[a0 + x] * b0
        k += 1


@nb.njit(cache=True, nogil=True, fastmath={"contract", "reassoc", "nsz"})
def sum_products(
    cells: Floats, a: int, b: int, length: int, steps_a: Integers, steps_b: Integers, first: int,
    last: int,
) -> float:  # fmt: skip
    """Return the sum of the products of pairs of rows; its terms may be added in any order."""
    end, total = np.uint64(length), 0.0
    for k in range(first, last):
        a0, b0 = np.uint64(a + steps_a[k]), np.uint64(b + steps_b[k])
        for x in range(end):
            total += cells[a0 + x] * cells[b0 + x]
    return total
