"""Kernels that step two-state boards of bits, 64 cells of a row in a word, tiles at rest skipped.

A board is uint64[columns + 2, rows + 2]: the words of one column lie together, so that a loop down
a tile is a vector loop. Bit x of a word is the cell x to the right. There is a rim of one word on
each side, which the torus fills with the opposite side and the plane leaves empty; where the width
is no multiple of 64 the bit right of the last cell repeats the first cell of the row.

A tile is one word wide and 64 rows high. The board written to still holds the generation before
the last one, so a tile that comes out as it was there repeats with period two (or one), and as
long as its neighbours do so too it need not be computed: what it will be is already there.

Sources: Gosper's and Rokicki's use of period two in QuickLife (Golly); bit-sliced addition after
Warren, Hacker's Delight, section 8.
"""

from typing import Any

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

from core.automata.kernels_shapes import COEFFICIENTS as COEFFICIENTS
from core.automata.kernels_shapes import shape_tile

Words = npt.NDArray[np.uint64]
Bytes = npt.NDArray[np.uint8]
Integers = npt.NDArray[np.int64]

LIFE, EIGHT, SOME, FOUR, SHAPE = range(5)
"""Kinds of rules."""

TILE = 64
FIRST: Any = np.int64(1)
"""Typed, or numba would compile what is called with it once more for this number alone."""

ONE = np.uint64(1)
TOP = np.uint64(63)
FULL = np.uint64(0xFFFFFFFFFFFFFFFF)
EVERY_BYTE = np.uint64(0x0101010101010101)
BYTE = np.uint64(0xFF)


@nb.njit(cache=True, nogil=True)
def sum_rows(
    west: Words, middle: Words, east: Words, low: Words, high: Words, first: int, rows: int
) -> None:
    """Write the number of living cells among three in a row, for rows + 2 rows from `first` - 1.

    west, middle, east : uint64[>= first + rows + 1], three columns of words next to each other
    low, high : uint64[>= rows + 2], the two bits of the number, written
    """
    above = west[first - 1 : first + rows + 1]
    here = middle[first - 1 : first + rows + 1]
    right = east[first - 1 : first + rows + 1]
    for y in range(rows + 2):
        c = here[y]
        w = (c << ONE) | (above[y] >> TOP)
        e = (c >> ONE) | (right[y] << TOP)
        x = w ^ e
        low[y] = x ^ c
        high[y] = (w & e) | (x & c)


@nb.njit(cache=True, nogil=True)
def life_tile(low: Words, high: Words, old: Words, new: Words, mask: np.uint64, rows: int) -> None:
    """Write a tile of Life: alive are sums of nine of 3, and of 4 with a living middle.

    low, high : uint64[rows + 2], as `sum_rows` writes them
    old, new : uint64[rows], the tile before and after
    mask : the bits that are cells
    """
    for y in range(rows):
        a, b, c = low[y], low[y + 1], low[y + 2]
        d, e, f = high[y], high[y + 1], high[y + 2]
        ab = a ^ b
        odd = ab ^ c
        carry = (a & b) | (ab & c)
        # twos = d + e + f + carry, wanted 1 (with odd) or 2 (with even and alive)
        p, q = d ^ e, d & e
        r, s = f ^ carry, f & carry
        is_one = (p ^ r) & ~(q | s)
        is_two = (p & r) | ((q ^ s) & ~(p | r))
        new[y] = ((odd & is_one) | (old[y] & ~odd & is_two)) & mask


