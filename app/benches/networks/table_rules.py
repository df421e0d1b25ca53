"""Rules that make a node a function of its parents: from a node to its new table; no Qt."""

from collections.abc import Callable, Sequence

import numpy as np

from app.graphical.columns import parent_sizes
from core.networks.errors import TableError
from core.networks.model import BayesNet, Node, Table, frozen
from core.networks.tables import absent_state

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
