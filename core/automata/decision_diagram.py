"""A rule on nine cells as a short program of choices, for engines that step 64 cells at once.

The rule's table becomes a reduced ordered decision diagram; each of its nodes is one choice
between two words by a third. The order of the cells is searched for a small diagram.

Sources: Bryant, Graph-based algorithms for Boolean function manipulation (1986); Rudell, Dynamic
variable ordering for ordered binary decision diagrams (1993), for the search by sifting.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

CELLS = 9
ZERO, ONE = 0, 1
"""Registers that hold no bits and all bits."""


@dataclass(frozen=True, eq=False)
class Program:
    """Choices in order; the last one writes the new state.

    Attributes
    ----------
    lines : int64[n, 4]
        A cell of the neighbourhood, 0 to 8 in reading order, the register chosen where it lives,
        the one chosen where it does not, and the one written. Registers 0 and 1 are constant.
    registers : int
        How many registers it uses.
    """

    lines: npt.NDArray[np.int64]
    registers: int


def program_of(table: npt.NDArray[np.uint8]) -> Program:
    """Return the program of a rule, uint8[512] with the upper-left cell in bit 8 of the index."""
    return _program(table.astype(np.uint8).tobytes())


@cache
def _program(table: bytes) -> Program:
    cube = np.frombuffer(table, dtype=np.uint8).reshape((2,) * CELLS)
    order = _small_order(cube)
    nodes = _nodes(cube, order)
    if not nodes:
        constant = ONE if table[0] else ZERO
        return Program(np.array([[0, constant, constant, 2]], dtype=np.int64), 3)
    return _with_registers(nodes)


def _small_order(cube: npt.NDArray[np.uint8]) -> tuple[int, ...]:
    """Return an order of the cells with few nodes: each cell in turn goes to its best place."""
    order = tuple(range(CELLS))
    least = len(_nodes(cube, order))
    while True:
        before = least
        for cell in range(CELLS):
            rest = tuple(each for each in order if each != cell)
            for place in range(CELLS):
                tried = (*rest[:place], cell, *rest[place:])
                count = len(_nodes(cube, tried))
                if count < least:
                    order, least = tried, count
        if least == before:
            return order


def _nodes(cube: npt.NDArray[np.uint8], order: tuple[int, ...]) -> list[tuple[int, int, int]]:
    """Return (cell, node where it lives, node elsewhere), children first; node i + 2 is line i.

    The nodes of a level are the distinct pairs of unlike halves of the level above it.
    """
    functions = np.ascontiguousarray(cube.transpose(order)).reshape(1 << CELLS)
    nodes: list[tuple[int, int, int]] = []
    known: dict[tuple[int, int, int], int] = {}
    values = functions.tolist()  # constants are nodes 0 and 1
    for cell in reversed(order):
        above = []
        for low, high in zip(values[::2], values[1::2], strict=True):
            if low == high:
                above.append(low)
                continue
            key = (cell, high, low)
            if key not in known:
                nodes.append(key)
                known[key] = len(nodes) + 1
            above.append(known[key])
        values = above
    return nodes


def _with_registers(nodes: list[tuple[int, int, int]]) -> Program:
    """Give each node a register that is free again after its last use."""
    last_use = {}
    for line, (_, high, low) in enumerate(nodes):
        last_use[high] = last_use[low] = line
    register_of = {ZERO: ZERO, ONE: ONE}
    free: list[int] = []
    count = 2
    lines = []
    for line, (cell, high, low) in enumerate(nodes):
        sources = register_of[high], register_of[low]
        if free:
            target = free.pop()
        else:
            target, count = count, count + 1
        lines.append((cell, *sources, target))
        register_of[line + 2] = target
        for node in sorted({high, low}):
            if node > ONE and last_use[node] == line:
                free.append(register_of[node])
    return Program(np.array(lines, dtype=np.int64), count)