@nb.njit(cache=True, nogil=True)
def totalistic_tile(
    low_above: Words,
    high_above: Words,
    low: Words,
    high: Words,
    low_below: Words,
    high_below: Words,
    old: Words,
    new: Words,
    mask: np.uint64,
    rows: int,
    leaves: Words,
) -> None:
    """Write a tile of any rule on the number of living neighbours.

    low_above to high_below : uint64[rows + 2], as `sum_rows` or `sum_some` writes them: as a row
        counts for the one below it, for itself, and for the one above it
    leaves : uint64[20], for a sum of nine n (middle included): at 2 n all bits set if a dead cell
        with that sum comes alive, at 2 n + 1 all bits set if a living cell fares otherwise
    The other arguments are those of `life_tile`.
    """
    b0, d0, b1, d1 = leaves[0], leaves[1], leaves[2], leaves[3]
    b2, d2, b3, d3 = leaves[4], leaves[5], leaves[6], leaves[7]
    b4, d4, b5, d5 = leaves[8], leaves[9], leaves[10], leaves[11]
    b6, d6, b7, d7 = leaves[12], leaves[13], leaves[14], leaves[15]
    b8, d8, b9, d9 = leaves[16], leaves[17], leaves[18], leaves[19]
    for y in range(rows):
        a, b, c = low_above[y], low[y + 1], low_below[y + 2]
        d, e, f = high_above[y], high[y + 1], high_below[y + 2]
        ab = a ^ b
        odd = ab ^ c
        carry = (a & b) | (ab & c)
        p, q = d ^ e, d & e
        r, s = f ^ carry, f & carry
        two = p ^ r
        t = p & r
        four = t ^ q ^ s
        eight = q & s
        x = old[y]
        v0, v1 = b0 ^ (d0 & x), b1 ^ (d1 & x)
        v2, v3 = b2 ^ (d2 & x), b3 ^ (d3 & x)
        v4, v5 = b4 ^ (d4 & x), b5 ^ (d5 & x)
        v6, v7 = b6 ^ (d6 & x), b7 ^ (d7 & x)
        v8, v9 = b8 ^ (d8 & x), b9 ^ (d9 & x)
        v0 ^= odd & (v0 ^ v1)
        v2 ^= odd & (v2 ^ v3)
        v4 ^= odd & (v4 ^ v5)
        v6 ^= odd & (v6 ^ v7)
        v8 ^= odd & (v8 ^ v9)
        v0 ^= two & (v0 ^ v2)
        v4 ^= two & (v4 ^ v6)
        v0 ^= four & (v0 ^ v4)
        v0 ^= eight & (v0 ^ v8)
        new[y] = v0 & mask


@nb.njit(cache=True, nogil=True)
def sum_some(
    west: Words,
    middle: Words,
    east: Words,
    low: Words,
    high: Words,
    first: int,
    rows: int,
    at_left: np.uint64,
    at_right: np.uint64,
) -> None:
    """Write as `sum_rows`, but those at the left and at the right only where all bits are set."""
    left = west[first - 1 : first + rows + 1]
    here = middle[first - 1 : first + rows + 1]
    right = east[first - 1 : first + rows + 1]
    for y in range(rows + 2):
        c = here[y]
        w = ((c << ONE) | (left[y] >> TOP)) & at_left
        e = ((c >> ONE) | (right[y] << TOP)) & at_right
        x = w ^ e
        low[y] = x ^ c
        high[y] = (w & e) | (x & c)


@nb.njit(cache=True, nogil=True)
def four_tile(
    west: Words,
    middle: Words,
    east: Words,
    first: int,
    rows: int,
    mask: np.uint64,
    leaves: Words,
    new: Words,
) -> None:
    """Write a tile of any rule on the number of living ones among the four cells beside a cell.

    The arguments are those of `sum_rows` and of `totalistic_tile`.
    """
    b0, d0, b1, d1 = leaves[0], leaves[2] ^ leaves[3], leaves[2], leaves[4] ^ leaves[5]
    b2, d2, b3, d3 = leaves[4], leaves[6] ^ leaves[7], leaves[6], leaves[8] ^ leaves[9]
    b4, d4 = leaves[8], leaves[10] ^ leaves[11]
    d0, d1, d2, d3, d4 = d0 ^ b0, d1 ^ b1, d2 ^ b2, d3 ^ b3, d4 ^ b4
    above = middle[first - 1 : first - 1 + rows]
    here = middle[first : first + rows]
    below = middle[first + 1 : first + 1 + rows]
    left, right = west[first : first + rows], east[first : first + rows]
    for y in range(rows):
        x, n, s = here[y], above[y], below[y]
        w = (x << ONE) | (left[y] >> TOP)
        e = (x >> ONE) | (right[y] << TOP)
        upright, level = n ^ s, w ^ e
        both_upright, both_level = n & s, w & e
        odd = upright ^ level
        four = both_upright & both_level
        two = (both_upright ^ both_level) | (upright & level)
        v0, v1 = b0 ^ (d0 & x), b1 ^ (d1 & x)
        v2, v3 = b2 ^ (d2 & x), b3 ^ (d3 & x)
        v4 = b4 ^ (d4 & x)
        v0 ^= odd & (v0 ^ v1)
        v2 ^= odd & (v2 ^ v3)
        v0 ^= two & (v0 ^ v2)
        v0 ^= four & (v0 ^ v4)
        new[y] = v0 & mask


