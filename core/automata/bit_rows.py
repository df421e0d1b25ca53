"""Rows of two-state cells as words of 64 bits and back; bit x of a word is x cells to the right."""

from typing import Any

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]


def words_of_rows(cells: npt.NDArray[np.uint8]) -> Words:
    """Return uint64[rows, words] of uint8[rows, width]; the last word is filled up with zeros."""
    rows, width = cells.shape
    words = -(-width // 64)
    octets = np.zeros((rows, words * 8), dtype=np.uint8)
    packed = np.packbits(cells != 0, axis=1, bitorder="little")
    octets[:, : packed.shape[1]] = packed
    return octets.view("<u8").astype(np.uint64, copy=False)


def rows_of_words(words: Words, width: int) -> npt.NDArray[np.uint8]:
    """Return uint8[rows, width] of uint64[rows, words]."""
    octets = np.ascontiguousarray(words.astype("<u8", copy=False)).view(np.uint8)
    return np.unpackbits(octets, axis=1, count=width, bitorder="little")


def merged(
    cells: npt.NDArray[np.uint8], patch: npt.NDArray[Any], mode: str
) -> npt.NDArray[np.uint8]:
    """Return two-state cells with a patch of the same shape put on them in a mode of a paste."""
    ones: npt.NDArray[np.uint8] = (np.asarray(patch) != 0).astype(np.uint8)
    if mode == "copy":
        return ones
    if mode == "and":
        return np.minimum(cells, ones)
    if mode == "xor":
        return np.not_equal(cells, ones).astype(np.uint8)
    return np.maximum(cells, ones)
