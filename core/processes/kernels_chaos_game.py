"""Kernels of the chaos game: beliefs drawn from the iterated function system of a process.

One chain waits at every step for the division and the random number of the step before. Many
independent chains, the lanes, advance side by side and hide that wait. Every array over lanes has
the lane as its last axis. The steps for 2, 3 and 4 states are written out; the general one loops.

Random numbers: xoroshiro128+ of Blackman and Vigna, Scrambled linear pseudorandom number
generators (2021), one generator per lane.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Seeds = npt.NDArray[np.uint64]
Symbols = npt.NDArray[np.int32]
Counts = npt.NDArray[np.uint32]

LANES = 32
TO_UNIT = 2.0**-53
LEAST = 1e-300


@nb.njit(cache=True, nogil=True, inline="always")
def _uniform(rng: Seeds, lane: int) -> float:
    """Return the next number of a lane's generator, in [0, 1)."""
    a, b = rng[0, lane], rng[1, lane]
    r = a + b
    b ^= a
    rng[0, lane] = ((a << np.uint64(24)) | (a >> np.uint64(40))) ^ b ^ (b << np.uint64(16))
    rng[1, lane] = (b << np.uint64(37)) | (b >> np.uint64(27))
    return np.int64(r >> np.uint64(11)) * TO_UNIT


