"""Kernels of exact inference: messages over a clique tree.

A clique's table is stored flat, the last variable fastest, and read as ROWS runs of LENGTH cells,
so that the cell (a, b) of a clique belongs to the cell ``maps[HIGH + a] + maps[LOW + b]`` of a
smaller table (a separator or a variable) linked to it.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Indices = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.uint8]

START, ROWS, LENGTH, FIRST, HOMES, END = 0, 1, 2, 3, 4, 5
"""Columns of `cliques`: first cell; rows; cells in a row; its own separator's link, then the links
to its children's separators; the links to the variables at home in it; one past its last link."""

HIGH, LOW, RUN, TABLE, SIZE, OWNER = 0, 1, 2, 3, 4, 5
"""Columns of `links`: the maps; cells of a row that share one target at a time; first cell and
number of cells of the linked table; the clique below that separator, or the variable."""

LINEAR, SUPPORT, LOGARITHMIC = 0, 1, 2
"""What a table holds: probabilities; 1 where they are positive; their natural logarithms."""

FINE, IMPOSSIBLE, UNDERFLOW = 0, 1, 2
"""What `collect` and `distribute` return. After UNDERFLOW the digits are not to be trusted."""

TINY = 1e-290
"""A product of two positive numbers below this is near the end of the range of doubles."""

FAINT = 1e-250
"""A largest entry below this leaves too little range for the division on the way back."""


# -- maps ------------------------------------------------------------------------------------------


@nb.njit(cache=True, nogil=True)
def fill_map(sizes: Integers, strides: Integers, out: Indices) -> None:
    """Write for each cell of a table (last axis fastest) the sum of its digits times strides.

    sizes, strides : int64[axes]
    out : uint32[product of sizes]
    """
    digits = np.zeros(sizes.size, np.int64)
    value = 0
    for cell in range(out.size):
        out[cell] = value
        axis = sizes.size - 1
        while axis >= 0:
            digits[axis] += 1
            value += strides[axis]
            if digits[axis] < sizes[axis]:
                break
            value -= strides[axis] * sizes[axis]
            digits[axis] = 0
            axis -= 1


@nb.njit(cache=True, nogil=True)
def fill_maps(
    axes: Integers, sizes: Integers, strides: Integers, cliques: Integers, links: Integers
) -> Indices:
    """Return all maps of a clique tree, one after another.

    axes : int64[links, 4], for each link its clique, the first of its entries in `sizes` and
        `strides`, the first of them that belongs to the row, and one past the last
    sizes, strides : int64[...], the axes of the clique and their strides in the linked table
    """
    total = 0
    for k in range(links.shape[0]):
        total += cliques[axes[k, 0], ROWS] + cliques[axes[k, 0], LENGTH]
    maps = np.empty(total, np.uint32)
    for k in range(links.shape[0]):
        i, first, split, last = axes[k]
        high, low = links[k, HIGH], links[k, LOW]
        fill_map(sizes[first:split], strides[first:split], maps[high : high + cliques[i, ROWS]])
        fill_map(sizes[split:last], strides[split:last], maps[low : low + cliques[i, LENGTH]])
    return maps


# -- messages --------------------------------------------------------------------------------------
#
# The loops over a row take slices that start at 0 and unsigned maps: then no index can be negative,
# and the compiler turns them into vector instructions.


@nb.njit(cache=True, nogil=True)
def multiply_row(row: Floats, source: Floats, low: Indices, run: int) -> int:
    """Multiply a row by a smaller table; return how many positive products came near underflow.

    row : float64[length], changed
    source : float64[...], the cells of the table from the first that belongs to the row
    low : uint32[length], the cell of `source` for each cell of the row
    run : neighbouring cells of the row that share one; divides the length
    """
    tiny = 0
    if run == 1:
        for b in range(row.size):
            x, y = row[b], source[low[b]]
            z = x * y
            tiny += 1 if (z < TINY) & (x > 0) & (y > 0) else 0
            row[b] = z
        return tiny
    for b in range(0, row.size, run):
        y = source[low[b]]
        for j in range(b, b + run):
            x = row[j]
            z = x * y
            tiny += 1 if (z < TINY) & (x > 0) & (y > 0) else 0
            row[j] = z
    return tiny


@nb.njit(cache=True, nogil=True)
def scale_row(row: Floats, source: Floats, low: Indices, run: int) -> None:
    """Multiply a row by a smaller table without watching for underflow, at twice the speed."""
    if run == 1:
        for b in range(row.size):
            row[b] *= source[low[b]]
        return
    for b in range(0, row.size, run):
        y = source[low[b]]
        for j in range(b, b + run):
            row[j] *= y


