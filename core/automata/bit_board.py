"""Two-state rules on a torus or a bounded plane, 64 cells at once, tiles at rest skipped."""

import math
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata import kernels_bit_board as kernels
from core.automata.bit_rows import merged, rows_of_words, words_of_rows
from core.automata.errors import AutomataError
from core.automata.line_sums import LineSums
from core.automata.neighbour_numbers import LIFE_NUMBERS, by_number, cells_beside, number_leaves
from core.automata.rules.life_like import NEIGHBOURS, LifeLike
from core.automata.shape_rule import shape_places
from core.automata.stepper import PASTE_MODES, Stepper
from core.automata.world import World
from core.progress import Progress

CHUNK_SECONDS = 0.02
"""How long the engine works between two looks at the progress."""

CHUNK_LIMIT = 2**40
"""Of steps in one go, however little there is to do."""

Cells = npt.NDArray[np.uint8]


def bit_board(world: World, *, precision: str, threads: int) -> Stepper | None:
    """Return the engine of a life-like world on a torus or a bounded plane, else None."""
    del precision, threads  # cells are exact, and one core is fast enough
    rule, topology = world.rule, world.topology
    fits = topology.kind in ("torus", "plane") and topology.is_bounded and not topology.shift
    if not fits or not isinstance(rule, LifeLike):
        return None
    return BitBoardStepper(
        np.asarray(world.array, dtype=np.uint8),
        rule.table,
        joined=topology.kind == "torus",
        generation=world.generation,
    )


@dataclass(frozen=True, slots=True, eq=False)
class BoardState:
    """A state of a board: uint64[columns, height] and the generation."""

    generation: int
    words: npt.NDArray[np.uint64]


