"""Kernels that step two-state tiles of 64 by 64 cells scattered over the unbounded plane.

Tiles are made where life reaches an edge. As on the bit board, the words written to hold the
generation before the last one, and tiles that come out as there are left alone until a neighbour
changes.

`words` is uint64[2, tiles, 64], two generations, bit x of a row for the cell x to the right.
`places` is int64[tiles, 2], the column and row of each tile among all tiles of the plane.
`neighbours` is int32[tiles, 9], the tiles around in reading order (4 is the tile), -1 for none.
`table` is int32[2^k], a hash of the places with open addressing, -1 where free.
`lists` is int32[2, tiles] of the tiles to compute, and `marks` uint8[2, tiles] tells which.
`state` is int64[4]: tiles, those to compute now, those to compute next.
"""

from typing import Any

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

from core.automata.kernels_bit_board import (
    FIRST,
    LIFE,
    SOME,
    life_tile,
    popcount,
    special_tile,
    sum_rows,
    totalistic_tile,
)

Words = npt.NDArray[np.uint64]
Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int32]
Integers = npt.NDArray[np.int64]

TILES, NOW, NEXT = 0, 1, 2
ROWS: Any = np.int64(64)
ONE = np.uint64(1)
TOP = np.uint64(63)
FULL = np.uint64(0xFFFFFFFFFFFFFFFF)


@nb.njit(cache=True, nogil=True)
def entry(numbers: npt.NDArray[np.integer[Any]], at: int) -> int:
    """Return an entry as a wide number, so that each kernel is compiled for those only."""
    return np.int64(numbers[at])  # type: ignore[return-value]


@nb.njit(cache=True, nogil=True)
def tile_at(places: Integers, table: Numbers, x: int, y: int) -> int:
    """Return the tile at a place, or -1 less the position where it would enter the hash."""
    mask = table.size - 1
    mixed = (np.uint64(x) * np.uint64(0x9E3779B97F4A7C15)) ^ (
        np.uint64(y) * np.uint64(0xC2B2AE3D27D4EB4F)
    )
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xFF51AFD7ED558CCD)
    position: Any = np.int64(mixed >> np.uint64(34)) & mask
    while table[position] >= 0:
        tile = entry(table, position)
        if places[tile, 0] == x and places[tile, 1] == y:
            return tile
        position = (position + 1) & mask
    free: int = -1 - position
    return free