@nb.njit(cache=True, nogil=True)
def special_tile(
    west: Words,
    middle: Words,
    east: Words,
    first: int,
    rows: int,
    mask: np.uint64,
    kind: int,
    beside: Words,
    leaves: Words,
    places: Integers,
    sums: Words,
    new: Words,
) -> None:
    """Write a tile of a rule on shapes, or on numbers of fewer neighbours than eight.

    kind : SHAPE for shapes (`places`, as for `shape_tile`), FOUR for the four cells beside
        (`leaves`), or SOME (`leaves` and `beside`)
    beside : uint64[3, 2], all bits set where the cells at the left and at the right count in the
        rows above, here and below
    sums : uint64[6, 66], room to work in
    new : uint64[64], written
    The other arguments are those of `sum_rows` and of `totalistic_tile`.
    """
    if kind == SHAPE:
        shape_tile(west, middle, east, first, mask, places, new)
        return
    if kind == FOUR:
        four_tile(west, middle, east, first, rows, mask, leaves, new)
        return
    a, b, c, d, e, f = sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]
    sum_some(west, middle, east, a, b, first, rows, beside[0, 0], beside[0, 1])
    sum_some(west, middle, east, c, d, first, rows, beside[1, 0], beside[1, 1])
    sum_some(west, middle, east, e, f, first, rows, beside[2, 0], beside[2, 1])
    old = middle[first : first + rows]
    totalistic_tile(a, b, c, d, e, f, old, new, mask, rows, leaves)


@nb.njit(cache=True, nogil=True)
def fill_rim(board: Words, columns: int, rows: int, width: int) -> None:
    """Write the rim of a torus from its cells, for the whole board."""
    fill_sides(board, columns, width, FIRST, rows)
    fill_ends(board, columns, rows)


@nb.njit(cache=True, nogil=True)
def fill_sides(board: Words, columns: int, width: int, first: int, rows: int) -> None:
    """Write the rim left and right of some rows of a torus."""
    used = width - 64 * (columns - 1)
    up = np.uint64(64 - used)
    for y in range(first, first + rows):
        board[0, y] = board[columns, y] << up
    if used == 64:
        for y in range(first, first + rows):
            board[columns + 1, y] = board[1, y]
    else:
        cell = np.uint64(used)
        mask = (ONE << cell) - ONE
        for y in range(first, first + rows):
            board[columns, y] = (board[columns, y] & mask) | ((board[1, y] & ONE) << cell)


@nb.njit(cache=True, nogil=True)
def fill_ends(board: Words, columns: int, rows: int) -> None:
    """Write the rim above and below of a torus; the sides must be there."""
    for w in range(columns + 2):
        board[w, 0] = board[w, rows]
        board[w, rows + 1] = board[w, 1]


