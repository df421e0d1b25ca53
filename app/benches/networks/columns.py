"""Columns of a conditional table: which parent states a column stands for, and rules to fill it."""

from collections.abc import Callable, Sequence
from math import prod

import numpy as np
import numpy.typing as npt

from core.networks.errors import TableError
from core.networks.model import BayesNet, Node, Table, frozen
from core.networks.tables import absent_state


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


def described(net: BayesNet, node: Node, column: int) -> str:
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


Rule = Callable[[Sequence[int], int], int]

RULES: dict[str, tuple[str, Rule]] = {
    "OR": (
        "present if any parent is",
        lambda levels, top: top if any(levels) else 0,
    ),
    "AND": (
        "present if all parents are",
        lambda levels, top: top if all(levels) else 0,
    ),
    "XOR": (
        "present if an odd number of parents is",
        lambda levels, top: top if sum(1 for x in levels if x) % 2 else 0,
    ),
    "MAX": (
        "as high as the highest parent",
        lambda levels, top: min(max(levels, default=0), top),
    ),
    "MIN": (
        "as high as the lowest parent",
        lambda levels, top: min(min(levels, default=0), top),
    ),
    "SUM": (
        "the parents' levels added up",
        lambda levels, top: min(sum(levels), top),
    ),
}
"""Name, meaning and function of each rule; it maps the parents' levels to the node's level.

A level counts from 0, the state that means nothing is the matter; see `levels`.
"""


def levels(states: Sequence[str]) -> list[int]:
    """Return the state indices from the lowest level up.

    A state such as "no" or "none" at either end is the lowest; otherwise two states count as
    present and absent, and more as rising in their order.
    """
    order = list(range(len(states)))
    if len(states) > 2 and absent_state([states[-1], "?"]) != 0:
        return order
    return order if absent_state(states) == 0 else order[::-1]


def by_rule(net: BayesNet, node: Node, rule: str) -> Table:
    """Return the deterministic table that `rule` gives.

    Raises
    ------
    TableError
        When the node has no parents, for a rule needs something to act on.
    """
    if not node.parents:
        raise TableError(f"{node.name} has no parents, so no rule can set its state.")
    function = RULES[rule][1]
    own = levels(node.states)
    order = [np.argsort(levels(net[parent].states)) for parent in node.parents]
    states = np.indices(parent_sizes(node)).reshape(len(node.parents), -1)
    chosen = [
        own[function([int(order[p][s]) for p, s in enumerate(column)], len(own) - 1)]
        for column in states.T
    ]
    return by_choice(node, chosen)


def by_choice(node: Node, chosen: Sequence[int]) -> Table:
    """Return the table in which each column is certain of the state chosen for it."""
    table = np.eye(len(node.states))[list(chosen)]
    return frozen(table.reshape(node.table.shape))
