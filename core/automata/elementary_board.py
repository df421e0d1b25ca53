"""Elementary cellular automata on rings, between fixed or mirroring ends, and without end."""

from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata import kernels_elementary as kernels
from core.automata.bit_board import CHUNK_LIMIT, CHUNK_SECONDS
from core.automata.bit_rows import merged, rows_of_words, words_of_rows
from core.automata.errors import AutomataError, TooLarge
from core.automata.neighbour_numbers import FULL
from core.automata.rules.elementary import Elementary
from core.automata.stepper import DENSE_LIMIT, PASTE_MODES, Stepper
from core.automata.world import World
from core.progress import Progress

_EDGES = {
    "torus": kernels.RING,
    "tube": kernels.RING,
    "plane": kernels.FIXED,
    "fixed": kernels.FIXED,
    "reflecting": kernels.MIRROR,
    "unbounded": kernels.BACKGROUND,
}
MARGIN = 64 * 64
"""A row without end is given so many cells more on each side at least, where it has to grow."""

WIDTH_LIMIT = 2**34

Cells = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]


def elementary(world: World, *, precision: str, threads: int) -> Stepper | None:
    """Return the engine of an elementary world, None for a topology that rows do not have."""
    del precision, threads  # cells are exact, and one core is fast enough
    rule, topology = world.rule, world.topology
    if not isinstance(rule, Elementary) or topology.kind not in _EDGES or topology.shift:
        return None
    cells = np.asarray(world.array, dtype=np.uint8)
    return ElementaryStepper(
        cells,
        rule.number,
        edge=topology.kind,
        border=(int(topology.border[0]), int(topology.border[1])),
        origin=world.origin[0],
        generation=world.generation,
    )


@dataclass(frozen=True, slots=True, eq=False)
class RowState:
    """A state of a row: its words, where they begin, and the generation."""

    generation: int
    left: int
    width: int
    words: Words
    background: int


