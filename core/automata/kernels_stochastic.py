"""Kernels of random rules on boards of one byte a cell.

Every number drawn depends on the key of the generation and the number of the cell (or of the draw)
alone; see `kernels_random`. Probabilities are thresholds: 2^64 times as large, as uint64.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

from core.automata.kernels_random import random_word, step_key

Cells = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]
Spins = npt.NDArray[np.int8]

HALF = np.uint64(32)


@nb.njit(cache=True, nogil=True)
def advance_domany_kinzel(
    cells: Cells, is_joined: bool, p1: np.uint64, p2: np.uint64, stream: np.uint64,
    generation: np.uint64, rows: Cells,
) -> None:  # fmt: skip
    """Step a row of the tilted lattice and write every new row.

    cells : uint8[width], changed; rows : uint8[steps, width], out
    """
    width = cells.size
    now = np.zeros(width + 2, np.uint8)
    for step in range(rows.shape[0]):
        at = generation + np.uint64(step)
        key = step_key(stream, at)
        for x in range(width):
            now[x + 1] = cells[x]
        if is_joined:
            now[0], now[-1] = cells[-1], cells[0]
        odd = np.int64(at & np.uint64(1))
        left, right = now[1 - odd : 1 - odd + width], now[2 - odd : 2 - odd + width]
        for x in range(width):
            word = random_word(key, np.uint64(x))
            one, both = left[x] ^ right[x], left[x] & right[x]
            cells[x] = (one & (word < p1)) | (both & (word < p2))
            rows[step, x] = cells[x]


@nb.njit(cache=True, nogil=True)
def step_sir(
    board: Cells, infection: Words, recovery: np.uint64, waning: np.uint64, is_moore: bool,
    key: np.uint64, out: Cells,
) -> None:  # fmt: skip
    """Write one step of an epidemic.

    board : uint8[height + 2, width + 2], the rim filled; out : uint8[height, width]
    infection : uint64[9], by the number of infected neighbours
    """
    height, width = out.shape
    near, words = np.empty(width, np.uint8), np.empty(width, np.uint64)
    one = np.uint8(1)
    for y in range(height):
        above, here, below = board[y], board[y + 1], board[y + 2]
        # one loop for each kind of work, so that several cells are done in one instruction
        for x in range(width):
            near[x] = (
                np.uint8(above[x + 1] == one) + np.uint8(below[x + 1] == one)
                + np.uint8(here[x] == one) + np.uint8(here[x + 2] == one)
            )  # fmt: skip
        if is_moore:
            for x in range(width):
                near[x] += (
                    np.uint8(above[x] == one) + np.uint8(above[x + 2] == one)
                    + np.uint8(below[x] == one) + np.uint8(below[x + 2] == one)
                )  # fmt: skip
        first = np.uint64(y * width)
        for x in range(width):
            words[x] = random_word(key, first + np.uint64(x))
        for x in range(width):
            state = here[x + 1]
            chance = infection[near[x]]
            chance = recovery if state == 1 else chance
            chance = waning if state == 2 else chance
            moved = state + np.uint8(words[x] < chance)
            out[y, x] = 0 if moved == 3 else moved


@nb.njit(cache=True, nogil=True)
def sweep_spins(spins: Spins, chances: Words, is_odd: int, key: np.uint64) -> None:
    """Draw the spins of one colour of the checkerboard anew from their neighbours.

    spins : int8[height + 2, width + 2], -1 or 1, the rim filled; 0 for no neighbour
    chances : uint64[9], over 2^32: the chance of up for each sum of neighbours, at sum + 4
    Two spins side by side share a random word, each a half of it.
    """
    height, width = spins.shape[0] - 2, spins.shape[1] - 2
    pairs = (width + 1) // 2
    for y in range(height):
        shift = (y + is_odd) & 1
        side = HALF * np.uint64(shift)
        above, below, here = spins[y, 1 + shift :], spins[y + 2, 1 + shift :], spins[y + 1, shift:]
        for i in range((width - shift + 1) // 2):
            x = 2 * i
            word = random_word(key, np.uint64(y * pairs + i)) << side >> HALF
            total = above[x] + below[x] + here[x] + here[x + 2]
            here[x + 1] = 1 if word < chances[total + 4] else -1


@nb.njit(cache=True, nogil=True)
def advance_contact(
    cells: Cells, is_joined: bool, recovery: np.uint64, stream: np.uint64, generation: np.uint64,
    steps: int,
) -> None:  # fmt: skip
    """Make draws of the contact process, as many a step as there are cells.

    cells : uint8[height, width], changed; of one row, cells have two neighbours, else four
    recovery : the threshold of recovering rather than infecting
    """
    height, width = cells.shape
    n = np.uint64(cells.size)
    for step in range(steps):
        key = step_key(stream, generation + np.uint64(step))
        for draw in range(cells.size):
            word = random_word(key, np.uint64(2 * draw))
            site = np.int64((word >> HALF) * n >> HALF)
            y, x = site // width, site % width
            if cells[y, x] == 0:
                continue
            if random_word(key, np.uint64(2 * draw + 1)) < recovery:
                cells[y, x] = 0
                continue
            y, x = _neighbour(word, y, x, height, width, is_joined)
            if y >= 0:
                cells[y, x] = 1


@nb.njit(cache=True, nogil=True)
def advance_voter(
    cells: Cells, is_joined: bool, states: int, noise: np.uint64, stream: np.uint64,
    generation: np.uint64, steps: int,
) -> None:  # fmt: skip
    """Make draws of the voter model, as many a step as there are cells.

    cells : uint8[height, width], changed; of one row, cells have two neighbours, else four
    """
    height, width = cells.shape
    n = np.uint64(cells.size)
    for step in range(steps):
        key = step_key(stream, generation + np.uint64(step))
        for draw in range(cells.size):
            word = random_word(key, np.uint64(2 * draw))
            site = np.int64((word >> HALF) * n >> HALF)
            y, x = site // width, site % width
            if noise > 0:
                other = random_word(key, np.uint64(2 * draw + 1))
                if other < noise:
                    chosen = (word & np.uint64(0xFFFFFFFF)) * np.uint64(states) >> HALF
                    cells[y, x] = chosen
                    continue
            to_y, to_x = _neighbour(word, y, x, height, width, is_joined)
            if to_y >= 0:
                cells[y, x] = cells[to_y, to_x]


@nb.njit(cache=True, nogil=True, inline="always")
def _neighbour(
    word: np.uint64, y: int, x: int, height: int, width: int, is_joined: bool
) -> tuple[int, int]:
    """Return the neighbour that the low bits of a random word choose, row -1 where is none."""
    step = 1 if word & np.uint64(1) else -1
    if height > 1 and word & np.uint64(2):
        y += step
        if y < 0 or y >= height:
            y = (y + height) % height if is_joined else -1
    else:
        x += step
        if x < 0 or x >= width:
            x = (x + width) % width
            if not is_joined:
                y = -1
    return y, x


@nb.njit(cache=True, nogil=True)
def step_excitable(
    board: Cells, reach: int, is_diamond: bool, threshold: int, states: int, is_cyclic: bool,
    out: Cells,
) -> None:  # fmt: skip
    """Write one step of a cyclic automaton or a Greenberg-Hastings model.

    board : uint8[height + 2 reach, width + 2 reach], the rim filled; out : uint8[height, width]
    """
    height, width = out.shape
    counts, wanted = np.empty(width, np.int32), np.ones(width, np.uint8)
    last = states - 1
    for y in range(height):
        middle = board[y + reach, reach : reach + width]
        if is_cyclic:
            for x in range(width):
                wanted[x] = 0 if middle[x] == last else middle[x] + 1
        for x in range(width):
            counts[x] = 0
        for dy in range(-reach, reach + 1):
            half = reach - abs(dy) if is_diamond else reach
            for dx in range(-half, half + 1):
                if dy != 0 or dx != 0:
                    row = board[y + reach + dy, reach + dx : reach + dx + width]
                    for x in range(width):
                        counts[x] += row[x] == wanted[x]
        for x in range(width):
            state = middle[x]
            moved = 0 if state == last else state + 1
            waits = is_cyclic or state == 0
            out[y, x] = moved if not waits or counts[x] >= threshold else state


@nb.njit(cache=True, nogil=True)
def change_states(cells: Cells, bits: Words, states: int, key: np.uint64) -> None:
    """Give the cells of a mask another state each, all others equally likely.

    cells : uint8[height, width], changed; bits : uint64[height, words]
    """
    height, width = cells.shape
    for y in range(height):
        for word in range(bits.shape[1]):
            if bits[y, word] == 0:
                continue
            for x in range(64 * word, min(64 * word + 64, width)):
                if bits[y, word] >> np.uint64(x & 63) & np.uint64(1):
                    drawn = random_word(key, np.uint64(y * width + x)) >> HALF
                    by = np.int64(drawn * np.uint64(states - 1) >> HALF)
                    cells[y, x] = (np.int64(cells[y, x]) + 1 + by) % states
