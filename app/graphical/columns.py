"""Columns of a conditional table: which parent states a column stands for."""

from collections.abc import Sequence
from math import prod

import numpy as np
import numpy.typing as npt

from core.networks.graphical_model import GraphicalModel
from core.networks.model import Node, Table, frozen


def parent_sizes(node: Node) -> tuple[int, ...]:
    """Return the number of states of each parent, read off the table."""
    return tuple(int(size) for size in node.table.shape[:-1])


def column_count(node: Node) -> int:
    """Return the number of parent configurations."""
    return prod(parent_sizes(node))


def flat(node: Node) -> Table:
    """Return the table as float64[columns, states], the last parent changing fastest."""
    return node.table.reshape(-1, len(node.states))


def strides(node: Node) -> tuple[int, ...]:
    """Return for each parent how many columns its state stays the same."""
    sizes = parent_sizes(node)
    return tuple(prod(sizes[level + 1 :]) for level in range(len(sizes)))


def configuration(node: Node, column: int) -> tuple[int, ...]:
    """Return the parents' state indices in `column`."""
    return tuple(int(i) for i in np.unravel_index(column, parent_sizes(node) or (1,)))[
        : len(node.parents)
    ]


def described(net: GraphicalModel, node: Node, column: int) -> str:
    """Return a column as ``Rain=yes, Sprinkler=no``, empty for a node without parents."""
    states = configuration(node, column)
    return ", ".join(
        f"{parent}={net[parent].states[state]}"
        for parent, state in zip(node.parents, states, strict=True)
    )


def with_columns(node: Node, columns: Sequence[int], values: npt.ArrayLike) -> Table:
    """Return the node's table with some columns replaced by float64[columns, states]."""
    table = np.array(flat(node))
    table[list(columns)] = values
    return frozen(table.reshape(node.table.shape))


def filled_right(node: Node, columns: Sequence[int], rows: Sequence[int]) -> Table:
    """Return the table with the first of `columns` copied to the others, in `rows`."""
    table = np.array(flat(node))
    source = table[columns[0]].copy()
    for column in columns[1:]:
        table[column, list(rows)] = source[list(rows)]
    return frozen(table.reshape(node.table.shape))
