"""A live board of states held one byte a cell: what the engines of random rules have in common."""

from abc import abstractmethod
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.bit_rows import merged
from core.automata.errors import AutomataError
from core.automata.halo import halo
from core.automata.rules.rule import Rule
from core.automata.seeds import stream_of
from core.automata.stepper import PASTE_MODES
from core.automata.topology import Topology
from core.automata.world import World
from core.progress import Progress

Cells = npt.NDArray[np.uint8]

SECONDS_AT_ONCE = 0.02
"""How long the engine works between two looks at the progress."""


class StateBoard:
    """A bounded board; a subclass says how it advances.

    Attributes
    ----------
    generation : int
    """

    def __init__(self, world: World) -> None:
        self.generation = world.generation
        self._rule: Rule = world.rule
        self._topology = world.topology
        self._is_joined = world.topology.kind == "torus"
        self._stream = stream_of(world.seed, 0)
        self._per_chunk = 1
        self._flat = world.array.ndim == 1
        self._board: Cells = np.array(np.atleast_2d(world.array), dtype=np.uint8, order="C")

    @abstractmethod
    def _advance(self, steps: int) -> None:
        """Make steps on `_board`, the first of them from `generation`."""

    def step(self, steps: int = 1, progress: Progress | None = None) -> None:
        """Make steps exactly."""
        done = 0
        while done < steps:
            if progress is not None:
                progress.report(done / steps)
            now = min(steps - done, self._per_chunk)
            start = perf_counter()
            self._advance(now)
            spent = perf_counter() - start
            if now == self._per_chunk and spent < SECONDS_AT_ONCE / 2:
                self._per_chunk *= 2
            elif spent > SECONDS_AT_ONCE:
                self._per_chunk = max(1, self._per_chunk // 2)
            self.generation += now
            done += now

    def cells(self) -> Cells:
        """Return a copy of the states, uint8[height, width] or uint8[width]."""
        return self._board[0].copy() if self._flat else self._board.copy()

    def origin(self) -> tuple[int, int]:
        """Return (0, 0)."""
        return (0, 0)

    def replace(self, cells: npt.NDArray[Any], origin: tuple[int, int] = (0, 0)) -> None:
        """Put other states in place of these."""
        board = np.atleast_2d(cells)
        if board.shape != self._board.shape or origin != (0, 0):
            height, width = self._board.shape
            raise AutomataError(f"The board is {width} by {height} cells and takes no others.")
        self._board[:] = board

    def paste(self, cells: npt.NDArray[Any], x: int, y: int, mode: str = "copy") -> None:
        """Put a patch on the board; on a torus it goes on at the other side, else it is cut."""
        if mode not in PASTE_MODES:
            raise AutomataError(f"There is no way {mode!r} to paste; use {', '.join(PASTE_MODES)}.")
        patch = np.atleast_2d(cells)
        rows, columns = y + np.arange(patch.shape[0]), x + np.arange(patch.shape[1])
        if self._is_joined:
            rows, columns = rows % self._board.shape[0], columns % self._board.shape[1]
        met_rows = (rows >= 0) & (rows < self._board.shape[0])
        met_columns = (columns >= 0) & (columns < self._board.shape[1])
        where = np.ix_(rows[met_rows], columns[met_columns])
        self._board[where] = self._merged(
            self._board[where], patch[np.ix_(met_rows, met_columns)], mode
        )

    def _merged(self, cells: Cells, patch: npt.NDArray[Any], mode: str) -> Cells:
        if self._rule.states == 2:
            return merged(cells, patch, mode)
        states = np.asarray(patch, dtype=np.uint8)
        if mode == "copy":
            return states
        function = {"or": np.bitwise_or, "and": np.bitwise_and, "xor": np.bitwise_xor}.get(mode)
        put = np.maximum(cells, states) if function is None else function(cells, states)
        return np.minimum(put, self._rule.states - 1).astype(np.uint8)

    def population(self) -> int:
        """Return the number of cells not in state 0."""
        return int(np.count_nonzero(self._board))

    def bounding_box(self) -> tuple[int, int, int, int] | None:
        """Return (x, y, width, height) of the cells not in state 0."""
        rows = np.flatnonzero(self._board.any(axis=1))
        if not rows.size:
            return None
        columns = np.flatnonzero(self._board.any(axis=0))
        x, y = int(columns[0]), int(rows[0])
        return x, y, int(columns[-1]) - x + 1, int(rows[-1]) - y + 1

    def frame(self, x: int, y: int, width: int, height: int, shrink: int = 1) -> Cells:
        """Return uint8[height, width], the largest state of each `shrink` by `shrink` cells."""
        seen = np.zeros((height * shrink, width * shrink), dtype=np.uint8)
        tall, wide = self._board.shape
        top, left = max(y, 0), max(x, 0)
        bottom, right = min(y + height * shrink, tall), min(x + width * shrink, wide)
        if top < bottom and left < right:
            seen[top - y : bottom - y, left - x : right - x] = self._board[top:bottom, left:right]
        if shrink == 1:
            return seen
        pixels: Cells = seen.reshape(height, shrink, width, shrink).max(axis=(1, 3))
        return pixels

    def snapshot(self) -> object:
        """Return the exact state."""
        return (self.generation, self._board.copy())

    def restore(self, snapshot: object) -> None:
        """Go back to a state that `snapshot` returned."""
        assert isinstance(snapshot, tuple)
        self.generation = snapshot[0]
        self._board[:] = snapshot[1]


class PaddedBoard:
    """A copy of a board with a rim of what lies beyond its sides, on any bounded topology."""

    def __init__(self, topology: Topology, reach: int) -> None:
        self._reach = reach
        self._at, self._source = halo(topology, reach)
        height, width = topology.height, topology.width
        self._cells: Cells = np.zeros((height + 2 * reach, width + 2 * reach), dtype=np.uint8)
        if topology.kind == "fixed" and reach:
            left, right, top, bottom = (int(value) for value in topology.border)
            self._cells[:, :reach], self._cells[:, -reach:] = left, right
            self._cells[:reach], self._cells[-reach:] = top, bottom

    def around(self, board: Cells) -> Cells:
        """Return the board with its rim; the same array each time."""
        reach, (height, width) = self._reach, board.shape
        self._cells[reach : reach + height, reach : reach + width] = board
        flat = self._cells.reshape(-1)
        flat[self._at] = flat[self._source]
        return self._cells


def renew_rim(board: npt.NDArray[Any], kind: str) -> None:
    """Fill a rim of one cell: of a torus from the other side, of reflecting sides from its own."""
    if kind in ("torus", "reflecting"):
        first, last = (-2, 1) if kind == "torus" else (1, -2)
        board[0], board[-1] = board[first], board[last]
        board[:, 0], board[:, -1] = board[:, first], board[:, last]
