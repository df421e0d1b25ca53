"""Kernels of counter-based random numbers: what is drawn depends on key and counter alone.

Source: Steele, Lea and Flood, Fast splittable pseudorandom number generators (2014), whose
splitmix64 can be asked for any of its numbers without those before.
"""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST = np.uint64(0xBF58476D1CE4E5B9)
SECOND = np.uint64(0x94D049BB133111EB)


@nb.njit(cache=True, nogil=True, inline="always")
def random_word(key: np.uint64, counter: np.uint64) -> np.uint64:
    """Return 64 random bits for a key, as of `step_key`, and a counter, such as a cell's number."""
    z = key + (counter + np.uint64(1)) * GOLDEN
    z = (z ^ (z >> np.uint64(30))) * FIRST
    z = (z ^ (z >> np.uint64(27))) * SECOND
    return z ^ (z >> np.uint64(31))


@nb.njit(cache=True, nogil=True, inline="always")
def step_key(stream: np.uint64, generation: np.uint64) -> np.uint64:
    """Return the key of one generation of a stream of random numbers."""
    z = stream ^ ((generation + np.uint64(1)) * SECOND)
    z = (z ^ (z >> np.uint64(30))) * FIRST
    z = (z ^ (z >> np.uint64(27))) * SECOND
    return z ^ (z >> np.uint64(31))


@nb.njit(cache=True, nogil=True)
def fill_words(key: np.uint64, first: np.uint64, out: Words) -> None:
    """Write the numbers of the counters from `first` on.

    out : uint64[n]
    """
    for i in range(out.size):
        out[i] = random_word(key, first + np.uint64(i))


@nb.njit(cache=True, nogil=True)
def fill_dense_bits(key: np.uint64, digits: np.uint64, out: Words) -> None:
    """Fill words with bits that are 1 with probability digits / 2^32.

    Digit by digit from the last one: a random bit, or-ed on a 1 and and-ed on a 0, halves the
    probability so far and adds a half for a 1. Word i takes the counters 32 i to 32 i + 31.

    out : uint64[n]
    """
    for begin in range(0, out.size, 64):
        part = out[begin : begin + 64]
        for i in range(part.size):
            part[i] = np.uint64(0)
        for digit in range(32):
            if not digits & ((np.uint64(2) << np.uint64(digit)) - np.uint64(1)):
                continue  # zeros at the end, before anything could be halved
            counter = np.uint64(32 * begin + digit)
            if digits >> np.uint64(digit) & np.uint64(1):
                for i in range(part.size):
                    part[i] |= random_word(key, counter + np.uint64(32) * np.uint64(i))
            else:
                for i in range(part.size):
                    part[i] &= random_word(key, counter + np.uint64(32) * np.uint64(i))


@nb.njit(cache=True, nogil=True)
def fill_sparse_bits(key: np.uint64, cumulative: Words, out: Words) -> None:
    """Fill words with few ones: how many of 4096 bits is drawn, and then where they are.

    cumulative : uint64[m], the probability, over 2^64, that there are at most so many ones
    out : uint64[n]
    """
    bits = np.empty(64, np.uint64)
    for block in range((out.size + 63) // 64):
        for i in range(64):
            bits[i] = np.uint64(0)
        counter = np.uint64(block) << np.uint64(16)
        drawn = random_word(key, counter)
        left = 0
        while left < cumulative.size and drawn >= cumulative[left]:
            left += 1
        while left > 0:
            counter += np.uint64(1)
            places = random_word(key, counter)
            for each in range(5):  # five places of 12 bits in a word
                at = places >> np.uint64(12 * each) & np.uint64(4095)
                word, bit = np.int64(at >> np.uint64(6)), np.uint64(1) << (at & np.uint64(63))
                if left > 0 and not bits[word] & bit:
                    bits[word] |= bit
                    left -= 1
        for i in range(min(64, out.size - 64 * block)):
            out[64 * block + i] = bits[i]
