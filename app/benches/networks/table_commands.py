"""What can be done to some columns of a conditional table: from a node to its new table; no Qt."""

from collections.abc import Callable, Sequence

import numpy as np

from app.benches.networks.columns import column_count, filled_right, flat, with_columns
from app.benches.networks.number_text import NumberTextError
from core.networks import tables
from core.networks.model import Node, Table, frozen

Cells = Sequence[tuple[int, int]]
"""(state, column) of the selected cells, by row then column."""


def columns_of(node: Node, cells: Cells) -> list[int]:
    """Return the columns that `cells` touch, or all of them when none is selected."""
    chosen = sorted({column for _, column in cells})
    return chosen or list(range(column_count(node)))


def normalised(node: Node, cells: Cells) -> Table:
    """Divide each column by its sum."""
    return _by_column(node, cells, tables.normalised)


def uniform(node: Node, cells: Cells) -> Table:
    """Give every state of a column the same probability."""
    return _by_column(node, cells, tables.uniform)


def randomised(node: Node, cells: Cells, seed: int) -> Table:
    """Draw each column evenly from all distributions."""
    return _by_column(node, cells, lambda part: tables.randomised(part, seed))


def hardened(node: Node, cells: Cells) -> Table:
    """Make the likeliest state of each column certain."""
    return _by_column(node, cells, tables.deterministic)


def complemented(node: Node, cells: Cells) -> Table:
    """Set one entry a column to 1 less the others: the last selected one, else the last state."""
    last = len(node.states) - 1
    table = np.array(flat(node))
    for column in columns_of(node, cells):
        rows = [row for row, other in cells if other == column]
        state = max(rows) if rows and len(rows) < len(node.states) else last
        table[column] = tables.complemented(table[column], state)
    return frozen(table.reshape(node.table.shape))


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


def _by_column(node: Node, cells: Cells, change: Callable[[np.ndarray], Table]) -> Table:
    columns = columns_of(node, cells)
    return with_columns(node, columns, change(flat(node)[columns]))
