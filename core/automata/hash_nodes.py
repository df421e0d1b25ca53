"""The nodes of HashLife in memory: arrays that grow up to a bound and are then swept."""

import numpy as np
import numpy.typing as npt

from core.automata import kernels_hash_life as kernels
from core.automata import kernels_hash_reading as reading
from core.automata.errors import TooLarge
from core.automata.quadtree import Quadtree

NODE_BYTES = 40
"""Eight numbers of four bytes, and two places of four bytes in the hash."""

FIRST_CAPACITY = 2**14
LINES = 160
"""Of the stack; more than the levels there can be."""

Integers = npt.NDArray[np.int64]


class HashNodes:
    """All squares known, each once, with their futures.

    Attributes
    ----------
    nodes, table, state, stack : arrays
        As the kernels take them.
    """

    def __init__(self, memory_bytes: int) -> None:
        self.memory_bytes = memory_bytes
        limit = max(memory_bytes // NODE_BYTES, FIRST_CAPACITY)
        self._limit = 1 << (limit.bit_length() - 1)
        self.nodes = np.zeros(8 * FIRST_CAPACITY, dtype=np.int32)
        self.table = np.zeros(2 * FIRST_CAPACITY, dtype=np.int32)
        self.state = np.zeros(8, dtype=np.int64)
        self.stack = np.zeros((LINES, kernels.LINE), dtype=np.int64)
        self.state[kernels.USED] = 1
        self.state[kernels.AVAILABLE] = FIRST_CAPACITY - 1
        self.state[kernels.HASH_MASK] = len(self.table) - 1

    @property
    def capacity(self) -> int:
        """How many nodes there is memory for at present."""
        return len(self.nodes) // 8

    @property
    def count(self) -> int:
        """How many nodes there are."""
        return self.capacity - 1 - int(self.state[kernels.AVAILABLE])

    def make_room(self, count: int, *roots: int) -> None:
        """See to it that `count` more nodes can be made, keeping all that the roots need.

        Raises
        ------
        TooLarge
            When what must be kept leaves no room within the memory.
        """
        while self.state[kernels.AVAILABLE] < count and self.capacity < self._limit:
            self._grow()
        if self.state[kernels.AVAILABLE] >= count:
            return
        kept = np.concatenate((np.array(roots, dtype=np.int64), self._working()))
        for keep_futures in (True, False):
            kernels.collect(self.nodes, self.table, self.state, kept, keep_futures)
            if self.state[kernels.AVAILABLE] >= max(count, self.capacity // 4):
                return
        if self.state[kernels.AVAILABLE] < max(count, self.capacity // 50):
            raise TooLarge(
                f"The pattern needs more than the {self.memory_bytes / 2**20:,.0f} MB that "
                "HashLife may use; give it more memory or take fewer steps at once."
            )

    def middle(self, node: int, level: int) -> int:
        """Return the middle of a node, of half its side; there must be room for one more."""
        return int(kernels.middle(self.nodes, self.table, self.state, node, level))

    def joined(self, nw: int, ne: int, sw: int, se: int) -> int:
        """Return the node with four children; there must be room for one more."""
        return int(kernels.find(self.nodes, self.table, self.state, nw, ne, sw, se))

    def children(self, node: int) -> tuple[int, int, int, int]:
        """Return the four children of a node."""
        nw, ne, sw, se = self.nodes[8 * node : 8 * node + 4].tolist()
        return nw, ne, sw, se

    def future(self, node: int, *, is_part: bool) -> int:
        """Return the full or the partial future that was computed of a node."""
        place = kernels.PART_FUTURE if is_part else kernels.FULL_FUTURE
        return int(self.nodes[8 * node + place]) if node else 0

    def taken_up(self, tree: Quadtree, *roots: int) -> int:
        """Return the node of the root of a tree."""
        self.make_room(len(tree.levels) + kernels.ROOM, *roots)
        numbers = np.zeros(len(tree.levels), dtype=np.int64)
        reading.read_tree(
            self.nodes, self.table, self.state, tree.levels, tree.children, tree.leaves, numbers
        )
        return int(numbers[tree.root])

    def tree(self, root: int, level: int, centre: tuple[int, int]) -> Quadtree:
        """Return what is below a node."""
        numbers = np.zeros(self.capacity, dtype=np.int32)
        order = np.empty(self.count + 1, dtype=np.int32)
        count = reading.reach(self.nodes, root, level, numbers, order) + 1
        levels = np.zeros(count, dtype=np.int8)
        children = np.zeros((count, 4), dtype=np.int64)
        leaves = np.zeros(count, dtype=np.uint64)
        reading.write_tree(self.nodes, numbers, order, levels, children, leaves)
        return Quadtree(levels, children, leaves, int(numbers[root]), level, centre)

    def _working(self) -> Integers:
        """Return the squares that a pause left on the stack."""
        lines = self.stack[: self.state[kernels.DEPTH]]
        squares: Integers = np.concatenate(
            (lines[:, kernels.NODE], lines[:, kernels.SLOTS : kernels.SLOTS + 13].ravel())
        )
        return squares

    def _grow(self) -> None:
        before = self.capacity
        after = min(4 * before, self._limit)
        nodes = np.zeros(8 * after, dtype=np.int32)
        nodes[: len(self.nodes)] = self.nodes
        self.nodes = nodes
        self.table = np.zeros(2 * after, dtype=np.int32)
        self.state[kernels.HASH_MASK] = len(self.table) - 1
        self.state[kernels.AVAILABLE] += after - before
        kernels.enter_all(self.nodes, self.table, self.state)
