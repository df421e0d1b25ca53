"""Variable elimination planned on scopes alone: which order, which tables, how many operations.

A plan is made without touching a table, so its cost can follow the hand that drags the order.

Source: Koller and Friedman (2009), sections 9.3 and 9.4.2.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.networks.errors import NetworkError, quoted
from core.networks.evidence import Evidence
from core.networks.levels.entered_model import Model, ModelScopes, model_scopes
from core.networks.levels.greedy import greedy_order
from core.networks.levels.operations import Operations
from core.networks.levels.requisite import Requisites
from core.networks.levels.table_factor import cells_of

Scope = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlannedElimination:
    """One variable's elimination, or the last product where `variable` is None.

    Attributes
    ----------
    variable : int or None
    members : tuple of int
        Which factors are multiplied: those of the model by position, then those made by earlier
        eliminations in turn.
    scope : tuple of int
        Of the product, sorted.
    size : int
        Cells of the product.
    operations : Operations
    """

    variable: int | None
    members: tuple[int, ...]
    scope: Scope
    size: int
    operations: Operations

    @property
    def scope_out(self) -> Scope:
        """What is left once the variable is summed out."""
        return tuple(v for v in self.scope if v != self.variable)


@dataclass(frozen=True, slots=True)
class OrderCost:
    """What an elimination order costs.

    Attributes
    ----------
    order : tuple of str
        The variables in the order of elimination.
    sizes : tuple of int
        Cells of each product, one for each variable, then those of the last product.
    scopes : tuple of tuple of int
        The scopes of those products.
    operations : Operations
        All of them, normalising included.
    """

    order: tuple[str, ...]
    sizes: tuple[int, ...]
    scopes: tuple[Scope, ...]
    operations: Operations

    @property
    def largest(self) -> int:
        """Cells of the largest product."""
        return max(self.sizes, default=1)

    @property
    def width(self) -> int:
        """Variables of the widest product less one: the induced width."""
        return max(map(len, self.scopes), default=1) - 1


def elimination_plan(
    scopes: Sequence[Scope], sizes: Sequence[int], order: Sequence[int]
) -> tuple[PlannedElimination, ...]:
    """Return the steps of eliminating `order` from factors over `scopes`, last product included."""
    pool = {k: frozenset(scope) for k, scope in enumerate(scopes)}
    plan = []
    for number, variable in enumerate(order, start=len(scopes)):
        members = tuple(k for k, scope in pool.items() if variable in scope)
        together = frozenset((variable,)).union(*(pool.pop(k) for k in members))
        cells = cells_of(together, sizes)
        cost = Operations.product(len(members), cells)
        cost += Operations.sum(cells, cells // sizes[variable])
        scope = tuple(sorted(together))
        plan.append(PlannedElimination(variable, members, scope, cells, cost))
        pool[number] = together - {variable}
    scope = tuple(sorted(frozenset[int]().union(*pool.values())))
    cells = cells_of(scope, sizes)
    cost = Operations.product(len(pool), cells) + Operations.normalisation(cells)
    return (*plan, PlannedElimination(None, tuple(pool), scope, cells, cost))


def chosen_order(
    scopes: ModelScopes,
    query: Sequence[int],
    order: str | Sequence[str],
    needed: Requisites | None = None,
) -> tuple[int, ...]:
    """Return the variables to eliminate, by number: needed, and neither asked for nor observed.

    `order` is the name of a rule or the names of all these variables; others in it are skipped.

    Raises
    ------
    NetworkError
        For an unknown rule or name, and where an order leaves a variable out.
    """
    stay = {*query, *scopes.observed}
    left = scopes.reduced_scopes
    if needed is not None:
        stay |= {*needed.barren, *needed.separated}
        left = tuple(left[k] for k in needed.kept)
    if isinstance(order, str):
        return greedy_order(left, scopes.sizes, order, keep=query)
    hidden = [v for v in range(len(scopes.names)) if v not in stay]
    own = [v for v in scopes.numbers(order) if v not in stay]
    forgotten = [scopes.names[v] for v in hidden if v not in own]
    if forgotten:
        shown = ", ".join(map(quoted, forgotten[:6])) + (", …" if len(forgotten) > 6 else "")
        raise NetworkError(f"The elimination order leaves out {shown}; put every variable in it.")
    return tuple(own)


def order_cost(
    model: Model,
    evidence: Evidence | None = None,
    query: Iterable[str] = (),
    order: str | Sequence[str] = "min-fill",
) -> OrderCost:
    """Return what eliminating in `order` would cost, without running it."""
    return scopes_cost(model_scopes(model, evidence), query, order)


def scopes_cost(scopes: ModelScopes, query: Iterable[str], order: str | Sequence[str]) -> OrderCost:
    """Return what eliminating in `order` would cost, from scopes made once: for a live display."""
    targets = scopes.numbers(query)
    chosen = chosen_order(scopes, targets, order)
    plan = elimination_plan(scopes.reduced_scopes, scopes.sizes, chosen)
    return OrderCost(
        tuple(scopes.names[v] for v in chosen),
        tuple(step.size for step in plan),
        tuple(step.scope for step in plan),
        sum((step.operations for step in plan), Operations()),
    )
