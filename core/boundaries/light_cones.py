"""Past and future light cones of a space-time block, told apart by number.

The past cone of depth L of a cell holds the cell and all that could reach it within L slices at a
speed of c cells a slice: the squares of side 2 c k + 1 around its place k slices ago. The future
cone of depth L holds all that it can reach within L slices, without the cell itself.

Cells are digits of a number that is made dense again whenever it grows large, oldest slice first:
of a deterministic rule there are then never many numbers at once, and cones of any size are told
apart exactly.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.boundaries.errors import BoundaryError
from core.progress import Progress

MOST_CELLS = 2**24
"""Of a block; what is kept of each while its cones are read takes about 50 bytes."""

DEEPEST = 8
FASTEST = 100
MOST_CONE_CELLS = 2048

MOST_CONES = 2**18
"""Of more different cones each would come too seldom to be compared."""

SMALL_RANGE = 2**22
"""Numbers below this are made dense by a table, larger ones by sorting."""

WORTH_A_TABLE = 2**18
LARGEST_CODE = 2**62
PIECE = 2**17

Block = npt.NDArray[Any]
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LightCones:
    """The shape of cones, and where a block is joined to itself.

    Attributes
    ----------
    past, future : int
        Depths in slices; the past cone includes the present.
    speed : int
        Cells that influence travels in a slice, at least the radius of the rule.
    wraps : tuple of bool
        For each axis of space whether it is a circle.
    """

    past: int
    future: int
    speed: int = 1
    wraps: tuple[bool, ...] = (True,)

    def __post_init__(self) -> None:
        if not 0 <= self.past <= DEEPEST or not 1 <= self.future <= DEEPEST:
            raise BoundaryError(
                f"Past cones are 0 to {DEEPEST} slices deep and future cones 1 to {DEEPEST}, not "
                f"{self.past} and {self.future}."
            )
        if not 0 <= self.speed <= FASTEST:
            raise BoundaryError(f"Light moves 0 to {FASTEST} cells a slice, not {self.speed}.")
        if len(self.wraps) not in (1, 2):
            raise BoundaryError("Light cones are of a row or a plane of cells.")
        cells = max(len(self.past_offsets()), len(self.future_offsets()))
        if cells > MOST_CONE_CELLS:
            raise BoundaryError(
                f"A cone of {cells:,} cells is larger than {MOST_CONE_CELLS:,}; take less depth "
                "or a lower speed."
            )

    def past_offsets(self) -> list[tuple[int, ...]]:
        """Return (slices, cells along each axis) from the present, the oldest first."""
        return self._offsets(range(-self.past, 1))

    def future_offsets(self) -> list[tuple[int, ...]]:
        """Return (slices, cells along each axis) from the present, the nearest first."""
        return self._offsets(range(1, self.future + 1))

    def inside(self, shape: tuple[int, ...]) -> tuple[slice, ...]:
        """Return the part of a block whose cells have both cones whole.

        Raises
        ------
        BoundaryError
            Where the block has no such cell.
        """
        rim = self.speed * max(self.past, self.future)
        part = [slice(self.past, shape[0] - self.future)]
        for side, is_circle in zip(shape[1:], self.wraps, strict=True):
            part.append(slice(0, side) if is_circle else slice(rim, side - rim))
        if any(each.stop <= each.start for each in part):
            sides = " by ".join(f"{side:,}" for side in shape)
            raise BoundaryError(
                f"No cell of a block of {sides} (slices first) has cones {self.past} slices back "
                f"and {self.future} ahead within it; take a larger block."
            )
        return tuple(part)

    def _offsets(self, times: range) -> list[tuple[int, ...]]:
        found: list[tuple[int, ...]] = []
        for time in times:
            reach = range(-self.speed * abs(time), self.speed * abs(time) + 1)
            if len(self.wraps) == 1:
                found += [(time, x) for x in reach]
            else:
                found += [(time, y, x) for y in reach for x in reach]
        return found


@dataclass(frozen=True, eq=False, slots=True)
class Cones:
    """Which cone each cell has.

    Attributes
    ----------
    codes : int32[...]
        For the cells of `LightCones.inside`, from 0 on without gaps.
    first : int64[n]
        The flat place in `codes` where each cone is first seen.
    held : callable
        Returns what the cones of some codes hold, [cones, m], in the order of the offsets.
    """

    codes: npt.NDArray[np.int32]
    first: npt.NDArray[np.int64]
    held: Callable[[npt.NDArray[np.int64]], npt.NDArray[Any]]

    @property
    def n(self) -> int:
        """How many different cones there are."""
        return len(self.first)


def require_block(block: Block, cones: LightCones) -> None:
    """Raise `BoundaryError` where a block is none, or too large."""
    if block.ndim != 1 + len(cones.wraps):
        raise BoundaryError(
            f"A space-time block has {1 + len(cones.wraps)} axes here, not {block.ndim}."
        )
    if block.size > MOST_CELLS:
        raise BoundaryError(
            f"Cones of {block.size:,} cells take about {block.size * 50 / 2**30:.1f} GiB of "
            f"memory; take a block of up to {MOST_CELLS:,} cells."
        )


def symbol_cones(
    block: Block,
    symbols: int,
    cones: LightCones,
    offsets: list[tuple[int, ...]],
    progress: Progress | None = None,
) -> Cones:
    """Return which cone each cell has, of those that hold the same symbols in the same places.

    Parameters
    ----------
    block : uint8[T, W] or uint8[T, H, W]
        Symbols from 0 to ``symbols - 1``.
    offsets
        `LightCones.past_offsets` or `LightCones.future_offsets`.

    Raises
    ------
    BoundaryError
        Where there are more than `MOST_CONES` different ones.
    """
    require_block(block, cones)
    padded, inside = padded_block(block, cones)
    codes: Codes = np.zeros([part.stop - part.start for part in inside], dtype=np.int64)
    count = 1
    is_sorted = False
    for offset in offsets:
        if progress is not None:
            progress.check()
        if not is_sorted and count * symbols > SMALL_RANGE:
            count = _made_dense(codes, count, progress)
            is_sorted = count * symbols > WORTH_A_TABLE
        if count * symbols > LARGEST_CODE:
            count = _made_dense(codes, count, progress)
        codes *= symbols
        if progress is not None:
            progress.check()
        codes += seen_from(padded, inside, offset)
        count *= symbols
    count = _made_dense(codes, count, progress)
    _require_few(count)
    first = _first_places(codes, count, progress)

    def held(chosen: npt.NDArray[np.int64]) -> Block:
        return cells_at(padded, inside, offsets, first[chosen])

    small = np.empty(codes.shape, dtype=np.int32)
    for piece in pieces(codes.size, progress):
        small.reshape(-1)[piece] = codes.reshape(-1)[piece]
    return Cones(small, first, held)


def padded_block(block: Block, cones: LightCones) -> tuple[Block, tuple[slice, ...]]:
    """Return a block with its circles continued, and the part of it that has whole cones."""
    inside = cones.inside(block.shape)
    rim = cones.speed * max(cones.past, cones.future)
    pads = [rim if is_circle else 0 for is_circle in cones.wraps]
    padded = np.pad(block, [(0, 0), *((pad, pad) for pad in pads)], mode="wrap")
    moved = (slice(part.start + pad, part.stop + pad) for part, pad in zip(
        inside, (0, *pads), strict=True
    ))  # fmt: skip
    return padded, tuple(moved)


def seen_from(padded: Block, inside: tuple[slice, ...], offset: tuple[int, ...]) -> Block:
    """Return what every cell of the inside sees at an offset."""
    part: Block = padded[
        tuple(slice(s.start + d, s.stop + d) for s, d in zip(inside, offset, strict=True))
    ]
    return part


def _made_dense(codes: Codes, count: int, progress: Progress | None) -> int:
    """Put the ranks of the codes that occur in place of the codes; return how many there are."""
    flat = codes.reshape(-1)
    if count <= SMALL_RANGE:
        seen = np.zeros(count, dtype=np.bool_)
        for piece in pieces(len(flat), progress):
            seen[flat[piece]] = True
        ranks = np.cumsum(seen) - 1
        for piece in pieces(len(flat), progress):
            flat[piece] = ranks[flat[piece]]
        return int(ranks[-1]) + 1
    waiting: list[Codes] = []
    for piece in pieces(len(flat), progress):
        known = np.unique(flat[piece])
        # Sets of like size are united, so that each code is sorted few times.
        while waiting and len(waiting[-1]) <= 2 * len(known):
            known = np.union1d(waiting.pop(), known)
            _require_few(len(known))
            if progress is not None:
                progress.check()
        waiting.append(known)
    known = waiting.pop()
    while waiting:
        known = np.union1d(waiting.pop(), known)
        _require_few(len(known))
    for piece in pieces(len(flat), progress):
        flat[piece] = np.searchsorted(known, flat[piece])
    return len(known)


def _require_few(count: int) -> None:
    if count > MOST_CONES:
        raise BoundaryError(
            f"There are more than {MOST_CONES:,} different cones, so that each comes too seldom to "
            "be compared with others; take less depth, fewer symbols or a smaller region."
        )


def _first_places(codes: Codes, count: int, progress: Progress | None) -> npt.NDArray[np.int64]:
    flat = codes.reshape(-1)
    first = np.zeros(count, dtype=np.int64)
    for piece in pieces(len(flat), progress):
        # Of several places given to one code the last stays: so they are given backwards.
        places = len(flat) - 1 - np.arange(piece.start, piece.stop)
        first[flat[places]] = places
    return first


def cells_at(
    padded: Block,
    inside: tuple[slice, ...],
    offsets: list[tuple[int, ...]],
    places: npt.NDArray[np.int64],
) -> npt.NDArray[Any]:
    """Return what the cones at flat places of the inside hold, [places, offsets]."""
    shape = [part.stop - part.start for part in inside]
    corner = [
        place + part.start
        for place, part in zip(np.unravel_index(places, shape), inside, strict=True)
    ]
    strides = np.array([int(np.prod(padded.shape[axis + 1 :])) for axis in range(padded.ndim)])
    flat = sum(each * stride for each, stride in zip(corner, strides, strict=True))
    steps = np.array(offsets) @ strides
    held: Block = np.take(padded.reshape(-1), np.asarray(flat)[:, None] + steps)
    return held


def pieces(length: int, progress: Progress | None) -> Iterator[slice]:
    """Yield the slices that a long array is worked on in, looking at `progress` before each."""
    for start in range(0, length, PIECE):
        if progress is not None:
            progress.check()
        yield slice(start, min(start + PIECE, length))
