"""Patterns as quadtrees with shared squares: the form of HashLife and of macrocell files.

Equal squares are stored once, so patterns of astronomical size fit. Everything here works level
by level on whole arrays; nothing visits single nodes in Python.

Source: Gosper, Exploiting regularities in large cellular spaces (1984).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError, TooLarge

LEAF_LEVEL = 3
"""Leaves of two-state patterns are squares of 8 by 8 cells, one bit each."""

DENSE_LIMIT = 2**28
"""No larger arrays are made of a pattern, in cells."""

SMALL_LEVEL = 30
"""Up to here counts and coordinates fit 64 bits; above, Python's integers are used."""

Integers = npt.NDArray[np.int64]
Box = tuple[int, int, int, int]


@dataclass(frozen=True, eq=False)
class Quadtree:
    """A pattern on the unbounded plane.

    Node 0 is the empty square of every size. The children of a node have smaller numbers than it
    (macrocell order), and node i of level k covers 2^k by 2^k cells.

    Attributes
    ----------
    levels : int8[n]
        Of each node; 0 for node 0.
    children : int64[n, 4]
        The nodes north-west, north-east, south-west, south-east. Of a multi-state node of level 1
        they are the states of its cells. The row of a two-state leaf is zero.
    leaves : uint64[n]
        The cells of two-state leaves, bit 8 y + x for the cell (x, y) of the leaf; 0 elsewhere.
    root : int
        The node that is the pattern.
    level : int
        Of the root; it tells the size also where the root is the empty node.
    centre : (x, y)
        The upper-left cell of the root's south-east child. In macrocell files it is (0, 1).
    states : int
        2 where leaves are 8 by 8 bits; with more the leaves are nodes of level 1.
    """

    levels: npt.NDArray[np.int8]
    children: Integers
    leaves: npt.NDArray[np.uint64]
    root: int
    level: int
    centre: tuple[int, int] = (0, 0)
    states: int = 2

    def __post_init__(self) -> None:
        for name, dtype in (("levels", np.int8), ("children", np.int64), ("leaves", np.uint64)):
            array = np.array(getattr(self, name), dtype=dtype)
            array.setflags(write=False)
            object.__setattr__(self, name, array)
        _require_sound(self)

    @property
    def lowest_level(self) -> int:
        """The level of the leaves."""
        return LEAF_LEVEL if self.states == 2 else 1

    def population(self) -> int:
        """Return the number of cells not in state 0, exact at any size."""
        counts = np.zeros(len(self.levels), dtype=object)
        small = np.zeros(len(self.levels), dtype=np.int64)
        for level, nodes in self._by_level():
            if level == self.lowest_level:
                small[nodes] = self._leaf_counts(nodes)
            elif level <= SMALL_LEVEL:
                small[nodes] = small[self.children[nodes]].sum(axis=1)
            else:
                if level == SMALL_LEVEL + 1:
                    counts[:] = small
                counts[nodes] = counts[self.children[nodes]].sum(axis=1)
        return int(counts[self.root] if self.level > SMALL_LEVEL else small[self.root])

    def bounding_box(self) -> Box | None:
        """Return (x, y, width, height) of the cells not in state 0, or None without any."""
        if self.root == 0:
            return None
        # for each node: first column, first row, last column, last row of what lives in it
        edges: Any = np.zeros((len(self.levels), 4), dtype=np.int64)
        for level, nodes in self._by_level():
            if level == self.lowest_level:
                edges[nodes] = _edges_of_cells(self._leaf_cells(nodes))
                continue
            if level == SMALL_LEVEL + 1:
                edges = edges.astype(object)
            edges[nodes] = self._edges_of_children(nodes, edges, 1 << (level - 1))
        left, top, right, bottom = (int(each) for each in edges[self.root])
        half = 1 << (self.level - 1)
        x, y = self.centre[0] - half + left, self.centre[1] - half + top
        return x, y, right - left + 1, bottom - top + 1

    def centre_of_mass(self) -> tuple[float, float] | None:
        """Return the mean (x, y) of the cells not in state 0, or None without any."""
        if self.root == 0:
            return None
        counts = np.zeros(len(self.levels))
        sums = np.zeros((len(self.levels), 2))  # of x and y, from the node's upper left on
        for level, nodes in self._by_level():
            if level == self.lowest_level:
                lives = self._leaf_cells(nodes) != 0
                along = np.arange(1 << level)
                counts[nodes] = lives.sum(axis=(1, 2))
                sums[nodes, 0] = lives.sum(axis=1) @ along
                sums[nodes, 1] = lives.sum(axis=2) @ along
                continue
            children, side = self.children[nodes], float(1 << (level - 1))
            of_children = counts[children]
            counts[nodes] = of_children.sum(axis=1)
            sums[nodes] = sums[children].sum(axis=1)
            sums[nodes, 0] += of_children[:, 1::2].sum(axis=1) * side
            sums[nodes, 1] += of_children[:, 2:].sum(axis=1) * side
        half = float(1 << (self.level - 1))
        x, y = (sums[self.root] / counts[self.root]).tolist()
        return x + self.centre[0] - half, y + self.centre[1] - half

    def to_dense(self) -> tuple[npt.NDArray[np.uint8], tuple[int, int]]:
        """Return the living part as uint8[height, width], and the (x, y) of its upper left.

        Raises
        ------
        TooLarge
            Beyond `DENSE_LIMIT` cells.
        """
        box = self.bounding_box()
        if box is None:
            return np.zeros((0, 0), dtype=np.uint8), (0, 0)
        return self.region(*box), box[:2]

    def region(self, x: int, y: int, width: int, height: int) -> npt.NDArray[np.uint8]:
        """Return the states of a rectangle as uint8[height, width].

        Raises
        ------
        TooLarge
            Beyond `DENSE_LIMIT` cells.
        """
        require_dense(width, height)
        cells = np.zeros((height, width), dtype=np.uint8)
        half = 1 << (self.level - 1)
        # the squares that meet the rectangle, with places relative to it
        node = np.array([self.root] if self.root else [], dtype=np.int64)
        offset = (self.centre[0] - half - x, self.centre[1] - half - y)
        left: Any = np.array([offset[0]] * len(node), dtype=object)
        top: Any = np.array([offset[1]] * len(node), dtype=object)
        for level in range(self.level, self.lowest_level, -1):
            side = 1 << (level - 1)
            node = self.children[node].ravel()
            left = (left[:, None] + np.array([0, side, 0, side], dtype=left.dtype)).ravel()
            top = (top[:, None] + np.array([0, 0, side, side], dtype=top.dtype)).ravel()
            met = (left < width) & (left + side > 0) & (top < height) & (top + side > 0)
            kept = np.flatnonzero(met.astype(bool) & (node != 0))
            node, left, top = node[kept], left[kept], top[kept]
            if level <= SMALL_LEVEL:  # what meets the rectangle is near it
                left, top = left.astype(np.int64), top.astype(np.int64)
        _scatter(cells, self._leaf_cells(node), left.astype(np.int64), top.astype(np.int64))
        return cells

    def _by_level(self) -> list[tuple[int, Integers]]:
        levels = range(self.lowest_level, self.level + 1)
        return [(level, np.flatnonzero(self.levels == level)) for level in levels]

    def _leaf_counts(self, nodes: Integers) -> Integers:
        counts = np.count_nonzero(self.children[nodes], axis=1)
        if self.states == 2:
            counts = np.bitwise_count(self.leaves[nodes])
        found: Integers = counts.astype(np.int64)
        return found

    def _leaf_cells(self, nodes: Integers) -> npt.NDArray[np.uint8]:
        """Return uint8[nodes, side, side]."""
        if self.states == 2:
            return unpack_leaves(self.leaves[nodes])
        return self.children[nodes].astype(np.uint8).reshape(-1, 2, 2)

    def _edges_of_children(self, nodes: Integers, edges: Any, side: int) -> Any:
        children = self.children[nodes]
        there = children != 0
        of_child = edges[children]
        found = np.empty((len(nodes), 4), dtype=edges.dtype)
        for edge in range(4):
            along = edge % 2
            moved = of_child[:, :, edge] + np.array(
                [side if child >> along & 1 else 0 for child in range(4)], dtype=edges.dtype
            )
            absent = 2 * side if edge < 2 else -1
            kept = np.where(there, moved, absent)
            found[:, edge] = kept.min(axis=1) if edge < 2 else kept.max(axis=1)
        return found


