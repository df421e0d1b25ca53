"""Changes of single entries of a table: typed, filled or pasted; from a node to its new table."""

from collections.abc import Sequence

import numpy as np

from app.graphical.columns import column_count, filled_right, flat
from app.graphical.number_text import NumberTextError
from core.networks.model import Node, Table, frozen

Cells = Sequence[tuple[int, int]]
"""(state, column) of the selected cells, by row then column."""


def columns_of(node: Node, cells: Cells) -> list[int]:
    """Return the columns that `cells` touch, or all of them when none is selected."""
    chosen = sorted({column for _, column in cells})
    return chosen or list(range(column_count(node)))


def filled(node: Node, cells: Cells) -> Table:
    """Copy the first selected column over the other selected ones, or over all to its right."""
    columns = columns_of(node, cells)
    rows = sorted({row for row, _ in cells}) or list(range(len(node.states)))
    if len(columns) == 1:
        columns = list(range(columns[0], column_count(node)))
    return filled_right(node, columns, rows)


def entered(node: Node, state: int, column: int, value: float) -> Table:
    """Change one entry."""
    table = np.array(flat(node))
    table[column, state] = value
    return frozen(table.reshape(node.table.shape))


def pasted(node: Node, cells: Cells, grid: Sequence[Sequence[float]]) -> Table:
    """Put a grid of numbers at the first selected cell; one number fills all selected cells.

    A grid that fits only on its side, as files list one configuration a line, is turned.

    Raises
    ------
    NumberTextError
        When it does not fit either way.
    """
    values = np.array(grid)
    table = np.array(flat(node)).T
    if values.size == 1 and len(cells) > 1:
        for row, column in cells:
            table[row, column] = values[0, 0]
        return _from_rows(node, table)
    top = min((row for row, _ in cells), default=0)
    left = min((column for _, column in cells), default=0)
    room = (table.shape[0] - top, table.shape[1] - left)
    if not _fits(values, room) and _fits(values.T, room):
        values = values.T
    if not _fits(values, room):
        raise NumberTextError(
            f"The clipboard holds {_size(values.shape)} and from the selected cell there is room "
            f"for {_size(room)}; select the first cell to fill."
        )
    table[top : top + values.shape[0], left : left + values.shape[1]] = values
    return _from_rows(node, table)


def _fits(values: np.ndarray, room: tuple[int, int]) -> bool:
    return values.shape[0] <= room[0] and values.shape[1] <= room[1]


def _size(shape: Sequence[int]) -> str:
    return f"{shape[0]} × {shape[1]} numbers"


def _from_rows(node: Node, rows: np.ndarray) -> Table:
    return frozen(np.ascontiguousarray(rows.T).reshape(node.table.shape))