@nb.njit(cache=True, nogil=True)
def make_tile(
    words: Words,
    places: Integers,
    neighbours: Numbers,
    table: Numbers,
    marks: Bytes,
    state: Integers,
    x: int,
    y: int,
) -> int:
    """Return the tile at a place, made empty if there is none; there must be room."""
    found = tile_at(places, table, x, y)
    if found >= 0:
        return found
    tile: int = state[TILES]
    state[TILES] += 1
    table[-1 - found] = tile
    for row in range(64):
        words[0, tile, row] = 0
        words[1, tile, row] = 0
    marks[0, tile] = 0
    marks[1, tile] = 0
    places[tile, 0], places[tile, 1] = x, y
    for way in range(9):
        other = tile_at(places, table, x + way % 3 - 1, y + way // 3 - 1)
        if other >= 0:
            neighbours[tile, way] = other
            neighbours[other, 8 - way] = tile
        else:
            neighbours[tile, way] = -1
    return tile


@nb.njit(cache=True, nogil=True)
def mark_tile(lists: Numbers, marks: Bytes, state: Integers, which: int, tile: int) -> None:
    """Have a tile computed in the generation after this one."""
    if marks[which, tile] == 0:
        marks[which, tile] = 1
        lists[which, state[NEXT]] = tile
        state[NEXT] += 1


@nb.njit(cache=True, nogil=True)
def gather(words: Words, neighbours: Numbers, tile: int, columns: Words, empty: Words) -> None:
    """Write the tile with a rim of one row and one word on each side.

    words : uint64[tiles, 64]
    columns : uint64[3, 66], written: the words left of the tile, its own, and those right of it
    empty : uint64[64], zeros
    """
    for across in range(3):
        above, here = neighbours[tile, across], neighbours[tile, 3 + across]
        below = neighbours[tile, 6 + across]
        column = columns[across]
        column[0] = words[above, 63] if above >= 0 else np.uint64(0)
        source = words[here] if here >= 0 else empty
        for y in range(64):
            column[1 + y] = source[y]
        column[65] = words[below, 0] if below >= 0 else np.uint64(0)


@nb.njit(cache=True, nogil=True)
def edges_of(rows: Words, any_bits: np.uint64) -> int:
    """Return the neighbours, bits of their numbers, that bits at the edges of a tile reach.

    rows : uint64[2], bits of the first and the last row
    any_bits : the bits of all rows
    """
    west, east = np.int64(any_bits & ONE), np.int64(any_bits >> TOP)
    reached = west << 3 | east << 5
    for end in range(2):
        row = rows[end]
        if row != 0:
            reached |= 2 << (6 * end)
            reached |= np.int64(row & ONE) << (6 * end)
            reached |= np.int64(row >> TOP) << (2 + 6 * end)
    return reached  # type: ignore[return-value]


@nb.njit(cache=True, nogil=True)
def missing(neighbours: Numbers, tiles: Numbers, count: int) -> int:
    """Return how many neighbours the first `count` of some tiles lack."""
    lacking = 0
    for i in range(count):
        for way in range(9):
            if neighbours[tiles[i], way] < 0:
                lacking += 1
    return lacking


@nb.njit(cache=True, nogil=True)
def step_tiles(
    words: Words,
    places: Integers,
    neighbours: Numbers,
    table: Numbers,
    lists: Numbers,
    marks: Bytes,
    state: Integers,
    which: int,
    parity: int,
    fresh: bool,
    kind: int,
    beside: Words,
    leaves: Words,
    choices: Integers,
    steps: int,
    tile_steps: int,
) -> int:
    """Make generations while there is room and return how many were made.

    which : the one of `words`, `lists` and `marks` with the present generation; after an odd
        number of generations it is the other one
    parity : of the present generation, for rules that differ
    fresh : the other words do not hold the generation before: nothing can be at rest yet
    kind, beside, leaves, choices : the rule, as for `special_tile`; uint64[2, 20] and int64[2, 29],
        of even and of odd generations
    tile_steps : stop after about so many tiles
    """
    low, high = np.empty(66, np.uint64), np.empty(66, np.uint64)
    sums = np.empty((6, 66), np.uint64)
    columns = np.empty((3, 66), np.uint64)
    empty = np.zeros(64, np.uint64)
    result = np.empty(64, np.uint64)
    ends = np.empty(2, np.uint64)
    capacity = words.shape[1]
    for made in range(steps):
        if tile_steps <= 0:
            return made
        free = capacity - state[TILES]
        if free < 8 * state[NOW] and free < missing(neighbours, lists[which], state[NOW]):
            return made
        tile_steps -= state[NOW] + 1
        old, new = words[which], words[1 - which]
        turn = (parity + made) & 1
        state[NEXT] = 0
        for i in range(state[NOW]):
            tile = entry(lists[which], i)
            marks[which, tile] = 0
            gather(old, neighbours, tile, columns, empty)
            if kind >= SOME:
                special_tile(
                    columns[0], columns[1], columns[2], FIRST, ROWS, FULL, kind, beside,
                    leaves[turn], choices[turn], sums, result,
                )  # fmt: skip
            else:
                sum_rows(columns[0], columns[1], columns[2], low, high, FIRST, ROWS)
                here = columns[1, 1:65]
                if kind == LIFE:
                    life_tile(low, high, here, result, FULL, ROWS)
                else:
                    totalistic_tile(
                        low, high, low, high, low, high, here, result, FULL, ROWS, leaves[turn]
                    )
            target = new[tile]
            ends[0], ends[1] = target[0] ^ result[0], target[63] ^ result[63]
            change, alive = np.uint64(0), np.uint64(0)
            for y in range(64):
                change |= target[y] ^ result[y]
                alive |= result[y]
                target[y] = result[y]
            touched = 0 if fresh else edges_of(ends, change)
            ends[0], ends[1] = result[0], result[63]
            if fresh or change != 0:
                mark_tile(lists, marks, state, 1 - which, tile)
                # where something went or came, and where life is: all that a birth may depend on
                touched |= edges_of(ends, alive)
                for way in range(9):
                    other = entry(neighbours[tile], way)
                    if other < 0 and (touched >> way) & 1:
                        x = places[tile, 0] + way % 3 - 1
                        y = places[tile, 1] + way // 3 - 1
                        other = make_tile(words, places, neighbours, table, marks, state, x, y)
                    if other >= 0 and (fresh or (touched >> way) & 1):
                        mark_tile(lists, marks, state, 1 - which, other)
        state[NOW] = state[NEXT]
        which = 1 - which
        fresh = False
        if state[NOW] == 0:
            return made + 1
    return steps


@nb.njit(cache=True, nogil=True)
def surround(
    words: Words,
    places: Integers,
    neighbours: Numbers,
    table: Numbers,
    lists: Numbers,
    marks: Bytes,
    state: Integers,
    which: int,
) -> None:
    """Make the tiles that life at the edges reaches and have all tiles computed next.

    There must be room for all the neighbours that tiles lack.
    """
    ends = np.empty(2, np.uint64)
    for tile in range(state[TILES]):
        rows = words[which, tile]
        alive = np.uint64(0)
        for y in range(64):
            alive |= rows[y]
        ends[0], ends[1] = rows[0], rows[63]
        reached = edges_of(ends, alive)
        for way in range(9):
            if (reached >> way) & 1 and neighbours[tile, way] < 0:
                x, y = places[tile, 0] + way % 3 - 1, places[tile, 1] + way // 3 - 1
                make_tile(words, places, neighbours, table, marks, state, x, y)
    for tile in range(state[TILES]):
        lists[which, tile] = tile
        marks[which, tile] = 1
    state[NOW] = state[TILES]


@nb.njit(cache=True, nogil=True)
def enter_tiles(places: Integers, neighbours: Numbers, table: Numbers, tiles: int) -> None:
    """Put all tiles into an empty hash and find the neighbours of each."""
    for tile in range(tiles):
        table[-1 - tile_at(places, table, places[tile, 0], places[tile, 1])] = tile
    for tile in range(tiles):
        for way in range(9):
            other = tile_at(
                places, table, places[tile, 0] + way % 3 - 1, places[tile, 1] + way // 3 - 1
            )
            neighbours[tile, way] = other if other >= 0 else -1


@nb.njit(cache=True, nogil=True)
def pack_tiles(
    words: Words, places: Integers, lists: Numbers, marks: Bytes, state: Integers, which: int
) -> None:
    """Take empty tiles out of the arrays; the hash and the neighbours are then to be made anew."""
    kept = 0
    state[NOW] = 0
    for tile in range(state[TILES]):
        alive = marks[which, tile] != 0
        for y in range(64):
            if words[0, tile, y] | words[1, tile, y]:
                alive = True
                break
        if not alive:
            continue
        if kept != tile:
            for y in range(64):
                words[0, kept, y] = words[0, tile, y]
                words[1, kept, y] = words[1, tile, y]
            places[kept, 0], places[kept, 1] = places[tile, 0], places[tile, 1]
        marks[which, kept] = marks[which, tile]
        marks[1 - which, kept] = 0
        if marks[which, kept]:
            lists[which, state[NOW]] = kept
            state[NOW] += 1
        kept += 1
    state[TILES] = kept


@nb.njit(cache=True, nogil=True)
def read_words(
    words: Words, places: Integers, table: Numbers, x: int, y: int, region: Words
) -> None:
    """Write the words of some tiles from (x, y) on, uint64[64 rows of tiles, columns of tiles]."""
    for down in range(region.shape[0] // 64):
        for across in range(region.shape[1]):
            tile = tile_at(places, table, x + across, y + down)
            for row in range(64):
                word = words[tile, row] if tile >= 0 else np.uint64(0)
                region[64 * down + row, across] = word


@nb.njit(cache=True, nogil=True)
def write_words(
    words: Words,
    places: Integers,
    neighbours: Numbers,
    table: Numbers,
    marks: Bytes,
    state: Integers,
    which: int,
    x: int,
    y: int,
    region: Words,
) -> None:
    """Set the words of some tiles as `read_words` gives them; there must be room for new ones."""
    for down in range(region.shape[0] // 64):
        for across in range(region.shape[1]):
            tile = tile_at(places, table, x + across, y + down)
            if tile < 0:
                alive = False
                for row in range(64):
                    alive |= region[64 * down + row, across] != 0
                if not alive:
                    continue
                tile = make_tile(
                    words, places, neighbours, table, marks, state, x + across, y + down
                )
            for row in range(64):
                words[which, tile, row] = region[64 * down + row, across]


@nb.njit(cache=True, nogil=True)
def write_leaves(
    words: Words,
    places: Integers,
    neighbours: Numbers,
    table: Numbers,
    marks: Bytes,
    state: Integers,
    which: int,
    corners: Integers,
    leaves: Words,
    first: int,
) -> int:
    """Set squares of 8 by 8 cells while there is room; return how many are set by now.

    corners : int64[n, 2], the x and y of each, multiples of 8
    leaves : uint64[n], bit 8 y + x
    """
    capacity = words.shape[1]
    for i in range(first, leaves.size):
        if state[TILES] == capacity:
            return i
        x, y = corners[i, 0], corners[i, 1]
        tile = make_tile(words, places, neighbours, table, marks, state, x >> 6, y >> 6)
        for row in range(8):
            octet = (leaves[i] >> np.uint64(8 * row)) & np.uint64(0xFF)
            words[which, tile, (y & 63) + row] |= octet << np.uint64(x & 63)
    return leaves.size


@nb.njit(cache=True, nogil=True)
def read_leaves(words: Words, places: Integers, corners: Integers, leaves: Words) -> int:
    """Write the squares of 8 by 8 cells with life as `write_leaves` takes them; return how many.

    words : uint64[tiles, 64]
    corners, leaves : with room for 64 squares of each tile
    """
    count = 0
    for tile in range(words.shape[0]):
        for square in range(64):
            down, across = square // 8, square % 8
            leaf = np.uint64(0)
            for row in range(8):
                octet = (words[tile, 8 * down + row] >> np.uint64(8 * across)) & np.uint64(0xFF)
                leaf |= octet << np.uint64(8 * row)
            if leaf != 0:
                corners[count, 0] = 64 * places[tile, 0] + 8 * across
                corners[count, 1] = 64 * places[tile, 1] + 8 * down
                leaves[count] = leaf
                count += 1
    return count


@nb.njit(cache=True, nogil=True)
def draw_tiles(words: Words, places: Integers, x: int, y: int, shrink: int, frame: Bytes) -> None:
    """Write 1 for each pixel with a living cell; others are left as they are.

    words : uint64[tiles, 64]
    x, y : the cell at the upper left of the frame
    """
    height, width = frame.shape[0] * shrink, frame.shape[1] * shrink
    for tile in range(words.shape[0]):
        left, top = 64 * places[tile, 0] - x, 64 * places[tile, 1] - y
        if left >= width or top >= height or left + 64 <= 0 or top + 64 <= 0:
            continue
        row = max(0, -top)
        while row < min(64, height - top):
            i = (top + row) // shrink
            end = min(64, (i + 1) * shrink - top)
            word = np.uint64(0)
            while row < end:
                word |= words[tile, row]
                row += 1
            bit = max(0, -left)
            while word != 0 and bit < min(64, width - left):
                j = (left + bit) // shrink
                after = min(64, (j + 1) * shrink - left)
                if (word >> np.uint64(bit)) << np.uint64(64 - after + bit) != 0:
                    frame[i, j] = 1
                bit = after


@nb.njit(cache=True, nogil=True)
def measure_tiles(words: Words, places: Integers, box: Integers) -> int:
    """Return how many cells live and write the first and last column, first and last row.

    box : int64[4], written where there is life
    """
    total = 0
    for tile in range(words.shape[0]):
        alive = np.uint64(0)
        first, last = 64, -1
        for row in range(64):
            word = words[tile, row]
            if word != 0:
                total += popcount(word)
                alive |= word
                first = min(first, row)
                last = row
        if alive == 0:
            continue
        left, right = 0, 63
        while not (alive >> np.uint64(left)) & ONE:
            left += 1
        while not (alive >> np.uint64(right)) & ONE:
            right -= 1
        x, y = 64 * places[tile, 0], 64 * places[tile, 1]
        box[0], box[1] = min(box[0], x + left), max(box[1], x + right)
        box[2], box[3] = min(box[2], y + first), max(box[3], y + last)
    return total
