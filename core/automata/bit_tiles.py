"""Two-state rules on the unbounded plane step by step: tiles of bits where there is life."""

from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata import kernels_bit_tiles as kernels
from core.automata.bit_board import CHUNK_LIMIT, CHUNK_SECONDS, bit_rules
from core.automata.bit_rows import merged, rows_of_words, words_of_rows
from core.automata.errors import AutomataError, TooLarge
from core.automata.hash_rules import HashRules
from core.automata.quadtree import Quadtree, quadtree_of, require_dense
from core.automata.quadtree_leaves import leaves_of, tree_of_leaves
from core.automata.stepper import PASTE_MODES
from core.progress import Progress

FIRST_CAPACITY = 64
TILE_LIMIT = 2**20
"""A tile takes little more than a kilobyte."""

Cells = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class TilesState:
    """A state of a plane: the places and words of the tiles, and the generation."""

    generation: int
    centre: tuple[int, int]
    places: npt.NDArray[np.int64]
    words: npt.NDArray[np.uint64]


class BitTilesStepper:
    """A live plane; a `Stepper`.

    Parameters
    ----------
    cells : Quadtree or uint8[height, width]
    table : uint8[512]
        The rule, as `LifeLike.table`. With B0 the cells are those that differ from the background.
    origin : (x, y)
        Of the array's upper-left cell.
    """

    def __init__(
        self,
        cells: Quadtree | Cells,
        table: Cells,
        *,
        origin: tuple[int, int] = (0, 0),
        generation: int = 0,
    ) -> None:
        self.generation = generation
        self._rules = HashRules.of(table)
        self._bits = bit_rules(self._rules.even, self._rules.odd)
        self._tiles_per_chunk = 4096
        self._fresh = True
        self.seconds_per_tile = 2e-7
        self.replace(cells, origin)

    @property
    def background(self) -> int:
        """The state of the plane far away; what `cells` gives differs from it where it is 1."""
        return self._rules.background(self.generation)

    @property
    def busy_tiles(self) -> int:
        """How many tiles the next step will compute."""
        return int(self._state[kernels.NOW])

    def step(self, steps: int = 1, progress: Progress | None = None) -> None:
        """Make `steps` generations.

        Raises
        ------
        TooLarge
            When life spreads over more tiles than there may be; the last whole step stands.
        """
        target = self.generation + steps
        while self.generation < target:
            if progress is not None:
                progress.report(1 - (target - self.generation) / steps)
            if self._state[kernels.NOW] == 0:  # all is at rest, with period two at most
                self._which ^= (target - self.generation) & 1
                self.generation = target
                return
            start = perf_counter()
            before = int(self._state[kernels.NOW])
            made = self._advance(min(target - self.generation, CHUNK_LIMIT))
            spent = perf_counter() - start
            if made:
                busy = (before + int(self._state[kernels.NOW])) / 2 + 1
                self.seconds_per_tile = min(max(spent / (made * busy), 5e-8), 2e-6)
            else:
                self._make_room()
            if spent > CHUNK_SECONDS:
                self._tiles_per_chunk = max(1, self._tiles_per_chunk // 2)
            elif spent < CHUNK_SECONDS / 2 and made:
                self._tiles_per_chunk = min(2 * self._tiles_per_chunk, CHUNK_LIMIT)

    def cells(self) -> Cells:
        """Return the living part, uint8[height, width]."""
        box = self.bounding_box()
        if box is None:
            return np.zeros((0, 0), dtype=np.uint8)
        require_dense(box[2], box[3])
        return self.frame(*box)

    def origin(self) -> tuple[int, int]:
        """Return (x, y) of the upper left of the living part, (0, 0) without any."""
        box = self.bounding_box()
        return box[:2] if box else (0, 0)

    def quadtree(self) -> Quadtree:
        """Return the state as a tree."""
        words = self._present()
        corners = np.empty((64 * len(words), 2), dtype=np.int64)
        leaves = np.empty(64 * len(words), dtype=np.uint64)
        count = kernels.read_leaves(words, self._places, corners, leaves)
        return tree_of_leaves(corners[:count], leaves[:count], self._centre)

    def replace(self, cells: Quadtree | npt.NDArray[Any], origin: tuple[int, int] = (0, 0)) -> None:
        """Put another state in place of the present one.

        Raises
        ------
        TooLarge
            When a tree has more life than tiles can hold.
        """
        tree = cells if isinstance(cells, Quadtree) else quadtree_of(cells, origin)
        if tree.states != 2:
            raise AutomataError("Tiles of bits take patterns of two states only.")
        corners, leaves = leaves_of(tree)
        self._centre = tree.centre
        self._begin(FIRST_CAPACITY)
        done = 0
        while done < len(leaves):
            done = kernels.write_leaves(
                self._words,
                self._places,
                self._neighbours,
                self._table,
                self._marks,
                self._state,
                0,
                corners,
                leaves,
                done,
            )
            if done < len(leaves):
                self._grow()
        self._disturb()

    def paste(self, cells: npt.NDArray[Any], x: int, y: int, mode: str = "copy") -> None:
        """Put a patch on the plane."""
        if mode not in PASTE_MODES:
            raise AutomataError(f"There is no way {mode!r} to paste; use {', '.join(PASTE_MODES)}.")
        height, width = cells.shape
        x, y = x - self._centre[0], y - self._centre[1]
        if max(abs(x), abs(y)) >= 2**59:
            raise TooLarge("Cells cannot be set more than 2^59 cells away.")
        left, top = x // 64, y // 64
        columns, rows = -(-(x + width) // 64) - left, -(-(y + height) // 64) - top
        require_dense(64 * columns, 64 * rows)
        region = np.zeros((64 * rows, columns), dtype=np.uint64)
        words = self._words[self._which]
        kernels.read_words(words, self._places, self._table, left, top, region)
        there = rows_of_words(region, 64 * columns)
        row, column = y - 64 * top, x - 64 * left
        met = there[row : row + height, column : column + width]
        met[:] = merged(met, cells, mode)
        while self._capacity - self._state[kernels.TILES] < rows * columns:
            self._grow()
        kernels.write_words(
            self._words,
            self._places,
            self._neighbours,
            self._table,
            self._marks,
            self._state,
            self._which,
            left,
            top,
            words_of_rows(there),
        )
        self._disturb()

    def population(self) -> int:
        """Return the number of living cells."""
        return self._measures()[0]

    def bounding_box(self) -> tuple[int, int, int, int] | None:
        """Return (x, y, width, height) of the living cells."""
        return self._measures()[1]

    def frame(self, x: int, y: int, width: int, height: int, shrink: int = 1) -> Cells:
        """Return uint8[height, width], 1 where one of `shrink` by `shrink` cells lives."""
        frame = np.zeros((height, width), dtype=np.uint8)
        left, top = x - self._centre[0], y - self._centre[1]
        if max(abs(left), abs(top), width * shrink, height * shrink) < 2**61:
            kernels.draw_tiles(self._present(), self._places, left, top, shrink, frame)
        return frame

    def snapshot(self) -> object:
        """Return the tiles with life."""
        words = self._present()
        alive = np.flatnonzero(words.any(axis=1))
        return TilesState(self.generation, self._centre, self._places[alive], words[alive])

    def restore(self, snapshot: object) -> None:
        """Go back to a snapshot."""
        assert isinstance(snapshot, TilesState)
        self.generation, self._centre = snapshot.generation, snapshot.centre
        count = len(snapshot.words)
        self._begin(max(FIRST_CAPACITY, count))
        self._words[0, :count] = snapshot.words
        self._places[:count] = snapshot.places
        self._state[kernels.TILES] = count
        kernels.enter_tiles(self._places, self._neighbours, self._table, count)
        self._disturb()

    @property
    def _capacity(self) -> int:
        return int(self._words.shape[1])

    def _present(self) -> npt.NDArray[np.uint64]:
        words: npt.NDArray[np.uint64] = self._words[self._which, : self._state[kernels.TILES]]
        return words

    def _advance(self, steps: int) -> int:
        made = int(
            kernels.step_tiles(
                self._words,
                self._places,
                self._neighbours,
                self._table,
                self._lists,
                self._marks,
                self._state,
                self._which,
                self.generation % 2 if self._rules.alternate else 0,
                self._fresh,
                self._bits.kind,
                self._bits.beside,
                self._bits.leaves,
                self._bits.places,
                steps,
                self._tiles_per_chunk,
            )
        )
        self._which ^= made & 1
        self._fresh = self._fresh and made == 0
        self.generation += made
        return made

    def _measures(self) -> tuple[int, tuple[int, int, int, int] | None]:
        box = np.array([2**62, -(2**62), 2**62, -(2**62)], dtype=np.int64)
        count = int(kernels.measure_tiles(self._present(), self._places, box))
        if count == 0:
            return 0, None
        left, right, top, bottom = (int(each) for each in box)
        x, y = left + self._centre[0], top + self._centre[1]
        return count, (x, y, right - left + 1, bottom - top + 1)

    def _begin(self, capacity: int) -> None:
        """Make an empty plane."""
        self._allocate(capacity)
        self._state = np.zeros(4, dtype=np.int64)
        self._which = 0

    def _allocate(self, capacity: int) -> None:
        self._words = np.zeros((2, capacity, 64), dtype=np.uint64)
        self._places = np.zeros((capacity, 2), dtype=np.int64)
        self._neighbours = np.full((capacity, 9), -1, dtype=np.int32)
        self._lists = np.zeros((2, capacity), dtype=np.int32)
        self._marks = np.zeros((2, capacity), dtype=np.uint8)
        self._table = np.full(1 << (2 * capacity - 1).bit_length(), -1, dtype=np.int32)

    def _make_room(self) -> None:
        """Take out empty tiles, and grow where that leaves little room for the neighbours."""
        kernels.pack_tiles(
            self._words, self._places, self._lists, self._marks, self._state, self._which
        )
        self._table[:] = -1
        tiles = int(self._state[kernels.TILES])
        kernels.enter_tiles(self._places, self._neighbours, self._table, tiles)
        # with as much again to spare, so that this is not done at every step
        while self._capacity < 2 * (tiles + self._lacking()):
            self._grow()

    def _lacking(self) -> int:
        """Return how many neighbours the tiles lack."""
        return int(np.count_nonzero(self._neighbours[: self._state[kernels.TILES]] < 0))

    def _grow(self) -> None:
        words, places, lists, marks = self._words, self._places, self._lists, self._marks
        before, tiles = self._capacity, int(self._state[kernels.TILES])
        if before >= TILE_LIMIT:
            raise TooLarge(
                f"Life has spread over more than the {TILE_LIMIT:,} squares of 64 by 64 cells "
                "that are stepped one by one."
            )
        self._allocate(2 * before)
        self._words[:, :before] = words
        self._places[:before] = places
        self._lists[:, :before] = lists
        self._marks[:, :before] = marks
        kernels.enter_tiles(self._places, self._neighbours, self._table, tiles)

    def _disturb(self) -> None:
        """Take up a state that was put in from outside."""
        self._fresh = True
        lacking = self._lacking()
        while self._capacity - self._state[kernels.TILES] < lacking:
            self._grow()
        self._marks[:] = 0
        kernels.surround(
            self._words,
            self._places,
            self._neighbours,
            self._table,
            self._lists,
            self._marks,
            self._state,
            self._which,
        )
