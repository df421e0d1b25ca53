"""Random numbers of a world: each depends on seed, purpose, generation and cell alone.

So a run is the same however many threads step it, and any step can be made again.
"""

from functools import cache
from itertools import accumulate

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]

GOLDEN = 0x9E3779B97F4A7C15
FIRST = 0xBF58476D1CE4E5B9
SECOND = 0x94D049BB133111EB
FULL = 2**64 - 1

SPARSE = 1 / 64
"""Below this probability the ones of a mask are placed one by one, which is quicker."""

BLOCK_BITS = 4096


def stream_of(seed: int, purpose: int) -> int:
    """Return the stream of random numbers that a seed has for one purpose, a 64-bit number."""
    return _mixed((_mixed(seed & FULL) + (purpose + 1) * GOLDEN) & FULL)


def step_key(stream: int, generation: int) -> np.uint64:
    """Return the key of one generation, as the kernel of the same name."""
    return np.uint64(_mixed(stream ^ ((generation + 1) * SECOND & FULL)))


def threshold(probability: float) -> np.uint64:
    """Return t such that a random word is below t with this probability, to 2^-64.

    For probability 1 one word in 2^64 is missed.
    """
    return np.uint64(min(int(probability * 2.0**64), FULL))


def uniforms(key: np.uint64, count: int, first: int = 0) -> npt.NDArray[np.float64]:
    """Return float64[count] in [0, 1), those of the counters from `first` on."""
    from core.automata.kernels_random import fill_words

    words = np.empty(count, dtype=np.uint64)
    fill_words(key, np.uint64(first), words)
    return (words >> np.uint64(11)).astype(np.float64) * 2.0**-53


def random_bits(key: np.uint64, width: int, height: int, probability: float) -> Words:
    """Return a mask: uint64[height, words], bit x % 64 of word x // 64 for cell (x, y).

    Each bit is 1 with the probability, to 2^-33; those beyond the width are 0.
    """
    from core.automata.kernels_random import fill_dense_bits, fill_sparse_bits

    words = -(-width // 64)
    bits = np.empty((height, words), dtype=np.uint64)
    few = min(probability, 1 - probability)
    if few < SPARSE:
        fill_sparse_bits(key, _cumulative(few), bits.reshape(-1))
        if probability > 0.5:
            np.bitwise_not(bits, out=bits)
    else:
        fill_dense_bits(key, np.uint64(round(probability * 2**32)), bits.reshape(-1))
    if width % 64:
        bits[:, -1] &= np.uint64((1 << width % 64) - 1)
    return bits


@cache
def _cumulative(probability: float) -> Words:
    """Return the binomial distribution of `BLOCK_BITS`, added up, over 2^64."""
    from math import comb, exp, log, log1p

    if probability == 0:
        return np.array([FULL], dtype=np.uint64)
    chances = []
    for count in range(BLOCK_BITS + 1):
        chance = exp(
            log(comb(BLOCK_BITS, count))
            + count * log(probability)
            + (BLOCK_BITS - count) * log1p(-probability)
        )
        chances.append(chance)
        if count > BLOCK_BITS * probability and chance < 2.0**-70:
            break
    sums = [min(round(total * 2.0**64), FULL) for total in accumulate(chances)]
    return np.array([total for total in sums if total < FULL] or [FULL], dtype=np.uint64)


def _mixed(z: int) -> int:
    z = (z ^ (z >> 30)) * FIRST & FULL
    z = (z ^ (z >> 27)) * SECOND & FULL
    return z ^ (z >> 31)