def quadtree_of(
    cells: npt.NDArray[np.uint8], origin: tuple[int, int] = (0, 0), states: int = 2
) -> Quadtree:
    """Return a pattern, uint8[height, width], with its upper left at `origin`, as a quadtree."""
    lowest = LEAF_LEVEL if states == 2 else 1
    side = 1 << lowest
    x, y = origin
    pad_x, pad_y = x % side, y % side
    height, width = cells.shape
    rows, columns = -(-(height + pad_y) // side), -(-(width + pad_x) // side)
    padded = np.zeros((rows * side, columns * side), dtype=np.uint8)
    padded[pad_y : pad_y + height, pad_x : pad_x + width] = cells
    blocks = padded.reshape(rows, side, columns, side).transpose(0, 2, 1, 3)
    nodes = _Nodes()
    grid = nodes.add_leaves(blocks, states)
    left, top = (x - pad_x) // side, (y - pad_y) // side  # in squares of the present level
    level = lowest
    while not (left >= -1 and top >= -1 and left + grid.shape[1] <= 1 and top + grid.shape[0] <= 1):
        grid = np.pad(grid, ((top % 2, 0), (left % 2, 0)))
        grid = np.pad(grid, ((0, grid.shape[0] % 2), (0, grid.shape[1] % 2)))
        left, top, level = left // 2, top // 2, level + 1
        grid = nodes.add_squares(grid, level)
    four = np.zeros((2, 2), dtype=np.int64)
    four[top + 1 : top + 1 + grid.shape[0], left + 1 : left + 1 + grid.shape[1]] = grid
    root = int(nodes.add_squares(four, level + 1)[0, 0])
    return nodes.quadtree(root, level + 1, states)


def require_dense(width: int, height: int) -> None:
    """Raise `TooLarge` when a rectangle is too large for an array."""
    if width * height > DENSE_LIMIT:
        raise TooLarge(
            f"The living part is {width} by {height} cells; as an array it may have "
            f"{DENSE_LIMIT:,} at most."
        )


def pack_leaves(blocks: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint64]:
    """Return uint64[...] of blocks of 8 by 8 cells, uint8[..., 8, 8]."""
    flat = np.ascontiguousarray(blocks != 0).reshape(*blocks.shape[:-2], 64)
    packed = np.packbits(flat, axis=-1, bitorder="little")
    return np.ascontiguousarray(packed).view("<u8")[..., 0].astype(np.uint64)


def unpack_leaves(leaves: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint8]:
    """Return uint8[n, 8, 8] of n leaves."""
    octets = np.ascontiguousarray(leaves.astype("<u8")).view(np.uint8).reshape(len(leaves), 8)
    return np.unpackbits(octets, axis=1, bitorder="little").reshape(-1, 8, 8)


class _Nodes:
    """Collects nodes level by level, each square once."""

    def __init__(self) -> None:
        self._levels = [np.zeros(1, dtype=np.int8)]
        self._children = [np.zeros((1, 4), dtype=np.int64)]
        self._leaves = [np.zeros(1, dtype=np.uint64)]
        self._count = 1

    def add_leaves(self, blocks: npt.NDArray[np.uint8], states: int) -> Integers:
        """Return the node numbers, int64[rows, columns], of leaves uint8[rows, columns, s, s]."""
        if states != 2:
            quads = blocks.reshape(-1, 4).astype(np.int64)
            return self._add(quads, 1, blocks.shape[:2])
        words = pack_leaves(blocks)
        distinct, place = np.unique(words.ravel(), return_inverse=True)
        return self._extend(distinct, None, LEAF_LEVEL, place).reshape(words.shape)

    def add_squares(self, grid: Integers, level: int) -> Integers:
        """Return the numbers of the squares of four nodes each of a grid with even sides."""
        rows, columns = grid.shape[0] // 2, grid.shape[1] // 2
        quads = grid.reshape(rows, 2, columns, 2).transpose(0, 2, 1, 3).reshape(-1, 4)
        return self._add(quads, level, (rows, columns))

    def _add(self, quads: Integers, level: int, shape: tuple[int, ...]) -> Integers:
        distinct, place = np.unique(quads, axis=0, return_inverse=True)
        return self._extend(None, distinct, level, place.ravel()).reshape(shape)

    def _extend(self, words: Any, quads: Any, level: int, place: Any) -> Integers:
        """Append those that are not empty and number them; `place` picks from the sorted ones."""
        given = words if quads is None else quads
        # sorted, so the empty one is the first
        empty = int(len(given) > 0 and not given[0].any())
        count = len(given) - empty
        self._levels.append(np.full(count, level, dtype=np.int8))
        self._leaves.append(np.zeros(count, np.uint64) if words is None else words[empty:])
        self._children.append(np.zeros((count, 4), np.int64) if quads is None else quads[empty:])
        numbers = np.arange(self._count - empty, self._count + count)
        if empty:
            numbers[0] = 0
        self._count += count
        found: Integers = numbers[place]
        return found

    def quadtree(self, root: int, level: int, states: int) -> Quadtree:
        """Return all of it."""
        return Quadtree(
            np.concatenate(self._levels),
            np.concatenate(self._children),
            np.concatenate(self._leaves),
            root,
            level,
            states=states,
        )


def _edges_of_cells(cells: npt.NDArray[np.uint8]) -> Integers:
    columns: Any = cells.any(axis=1)
    rows: Any = cells.any(axis=2)
    last = cells.shape[1] - 1
    return np.stack(
        (
            columns.argmax(axis=1),
            rows.argmax(axis=1),
            last - columns[:, ::-1].argmax(axis=1),
            last - rows[:, ::-1].argmax(axis=1),
        ),
        axis=1,
    )


def _scatter(
    cells: npt.NDArray[np.uint8], blocks: npt.NDArray[np.uint8], left: Integers, top: Integers
) -> None:
    """Write blocks at their places, cut at the edges of the array."""
    height, width = cells.shape
    side = blocks.shape[1] if len(blocks) else 1
    for row in range(side):
        for column in range(side):
            x: Any = left + column
            y: Any = top + row
            inside = np.flatnonzero((x >= 0) & (x < width) & (y >= 0) & (y < height))
            cells[y[inside], x[inside]] = blocks[inside, row, column]


def _require_sound(tree: Quadtree) -> None:
    n = len(tree.levels)
    if tree.children.shape != (n, 4) or tree.leaves.shape != (n,) or n == 0:
        raise AutomataError("The arrays of a quadtree do not have the same number of nodes.")
    inner = np.flatnonzero(tree.levels > tree.lowest_level)
    children = tree.children[inner]
    if not (0 <= tree.root < n) or ((children < 0) | (children >= inner[:, None])).any():
        raise AutomataError("A node of a quadtree has a child that does not come before it.")
    if ((tree.levels[children] != tree.levels[inner][:, None] - 1) & (children != 0)).any():
        raise AutomataError("A node of a quadtree has a child that is not one level below it.")
    if tree.level <= tree.lowest_level or (tree.root and tree.levels[tree.root] != tree.level):
        raise AutomataError("The root of a quadtree is not on the level said of it.")
    if tree.states != 2:
        cells = tree.children[tree.levels == 1]
        if ((cells < 0) | (cells >= tree.states)).any():
            raise AutomataError("A quadtree has a cell in a state that its rule does not have.")