@nb.njit(cache=True, nogil=True)
def add_row(row: Floats, target: Floats, low: Indices, run: int) -> None:
    """Add a row's cells to the cells of the smaller table that they belong to."""
    if run == 1:
        for b in range(row.size):
            target[low[b]] += row[b]
        return
    for b in range(0, row.size, run):
        total, fours = 0.0, b + run - run % 4
        for j in range(b, fours, 4):  # the order is part of the result: keep it
            total += (row[j] + row[j + 1]) + (row[j + 2] + row[j + 3])
        for j in range(fours, b + run):
            total += row[j]
        target[low[b]] += total


@nb.njit(cache=True, nogil=True)
def shift_row(row: Floats, source: Floats, low: Indices) -> None:
    """Add a smaller table of logarithms to a row of logarithms."""
    for b in range(row.size):
        row[b] += source[low[b]]


@nb.njit(cache=True, nogil=True)
def log_add_row(row: Floats, target: Floats, low: Indices) -> None:
    """Add a row of logarithms of numbers to a smaller table of such logarithms."""
    for b in range(row.size):
        x, y = row[b], target[low[b]]
        if x > y:
            x, y = y, x
        if x > -np.inf:
            y += np.log1p(np.exp(x - y))
        target[low[b]] = y


@nb.njit(cache=True, nogil=True)
def row_factor(
    i: int, a: int, cliques: Integers, links: Integers, maps: Indices, up: Floats,
    likelihoods: Floats, observed: Flags,
) -> float:  # fmt: skip
    """Return the product of the factors that are constant along row `a` of clique `i`.

    It is 0 where a factor is, and not a number where a positive product came near underflow.
    """
    factor = 1.0
    for k in range(cliques[i, FIRST] + 1, cliques[i, END]):
        home = k >= cliques[i, HOMES]
        if links[k, RUN] < cliques[i, LENGTH] or (home and observed[links[k, OWNER]] == 0):
            continue
        cell = links[k, TABLE] + np.int64(maps[links[k, HIGH] + a])
        y = likelihoods[cell] if home else up[cell]
        factor *= y
        if factor < TINY:
            return 0.0 if y == 0.0 else np.nan
    return factor


@nb.njit(cache=True, nogil=True)
def load_row(
    i: int, a: int, cliques: Integers, links: Integers, maps: Indices, potentials: Floats,
    up: Floats, likelihoods: Floats, observed: Flags, mode: int, watch: bool, row: Floats,
) -> int:  # fmt: skip
    """Write row `a` of clique `i`: potential times likelihoods times messages from below.

    Returns IMPOSSIBLE when the whole row is 0 (then `row` is not written); UNDERFLOW when `watch`
    and a positive product of probabilities came near underflow; or FINE.
    row : float64[length]
    """
    length = row.size
    start = cliques[i, START] + a * length
    factor = 1.0
    if mode != LOGARITHMIC:
        factor = row_factor(i, a, cliques, links, maps, up, likelihoods, observed)
        if factor == 0.0:
            return IMPOSSIBLE
        if np.isnan(factor):
            return UNDERFLOW
    tiny = 0
    cells = potentials[start : start + length]
    for b in range(length):
        x = cells[b]
        z = x * factor
        tiny += 1 if (z < TINY) & (x > 0) else 0
        row[b] = z
    for k in range(cliques[i, FIRST] + 1, cliques[i, END]):
        home = k >= cliques[i, HOMES]
        run = links[k, RUN]
        if home and observed[links[k, OWNER]] == 0:
            continue
        if run == length and mode != LOGARITHMIC:
            continue
        first = links[k, TABLE] + np.int64(maps[links[k, HIGH] + a])
        source = likelihoods[first:] if home else up[first:]
        low = maps[links[k, LOW] : links[k, LOW] + length]
        if mode == LOGARITHMIC:
            shift_row(row, source, low)
        elif watch:
            tiny += multiply_row(row, source, low, run)
        else:
            scale_row(row, source, low, run)
    return UNDERFLOW if watch and tiny > 0 and mode == LINEAR else FINE


@nb.njit(cache=True, nogil=True)
def finish_message(message: Floats, mode: int) -> float:
    """Scale a message so that its largest entry is 1 (logarithm 0); return what it was before."""
    largest: float = message[0]
    for s in range(1, message.size):
        largest = max(largest, message[s])
    if mode == LOGARITHMIC:
        if largest > -np.inf:
            message -= largest
    elif mode == SUPPORT:
        for s in range(message.size):
            message[s] = 1.0 if message[s] > 0 else 0.0
    elif largest > 0:
        message /= largest
    return largest


