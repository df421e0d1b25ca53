"""Lenia where empty space is free: only windows around living cells are stepped.

Where the growth of an empty neighbourhood is not above 0, nothing begins farther from living cells
than the kernels reach. Cells that live inside a window, farther from its sides than that, may as
well live on a torus of the window's size: nothing that matters goes round. So the world is a few
small toruses, which move with what they hold and are laid out anew when it outgrows them or comes
near another. When they would cover much of the world, the whole of it is stepped instead.
"""

from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.fourier_plan import next_fast_size
from core.automata.growth import Field, keeps_empty_space_empty
from core.automata.lenia_board import SMALL, BoardPlan, LeniaBoard, aligned, have_same_shapes
from core.automata.lenia_kernel import kernel_weights, rule_reach
from core.automata.lenia_stepper import LeniaStepper, require_stepped
from core.automata.line_sums import LineSums, lines_of
from core.automata.live_boxes import Box, live_boxes, separate_boxes
from core.automata.rules.lenia import LeniaRule
from core.automata.world import World
from core.progress import Progress

CHUNK = 32
"""Steps that windows make on their own before they wait for each other."""

SLACK = 6
"""Cells that a window is wider than needed, so that it is not moved at every step."""

LARGEST_SHARE = 0.4
"""Part of the world that windows may cover."""

MOST_WINDOWS = 1000
"""A layout with more is not looked at."""

DENSE_STEPS = 128
"""Steps of the whole world until windows are tried again."""


def sparse_lenia(
    world: World, *, precision: str = "float32", threads: int = 1
) -> "SparseLenia | None":
    """Return the engine for a large torus whose empty space stays empty, else None."""
    rule = world.rule
    if not isinstance(rule, LeniaRule) or rule.dimensions != 2 or world.array[0].size <= SMALL:
        return None
    is_torus = world.topology.kind == "torus" and not world.topology.shift
    if not is_torus or not require_stepped(rule, world.topology):
        return None
    stepper = SparseLenia(world, precision)
    return stepper if stepper.may_be_sparse else None


@dataclass(eq=False, slots=True)
class Window:
    """A part of the world, its upper left corner at (y, x), as a torus of its own.

    `moved` is sum |new - old| over its cells in its last step.
    """

    y: int
    x: int
    board: Field
    moved: float = 0.0

    def box(self) -> Box:
        """Return what it covers."""
        return Box(self.y, self.x, self.board.shape[1], self.board.shape[2])


@dataclass(frozen=True, eq=False)
class SparseSnapshot:
    """The exact state: the windows, the engine of the whole world's own, or cells just given."""

    generation: int
    windows: tuple[tuple[int, int, Field], ...] | None
    dense: object | None
    cells: Field | None
    dense_steps: int