@nb.njit(cache=True, nogil=True)
def _advance_2(
    T: Floats, choice: Floats, eta: Floats, rng: Seeds, out: Floats, symbols: Symbols
) -> None:
    k, lanes = T.shape[0], eta.shape[1]
    for step in range(out.shape[1] // lanes):
        for lane in range(lanes):
            e0, e1 = eta[0, lane], eta[1, lane]
            u = _uniform(rng, lane)
            x, reached = 0, 0.0
            for y in range(k - 1):
                reached += e0 * choice[y, 0] + e1 * choice[y, 1]
                x += u >= reached
            a = e0 * T[x, 0, 0] + e1 * T[x, 1, 0]
            b = e0 * T[x, 0, 1] + e1 * T[x, 1, 1]
            mass = a + b
            if mass > LEAST:
                e0, e1 = a / mass, b / mass
                eta[0, lane], eta[1, lane] = e0, e1
            at = step * lanes + lane
            out[0, at], out[1, at] = e0, e1
            symbols[at] = x


@nb.njit(cache=True, nogil=True, error_model="numpy")
def _advance_3(
    T: Floats, choice: Floats, eta: Floats, rng: Seeds, out: Floats, symbols: Symbols
) -> None:
    """Advance chains of 3 states, several lanes in one instruction.

    For that the loops over lanes have a fixed length and no branches, all numbers of the lanes lie
    in one array, row by row, and every symbol's map is tried on every lane.
    """
    s = np.empty(8 * LANES)  # the belief, u, the probability so far, the next belief
    x = np.empty(LANES, np.int64)
    g = np.empty(2 * LANES, np.uint64)
    for lane in range(LANES):
        s[lane], s[LANES + lane], s[2 * LANES + lane] = eta[0, lane], eta[1, lane], eta[2, lane]
        g[lane], g[LANES + lane] = rng[0, lane], rng[1, lane]
    k = T.shape[0]
    for step in range(out.shape[1] // LANES):
        for lane in range(LANES):
            a, b = g[lane], g[LANES + lane]
            r = a + b
            b ^= a
            g[lane] = ((a << np.uint64(24)) | (a >> np.uint64(40))) ^ b ^ (b << np.uint64(16))
            g[LANES + lane] = (b << np.uint64(37)) | (b >> np.uint64(27))
            s[3 * LANES + lane] = np.int64(r >> np.uint64(11)) * TO_UNIT
            s[4 * LANES + lane] = 0.0
            s[5 * LANES + lane] = 0.0
            s[6 * LANES + lane] = 0.0
            s[7 * LANES + lane] = 0.0
        for y in range(k):
            c0, c1, c2 = choice[y, 0], choice[y, 1], choice[y, 2]
            m00, m01, m02 = T[y, 0, 0], T[y, 0, 1], T[y, 0, 2]
            m10, m11, m12 = T[y, 1, 0], T[y, 1, 1], T[y, 1, 2]
            m20, m21, m22 = T[y, 2, 0], T[y, 2, 1], T[y, 2, 2]
            rest = 2.0 if y == k - 1 else 0.0  # rounding leaves no u without a symbol
            for lane in range(LANES):
                e0, e1, e2 = s[lane], s[LANES + lane], s[2 * LANES + lane]
                u, low = s[3 * LANES + lane], s[4 * LANES + lane]
                high = low + (e0 * c0 + e1 * c1 + e2 * c2) + rest
                s[4 * LANES + lane] = high
                is_drawn = (u >= low) & (u < high)
                a, b, c = s[5 * LANES + lane], s[6 * LANES + lane], s[7 * LANES + lane]
                s[5 * LANES + lane] = (e0 * m00 + e1 * m10 + e2 * m20) if is_drawn else a
                s[6 * LANES + lane] = (e0 * m01 + e1 * m11 + e2 * m21) if is_drawn else b
                s[7 * LANES + lane] = (e0 * m02 + e1 * m12 + e2 * m22) if is_drawn else c
                x[lane] = y if is_drawn else x[lane]
        for lane in range(LANES):
            a, b, c = s[5 * LANES + lane], s[6 * LANES + lane], s[7 * LANES + lane]
            mass = a + b + c
            is_possible = mass > LEAST
            scale = 1.0 / (mass if is_possible else 1.0)
            s[lane] = a * scale if is_possible else s[lane]
            s[LANES + lane] = b * scale if is_possible else s[LANES + lane]
            s[2 * LANES + lane] = c * scale if is_possible else s[2 * LANES + lane]
        for i in range(3):
            for lane in range(LANES):
                out[i, step * LANES + lane] = s[i * LANES + lane]
        for lane in range(LANES):
            symbols[step * LANES + lane] = x[lane]
    for lane in range(LANES):
        eta[0, lane], eta[1, lane], eta[2, lane] = s[lane], s[LANES + lane], s[2 * LANES + lane]
        rng[0, lane], rng[1, lane] = g[lane], g[LANES + lane]


@nb.njit(cache=True, nogil=True)
def _advance_4(
    T: Floats, choice: Floats, eta: Floats, rng: Seeds, out: Floats, symbols: Symbols
) -> None:
    k, lanes = T.shape[0], eta.shape[1]
    for step in range(out.shape[1] // lanes):
        for lane in range(lanes):
            e0, e1, e2, e3 = eta[0, lane], eta[1, lane], eta[2, lane], eta[3, lane]
            u = _uniform(rng, lane)
            x, reached = 0, 0.0
            for y in range(k - 1):
                reached += e0 * choice[y, 0] + e1 * choice[y, 1]
                reached += e2 * choice[y, 2] + e3 * choice[y, 3]
                x += u >= reached
            a = e0 * T[x, 0, 0] + e1 * T[x, 1, 0] + e2 * T[x, 2, 0] + e3 * T[x, 3, 0]
            b = e0 * T[x, 0, 1] + e1 * T[x, 1, 1] + e2 * T[x, 2, 1] + e3 * T[x, 3, 1]
            c = e0 * T[x, 0, 2] + e1 * T[x, 1, 2] + e2 * T[x, 2, 2] + e3 * T[x, 3, 2]
            d = e0 * T[x, 0, 3] + e1 * T[x, 1, 3] + e2 * T[x, 2, 3] + e3 * T[x, 3, 3]
            mass = a + b + c + d
            if mass > LEAST:
                scale = 1.0 / mass
                e0, e1, e2, e3 = a * scale, b * scale, c * scale, d * scale
                eta[0, lane], eta[1, lane], eta[2, lane], eta[3, lane] = e0, e1, e2, e3
            at = step * lanes + lane
            out[0, at], out[1, at], out[2, at], out[3, at] = e0, e1, e2, e3
            symbols[at] = x


@nb.njit(cache=True, nogil=True)
def _advance_any(
    first: Symbols, target: Symbols, weight: Floats, choice: Floats, is_uniform: bool,
    eta: Floats, rng: Seeds, out: Floats, symbols: Symbols,
) -> None:  # fmt: skip
    """Advance chains of any number of states along their edges."""
    (k, n), lanes = choice.shape, eta.shape[1]
    belief, fresh, mass_of = np.empty(n), np.empty(n), np.empty(k)
    for step in range(out.shape[1] // lanes):
        for lane in range(lanes):
            total = 0.0
            for i in range(n):
                belief[i] = eta[i, lane]
            for x in range(k):
                mass = 0.0
                for i in range(n):
                    mass += belief[i] * choice[x, i]
                if is_uniform:
                    mass = 1.0 if mass > 1e-13 else 0.0
                mass_of[x] = mass
                total += mass
            left = _uniform(rng, lane) * total
            x = 0
            while x < k - 1 and left >= mass_of[x]:
                left -= mass_of[x]
                x += 1
            total = 0.0
            fresh[:] = 0.0
            for i in range(n):
                e = belief[i]
                if e != 0.0:
                    for edge in range(first[x * n + i], first[x * n + i + 1]):
                        fresh[target[edge]] += e * weight[edge]
            for j in range(n):
                total += fresh[j]
            if total > LEAST:
                for j in range(n):
                    eta[j, lane] = fresh[j] / total
            at = step * lanes + lane
            for j in range(n):
                out[j, at] = eta[j, lane]
            symbols[at] = x


@nb.njit(cache=True, nogil=True)
def advance(
    T: Floats, first: Symbols, target: Symbols, weight: Floats, choice: Floats, is_uniform: bool,
    eta: Floats, rng: Seeds, out: Floats, symbols: Symbols,
) -> None:  # fmt: skip
    """Draw the next beliefs of all lanes into `out`, lane after lane, step after step.

    T : float64[k, n, n], the labelled transition matrices; empty for more than 4 states
    first : int32[k * n + 1], the first edge of symbol x from state i at x * n + i
    target, weight : int32[edges], float64[edges]
    choice : float64[k, n], the probability of each symbol in each state
    is_uniform : draw all possible symbols alike instead, which visits another measure
    eta : float64[n, LANES], the belief of each lane; changed
    rng : uint64[2, lanes], the generator of each lane, not all zero; changed
    out : float64[n, steps * lanes], the beliefs after each step
    symbols : int32[steps * lanes], the symbol that led to each
    """
    n = choice.shape[1]
    if n == 3 and not is_uniform:
        _advance_3(T, choice, eta, rng, out, symbols)
    elif n == 2 and not is_uniform:
        _advance_2(T, choice, eta, rng, out, symbols)
    elif n == 4 and not is_uniform:
        _advance_4(T, choice, eta, rng, out, symbols)
    else:
        _advance_any(first, target, weight, choice, is_uniform, eta, rng, out, symbols)


@nb.njit(cache=True, nogil=True)
def last_symbols(symbols: Symbols, k: int, modulus: int, recent: Symbols) -> None:
    """Replace each symbol by the code of the last symbols of its lane.

    symbols : int32[steps * lanes]; changed to codes below `modulus`, the newest symbol last
    modulus : k to the power of the number of symbols remembered
    recent : int32[lanes], the code each lane had before; changed
    """
    lanes = recent.size
    for at in range(symbols.size):
        lane = at % lanes
        code = (recent[lane] * k + symbols[at]) % modulus
        recent[lane] = code
        symbols[at] = code


@nb.njit(cache=True, nogil=True)
def condition(
    points: Floats, symbols: Symbols, highest: float, state_mass: Floats,
    threshold: Floats, alias: Symbols, maps: Floats, codes: Symbols, rng: Seeds,
) -> int:  # fmt: skip
    """Send each belief through one of the chosen words, or drop it, and return how many are kept.

    A belief eta keeps with probability sum_w p_w(eta) / highest and then takes the word w with
    probability p_w(eta) / sum_w p_w(eta), so that what is kept follows the invariant measure
    restricted to the images of the words, without weights. The kept ones come first, in place.

    points : float64[n, m], symbols : int32[m]; changed
    highest : the largest of `state_mass`
    state_mass : float64[n], sum over the words of their probability from each state
    threshold, alias : float64[n, words], int32[n, words], Walker's table of words per state
    maps : float64[words, n, n], products of T along the words, each up to a factor of its own
    codes : int32[words], the code of the last symbols of each word, or -1 for the belief's own
    rng : uint64[2, lanes], one generator is used; changed
    """
    n, m = points.shape
    words = codes.size
    fresh = np.empty(n)
    kept = 0
    for at in range(m):
        left = _uniform(rng, 0) * highest
        i = 0
        while i < n:
            mass = points[i, at] * state_mass[i]
            if left < mass:
                break
            left -= mass
            i += 1
        if i == n:
            continue
        spot = _uniform(rng, 0) * words
        w = min(int(spot), words - 1)
        if spot - w >= threshold[i, w]:
            w = alias[i, w]
        fresh[:] = 0.0
        total = 0.0
        for a in range(n):
            e = points[a, at]
            for j in range(n):
                fresh[j] += e * maps[w, a, j]
        for j in range(n):
            total += fresh[j]
        if total <= LEAST:
            continue
        for j in range(n):
            points[j, kept] = fresh[j] / total
        symbols[kept] = codes[w] if codes[w] >= 0 else symbols[at]
        kept += 1
    return kept


@nb.njit(cache=True, nogil=True)
def place(
    points: Floats, kept: int, plane: Floats, shape: tuple[int, int], pixels: Symbols
) -> None:
    """Write the pixel of each belief, -1 outside a picture of `shape` rows and columns.

    points : float64[n, m], of which the first `kept` count
    plane : float64[n, 2], column and row of each state's vertex, in pixels
    pixels : int32[m], row * width + column
    """
    n = points.shape[0]
    height, width = shape
    if n == 3:
        x0, x1, x2 = plane[0, 0], plane[1, 0], plane[2, 0]
        y0, y1, y2 = plane[0, 1], plane[1, 1], plane[2, 1]
        for at in range(kept):
            a, b, c = points[0, at], points[1, at], points[2, at]
            x = np.floor(a * x0 + b * x1 + c * x2)
            y = np.floor(a * y0 + b * y1 + c * y2)
            inside = (x >= 0.0) & (x < width) & (y >= 0.0) & (y < height)
            pixels[at] = np.int32(y * width + x) if inside else np.int32(-1)
    else:
        for at in range(kept):
            x, y = 0.0, 0.0
            for i in range(n):
                x += points[i, at] * plane[i, 0]
                y += points[i, at] * plane[i, 1]
            x, y = np.floor(x), np.floor(y)
            inside = (x >= 0.0) & (x < width) & (y >= 0.0) & (y < height)
            pixels[at] = np.int32(y * width + x) if inside else np.int32(-1)


@nb.njit(cache=True, nogil=True)
def count(pixels: Symbols, kept: int, counts: Counts) -> int:
    """Count the beliefs in each pixel of a flat picture and return how many were inside."""
    inside = 0
    for at in range(kept):
        if pixels[at] >= 0:
            counts[pixels[at]] += np.uint32(1)
            inside += 1
    return inside


@nb.njit(cache=True, nogil=True)
def add_colours(
    points: Floats, codes: Symbols, kept: int, pixels: Symbols,
    of_state: Floats, of_code: Floats, sums: Floats,
) -> None:  # fmt: skip
    """Add each belief's colour to its pixel.

    of_state : float64[n, 3], colours mixed by the belief; used where `of_code` is empty
    of_code : float64[codes, 3], a colour for each code of last symbols
    sums : float64[height * width, 3]; changed
    """
    n = points.shape[0]
    for at in range(kept):
        pixel = pixels[at]
        if pixel < 0:
            continue
        for channel in range(3):
            if of_code.shape[0] > 0:
                sums[pixel, channel] += of_code[codes[at], channel]
            else:
                total = 0.0
                for i in range(n):
                    total += points[i, at] * of_state[i, channel]
                sums[pixel, channel] += total


@nb.njit(cache=True, nogil=True)
def play(
    T: Floats, first: Symbols, target: Symbols, weight: Floats, choice: Floats, is_uniform: bool,
    eta: Floats, rng: Seeds, discarded: int, blocks: int,
    out: Floats, symbols: Symbols, pixels: Symbols, recent: Symbols, modulus: int,
    highest: float, state_mass: Floats, threshold: Floats, alias: Symbols, maps: Floats,
    codes: Symbols, plane: Floats, shape: tuple[int, int], counts: Counts,
    of_state: Floats, of_code: Floats, sums: Floats,
) -> int:  # fmt: skip
    """Draw `blocks` times a block of beliefs, bin them, and return how many fell inside.

    discarded : blocks drawn before and left out
    out, symbols, pixels : room for one block
    recent : int32[lanes], changed; modulus : 0 where codes of last symbols are not wanted
    highest, state_mass, threshold, alias, maps, codes : as in `condition`; no words for the whole
        set of beliefs
    sums : empty where colours are not wanted
    The others as in `advance`, `place`, `count` and `add_colours`.
    """
    inside = 0
    for block in range(-discarded, blocks):
        advance(T, first, target, weight, choice, is_uniform, eta, rng, out, symbols)
        if modulus > 0:
            last_symbols(symbols, choice.shape[0], modulus, recent)
        if block < 0:
            continue
        kept = symbols.size
        if codes.size > 0:
            kept = condition(out, symbols, highest, state_mass, threshold, alias, maps, codes, rng)
        place(out, kept, plane, shape, pixels)
        inside += count(pixels, kept, counts)
        if sums.shape[0] > 0:
            add_colours(out, symbols, kept, pixels, of_state, of_code, sums)
    return inside
