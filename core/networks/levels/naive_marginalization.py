"""Level 0: the product of all factors, reduced by the evidence and summed variable by variable.

Nothing is cached: the table over all variables is built anew for every question.

Source: Koller and Friedman (2009), section 9.1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.networks.errors import NetworkError
from core.networks.evidence import Evidence
from core.networks.levels.entered_model import EnteredModel, Model, ModelScopes, entered_model
from core.networks.levels.operations import Operations
from core.networks.levels.table_factor import (
    MAX_AXES,
    FactorView,
    TableFactor,
    cells_of,
    multiplied,
    normalised,
    summed,
    union_scope,
    viewed,
)

MAX_NAIVE_CELLS = 2**20
"""The table over all variables is refused beyond this many cells."""


@dataclass(frozen=True, slots=True, eq=False)
class NaiveStep:
    """One step of naive marginalisation.

    Attributes
    ----------
    kind : str
        ``"product"``: a factor is multiplied in; ``"reduce"``: what disagrees with the observed
        states goes; ``"weigh"``: a likelihood is multiplied in; ``"sum"``: a variable is summed
        out; ``"normalise"``: the table is divided by its sum.
    variable : str or None
        The variable weighed or summed out.
    factors_in : tuple of FactorView
        What the step worked on.
    factor_out : FactorView
    operations : Operations
    """

    kind: str
    variable: str | None
    factors_in: tuple[FactorView, ...]
    factor_out: FactorView
    operations: Operations


@dataclass(frozen=True, slots=True, eq=False)
class NaiveRun:
    """All steps of naive marginalisation for one query.

    Attributes
    ----------
    names : tuple of str
        The variables by number.
    query : tuple of int
        The variables asked for.
    factors : tuple of FactorView
        The factors of the model.
    steps : tuple of NaiveStep
    result : TableFactor
        P(query | evidence), axes in the order of the query.
    log_evidence : float
        ln P(evidence), or ln Z of a Markov network reduced by the evidence.
    operations : Operations
    """

    names: tuple[str, ...]
    query: tuple[int, ...]
    factors: tuple[FactorView, ...]
    steps: tuple[NaiveStep, ...]
    result: TableFactor
    log_evidence: float
    operations: Operations


class _Recorder:
    """Holds the table as it changes, and the record of how it did."""

    def __init__(self, entered: EnteredModel) -> None:
        self.entered = entered
        self.steps: list[NaiveStep] = []
        self.factors: list[FactorView] = []
        self._next = 0

    def view(
        self, factor: TableFactor, label: str, made_from: tuple[FactorView, ...] = ()
    ) -> FactorView:
        """Return a factor as the record shows it, under the next number."""
        self._next += 1
        return viewed(factor, self._next - 1, label, tuple(each.id for each in made_from))

    def record(
        self,
        kind: str,
        variable: int | None,
        factors_in: tuple[FactorView, ...],
        out: TableFactor,
        cost: Operations,
    ) -> FactorView:
        """Note a step that made `out`, and return `out` as the record shows it."""
        symbol = "P" if kind == "normalise" else "ψ"
        view = self.view(out, self.entered.label(symbol, out.scope), factors_in)
        name = None if variable is None else self.entered.names[variable]
        self.steps.append(NaiveStep(kind, name, factors_in, view, cost))
        return view


def naive_steps(
    model: Model, evidence: Evidence | None = None, query: Iterable[str] = ()
) -> NaiveRun:
    """Return P(query | evidence) from the table over all variables, with every step.

    Raises
    ------
    NetworkError
        When that table would have more than `MAX_NAIVE_CELLS` cells.
    ImpossibleEvidence
        When the evidence has probability 0.
    """
    entered = entered_model(model, evidence)
    targets = entered.scopes.numbers(query)
    check_naive(entered.scopes)
    recorder = _Recorder(entered)
    current, view = _joint(entered, recorder)
    if entered.observed:
        current = entered.reduced(current)
        view = recorder.record("reduce", None, (view,), current, Operations())
    for v, likelihood in entered.likelihoods.items():
        entering = recorder.view(likelihood, entered.label("λ", (v,)))
        current, cost = multiplied([current, likelihood], current.scope, entered.sizes)
        view = recorder.record("weigh", v, (view, entering), current, cost)
    for v in [v for v in current.scope if v not in targets]:
        current, cost = summed(current, [u for u in current.scope if u != v])
        view = recorder.record("sum", v, (view,), current, cost)
    if current.total <= 0:
        raise entered.impossible()
    log_evidence = current.log_total
    ordered, _ = summed(current, [v for v in targets if v not in entered.observed])
    answer, cost = normalised(ordered)
    result = entered.expanded(answer, targets)
    recorder.record("normalise", None, (view,), result, cost)
    operations = sum((step.operations for step in recorder.steps), Operations())
    return NaiveRun(
        entered.names,
        targets,
        tuple(recorder.factors),
        tuple(recorder.steps),
        result,
        log_evidence,
        operations,
    )


def _joint(entered: EnteredModel, recorder: _Recorder) -> tuple[TableFactor, FactorView]:
    """Multiply all factors, one at a time; each product is over the variables met so far."""
    pairs = zip(entered.factors, entered.labels, strict=True)
    recorder.factors += [recorder.view(factor, label) for factor, label in pairs]
    if not entered.factors:
        empty, _ = multiplied([], (), ())
        return empty, recorder.view(empty, "1")
    current, view = entered.factors[0], recorder.factors[0]
    for factor, other in zip(entered.factors[1:], recorder.factors[1:], strict=True):
        scope = union_scope([current.scope, factor.scope])
        current, cost = multiplied([current, factor], scope, entered.sizes)
        view = recorder.record("product", None, (view, other), current, cost)
    return current, view


def check_naive(scopes: ModelScopes) -> None:
    """Raise `NetworkError` where the table over all variables is too large."""
    cells = cells_of(range(len(scopes.sizes)), scopes.sizes)
    if cells > MAX_NAIVE_CELLS or len(scopes.sizes) > MAX_AXES:
        number = f"{cells:,}" if cells < 10**15 else f"about {float_text(cells)}"
        raise NetworkError(
            f"The table over all {len(scopes.sizes)} variables would have {number} cells, and "
            f"naive marginalisation takes at most {MAX_NAIVE_CELLS:,} cells over {MAX_AXES} "
            "variables; use variable elimination."
        )


def float_text(cells: int) -> str:
    """Return a number too long to read in the form 1.2e+34, whatever its size."""
    digits = str(cells)
    return f"{digits[0]}.{digits[1]}e+{len(digits) - 1}"


def predicted_naive(scopes: ModelScopes, query: Sequence[int]) -> Operations:
    """Return what `naive_steps` costs, from the scopes and sizes alone."""
    sizes = scopes.sizes
    cost, met = Operations(), frozenset[int]()
    for k, scope in enumerate(scopes.scopes):
        met |= frozenset(scope)
        if k:
            cost += Operations.product(2, cells_of(met, sizes))
    left = [v for v in sorted(met) if v not in scopes.observed]
    cells = cells_of(left, sizes)
    cost += Operations.product(2, cells) * len(scopes.weighed)
    kept = cells_of([v for v in query if v not in scopes.observed], sizes)
    return cost + Operations.sum(cells, kept) + Operations.normalisation(kept)