@nb.njit(cache=True, nogil=True)
def collect(
    units: Integers, cliques: Integers, links: Integers, maps: Indices, potentials: Floats,
    likelihoods: Floats, observed: Flags, mode: int, up: Floats, scales: Floats,
) -> int:  # fmt: skip
    """Send the messages from the leaves towards the roots, for a stretch of the work.

    units : int64[u, 3], clique, first row, one past the last row; children before parents
    potentials : float64[cells], the cliques' tables
    likelihoods, observed : float64[states], uint8[variables], the evidence; 1 marks a finding
    up : float64[separator cells], neutral at first (0, or -inf for logarithms); a root has one cell
    scales : float64[cliques], what the largest entry of each message was before scaling
    """
    space = np.empty(cliques[:, LENGTH].max())
    neutral = -np.inf if mode == LOGARITHMIC else 0.0
    for u in range(units.shape[0]):
        i, begin, end = units[u]
        own, length = cliques[i, FIRST], cliques[i, LENGTH]
        row = space[:length]
        low, run = maps[links[own, LOW] : links[own, LOW] + length], links[own, RUN]
        for a in range(begin, end):
            status = load_row(
                i, a, cliques, links, maps, potentials, up, likelihoods, observed, mode, True, row
            )
            if status == UNDERFLOW:
                return UNDERFLOW
            if status == IMPOSSIBLE:
                continue
            target = up[links[own, TABLE] + np.int64(maps[links[own, HIGH] + a]) :]
            if mode == LOGARITHMIC:
                log_add_row(row, target, low)
            else:
                add_row(row, target, low, run)
        if end == cliques[i, ROWS]:
            first = links[own, TABLE]
            scales[i] = finish_message(up[first : first + links[own, SIZE]], mode)
            if scales[i] == neutral:
                return IMPOSSIBLE
            if mode == LINEAR and scales[i] < FAINT:
                return UNDERFLOW
    return FINE


@nb.njit(cache=True, nogil=True)
def divide_message(down: Floats, up: Floats, scale: float, mode: int) -> bool:
    """Divide a parent's marginal by what the child had sent, 0/0 = 0; return whether it is finite.

    down : float64[s], the marginal, changed into the message from the parent
    up, scale : float64[s] and float, the scaled message from the child and its scale
    """
    finite = True
    for s in range(down.size):
        if mode == LOGARITHMIC:
            down[s] = down[s] - up[s] - scale if up[s] > -np.inf else -np.inf
        else:
            down[s] = down[s] / up[s] / scale if up[s] > 0 else 0.0
            finite &= down[s] < np.inf
    return finite


@nb.njit(cache=True, nogil=True)
def distribute(
    units: Integers, cliques: Integers, links: Integers, maps: Indices, potentials: Floats,
    likelihoods: Floats, observed: Flags, mode: int, up: Floats, scales: Floats, down: Floats,
    marginals: Floats,
) -> int:  # fmt: skip
    """Send the messages from the roots to the leaves and read every variable at its home.

    units : int64[u, 3], clique, first row, one past the last row; parents before children
    up, scales : as `collect` left them
    down : float64[separator cells], neutral at first but for the roots' cells: one over their scale
    marginals : float64[states], neutral at first; P(state | evidence) up to rounding of the sum
    """
    space = np.empty(cliques[:, LENGTH].max())
    for u in range(units.shape[0]):
        i, begin, end = units[u]
        own, length = cliques[i, FIRST], cliques[i, LENGTH]
        row = space[:length]
        for a in range(begin, end):
            first = links[own, TABLE] + np.int64(maps[links[own, HIGH] + a])
            if mode == LINEAR and links[own, RUN] == length and down[first] == 0.0:
                continue
            status = load_row(
                i, a, cliques, links, maps, potentials, up, likelihoods, observed, mode, False, row
            )
            if status != FINE:
                continue
            low = maps[links[own, LOW] : links[own, LOW] + length]
            if mode == LOGARITHMIC:
                shift_row(row, down[first:], low)
            else:
                scale_row(row, down[first:], low, links[own, RUN])
            for k in range(own + 1, cliques[i, END]):
                first = links[k, TABLE] + np.int64(maps[links[k, HIGH] + a])
                target = marginals[first:] if k >= cliques[i, HOMES] else down[first:]
                low = maps[links[k, LOW] : links[k, LOW] + length]
                if mode == LOGARITHMIC:
                    log_add_row(row, target, low)
                else:
                    add_row(row, target, low, links[k, RUN])
        if end == cliques[i, ROWS]:
            for k in range(own + 1, cliques[i, HOMES]):
                first, last = links[k, TABLE], links[k, TABLE] + links[k, SIZE]
                scale = scales[links[k, OWNER]]
                if not divide_message(down[first:last], up[first:last], scale, mode):
                    return UNDERFLOW
    return FINE
