"""Level 1: variables are summed out one at a time, each as soon as its factors are multiplied.

What is cached, within one query, are the factors τ that the sums leave behind.

Source: Zhang and Poole (1994); Koller and Friedman (2009), algorithm 9.1.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.networks.errors import NetworkError
from core.networks.evidence import Evidence
from core.networks.levels.elimination_plan import (
    PlannedElimination,
    chosen_order,
    elimination_plan,
)
from core.networks.levels.entered_model import EnteredModel, Model, entered_model
from core.networks.levels.operations import Operations
from core.networks.levels.requisite import Requisites, requisites
from core.networks.levels.table_factor import (
    MAX_AXES,
    FactorView,
    TableFactor,
    multiplied,
    normalised,
    summed,
    viewed,
)

MAX_PRODUCT_CELLS = 2**22
"""A product beyond this many cells is refused."""


@dataclass(frozen=True, slots=True, eq=False)
class EliminationStep:
    """One step of variable elimination.

    Attributes
    ----------
    kind : str
        ``"prune"``: factors that cannot matter go; ``"eliminate"``: the factors with a variable
        are multiplied and the variable is summed out; ``"combine"``: what is left is multiplied
        and normalised.
    variable : str or None
        The variable eliminated.
    factors_in : tuple of FactorView
        What was multiplied, or what was dropped.
    product_scope : tuple of int
    product_size : int
        Of the product before the sum.
    factor_out : FactorView or None
        None where factors were only dropped; it was made from all of `factors_in`.
    operations : Operations
    pool : tuple of FactorView
        The factors there are after the step.
    """

    kind: str
    variable: str | None
    factors_in: tuple[FactorView, ...]
    product_scope: tuple[int, ...]
    product_size: int
    factor_out: FactorView | None
    operations: Operations
    pool: tuple[FactorView, ...]


@dataclass(frozen=True, slots=True, eq=False)
class EliminationRun:
    """All steps of variable elimination for one query.

    Attributes
    ----------
    names : tuple of str
        The variables by number.
    query : tuple of int
        The variables asked for.
    factors : tuple of FactorView
        The factors at the start, reduced by what was observed, likelihoods among them.
    order : tuple of str
        The variables eliminated.
    requisites : Requisites or None
        What was left out beforehand, if that was asked for.
    steps : tuple of EliminationStep
    result : TableFactor
        P(query | evidence), axes in the order of the query.
    log_evidence : float or None
        ln P(evidence), or ln Z of a Markov network reduced by the evidence; None where factors that
        have a say in it were left out.
    operations : Operations
    """

    names: tuple[str, ...]
    query: tuple[int, ...]
    factors: tuple[FactorView, ...]
    order: tuple[str, ...]
    requisites: Requisites | None
    steps: tuple[EliminationStep, ...]
    result: TableFactor
    log_evidence: float | None
    operations: Operations


def eliminate(
    model: Model,
    evidence: Evidence | None = None,
    query: Iterable[str] = (),
    order: str | Sequence[str] = "min-fill",
    *,
    prune: bool = False,
) -> EliminationRun:
    """Return P(query | evidence) by variable elimination, with every step.

    Parameters
    ----------
    model : BayesNet or MarkovNetwork
    evidence : Evidence, optional
    query : names of variables
        None asks for ln P(evidence) alone.
    order : str or names of variables
        A rule, or the order itself; variables asked for or observed are skipped in it.
    prune : bool
        Leave out barren and separated variables first.

    Raises
    ------
    ImpossibleEvidence
        When the evidence has probability 0.
    NetworkError
        When a product would have more than `MAX_PRODUCT_CELLS` cells.
    """
    entered = entered_model(model, evidence)
    targets = entered.scopes.numbers(query)
    recorder = _Recorder(entered)
    needed = requisites(entered.scopes, targets) if prune else None
    if needed is not None:
        recorder.drop_all_but(needed.kept)
    chosen = chosen_order(entered.scopes, targets, order, needed)
    scopes = [factor.scope for factor in recorder.tables.values()]
    plan = elimination_plan(scopes, entered.sizes, chosen)
    check_plan(plan)
    present = list(recorder.tables)
    for step in plan[:-1]:
        present.append(recorder.eliminate(step, [present[k] for k in step.members]))
    mass, result = recorder.combine([present[k] for k in plan[-1].members], targets)
    return EliminationRun(
        entered.names,
        targets,
        recorder.factors,
        tuple(entered.names[v] for v in chosen),
        needed,
        tuple(recorder.steps),
        result,
        mass if needed is None or needed.is_mass_kept else None,
        sum((step.operations for step in recorder.steps), Operations()),
    )


class _Recorder:
    """Holds the factors as they change, and the record of how they did."""

    def __init__(self, entered: EnteredModel) -> None:
        self.entered = entered
        pairs = entered.reduced_factors()
        self.tables = {k: factor for k, (_, factor) in enumerate(pairs)}
        self.views = {k: viewed(factor, k, label) for k, (label, factor) in enumerate(pairs)}
        self.factors = tuple(self.views.values())
        self.steps: list[EliminationStep] = []
        self._next = len(pairs)

    def drop_all_but(self, kept: Iterable[int]) -> None:
        """Drop the factors that cannot matter, and note it as a step."""
        stay = set(kept)
        dropped = tuple(view for k, view in self.views.items() if k not in stay)
        self.tables = {k: factor for k, factor in self.tables.items() if k in stay}
        self.views = {k: view for k, view in self.views.items() if k in stay}
        pool = tuple(self.views.values())
        self.steps.append(EliminationStep("prune", None, dropped, (), 0, None, Operations(), pool))

    def eliminate(self, step: PlannedElimination, members: Sequence[int]) -> int:
        """Multiply the members, sum the variable out, and return the number of what is left."""
        assert step.variable is not None
        factors = [self.tables.pop(k) for k in members]
        product, cost = multiplied(factors, step.scope, self.entered.sizes)
        out, more = summed(product, step.scope_out)
        name = self.entered.names[step.variable]
        return self._record("eliminate", name, members, product, out, cost + more)

    def combine(self, members: Sequence[int], query: Sequence[int]) -> tuple[float, TableFactor]:
        """Multiply what is left and normalise; return the logarithm of the mass and the answer."""
        factors = [self.tables.pop(k) for k in members]
        scope = tuple(v for v in query if v not in self.entered.observed)
        product, cost = multiplied(factors, scope, self.entered.sizes)
        if product.total <= 0:
            raise self.entered.impossible()
        answer, more = normalised(product)
        result = self.entered.expanded(answer, query)
        self._record("combine", None, members, product, result, cost + more)
        return product.log_total, result

    def _record(
        self,
        kind: str,
        variable: str | None,
        members: Sequence[int],
        product: TableFactor,
        out: TableFactor,
        cost: Operations,
    ) -> int:
        number, self._next = self._next, self._next + 1
        incoming = tuple(self.views.pop(k) for k in members)
        label = self.entered.label("P" if kind == "combine" else "τ", out.scope)
        view = viewed(out, number, label, tuple(members))
        self.tables[number], self.views[number] = out, view
        self.steps.append(
            EliminationStep(
                kind,
                variable,
                incoming,
                product.scope,
                product.size,
                view,
                cost,
                tuple(self.views.values()),
            )
        )
        return number


def check_plan(plan: Sequence[PlannedElimination], limit: int = MAX_PRODUCT_CELLS) -> None:
    """Raise `NetworkError` where a product would be too large to form."""
    largest = max(plan, key=lambda step: step.size)
    if largest.size > limit or max(len(step.scope) for step in plan) > MAX_AXES:
        cells = f"{largest.size:,}" if largest.size < 10**15 else f"{math.log10(largest.size):.0f}"
        number = cells if largest.size < 10**15 else f"about 1e{cells}"
        raise NetworkError(
            f"In this order variable elimination would form a table of {number} cells over "
            f"{len(largest.scope)} variables, and the limits are {limit:,} and {MAX_AXES}; "
            "choose another order or observe more."
        )
