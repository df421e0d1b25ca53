"""Elimination orders by named rules.

Each step eliminates the variable that costs least and connects its neighbours; ties go to the
smaller table, then to the smaller number.

Source: Koller and Friedman (2009), section 9.4.3.2.
"""

from collections.abc import Collection, Sequence

import numpy as np

from core.networks.errors import NetworkError, quoted
from core.networks.factor_model import FactorModel
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet
from core.networks.structure import Integers, Structure, structure_of
from core.networks.triangulation import MAX_VARIABLES, triangulate, triangulation_by

RULES = ("min-fill", "weighted-min-fill", "min-weight", "min-degree", "search")
"""What is least: the edges added; the sum over them of the product of both variables' states; the
cells of the table made; the neighbours; or, by `search`, the cells of all cliques together."""

ASTRONOMICAL = 1e300
"""Elimination by a named rule is given up beyond this many cells, near the end of doubles."""

_NUMBERS = {"min-weight": 0, "min-fill": 1, "weighted-min-fill": 2, "min-degree": 3}
"""How the kernels number the rules."""


def elimination_order(
    model: BayesNet | MarkovNetwork | FactorModel | Structure,
    rule: str = "search",
    *,
    free_last: Collection[int] = (),
) -> tuple[int, ...]:
    """Return the variables' numbers in the order in which a rule eliminates them.

    Parameters
    ----------
    free_last : collection of int
        Variables that are eliminated only after all others, as the maximised ones of a marginal
        MAP question are; then "search" is the best of the other rules.

    Raises
    ------
    NetworkError
        When the rule is unknown or there are too many variables.
    """
    structure = model if isinstance(model, Structure) else structure_of(model)
    if rule not in RULES:
        raise NetworkError(f"There is no elimination rule {quoted(rule)}; the rules are {_LIST}.")
    if rule != "search":
        return tuple(_order(structure, rule, free_last).tolist())
    if not free_last:
        return tuple(triangulate(structure).order.tolist())
    orders = [_order(structure, each, free_last) for each in RULES[:-1]]
    best = min(orders, key=lambda order: triangulation_by(structure, order).cells)
    return tuple(best.tolist())


def asked_order(
    model: BayesNet | MarkovNetwork | FactorModel,
    structure: Structure,
    rule: str | Sequence[str],
) -> Integers:
    """Return the order that is meant by a rule's name, or by all variables' names in a sequence.

    Raises
    ------
    NetworkError
        When the rule is unknown, or a name is unknown, missing or repeated.
    """
    if isinstance(rule, str):
        return np.array(elimination_order(structure, rule), dtype=np.int64)
    number = {name: v for v, name in enumerate(model.names)}
    for name in rule:
        if name not in number:
            raise NetworkError(f"The elimination order names {quoted(name)}, which is no variable.")
    if len(rule) != len(number) or len(set(rule)) != len(number):
        raise NetworkError(
            f"The elimination order names {len(set(rule)):,} of {len(number):,} variables; "
            "name each of them once."
        )
    return np.array([number[name] for name in rule], dtype=np.int64)


def _order(structure: Structure, rule: str, free_last: Collection[int]) -> Integers:
    from core.networks.kernels_elimination import order_by_rule
    from core.networks.kernels_graph import moral_lists

    count = structure.sizes.size
    if count > MAX_VARIABLES:
        raise NetworkError(
            f"The model has {count:,} variables and elimination by a named rule takes at most "
            f"{MAX_VARIABLES:,}; cut it into smaller ones."
        )
    late = sorted(set(free_last))
    early = sorted(set(range(count)).difference(late))
    graph = moral_lists(count, structure.scope_starts, structure.scope_members)
    live = np.array([*early, *late], dtype=np.int64)
    order, cells = order_by_rule(
        structure.sizes, *graph, _NUMBERS[rule], live, len(early), ASTRONOMICAL
    )
    if cells > ASTRONOMICAL:
        raise NetworkError(
            f"Elimination by {rule} would make tables of more than 1e300 cells; "
            "remove arcs or states."
        )
    return order


_LIST = ", ".join(RULES)
