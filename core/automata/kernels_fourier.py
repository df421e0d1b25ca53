"""Convolutions of real fields by Fourier transforms, 16 transforms at a time.

Rows are transformed 32 at a time, two real rows as one complex row, in the lanes of elements
(`kernels_lanes`); columns 16 at a time. The forward transform is decimated in frequency and leaves
its result in the order of reversed digits, the inverse takes that order, so nothing is sorted. The
spectrum of a column block stays in the cache from its forward transform over the product to its
inverse transform, so that a step reads and writes memory three times only.

None of these is cached on its own: machine code is made, and kept, for those who call them only.

Sources: Cooley and Tukey (1965); Gentleman and Sande, Fast Fourier transforms: for fun and profit
(1966); Frigo and Johnson, The design and implementation of FFTW3 (2005).

Arrays, all float32 or all float64 in C order, flat where a number of elements is given:

field : [H, W], both sides multiples of 32 and products of 2, 3 and 5
spectrum : elements [blocks, H]; the 16 lanes are the columns of the block
row : elements [W], the transforms of 32 rows; square : [4, 16, 16], a place to turn squares in
radices, places : int64; the radices of a transform, and where output k of it is found
factors : the twiddle factors of all its butterflies but the innermost
"""

from typing import Any

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

from core.automata.kernels_lanes import (
    ELEMENT,
    LANES,
    combine,
    forward_2,
    forward_3,
    forward_4,
    forward_5,
    inverse_2,
    inverse_3,
    inverse_4,
    inverse_5,
    plain_forward_4,
    plain_inverse_4,
    separate,
    transpose,
    weigh,
)

Floats = npt.NDArray[np.floating[Any]]
Counts = npt.NDArray[np.int64]

SQUARE = LANES * LANES
ROWS = 2 * LANES
"""Rows transformed at a time."""

CACHED = 2**14
"""Bytes that fit half of the fastest cache."""

BEGIN: Any = np.int64(0)
FORWARD: Any = np.int64(1)
BACK: Any = np.int64(2)
BOTH: Any = np.int64(3)
"""Typed, or numba would compile the transforms once more for each of these numbers alone."""


@nb.njit(nogil=True)
def _stage(
    data: Floats, start: int, total: int, length: int, radix: int, factors: Floats, at: int
) -> None:
    """Split transforms of `length` elements into `radix` shorter ones each."""
    legs = length // radix
    stride = legs * ELEMENT
    if legs == 1:
        for block in range(start, start + total, length):
            plain_forward_4(data, block * ELEMENT, stride, factors, 0)
        return
    for p in range(legs):
        w = at + 2 * (radix - 1) * p
        if radix == 4:
            for block in range(start + p, start + total, length):
                forward_4(data, block * ELEMENT, stride, factors, w)
        elif radix == 2:
            for block in range(start + p, start + total, length):
                forward_2(data, block * ELEMENT, stride, factors, w)
        elif radix == 3:
            for block in range(start + p, start + total, length):
                forward_3(data, block * ELEMENT, stride, factors, w)
        else:
            for block in range(start + p, start + total, length):
                forward_5(data, block * ELEMENT, stride, factors, w)


@nb.njit(nogil=True)
def _stage_back(
    data: Floats, start: int, total: int, length: int, radix: int, factors: Floats, at: int
) -> None:
    """Undo `_stage`, but for the factor `radix`."""
    legs = length // radix
    stride = legs * ELEMENT
    if legs == 1:
        for block in range(start, start + total, length):
            plain_inverse_4(data, block * ELEMENT, stride, factors, 0)
        return
    for p in range(legs):
        w = at + 2 * (radix - 1) * p
        if radix == 4:
            for block in range(start + p, start + total, length):
                inverse_4(data, block * ELEMENT, stride, factors, w)
        elif radix == 2:
            for block in range(start + p, start + total, length):
                inverse_2(data, block * ELEMENT, stride, factors, w)
        elif radix == 3:
            for block in range(start + p, start + total, length):
                inverse_3(data, block * ELEMENT, stride, factors, w)
        else:
            for block in range(start + p, start + total, length):
                inverse_5(data, block * ELEMENT, stride, factors, w)


@nb.njit(nogil=True)
def transform(data: Floats, start: int, radices: Counts, factors: Floats) -> None:
    """Transform the elements from the number `start` on, in place; the innermost radix is 4.

    Once the parts fit the fastest cache, each is done to the end before the next.
    """
    total, outer, part, first_factor = _parted(data, radices)
    for phase in range(2):
        size = part if phase else total
        for first in range(start, start + total, size):
            length, at = size, first_factor if phase else 0
            for number in range(outer if phase else 0, radices.size if phase else outer):
                radix = radices[number]
                _stage(data, first, size, length, radix, factors, at)
                length //= radix
                at += 2 * (radix - 1) * length


