"""What can be done to some columns of a conditional table: from a node to its new table; no Qt."""

from collections.abc import Callable

import numpy as np

from app.graphical.columns import flat, with_columns
from app.graphical.table_edits import Cells, columns_of
from core.networks import tables
from core.networks.model import Node, Table, frozen


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


def _by_column(node: Node, cells: Cells, change: Callable[[np.ndarray], Table]) -> Table:
    columns = columns_of(node, cells)
    return with_columns(node, columns, change(flat(node)[columns]))