class BitBoardStepper:
    """A live board of bits; a `Stepper`.

    Parameters
    ----------
    cells : uint8[height, width]
    table : uint8[512]
        The rule, as `LifeLike.table`.
    joined : bool
        A torus rather than a plane whose outside is dead.
    """

    def __init__(
        self, cells: Cells, table: Cells, *, joined: bool = True, generation: int = 0
    ) -> None:
        self.generation = generation
        self._height, self._width = cells.shape
        self._joined = joined
        self._columns = -(-self._width // 64)
        shape = (2, self._columns + 2, self._height + 2)
        room = np.zeros(math.prod(shape) + kernels.TILE, dtype=np.uint64)
        self._boards = room[: -kernels.TILE].reshape(shape)
        self._flags = np.zeros((2, self._columns, -(-self._height // kernels.TILE)), dtype=np.uint8)
        self._which = 0
        self._fresh = True
        self._has_before = False
        self._per_chunk = 1
        self._bits = bit_rules(table)
        self.replace(cells)

    def step(self, steps: int = 1, progress: Progress | None = None) -> None:
        """Make `steps` generations."""
        done = 0
        while done < steps:
            if progress is not None:
                progress.report(done / steps)
            now = min(steps - done, self._per_chunk)
            start = perf_counter()
            self._advance(now)
            spent = perf_counter() - start
            if now == self._per_chunk and spent < CHUNK_SECONDS / 2:
                self._per_chunk = min(2 * self._per_chunk, CHUNK_LIMIT)
            elif spent > CHUNK_SECONDS:
                self._per_chunk = max(1, self._per_chunk // 2)
            done += now

    def cells(self) -> Cells:
        """Return the states, uint8[height, width]."""
        return rows_of_words(np.ascontiguousarray(self._inner().T), self._width)

    def origin(self) -> tuple[int, int]:
        """Return (0, 0)."""
        return 0, 0

    def replace(self, cells: npt.NDArray[Any], origin: tuple[int, int] = (0, 0)) -> None:
        """Put another state in place of the present one."""
        if cells.shape != (self._height, self._width) or origin != (0, 0):
            raise AutomataError(
                f"The board is {self._width} by {self._height} cells and takes no others."
            )
        self._inner()[:] = words_of_rows(cells).T
        self._disturb()

    def paste(self, cells: npt.NDArray[Any], x: int, y: int, mode: str = "copy") -> None:
        """Put a patch on the board; on a torus it goes on at the other side, else it is cut."""
        if mode not in PASTE_MODES:
            raise AutomataError(f"There is no way {mode!r} to paste; use {', '.join(PASTE_MODES)}.")
        height, width = cells.shape
        for above in self._tiles_met(y, height, self._height):
            for left in self._tiles_met(x, width, self._width):
                self._paste_inside(cells, x - left, y - above, mode)
        self._disturb()

    def words(self) -> npt.NDArray[np.uint64]:
        """Return the living cells, uint64[height, words], bit x % 64 of word x // 64."""
        words: npt.NDArray[np.uint64] = self._inner().T.copy()
        if self._width % 64:
            words[:, -1] &= np.uint64((1 << self._width % 64) - 1)
        return words

    def flip(self, bits: npt.NDArray[np.uint64]) -> None:
        """Change the cells of a mask that is laid out as `words`."""
        self._inner()[:] ^= bits.T
        self._disturb()

    def population(self) -> int:
        """Return the number of living cells."""
        return int(kernels.count_bits(self._board, self._width))

    def bounding_box(self) -> tuple[int, int, int, int] | None:
        """Return (x, y, width, height) of the living cells."""
        inner = self._inner()
        rows = np.flatnonzero(np.bitwise_or.reduce(inner, axis=0))
        if not rows.size:
            return None
        of_columns = np.bitwise_or.reduce(inner, axis=1)[None, :]
        columns = np.flatnonzero(rows_of_words(of_columns, self._width)[0])
        x, y = int(columns[0]), int(rows[0])
        return x, y, int(columns[-1]) - x + 1, int(rows[-1]) - y + 1

    def line_sums(self, threshold: float) -> LineSums:
        """Return how many cells live in each row and column, and how many the last step changed."""
        del threshold  # a cell that lives is above it
        rows, columns = np.empty(self._height), np.empty(self._width)
        before = self._boards[1 - self._which]
        changed = int(kernels.count_lines(self._board, before, self._width, rows, columns))
        known = float(changed) if self._has_before else math.nan
        return LineSums(rows, columns, int(rows.sum()), known, known, self.words())

    def frame(self, x: int, y: int, width: int, height: int, shrink: int = 1) -> Cells:
        """Return uint8[height, width], 1 where one of `shrink` by `shrink` cells lives."""
        frame = np.zeros((height, width), dtype=np.uint8)
        if shrink == 1:
            self._draw(x, y, frame)
            return frame
        size = np.array([self._width, self._height], dtype=np.int64)
        kernels.draw_board(self._board, size, x, y, shrink, frame)
        return frame

    def _draw(self, x: int, y: int, frame: Cells) -> None:
        """Write the part of the board at (x, y) into a frame, all bits of a word at once."""
        left, right = max(x, 0), min(x + frame.shape[1], self._width)
        top, bottom = max(y, 0), min(y + frame.shape[0], self._height)
        if left < right and top < bottom:
            first = left // 64
            words = self._inner()[first : -(-right // 64), top:bottom].T
            cells = rows_of_words(words, right - 64 * first)
            frame[top - y : bottom - y, left - x : right - x] = cells[:, left - 64 * first :]

    def snapshot(self) -> object:
        """Return the state as bits."""
        return BoardState(self.generation, self._inner().copy())

    def restore(self, snapshot: object) -> None:
        """Go back to a snapshot."""
        assert isinstance(snapshot, BoardState)
        self.generation = snapshot.generation
        self._inner()[:] = snapshot.words
        self._has_before = False
        self._disturb()

    @property
    def _board(self) -> npt.NDArray[np.uint64]:
        board: npt.NDArray[np.uint64] = self._boards[self._which]
        return board

    def _advance(self, steps: int) -> None:
        self._which = kernels.step_board(
            self._boards,
            self._which,
            self._flags,
            self._fresh,
            self._width,
            self._joined,
            self._bits.kind,
            self._bits.beside,
            self._bits.leaves[0],
            self._bits.places[0],
            steps,
        )
        self._fresh = False
        self._has_before |= steps > 0
        self.generation += steps

    def _inner(self) -> npt.NDArray[np.uint64]:
        """Return a view of the words without the rim; the bit beyond the width is of the rim."""
        inner: npt.NDArray[np.uint64] = self._board[1:-1, 1:-1]
        return inner

    def _disturb(self) -> None:
        """Take up a state that was put in from outside."""
        self._fresh = True
        if self._joined:
            kernels.fill_rim(self._board, self._columns, self._height, self._width)

    def _tiles_met(self, first: int, count: int, side: int) -> list[int]:
        """Return the offsets of the copies of the board that a patch meets along one side."""
        if not self._joined:
            return [0]
        begin = first // side
        return [side * each for each in range(begin, -(-(first + count) // side))]

    def _paste_inside(self, patch: npt.NDArray[Any], x: int, y: int, mode: str) -> None:
        left, right = max(x, 0), min(x + patch.shape[1], self._width)
        top, bottom = max(y, 0), min(y + patch.shape[0], self._height)
        if left >= right or top >= bottom:
            return
        first, last = left // 64, (right - 1) // 64
        words = self._inner()[first : last + 1, top:bottom]
        cells = rows_of_words(np.ascontiguousarray(words.T), 64 * (last - first + 1))
        met = cells[:, left - 64 * first : right - 64 * first]
        met[:] = merged(met, patch[top - y : bottom - y, left - x : right - x], mode)
        words[:] = words_of_rows(cells).T


@dataclass(frozen=True, slots=True, eq=False)
class BitRules:
    """Rules of the same kind as the kernels of bits take them; the arguments of `step_tile`.

    Attributes
    ----------
    kind : int
    beside : uint64[3, 2]
    leaves : uint64[n, 20]
    places : int64[n, 29]
    """

    kind: int
    beside: npt.NDArray[np.uint64]
    leaves: npt.NDArray[np.uint64]
    places: npt.NDArray[np.int64]


def bit_rules(*tables: Cells) -> BitRules:
    """Return how the kernels step rules, each uint8[512]."""
    for neighbourhood in ("M", "V", "H"):
        neighbours = NEIGHBOURS[neighbourhood]
        found = [by_number(table, neighbours) for table in tables]
        numbers = [each for each in found if each is not None]
        if len(numbers) == len(tables):
            kind = {"M": kernels.EIGHT, "V": kernels.FOUR}.get(neighbourhood, kernels.SOME)
            if neighbourhood == "M" and all(each == LIFE_NUMBERS for each in found):
                kind = kernels.LIFE
            leaves = np.array([number_leaves(*each) for each in numbers])
            unused = np.zeros((len(tables), kernels.COEFFICIENTS), dtype=np.int64)
            return BitRules(kind, cells_beside(neighbours), leaves, unused)
    places = np.array([shape_places(table) for table in tables])
    none = np.zeros((len(tables), 20), dtype=np.uint64)
    return BitRules(kernels.SHAPE, cells_beside(0), none, places)