class SparseLenia(LeniaStepper):
    """A live world of Lenia, stepped in windows, in double precision, where it is mostly empty.

    The cells are in one of three places: in windows; in an engine of the whole world; or, when
    they were just given, in `_whole`, for which the next step finds a place.
    """

    def __init__(self, world: World, precision: str = "float32") -> None:
        super().__init__(world)
        self._world = world
        self._precision = precision
        self._size = (int(world.array.shape[1]), int(world.array.shape[2]))
        self._whole: Field = np.clip(world.array, 0.0, 1.0)
        self._windows: list[Window] | None = None
        self._dense: LeniaBoard | None = None
        self._shown: list[Box] = []
        self._dense_steps = 0
        self._moved = nan
        self._plans: dict[tuple[int, int], BoardPlan] = {}
        self._planned = self.rule
        self._shown_by: LeniaBoard | None = None
        self._prepare()
        if world.layout:
            self._take_layout(world.layout)

    @property
    def may_be_sparse(self) -> bool:
        """Whether the rule leaves empty space empty and makes plain steps."""
        return self._may_be_sparse

    @property
    def windows(self) -> tuple[Box, ...]:
        """What is stepped at present; empty when it is the whole world."""
        return tuple(each.box() for each in self._windows or ())

    @property
    def layout(self) -> tuple[tuple[int, ...], ...]:
        """The steps until windows are tried, then (y, x, height, width) of those that there are."""
        if self._windows is None and self._dense is None:
            return ()
        boxes = (each.box() for each in self._windows or ())
        return ((self._dense_steps,), *((box.y, box.x, box.height, box.width) for box in boxes))

    def _take_layout(self, layout: tuple[tuple[int, ...], ...]) -> None:
        """Go on as the engine whose `layout` it was, where that fits the cells."""
        (*first,), boxes = layout[0], [Box(*each) for each in layout[1:] if len(each) == 4]
        if (
            len(layout) > MOST_WINDOWS
            or len(first) != 1
            or not -1 <= first[0] <= DENSE_STEPS
            or len(boxes) < len(layout) - 1
        ):
            return
        if boxes and not self._hold_all(boxes):
            return
        self._dense_steps = first[0]
        if boxes and self._may_be_sparse:
            self._windows = [Window(box.y, box.x, _cut(self._whole, box)) for box in boxes]
            self._whole = np.zeros(self._whole.shape)

    def _hold_all(self, boxes: list[Box]) -> bool:
        """Whether boxes lie in the world, apart from each other, with all living cells in them."""
        height, width = self._size
        for box in boxes:
            if not (0 <= box.y < height and 0 <= box.x < width):
                return False
            if not (0 < box.height <= height and 0 < box.width <= width):
                return False
            if next_fast_size(box.height) != box.height or next_fast_size(box.width) != box.width:
                return False
        if len(separate_boxes(boxes, self._size)) != len(boxes):
            return False
        held = sum(np.count_nonzero(_cut(self._whole, box)) for box in boxes)
        return held == np.count_nonzero(self._whole)

    def _prepare(self) -> None:
        may_be_sparse = self._is_plain and keeps_empty_space_empty(self.rule)
        if self._plans and may_be_sparse and have_same_shapes(self.rule, self._planned):
            for plan in self._plans.values():
                plan.follow(self.rule)
        else:
            for kernel in self.rule.kernels:
                kernel_weights(self.rule, kernel)  # refuses what cannot be a kernel
            self._leave()
            self._plans = {}
        if self._dense is not None:
            self._dense.use(self.rule)
        self._planned = self.rule
        self._may_be_sparse = may_be_sparse
        self._reach = rule_reach(self.rule)
        self._shown_by = None

    def step(self, steps: int = 1, progress: Progress | None = None) -> None:
        """Make `steps` steps; a cancelled run stops after a whole step."""
        made = 0
        while made < steps:
            if progress is not None:
                progress.report(made / steps)
            self._find_place()
            count = 1
            if self._windows is not None:
                count = self._step_windows(min(CHUNK, steps - made))
            elif self._dense is not None:
                self._dense.generation = self.generation
                self._dense.step(1)
                self._moved = self._dense.moved
                self._dense_steps -= 1
            made += count
            self.generation += count

    def _find_place(self) -> None:
        """Put the cells into windows, or else into an engine of the whole world."""
        if self._windows is None and self._may_be_sparse and self._dense_steps <= 0:
            self._enter_windows()
        if self._windows is None and self._dense is None:
            self._find_dense()

    def _step_windows(self, steps: int) -> int:
        """Make up to `steps` steps of all windows, and return how many."""
        windows = self._windows
        assert windows is not None
        if len(windows) == 1:
            least = self._run(windows[0], steps)
        else:
            before = [each.board.copy() for each in windows]
            counts = [self._run(each, steps) for each in windows]
            least = min(counts, default=steps)
            for window, board, count in zip(windows, before, counts, strict=True):
                if count > least:  # back, and only as far as the slowest came
                    window.board[...] = board
                    self._run(window, least)
        moved = sum(each.moved for each in windows) if least else self._moved
        if least < steps:
            self._move_windows()
        self._moved = moved
        return least

    def _run(self, window: Window, steps: int) -> int:
        shape = (window.board.shape[1], window.board.shape[2])
        if shape not in self._plans:
            self._plans[shape] = BoardPlan(self.rule, shape, np.float64)
        inside = np.array([0, 0, *shape], dtype=np.int64)
        made = self._plans[shape].step(window.board, inside, steps, self._reach)
        if made:
            window.moved = float(self._plans[shape].moved[0])
        return made

    def _move_windows(self) -> None:
        """Put windows round what lives in them again; lay them out anew where that fails."""
        windows = self._windows
        assert windows is not None
        moved = []
        for window in windows:
            alive = np.asarray((window.board > 0).any(axis=0))
            rows = np.flatnonzero(alive.any(axis=1))
            columns = np.flatnonzero(alive.any(axis=0))
            if not rows.size:
                continue
            spare_y = window.board.shape[1] - int(rows[-1] - rows[0] + 1) - 2 * self._reach
            spare_x = window.board.shape[2] - int(columns[-1] - columns[0] + 1) - 2 * self._reach
            if min(spare_y, spare_x) < 1:
                break
            to_y = int(rows[0]) - self._reach - spare_y // 2
            to_x = int(columns[0]) - self._reach - spare_x // 2
            board = _kept(np.roll(window.board, (-to_y, -to_x), axis=(1, 2)))
            place = ((window.y + to_y) % self._size[0], (window.x + to_x) % self._size[1])
            moved.append(Window(*place, board))
        else:
            boxes = [each.box() for each in moved]
            if len(separate_boxes(boxes, self._size)) == len(boxes):
                self._windows = moved
                return
        self._leave()
        self._find_place()

    def _enter_windows(self) -> None:
        """Lay windows out round the living cells; not if they would cover too much."""
        state = self._state()
        self._dense_steps = DENSE_STEPS
        limit = LARGEST_SHARE * self._size[0] * self._size[1]
        alive = np.asarray((state > 0).any(axis=0))
        if np.count_nonzero(alive) > limit / 2:
            return
        boxes = live_boxes(alive, self._reach)
        while True:
            found = [each for each in map(self._fitting, boxes) if each is not None]
            if len(found) < len(boxes) or sum(box.height * box.width for box in found) > limit:
                return
            merged = separate_boxes(boxes, self._size, padded=found)
            if len(merged) == len(boxes):
                break
            boxes = merged
        self._windows = [Window(box.y, box.x, _cut(state, box)) for box in found]
        self._dense = None
        self._whole = np.zeros(state.shape)
        self._shown = []

    def _fitting(self, box: Box) -> Box | None:
        more = 2 * self._reach + SLACK
        height, width = next_fast_size(box.height + more), next_fast_size(box.width + more)
        if height > self._size[0] or width > self._size[1]:
            return None
        y, x = box.y - (height - box.height) // 2, box.x - (width - box.width) // 2
        return Box(y % self._size[0], x % self._size[1], height, width)

    def _leave(self) -> None:
        """Put the cells where they were when just given."""
        self._whole = self._state()
        self._touched()

    def _state(self) -> Field:
        if self._dense is not None:
            return self._dense._state()
        if self._windows is not None:
            for box in self._shown:
                self._whole[(slice(None), *_places(box, self._size))] = 0.0
            self._shown = [each.box() for each in self._windows]
            for window, box in zip(self._windows, self._shown, strict=True):
                self._whole[(slice(None), *_places(box, self._size))] = window.board
        return self._whole

    def _touched(self) -> None:
        if self._dense is not None:
            self._whole = np.array(self._dense._state(), dtype=np.float64)
        self._windows = self._dense = None
        self._dense_steps = 0

    # Hands: what lies in windows, or in the engine of the whole world, stays there

    def paint(
        self,
        mask: npt.NDArray[np.bool_],
        values: npt.NDArray[np.float64] | float,
        x: int,
        y: int,
        channel: int | None = None,
        *,
        plane: int | None = None,
    ) -> None:
        """Set the cells of a mask[h, w] at (x, y), in one channel or in all."""
        if self._dense is not None:
            self._dense.paint(mask, values, x, y, channel)
        elif not self._paint_windows(mask, values, x, y, channel):
            super().paint(mask, values, x, y, channel)

    def paste(self, cells: npt.NDArray[Any], x: int, y: int, mode: str = "copy") -> None:
        """Put a patch [C, h, w], or [h, w] for the first channel, at (x, y)."""
        if self._dense is not None:
            self._dense.paste(cells, x, y, mode)
        else:
            super().paste(cells, x, y, mode)

    def _paint_windows(
        self,
        mask: npt.NDArray[np.bool_],
        values: npt.NDArray[np.float64] | float,
        x: int,
        y: int,
        channel: int | None,
    ) -> bool:
        """Paint in windows; return False where a cell outside of them would come alive."""
        if self._windows is None or (channel is not None and not 0 <= channel < self.rule.channels):
            return False
        new = np.broadcast_to(np.clip(values, 0.0, 1.0), mask.shape)
        outside = mask & (new > 0)
        met = []
        for window in self._windows:
            rows = (y + np.arange(mask.shape[0]) - window.y) % self._size[0]
            columns = (x + np.arange(mask.shape[1]) - window.x) % self._size[1]
            here, there = rows < window.board.shape[1], columns < window.board.shape[2]
            where = np.ix_(here, there)
            outside[where] = False
            met.append((window.board, np.ix_(rows[here], columns[there]), where))
        if outside.any():
            return False
        for board, at, where in met:
            for each in board if channel is None else board[channel : channel + 1]:
                each[at] = np.where(mask[where], new[where], each[at])
        return True

    def population(self) -> float:
        """Return the mass of all channels."""
        if self._windows is None:
            return super().population()
        return float(sum(each.board.sum() for each in self._windows))

    def line_sums(self, threshold: float) -> LineSums | None:
        """Return sums of rows and columns and the last change, without a look at empty space."""
        if self._dense is not None:
            return self._dense.line_sums(threshold)
        if self.rule.channels > 1 or not self._is_plain:
            return None
        if self._windows is None:
            return lines_of(self._whole[0], threshold, difference=self._moved)
        whole = LineSums(np.zeros(self._size[0]), np.zeros(self._size[1]), 0, self._moved)
        for each in self._windows:
            found = lines_of(each.board[0], threshold)
            whole = whole.with_part(found, each.x, each.y)
        return whole

    def mass_along(self) -> list[npt.NDArray[np.float64]]:
        """Return the mass in every row and in every column, without a look at empty space."""
        if self._windows is None:
            return super().mass_along()
        found = [np.zeros(side) for side in self._size]
        for window in self._windows:
            plane = window.board.sum(axis=0)
            rows = (window.y + np.arange(plane.shape[0])) % self._size[0]
            columns = (window.x + np.arange(plane.shape[1])) % self._size[1]
            found[0][rows] += plane.sum(axis=1)
            found[1][columns] += plane.sum(axis=0)
        return found

    def bounding_box(self) -> tuple[int, int, int, int] | None:
        """Return (x, y, width, height) of the cells above 0."""
        if self._windows is None:
            return super().bounding_box()
        rows, columns = [], []
        for window in self._windows:
            _, inner_y, inner_x = np.nonzero(window.board)
            rows.append((window.y + inner_y) % self._size[0])
            columns.append((window.x + inner_x) % self._size[1])
        ys, xs = np.concatenate([*rows, []]), np.concatenate([*columns, []])
        if not ys.size:
            return None
        x, y = int(xs.min()), int(ys.min())
        return (x, y, int(xs.max()) - x + 1, int(ys.max()) - y + 1)

    def snapshot(self) -> object:
        """Return the exact state, with the windows as they lie."""
        windows = dense = cells = None
        if self._windows is not None:
            windows = tuple((each.y, each.x, each.board.copy()) for each in self._windows)
        elif self._dense is not None:
            dense = self._dense.snapshot()
        else:
            cells = self._whole.copy()
        return SparseSnapshot(self.generation, windows, dense, cells, self._dense_steps)

    def restore(self, snapshot: object) -> None:
        """Go back to a state of `snapshot`; what follows is the same bit for bit."""
        assert isinstance(snapshot, SparseSnapshot)
        if snapshot.dense is None:
            self._dense = self._windows = None
            self._whole = np.zeros((self.rule.channels, *self._size))
            self._shown = []
        if snapshot.windows is not None:
            self._windows = [Window(y, x, _kept(board)) for y, x, board in snapshot.windows]
        elif snapshot.dense is not None:
            self._windows = None
            dense = self._dense or self._find_dense()
            dense.restore(snapshot.dense)
        elif snapshot.cells is not None:
            self._whole = snapshot.cells.copy()
        self.generation = snapshot.generation
        self._dense_steps = snapshot.dense_steps
        self._moved = nan

    def _find_dense(self) -> LeniaBoard:
        given = World(self._world.name, self.rule, self.topology, self._whole, seed=self.seed)
        self._dense = LeniaBoard(given, self._precision)
        return self._dense

    def potentials(self) -> Field:
        """Return U = K * A of every kernel, [K, H, W]."""
        return self._display().potentials()

    def growth(self) -> Field:
        """Return the averaged growth of every channel, [C, H, W]."""
        return self._display().growth()

    def _display(self) -> LeniaBoard:
        """Return an engine of the whole world with the present cells."""
        if self._dense is not None:
            return self._dense
        if self._shown_by is None:
            given = World(self._world.name, self.rule, self.topology, self._state())
            self._shown_by = LeniaBoard(given, self._precision)
        self._shown_by._state()[...] = self._state()
        return self._shown_by


def _places(box: Box, size: tuple[int, int]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    rows = (box.y + np.arange(box.height)) % size[0]
    columns = (box.x + np.arange(box.width)) % size[1]
    return rows[:, None], columns[None, :]


def _cut(state: Field, box: Box) -> Field:
    return _kept(state[(slice(None), *_places(box, (state.shape[1], state.shape[2])))])


def _kept(cells: Field) -> Field:
    board = aligned(cells.shape, np.float64)
    board[...] = cells
    return board
