"""When a state comes back, perhaps elsewhere: period and displacement by hashes of the states.

A state is cut out along its largest empty stretches of rows and columns, which go round the seam of
a torus, so that a pattern and the same one moved give equal bytes. Equal digests of 16 bytes are
taken for equal states. Where nothing is empty, only a return to the same place is found.
"""

from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.bit_rows import rows_of_words
from core.automata.line_sums import LineSums
from core.automata.measures.board import Board, Setting, board_of
from core.automata.stepper import Stepper
from core.progress import Progress

MOST_REMEMBERED = 2**16
MOST_TIES = 16

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A return: the state of `since` came back `period` generations later, moved by (dx, dy).

    On a torus the displacement is the shortest that there is.
    """

    since: int
    period: int
    displacement: tuple[int, int]

    @property
    def speed(self) -> float:
        """max(|dx|, |dy|) / period, in units of c."""
        return max(abs(each) for each in self.displacement) / self.period

    @property
    def text(self) -> str:
        """The motion as it is written down in Life, such as ``(1, 1)c/4``."""
        dx, dy = self.displacement
        if (dx, dy) == (0, 0):
            return "still" if self.period == 1 else f"period {self.period}"
        return f"({dx}, {dy})c/{self.period}"


class PeriodFinder:
    """Is shown state after state and tells the first return of the newest.

    Parameters
    ----------
    most : int
        States remembered; the oldest is forgotten first, so memory is bounded.
    """

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self._most = most
        self._seen: OrderedDict[bytes, tuple[int, Place]] = OrderedDict()

    def see(self, generation: int, board: Board) -> Recurrence | None:
        """Return how the state of a generation repeats an earlier one, or None."""
        return self._met(generation, board.setting, *canonical_state(board))

    def see_words(self, generation: int, lines: LineSums, setting: Setting) -> Recurrence | None:
        """Do as `see` for a state of bits; a finder is shown either these or boards."""
        return self._met(generation, setting, *canonical_words(lines, setting))

    def _met(
        self, generation: int, setting: Setting, digest: bytes, place: Place
    ) -> Recurrence | None:
        before = self._seen.get(digest)
        self._seen[digest] = (generation, place)
        self._seen.move_to_end(digest)
        if len(self._seen) > self._most:
            self._seen.popitem(last=False)
        if before is None or before[0] >= generation:
            return None
        moved = tuple(
            _shortest(new - old, int(side)) if goes_round else new - old
            for new, old, side, goes_round in zip(
                place, before[1], setting.sides, setting.wraps, strict=True
            )
        )
        return Recurrence(before[0], generation - before[0], (moved[0], moved[1]))

    def forget(self) -> None:
        """Begin anew."""
        self._seen.clear()

    def forget_after(self, generation: int) -> None:
        """Forget what was seen later: time was turned back."""
        for digest in [key for key, (when, _) in self._seen.items() if when > generation]:
            del self._seen[digest]


def find_period(
    stepper: Stepper, setting: Setting, most_steps: int = 10_000, progress: Progress | None = None
) -> Recurrence | None:
    """Step on until a state comes back; return its recurrence, or None within so many steps.

    The first return found is the shortest period of what the run has settled into.
    """
    finder = PeriodFinder(most_steps + 1)
    for made in range(most_steps + 1):
        if progress is not None:
            progress.report(made / (most_steps + 1), f"{made:,} steps")
        found = finder.see(stepper.generation, board_of(stepper, setting))
        if found is not None:
            return found
        stepper.step()
    return None


def canonical_state(board: Board) -> tuple[bytes, Place]:
    """Return a digest that is the same wherever the state lies, and where it lies."""
    plane = board.plane
    wraps_x, wraps_y = board.setting.wraps
    living = plane != 0
    rows = _starts(living.any(axis=1), goes_round=wraps_y)
    columns = _starts(living.any(axis=0), goes_round=wraps_x)
    height, width = plane.shape
    if rows is None or columns is None or len(rows[0]) * len(columns[0]) > MOST_TIES:
        x, y, cut = 0, 0, plane
    else:
        candidates = [
            (_cut(plane, y, rows[1], x, columns[1]).tobytes(), x, y)
            for y in rows[0]
            for x in columns[0]
        ]
        _, x, y = min(candidates)
        cut = _cut(plane, y, rows[1], x, columns[1])
    sides = (height if wraps_y else 0, width if wraps_x else 0)
    digest = _digest(np.ascontiguousarray(cut).tobytes(), cut.shape, sides)
    return digest, (x + board.origin[0], y + board.origin[1])


def canonical_words(lines: LineSums, setting: Setting) -> tuple[bytes, Place]:
    """Return what `canonical_state` does, with other digests, of a state of bits.

    Only the cells that are cut out are looked at one by one.
    """
    words = lines.words
    assert words is not None
    wraps_x, wraps_y = setting.wraps
    height, width = len(lines.rows), len(lines.columns)
    sides = (height if wraps_y else 0, width if wraps_x else 0)
    rows = _starts(lines.rows > 0, goes_round=wraps_y)
    columns = _starts(lines.columns > 0, goes_round=wraps_x)
    if rows is None or columns is None or len(rows[0]) * len(columns[0]) > MOST_TIES:
        return _digest(words.tobytes(), (height, width), sides), (0, 0)
    candidates = []
    for y in rows[0]:
        band = rows_of_words(words[(y + np.arange(rows[1])) % height], width)
        for x in columns[0]:
            cut = _cut(band, 0, rows[1], x, columns[1])
            candidates.append((np.packbits(cut).tobytes(), x, y))
    cells, x, y = min(candidates)
    return _digest(cells, (rows[1], columns[1]), sides), (x, y)


def _digest(cells: bytes, shape: tuple[int, ...], sides: tuple[int, int]) -> bytes:
    digest = blake2b(cells, digest_size=16)
    digest.update(f"{shape} {sides[0]} {sides[1]}".encode())
    return digest.digest()


def canonical_pattern(cells: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return one form of a pattern for all of its eight turns and mirrors, cut to what lives."""
    living = cells != 0
    if not living.any():
        return cells[:0, :0]
    rows, columns = np.flatnonzero(living.any(axis=1)), np.flatnonzero(living.any(axis=0))
    cut = cells[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    forms = [np.rot90(each, turns) for each in (cut, cut.T) for turns in range(4)]
    return np.ascontiguousarray(min(forms, key=lambda form: (form.shape, form.tobytes())))


def _starts(occupied: npt.NDArray[np.bool_], *, goes_round: bool) -> tuple[list[int], int] | None:
    """Return where the shortest stretches that hold everything begin, and their length.

    None where the whole circle is occupied, so that there is no beginning.
    """
    places = np.flatnonzero(occupied)
    if not places.size:
        return [0], 0
    if not goes_round:
        return [int(places[0])], int(places[-1] - places[0]) + 1
    side = len(occupied)
    if places.size == side:
        return None
    gaps = (np.roll(places, -1) - places - 1) % side if places.size > 1 else np.array([side - 1])
    largest = int(gaps.max())
    after = np.flatnonzero(gaps == largest)
    return [int(places[(each + 1) % places.size]) for each in after], side - largest


def _cut(plane: npt.NDArray[Any], y: int, height: int, x: int, width: int) -> npt.NDArray[Any]:
    if y + height <= plane.shape[0] and x + width <= plane.shape[1]:
        return plane[y : y + height, x : x + width]
    rows, columns = (
        (y + np.arange(height)) % plane.shape[0],
        (x + np.arange(width)) % plane.shape[1],
    )
    return plane[np.ix_(rows, columns)]


def _shortest(way: int, side: int) -> int:
    way %= side
    return way - side if way > side // 2 else way