class ElementaryStepper:
    """A live row; a `Stepper`.

    Parameters
    ----------
    cells : uint8[width]
    number : int
        The rule.
    edge : str
        The kind of a topology: ``"torus"``, ``"plane"``, ``"fixed"``, ``"reflecting"`` or
        ``"unbounded"``. Of a row without end the cells are those that differ from the background,
        which is 0 at first and may flicker.
    border : (left, right)
        The cells beyond the ends where they are fixed.
    origin : int
        Where the first cell of a row without end lies.
    """

    def __init__(
        self,
        cells: Cells,
        number: int,
        *,
        edge: str = "torus",
        border: tuple[int, int] = (0, 0),
        origin: int = 0,
        generation: int = 0,
    ) -> None:
        self.generation = generation
        self._edge = _EDGES[edge]
        self._border = border if edge == "fixed" else (0, 0)
        self._outcomes = np.array(
            [FULL if number >> case & 1 else 0 for case in range(8)], dtype=np.uint64
        )
        self._chunk = 64
        self._which = 0
        self._background = self._background_at(generation)
        self._width = len(cells)
        self._set(cells ^ np.uint8(self._background), origin)

    @property
    def background(self) -> int:
        """The state far away on a row without end."""
        return self._background

    def step(self, steps: int = 1, progress: Progress | None = None) -> None:
        """Make `steps` generations."""
        self._run(steps, np.zeros((0, self._words), dtype=np.uint64), progress)

    def record(self, steps: int, progress: Progress | None = None) -> tuple[Cells, int]:
        """Make `steps` generations and return them all, uint8[steps, width], and their first x.

        A row without end is shown as far as it may be alive in the last generation.

        Raises
        ------
        TooLarge
            When they are more than `DENSE_LIMIT` cells.
        """
        if self._edge == kernels.BACKGROUND:
            self._trim()
            self._enlarge(steps)
        if steps * self._width > DENSE_LIMIT:
            raise TooLarge(
                f"{steps} rows of {self._width} cells are more than the {DENSE_LIMIT:,} that can "
                "be shown."
            )
        rows = np.zeros((steps, self._words), dtype=np.uint64)
        lit = self._run(steps, rows, progress)
        cells = rows_of_words(rows, self._width)
        cells ^= lit[:, None]
        return cells, self._left

    def cells(self) -> Cells:
        """Return the row, uint8[width], or of a row without end the living part."""
        if self._edge == kernels.BACKGROUND:
            self._trim()
            if self._width > DENSE_LIMIT:
                raise TooLarge(f"The row has {self._width} cells, too many for an array.")
        return self._relative()

    def origin(self) -> tuple[int, int]:
        """Return (x, 0) of the first of the `cells`."""
        if self._edge == kernels.BACKGROUND:
            self._trim()
        return self._left, 0

    def replace(self, cells: npt.NDArray[Any], origin: tuple[int, int] = (0, 0)) -> None:
        """Put another row in place of the present one."""
        row = np.asarray(cells, dtype=np.uint8).ravel()
        if self._edge != kernels.BACKGROUND and len(row) != self._width:
            raise AutomataError(f"The row has {self._width} cells and takes no others.")
        self._set(row ^ np.uint8(self._background), origin[0])

    def paste(self, cells: npt.NDArray[Any], x: int, y: int, mode: str = "copy") -> None:
        """Put a patch of one row on the row; on a ring it goes on at the other end."""
        if mode not in PASTE_MODES:
            raise AutomataError(f"There is no way {mode!r} to paste; use {', '.join(PASTE_MODES)}.")
        patch = np.atleast_2d(np.asarray(cells))
        if not 0 <= -y < patch.shape[0]:
            return
        row = patch[-y]
        if self._edge == kernels.BACKGROUND and len(row):
            self._enlarge(max(0, self._left - x, x + len(row) - self._left - self._width))
        here = self._relative()
        place = np.arange(len(row)) + x - self._left
        if self._edge == kernels.RING:
            for begin in range(0, len(row), self._width):
                part = place[begin : begin + self._width] % self._width
                here[part] = merged(here[part], row[begin : begin + self._width], mode)
        else:
            kept = np.flatnonzero((place >= 0) & (place < self._width))
            here[place[kept]] = merged(here[place[kept]], row[kept], mode)
        self._set(here ^ np.uint8(self._background), self._left)

    def population(self) -> int:
        """Return the number of ones, or of cells that differ from the background."""
        ones = int(np.bitwise_count(self._row()).sum())
        return self._width - ones if self._background else ones

    def bounding_box(self) -> tuple[int, int, int, int] | None:
        """Return (x, 0, width, 1) of the cells that are counted."""
        alive = np.flatnonzero(self._relative())
        if not alive.size:
            return None
        return self._left + int(alive[0]), 0, int(alive[-1] - alive[0]) + 1, 1

    def frame(self, x: int, y: int, width: int, height: int, shrink: int = 1) -> Cells:
        """Return uint8[height, width] with the row where y is 0, and 0 elsewhere."""
        frame = np.zeros((height, width), dtype=np.uint8)
        if not 0 <= -y < height * shrink:
            return frame
        begin, end = max(x, self._left), min(x + width * shrink, self._left + self._width)
        if begin < end:
            alive = np.flatnonzero(self._relative()[begin - self._left : end - self._left])
            frame[-y // shrink, (alive + begin - x) // shrink] = 1
        return frame

    def snapshot(self) -> object:
        """Return the state as bits."""
        words = self._row().copy()
        return RowState(self.generation, self._left, self._width, words, self._background)

    def restore(self, snapshot: object) -> None:
        """Go back to a snapshot."""
        assert isinstance(snapshot, RowState)
        self.generation, self._background = snapshot.generation, snapshot.background
        self._set(rows_of_words(snapshot.words[None, :], snapshot.width)[0], snapshot.left)

    @property
    def _words(self) -> int:
        return -(-self._width // 64)

    def _run(self, steps: int, record: Words, progress: Progress | None) -> Cells:
        """Make the steps, fill the record and return the background of each of its rows."""
        lit = np.zeros(len(record), dtype=np.uint8)
        done = 0
        while done < steps:
            if progress is not None:
                progress.report(done / steps)
            now = min(self._chunk, steps - done)
            if self._edge == kernels.BACKGROUND and not len(record):
                self._trim()
                self._enlarge(now)
            start = perf_counter()
            self._advance(now, record[done:], lit[done:])
            spent = perf_counter() - start
            if spent > CHUNK_SECONDS:
                self._chunk = max(1, self._chunk // 2)
            elif spent < CHUNK_SECONDS / 2:
                limit = MARGIN if self._edge == kernels.BACKGROUND else CHUNK_LIMIT
                self._chunk = min(2 * self._chunk, limit)
            done += now
        return lit

    def _advance(self, steps: int, record: Words, lit: Cells) -> None:
        left, right = self._border
        if self._edge == kernels.BACKGROUND:
            left = right = self._background
            for row in range(min(steps, len(lit))):
                lit[row] = self._background_after(row + 1)
            self._background = self._background_after(steps)
        self._which = kernels.step_row(
            self._rows,
            self._which,
            self._width,
            self._edge,
            left,
            right,
            self._outcomes,
            steps,
            record[:steps],
        )
        self.generation += steps

    def _background_after(self, steps: int) -> int:
        """Return the background some steps on; it flickers, stays, or changes once."""
        state = self._background
        for _ in range(min(steps, 2 + steps % 2)):
            state = int(self._outcomes[7 if state else 0] & np.uint64(1))
        return state

    def _background_at(self, generation: int) -> int:
        self._background = 0
        flickers = self._edge == kernels.BACKGROUND
        return self._background_after(generation) if flickers else 0

    def _set(self, row: Cells, left: int) -> None:
        """Take up a row of plain bits that begins at `left`."""
        self._width = max(len(row), 1)
        self._left = left if self._edge == kernels.BACKGROUND else 0
        self._rows = np.zeros((2, self._words + 2), dtype=np.uint64)
        self._which = 0
        if len(row):
            self._rows[0, 1:-1] = words_of_rows(row[None, :])[0]
        elif self._background:
            self._rows[0, 1] = 1

    def _row(self) -> Words:
        """Return a view of the words; bits beyond the width are zero."""
        row: Words = self._rows[self._which, 1:-1]
        row[-1] &= np.uint64((1 << (self._width - 64 * (self._words - 1))) - 1)
        return row

    def _relative(self) -> Cells:
        row: Cells = rows_of_words(self._row()[None, :], self._width)[0]
        row ^= np.uint8(self._background)
        return row

    def _enlarge(self, cells: int) -> None:
        """Give a row without end at least so many cells more on each side."""
        if cells <= 0:
            return
        words = -(-cells // 64)
        if self._width + 128 * words > WIDTH_LIMIT:
            raise TooLarge(f"A row of more than {WIDTH_LIMIT:,} cells is too long to be stepped.")
        row = self._relative()
        wider = np.pad(row, 64 * words)
        self._set(wider ^ np.uint8(self._background), self._left - 64 * words)

    def _trim(self) -> None:
        """Take the background off both ends of a row without end."""
        alive = np.flatnonzero(self._relative())
        first, last = (int(alive[0]), int(alive[-1]) + 1) if alive.size else (0, 0)
        if (first, last) != (0, self._width):
            row = self._relative()[first:last]
            left = self._left + first if alive.size else 0
            self._set(row ^ np.uint8(self._background), left)
