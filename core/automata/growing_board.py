"""An unbounded world of few states: an array that grows where its pattern does."""

from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import TooLarge
from core.automata.quadtree import Quadtree
from core.automata.state_board import SECONDS_AT_ONCE, StateBoard
from core.automata.state_kernels import StateKernel
from core.automata.stepper import DENSE_LIMIT
from core.automata.topology import UNBOUNDED
from core.automata.world import World
from core.progress import Progress

MARGIN = 32
"""By how many cells the array grows at least."""

STEPS_TO_CROP = 512

Cells = npt.NDArray[np.uint8]


class GrowingBoard(StateBoard):
    """The plane, or a plane or tube with one finite side.

    The array always holds everything that lives, with `reach` empty cells around it along every
    side without end.
    """

    def __init__(self, world: World, kernel: StateKernel) -> None:
        self._kernel = kernel
        self._x, self._y = world.origin
        self._sides = (world.topology.height, world.topology.width)
        self._wraps = world.topology.kind == "tube"
        if isinstance(world.cells, Quadtree):
            cells, (self._x, self._y) = world.cells.to_dense()
            # a quadtree has no array that the base class could take
            world = World(world.name, world.rule, UNBOUNDED, cells, world.generation, world.seed)
        super().__init__(world)
        self._is_joined = False
        self._put(self._board, self._x, self._y)

    # -- stepping --------------------------------------------------------------------------------

    def step(self, steps: int = 1, progress: Progress | None = None) -> None:
        """Make steps exactly; raises `TooLarge` where the pattern outgrows the memory."""
        last = perf_counter()
        for done in range(steps):
            if progress is not None and perf_counter() - last > SECONDS_AT_ONCE:
                progress.report(done / steps)
                last = perf_counter()
            self._advance(1)
            self.generation += 1

    def _advance(self, steps: int) -> None:
        reach = self._kernel.reach
        for _ in range(steps):
            if self._steps_made % STEPS_TO_CROP == STEPS_TO_CROP - 1:
                self._put(*self._live())
            self._steps_made += 1
            self._make_room()
            height, width = self._board.shape
            self._padded[reach : reach + height, reach : reach + width] = self._board
            if self._wraps:
                self._wrap()
            self._kernel.step(self._padded, self._board)

    def _wrap(self) -> None:
        reach = self._kernel.reach
        height, width = self._board.shape
        if self._sides[1]:
            columns = np.arange(-reach, width + reach) % width + reach
            self._padded[:, :reach] = self._padded[:, columns[:reach]]
            self._padded[:, -reach:] = self._padded[:, columns[-reach:]]
        else:
            rows = np.arange(-reach, height + reach) % height + reach
            self._padded[:reach] = self._padded[rows[:reach]]
            self._padded[-reach:] = self._padded[rows[-reach:]]

    def _make_room(self) -> None:
        """Grow towards the sides near which something lives."""
        reach, board = self._kernel.reach, self._board
        before, after = [0, 0], [0, 0]
        for axis in (0, 1):
            if self._sides[axis]:
                continue
            lines = board if axis == 0 else board.T
            more = max(MARGIN, 2 * reach, lines.shape[0] // 4)
            before[axis] = more if lines[:reach].any() else 0
            after[axis] = more if lines[-reach:].any() else 0
        if any(before) or any(after):
            self._resize(before, after)

    def _resize(self, before: list[int], after: list[int]) -> None:
        height, width = self._board.shape
        _require_room(height + before[0] + after[0], width + before[1] + after[1])
        self._board = np.pad(
            self._board, ((before[0], after[0]), (before[1], after[1])), constant_values=0
        )
        self._x, self._y = self._x - before[1], self._y - before[0]
        self._prepare()

    def _prepare(self) -> None:
        reach = self._kernel.reach
        height, width = self._board.shape
        self._padded = np.zeros((height + 2 * reach, width + 2 * reach), dtype=np.uint8)

    def _put(self, cells: Cells, x: int, y: int) -> None:
        """Make the array anew around some cells."""
        reach = self._kernel.reach
        pads = []
        for axis, start in ((0, y), (1, x)):
            side, size = self._sides[axis], cells.shape[axis]
            if side:  # finite: all of it, cut to fit
                first = -min(start, 0)
                cells = np.take(cells, np.arange(first, min(size, side - start)), axis=axis)
                start = max(start, 0)
                pads.append((start, side - start - cells.shape[axis]))
            else:
                pads.append((MARGIN + reach, MARGIN + reach))
        _require_room(cells.shape[0] + sum(pads[0]), cells.shape[1] + sum(pads[1]))
        self._board = np.ascontiguousarray(np.pad(cells, pads), dtype=np.uint8)
        self._y = 0 if self._sides[0] else y - pads[0][0]
        self._x = 0 if self._sides[1] else x - pads[1][0]
        self._steps_made = 0
        self._prepare()

    # -- looking and changing --------------------------------------------------------------------

    def _live(self) -> tuple[Cells, int, int]:
        box = super().bounding_box()
        if box is None:
            return np.zeros((1, 1), dtype=np.uint8), 0, 0
        x, y, width, height = box
        return self._board[y : y + height, x : x + width].copy(), x + self._x, y + self._y

    def cells(self) -> Cells:
        """Return the living part, uint8[height, width]; uint8[0, 0] without any."""
        box = super().bounding_box()
        return self._live()[0] if box is not None else np.zeros((0, 0), dtype=np.uint8)

    def origin(self) -> tuple[int, int]:
        """Return (x, y) of the upper left of the living part, (0, 0) without any."""
        return self._live()[1:]

    def bounding_box(self) -> tuple[int, int, int, int] | None:
        """Return (x, y, width, height) of the cells not in state 0."""
        box = super().bounding_box()
        return None if box is None else (box[0] + self._x, box[1] + self._y, box[2], box[3])

    def replace(self, cells: npt.NDArray[Any], origin: tuple[int, int] = (0, 0)) -> None:
        """Put other states in place of these."""
        self._put(np.atleast_2d(np.asarray(cells, dtype=np.uint8)), *origin)

    def paste(self, cells: npt.NDArray[Any], x: int, y: int, mode: str = "copy") -> None:
        """Put a patch on the plane, wherever it lies."""
        patch = np.atleast_2d(cells)
        for axis, start in ((0, y - self._y), (1, x - self._x)):
            before, after = [0, 0], [0, 0]
            if not self._sides[axis]:
                before[axis] = max(0, -start)
                after[axis] = max(0, start + patch.shape[axis] - self._board.shape[axis])
                if before[axis] or after[axis]:
                    self._resize(before, after)
        super().paste(patch, x - self._x, y - self._y, mode)

    def frame(self, x: int, y: int, width: int, height: int, shrink: int = 1) -> Cells:
        """Return uint8[height, width], the largest state of each `shrink` by `shrink` cells."""
        return super().frame(x - self._x, y - self._y, width, height, shrink)

    def snapshot(self) -> object:
        """Return the exact state."""
        return (self.generation, *self._live())

    def restore(self, snapshot: object) -> None:
        """Go back to a state that `snapshot` returned."""
        assert isinstance(snapshot, tuple)
        self.generation = snapshot[0]
        self._put(*snapshot[1:])


def _require_room(height: int, width: int) -> None:
    if height * width > DENSE_LIMIT:
        raise TooLarge(
            f"The pattern has grown to {width} by {height} cells, more than the "
            f"{DENSE_LIMIT // 2**20} million that an unbounded world of this rule may have."
        )