@nb.njit(cache=True, nogil=True)
def mark(flags: Bytes, w: int, t: int, moved: int, joined: bool) -> None:
    """Mark the tiles that a changed tile reaches in the next generation.

    flags : uint8[columns, tiles], written
    moved : bits 1, 2, 4, 8 when cells changed at the top, bottom, left and right edge
    """
    columns, tiles = flags.shape
    flags[w, t] = 1
    for across in range(-1, 2):
        if (across < 0 and not moved & 4) or (across > 0 and not moved & 8):
            continue
        x = w + across
        if x < 0 or x >= columns:
            if not joined:
                continue
            x = (x + columns) % columns
        for down in range(-1, 2):
            if (down < 0 and not moved & 1) or (down > 0 and not moved & 2):
                continue
            y = t + down
            if y < 0 or y >= tiles:
                if not joined:
                    continue
                y = (y + tiles) % tiles
            flags[x, y] = 1


@nb.njit(cache=True, nogil=True)
def step_board(
    boards: Words,
    which: int,
    flags: Bytes,
    fresh: bool,
    width: int,
    joined: bool,
    kind: int,
    beside: Words,
    leaves: Words,
    places: Integers,
    steps: int,
) -> int:
    """Make some generations and return which of the two boards holds the last one.

    boards : uint64[2, columns + 2, rows + 2], changed; with 64 words of memory behind it
    which : the board that holds the present generation, its rim filled
    flags : uint8[2, columns, tiles], at `which` the tiles to compute; changed
    fresh : the other board does not hold the generation before: nothing can be at rest yet
    joined : a torus rather than a plane
    kind, beside, leaves, places : the rule, as for `special_tile`
    """
    columns, rows = boards.shape[1] - 2, boards.shape[2] - 2
    tiles = flags.shape[2]
    low, high = np.empty(TILE + 2, np.uint64), np.empty(TILE + 2, np.uint64)
    sums = np.empty((6, TILE + 2), np.uint64)
    result = np.empty(TILE, np.uint64)
    last_mask = FULL >> np.uint64(64 * columns - width)
    for step in range(steps):
        old, new = boards[which], boards[1 - which]
        now, then = flags[which], flags[1 - which]
        for w in range(columns):
            for t in range(tiles):
                then[w, t] = 0
        busy = False
        for w in range(columns):
            west, middle, east, target = old[w], old[w + 1], old[w + 2], new[w + 1]
            mask = last_mask if w == columns - 1 else FULL
            right = np.uint64((width - 1) % 64 if w == columns - 1 else 63)
            for t in range(tiles):
                if now[w, t] == 0 and not fresh:
                    continue
                first = 1 + t * TILE
                count = min(TILE, rows - t * TILE)
                if kind >= SOME:
                    special_tile(
                        west, middle, east, first, count, mask, kind, beside, leaves, places, sums,
                        result,
                    )  # fmt: skip
                else:
                    sum_rows(west, middle, east, low, high, first, count)
                    here = middle[first : first + count]
                    if kind == LIFE:
                        life_tile(low, high, here, result, mask, count)
                    else:
                        totalistic_tile(
                            low, high, low, high, low, high, here, result, mask, count, leaves
                        )
                before = target[first : first + count]
                top = (before[0] ^ result[0]) & mask
                bottom = (before[count - 1] ^ result[count - 1]) & mask
                change = np.uint64(0)
                for y in range(count):
                    change |= before[y] ^ result[y]
                    before[y] = result[y]
                change &= mask
                if fresh:
                    then[w, t] = 1
                    busy = True
                elif change != 0:
                    moved = (top != 0) | ((bottom != 0) << 1)
                    moved |= ((change & ONE) != 0) << 2
                    moved |= ((change >> right) & ONE != 0) << 3
                    mark(then, w, t, moved, joined)
                    busy = True
        if joined:
            fill_sides(new, columns, width, FIRST, rows)
            fill_ends(new, columns, rows)
        which = 1 - which
        fresh = False
        if not busy:  # all is at rest: the generations to come alternate between the two boards
            return which if (steps - step - 1) % 2 == 0 else 1 - which
    return which