@nb.njit(nogil=True)
def transform_back(data: Floats, start: int, radices: Counts, factors: Floats) -> None:
    """Undo `transform` but for the factor, which is the number of elements."""
    total, outer, part, first_factor = _parted(data, radices)
    for phase in range(2):
        size = total if phase else part
        for first in range(start, start + total, size):
            length = part if phase else 1
            at = first_factor if phase else factors.size
            low, high = 0 if phase else outer, outer if phase else radices.size
            for number in range(high - 1, low - 1, -1):
                radix = radices[number]
                at -= 2 * (radix - 1) * length
                length *= radix
                _stage_back(data, first, size, length, radix, factors, at)


@nb.njit(nogil=True)
def _parted(data: Floats, radices: Counts) -> tuple[int, int, int, int]:
    """Return the elements, the stages on all of them, and the size and first factor of parts."""
    total = 1
    for radix in radices:
        total *= radix
    part, outer, at = total, 0, 0
    while part * ELEMENT * data.itemsize > CACHED:
        part //= radices[outer]
        at += 2 * (radices[outer] - 1) * part
        outer += 1
    return total, outer, part, at


@nb.njit(nogil=True)
def rows_forward(
    field: Floats, spectrum: Floats, blocks: int, row: Floats, square: Floats,
    radices: Counts, factors: Floats, places: Counts,
) -> None:  # fmt: skip
    """Write twice the transforms of all rows of a field into the first blocks of columns."""
    height, width = field.shape
    for y in range(0, height, ROWS):
        for x in range(0, width, LANES):
            for part in range(2):
                begin = (y + part * LANES) * width + x
                transpose(field, begin, width, row, x * ELEMENT + part * LANES, ELEMENT)
        transform(row, BEGIN, radices, factors)
        for block in range(blocks):
            for j in range(LANES):
                k = min(block * LANES + j, width // 2)  # weights beyond the last column are 0
                mirror = places[width - k] if k else places[0]
                separate(row, places[k] * ELEMENT, mirror * ELEMENT, square, j * LANES, SQUARE)
            goal = (block * height + y) * ELEMENT
            for half in range(2):
                for part in range(2):
                    to = goal + half * LANES * ELEMENT + part * LANES
                    transpose(square, (2 * half + part) * SQUARE, LANES, spectrum, to, ELEMENT)


@nb.njit(nogil=True)
def rows_back(
    spectrum: Floats, blocks: int, y: int, potential: Floats, row: Floats, square: Floats,
    radices: Counts, factors: Floats, places: Counts,
) -> None:  # fmt: skip
    """Write the 32 rows from `y` on of the field whose rows have these transforms.

    potential : [32, W]
    """
    width = potential.shape[1]
    height = spectrum.size // (blocks * ELEMENT) if blocks else 0
    for k in range(blocks * LANES, width - blocks * LANES + 1):
        at = places[k] * ELEMENT
        for lane in range(ELEMENT):
            row[at + lane] = 0.0
    for block in range(blocks):
        begin = (block * height + y) * ELEMENT
        for half in range(2):
            for part in range(2):
                place = begin + half * LANES * ELEMENT + part * LANES
                to = (2 * half + part) * SQUARE
                transpose(spectrum, place, ELEMENT, square, to, LANES)
        for j in range(LANES):
            k = block * LANES + j
            if 2 * k <= width:
                mirror = places[width - k] if k else places[0]
                combine(square, j * LANES, SQUARE, row, places[k] * ELEMENT, mirror * ELEMENT)
    transform_back(row, BEGIN, radices, factors)
    for x in range(0, width, LANES):
        for part in range(2):
            to = part * LANES * width + x
            transpose(row, x * ELEMENT + part * LANES, ELEMENT, potential, to, width)


@nb.njit(nogil=True)
def transform_columns(
    spectrum: Floats, weights: Floats, blocks: int, out: Floats,
    radices: Counts, factors: Floats, height: int, ways: int,
) -> None:  # fmt: skip
    """Transform columns in place, or multiply by a kernel's spectrum and transform back, or both.

    weights : [blocks, H, 16], rows in the order of reversed digits
    out : where what is transformed back is written, like `spectrum`, or the same array
    ways : FORWARD, BACK or their sum; one function, since each compiles the transforms anew
    """
    for block in range(blocks):
        first = block * height
        if ways & FORWARD:
            transform(spectrum, first, radices, factors)
        if ways & BACK:
            for i in range(first, first + height):
                weigh(spectrum, i * ELEMENT, weights, i * LANES, out, i * ELEMENT)
            transform_back(out, first, radices, factors)
