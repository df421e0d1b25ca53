"""HashLife: any number of generations at once on the unbounded plane, for two-state rules.

Patterns with much order in space or time go forward exponentially fast. Rules with B0 fill the
plane every other generation; their cells are kept as what differs from the background, as in
Golly.

Sources: Gosper, Exploiting regularities in large cellular spaces (1984); Golly's treatment of B0,
https://golly.sourceforge.io/Help/Algorithms/QuickLife.html.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata import kernels_hash_life as kernels
from core.automata import kernels_hash_reading as reading
from core.automata.bit_rows import merged
from core.automata.errors import AutomataError, TooLarge
from core.automata.hash_nodes import HashNodes
from core.automata.hash_rules import HashRules
from core.automata.quadtree import Quadtree, pack_leaves, quadtree_of, require_dense, unpack_leaves
from core.automata.stepper import PASTE_MODES
from core.progress import Progress

MEMORY_BYTES = 2**30
TURNS = 60_000
"""Squares stepped between two looks at the progress, some 20 ms."""

TOP_LEVEL = 120
VIEW_LEVEL = 60
"""Frames and pastes are up to half of 2^60 cells away from the middle."""

Cells = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class HashState:
    """A state of a plane, apart from the squares that HashLife knows."""

    generation: int
    tree: Quadtree


class HashLifeStepper:
    """A live plane; a `Stepper`.

    Parameters
    ----------
    cells : Quadtree or uint8[height, width]
    table : uint8[512]
        The rule, as `LifeLike.table`.
    origin : (x, y)
        Of the array's upper-left cell.
    memory_bytes : int
        The nodes never take more.
    """

    def __init__(
        self,
        cells: Quadtree | Cells,
        table: Cells,
        *,
        origin: tuple[int, int] = (0, 0),
        generation: int = 0,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        self.generation = generation
        self._rules = HashRules.of(table)
        self._nodes = HashNodes(memory_bytes)
        self._stamps: dict[tuple[int, int, int], int] = {}
        self._next_stamp = 0
        self._root, self._level, self._centre = 0, 4, (0, 0)
        self._tree: Quadtree | None = None
        self.replace(cells, origin)

    @property
    def background(self) -> int:
        """The state of the plane far away; what `cells` gives differs from it where it is 1."""
        return self._rules.background(self.generation)

    def step(self, steps: int = 1, progress: Progress | None = None) -> None:
        """Make `steps` generations, in one descent however many they are.

        Raises
        ------
        TooLarge
            When the memory does not suffice; the state is then the one before.
        """
        if steps > 0 and self._rules.alternate and self.generation % 2:
            self._jump(1, 1, progress)  # what is remembered begins with even generations
            steps -= 1
        if steps > 0:
            self._jump(steps, 0, progress)

    def cells(self) -> Cells:
        """Return the living part, uint8[height, width]."""
        return self.quadtree().to_dense()[0]

    def origin(self) -> tuple[int, int]:
        """Return (x, y) of the upper left of the living part, (0, 0) without any."""
        box = self.bounding_box()
        return box[:2] if box else (0, 0)

    def quadtree(self) -> Quadtree:
        """Return the state as a tree, whatever its size."""
        if self._tree is None:
            self._tree = self._nodes.tree(self._root, self._level, self._centre)
        return self._tree

    def replace(self, cells: Quadtree | npt.NDArray[Any], origin: tuple[int, int] = (0, 0)) -> None:
        """Put another state in place of the present one."""
        tree = cells if isinstance(cells, Quadtree) else quadtree_of(cells, origin)
        if tree.states != 2:
            raise AutomataError("HashLife takes patterns of two states only.")
        self._root = self._nodes.taken_up(tree, self._root)
        self._level, self._centre = tree.level, tree.centre
        self._tree = None

    def paste(self, cells: npt.NDArray[Any], x: int, y: int, mode: str = "copy") -> None:
        """Put a patch on the plane."""
        if mode not in PASTE_MODES:
            raise AutomataError(f"There is no way {mode!r} to paste; use {', '.join(PASTE_MODES)}.")
        height, width = cells.shape
        x, y = x - self._centre[0], y - self._centre[1]
        left, top = x // 8 * 8, y // 8 * 8
        rows, columns = -(-(y + height - top) // 8), -(-(x + width - left) // 8)
        if not (rows and columns):
            return
        require_dense(8 * columns, 8 * rows)
        self._enclose(left, top, left + 8 * columns, top + 8 * rows)
        leaves = np.zeros((rows, columns), dtype=np.uint64)
        reading.read_leaves(self._nodes.nodes, self._root, self._level, left, top, leaves)
        blocks = unpack_leaves(leaves.ravel()).reshape(rows, columns, 8, 8)
        region = blocks.transpose(0, 2, 1, 3).reshape(8 * rows, 8 * columns)
        met = region[y - top : y - top + height, x - left : x - left + width]
        met[:] = merged(met, cells, mode)
        leaves = pack_leaves(region.reshape(rows, 8, columns, 8).transpose(0, 2, 1, 3))
        for row in range(rows):
            self._write(left, top + 8 * row, leaves[row : row + 1])
        self._tree = None

    def population(self) -> int:
        """Return the number of living cells, exact at any size."""
        return self.quadtree().population()

    def bounding_box(self) -> tuple[int, int, int, int] | None:
        """Return (x, y, width, height) of the living cells."""
        return self.quadtree().bounding_box()

    def frame(self, x: int, y: int, width: int, height: int, shrink: int = 1) -> Cells:
        """Return uint8[height, width], 1 where one of `shrink` by `shrink` cells lives.

        Exact where `shrink` is a power of two and divides x and y less the tree's centre, or is
        below 32; else cells within an eighth of a pixel may count for the next one.
        """
        frame = np.zeros((height, width), dtype=np.uint8)
        for node, level, left, top in self._squares():
            left, top = left - x, top - y
            side = 1 << level
            if -side < left < width * shrink and -side < top < height * shrink:
                reading.draw_node(self._nodes.nodes, node, level, left, top, shrink, frame)
        return frame

    def snapshot(self) -> object:
        """Return the state as a tree."""
        return HashState(self.generation, self.quadtree())

    def restore(self, snapshot: object) -> None:
        """Go back to a snapshot."""
        assert isinstance(snapshot, HashState)
        self.generation = snapshot.generation
        self.replace(snapshot.tree)
        self._tree = snapshot.tree

    def _jump(self, steps: int, parity: int, progress: Progress | None) -> None:
        """Go forward by the partial future of a root with room enough around."""
        level = max(self._level + 2, 3 + (steps - 1).bit_length())
        if level > TOP_LEVEL:
            raise TooLarge(f"{steps} steps at once lead beyond 2^{TOP_LEVEL - 1} cells.")
        root = self._padded(level)
        future = self._future(root, level, steps, parity, progress)
        self._root, self._level = future, level - 1
        self.generation += steps
        self._tree = None
        self._trim()

    def _future(
        self, root: int, level: int, steps: int, parity: int, progress: Progress | None
    ) -> int:
        nodes = self._nodes
        bits = np.array([k > 2 and steps >> (k - 3) & 1 for k in range(level + 1)], dtype=np.uint8)
        stamps = self._stamps_of(level, steps, parity)
        nodes.state[kernels.DEPTH] = 0
        if root:
            kernels.push(nodes.state, nodes.stack, root, level, 1)
        try:
            while nodes.state[kernels.DEPTH]:
                reason = kernels.advance(
                    nodes.nodes,
                    nodes.table,
                    nodes.state,
                    nodes.stack,
                    bits,
                    stamps,
                    parity,
                    self._rules.by_number,
                    self._rules.leaves,
                    self._rules.squares,
                    TURNS,
                )
                if reason == kernels.OUT_OF_MEMORY:
                    nodes.make_room(kernels.ROOM, self._root, root)
                if progress is not None:
                    progress.check()
        finally:
            nodes.state[kernels.DEPTH] = 0
        return nodes.future(root, is_part=True)

    def _stamps_of(self, level: int, steps: int, parity: int) -> npt.NDArray[np.int64]:
        """Return for each level the stamp of the remainder of the steps there, -1 for none."""
        if len(self._stamps) > 100_000:
            self._stamps.clear()  # stamps given are never given again
        stamps = np.full(level + 1, -1, dtype=np.int64)
        for k in range(4, level + 1):
            remainder = steps & ((1 << (k - 2)) - 1)
            if remainder:
                key = (k, remainder, parity)
                if key not in self._stamps:
                    self._stamps[key] = self._next_stamp
                    self._next_stamp += 1
                stamps[k] = self._stamps[key]
        return stamps

    def _padded(self, level: int) -> int:
        """Return the root within an empty square of that level."""
        nodes, root = self._nodes, self._root
        nodes.make_room(5 * level + kernels.ROOM, root)
        for _ in range(self._level, level):
            nw, ne, sw, se = nodes.children(root)
            root = nodes.joined(
                nodes.joined(0, 0, 0, nw),
                nodes.joined(0, 0, ne, 0),
                nodes.joined(0, sw, 0, 0),
                nodes.joined(se, 0, 0, 0),
            )
        return root

    def _trim(self) -> None:
        """Take the empty margin off the root."""
        nodes = self._nodes
        nodes.make_room(self._level + kernels.ROOM, self._root)
        while self._level > 5:
            nw, ne, sw, se = (nodes.children(child) for child in nodes.children(self._root))
            margin = (*nw[:3], *ne[:2], ne[3], sw[0], *sw[2:], *se[1:])
            if any(margin):
                return
            self._root = nodes.middle(self._root, self._level)
            self._level -= 1

    def _enclose(self, left: int, top: int, right: int, bottom: int) -> None:
        """Pad the root until it has a rectangle; (0, 0) is in its middle."""
        level = self._level
        reach = max(-left, -top, right, bottom)
        while 1 << (level - 1) < reach:
            level += 1
        if level > VIEW_LEVEL:
            raise TooLarge(f"Cells cannot be set more than 2^{VIEW_LEVEL - 1} cells away.")
        self._root, self._level = self._padded(level), level

    def _write(self, left: int, top: int, leaves: npt.NDArray[np.uint64]) -> None:
        nodes = self._nodes
        nodes.make_room(leaves.size * self._level + kernels.ROOM, self._root)
        self._root = int(
            reading.write_leaves(
                nodes.nodes, nodes.table, nodes.state, self._root, self._level, left, top, leaves
            )
        )

    def _squares(self) -> list[tuple[int, int, int, int]]:
        """Return (node, level, x, y) of the root, or of its four inmost parts where it is huge."""
        x, y = self._centre
        if self._level <= VIEW_LEVEL:
            half = 1 << (self._level - 1)
            return [(self._root, self._level, x - half, y - half)]
        side = 1 << VIEW_LEVEL
        squares = []
        for quadrant, node in enumerate(self._nodes.children(self._root)):
            for _ in range(self._level - 1 - VIEW_LEVEL):
                node = self._nodes.children(node)[3 - quadrant]
            left = x if quadrant % 2 else x - side
            squares.append((node, VIEW_LEVEL, left, y if quadrant // 2 else y - side))
        return squares