@nb.njit(cache=True, nogil=True)
def count_bits(board: Words, width: int) -> int:
    """Return how many cells live."""
    columns, rows = board.shape[0] - 2, board.shape[1] - 2
    last_mask = FULL >> np.uint64(64 * columns - width)
    total = 0
    for w in range(1, columns + 1):
        mask = last_mask if w == columns else FULL
        for y in range(1, rows + 1):
            total += popcount(board[w, y] & mask)
    return total


@nb.njit(cache=True, nogil=True)
def count_lines(
    board: Words,
    before: Words,
    width: int,
    rows: npt.NDArray[np.float64],
    columns: npt.NDArray[np.float64],
) -> int:
    """Write how many cells live in each row and each column; return how many have changed.

    before : like `board`, another generation
    rows, columns : float64[rows], float64[width], written to
    """
    count = board.shape[1] - 2
    last = board.shape[0] - 2
    last_mask = FULL >> np.uint64(64 * last - width)
    changed = 0
    for y in range(count):
        rows[y] = 0.0
    for w in range(last):
        mask = last_mask if w == last - 1 else FULL
        here, old = board[w + 1, 1 : 1 + count], before[w + 1, 1 : 1 + count]
        for y in range(count):
            rows[y] += np.float64(popcount(here[y] & mask))
            changed += popcount((here[y] ^ old[y]) & mask)
        cells = min(64, width - 64 * w)
        for x in range(cells):
            columns[64 * w + x] = 0.0
        for begin in range(0, count, 255):  # a byte holds no more
            end = min(begin + 255, count)
            for place in range(8):
                sums, shift = np.uint64(0), np.uint64(place)
                for y in range(begin, end):
                    sums += (here[y] >> shift) & EVERY_BYTE
                for x in range(place, cells, 8):
                    columns[64 * w + x] += np.float64((sums >> np.uint64(x - place)) & BYTE)
    return changed


@nb.njit(cache=True, nogil=True)
def popcount(word: np.uint64) -> int:
    """Return the number of ones of a word."""
    v = word - ((word >> ONE) & np.uint64(0x5555555555555555))
    v = (v & np.uint64(0x3333333333333333)) + ((v >> np.uint64(2)) & np.uint64(0x3333333333333333))
    v = (v + (v >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int((v * np.uint64(0x0101010101010101)) >> np.uint64(56))


@nb.njit(cache=True, nogil=True)
def draw_board(board: Words, size: Integers, x: int, y: int, shrink: int, frame: Bytes) -> None:
    """Write 1 for each pixel with a living cell.

    size : int64[2], width and height of the board in cells
    x, y : the cell at the upper left of the frame, anywhere
    shrink : cells per pixel along each side
    frame : uint8[height, width], zeros, written to
    """
    across, down = size[0], size[1]
    row = np.empty(board.shape[0], np.uint64)
    begin, end = max(x, 0), min(x + frame.shape[1] * shrink, across)
    if begin >= end:
        return
    for i in range(frame.shape[0]):
        first, last = max(y + i * shrink, 0), min(y + (i + 1) * shrink, down)
        if first >= last:
            continue
        for w in range(begin // 64, (end - 1) // 64 + 1):
            word = np.uint64(0)
            for each in range(first, last):
                word |= board[w + 1, each + 1]
            row[w] = word
        for j in range(max((-x) // shrink, 0), frame.shape[1]):
            left, right = max(x + j * shrink, 0), min(x + (j + 1) * shrink, across)
            if left >= right:
                if left >= across:
                    break
                continue
            frame[i, j] = any_bit(row, left, right)


@nb.njit(cache=True, nogil=True)
def any_bit(row: Words, left: int, right: int) -> int:
    """Return 1 if a bit from `left` to before `right` of a row of words is set."""
    for w in range(left // 64, (right - 1) // 64 + 1):
        word = row[w]
        if w == left // 64:
            word &= FULL << np.uint64(left % 64)
        if w == (right - 1) // 64:
            word &= FULL >> np.uint64(63 - (right - 1) % 64)
        if word != 0:
            return 1
    return 0
