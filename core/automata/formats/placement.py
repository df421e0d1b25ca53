"""A pattern of a file as a world: where it lies on a board or on the plane."""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import TooLarge, UnreadablePattern
from core.automata.rules.rule import Rule
from core.automata.topology import Topology
from core.automata.world import World

CELL_LIMIT = 2**27
"""Patterns and boards of more cells are not made into arrays."""

Cells = npt.NDArray[np.uint8]


def require_cells(width: int, height: int, source: str) -> None:
    """Raise `TooLarge` before an array of so many cells is made."""
    if width * height > CELL_LIMIT:
        raise TooLarge(
            f"{source}: {width} by {height} cells are more than the {CELL_LIMIT // 2**20} million "
            "that a pattern may have."
        )


def placed_world(
    name: str,
    rule: Rule,
    topology: Topology,
    cells: Cells,
    *,
    corner: tuple[int, int] | None = None,
    source: str = "",
    **more: Any,
) -> World:
    """Return the world with a pattern in it, in the middle of a board where no corner is told.

    A corner counts from the middle of a board, as in Golly, where cell (0, 0) of a board W wide
    and H high is at (-W // 2, -H // 2).

    Raises
    ------
    UnreadablePattern
        When a cell has a state that the rule does not know.
    TooLarge
        When the board has too many cells.
    """
    top_state = int(cells.max()) if cells.size else 0
    if top_state >= rule.states:
        raise UnreadablePattern(
            f"a cell has the state {top_state}, but the rule {rule.text[:60]} knows only 0 to "
            f"{rule.states - 1}.",
            source or name,
        )
    if rule.dimensions == 1:
        return _row_world(name, rule, topology, cells, source=source, **more)
    x, y = corner if corner is not None else (0, 0)
    if topology.kind == "unbounded":
        return World(name, rule, topology, cells, origin=(x, y), **more)
    height, width = cells.shape
    left = _start(topology.width, width, corner[0] if corner is not None else None)
    top = _start(topology.height, height, corner[1] if corner is not None else None)
    if not topology.is_bounded:
        return World(name, rule, topology, cells, origin=(left, top), **more)
    require_cells(topology.width, topology.height, source or name)
    board = np.zeros((topology.height, topology.width), dtype=np.uint8)
    seen = cells[max(0, -top) : topology.height - top, max(0, -left) : topology.width - left]
    if seen.size:
        rows, columns = max(top, 0), max(left, 0)
        board[rows : rows + seen.shape[0], columns : columns + seen.shape[1]] = seen
    return World(name, rule, topology, board, **more)


def with_array(world: World) -> World:
    """Return the world with its cells as an array, at their place; raises `TooLarge`."""
    if isinstance(world.cells, np.ndarray):
        return world
    cells, corner = world.cells.to_dense()
    return replace(world, cells=cells, origin=corner)


def _start(side: int, size: int, corner: int | None) -> int:
    if side == 0:
        return corner or 0
    # Golly puts a pattern with its middle at (0, 0), the middle of the board
    return side // 2 - size // 2 if corner is None else corner + side // 2


def _row_world(
    name: str, rule: Rule, topology: Topology, cells: Cells, *, source: str, **more: Any
) -> World:
    row = cells.reshape(-1, cells.shape[-1])[0] if cells.size else np.zeros(0, dtype=np.uint8)
    if topology.width == 0:
        return World(name, rule, Topology(), row, **more)
    require_cells(topology.width, 1, source or name)
    board = np.zeros(topology.width, dtype=np.uint8)
    start = max(0, (topology.width - len(row)) // 2)
    board[start : start + len(row)] = row[: topology.width]
    return World(name, rule, Topology(topology.kind, topology.width, 1), board, **more)
