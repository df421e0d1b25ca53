"""Marginal MAP: the most probable joint state of some variables, all others summed out.

It is not the most probable explanation restricted to these variables. All sums have to come before
all maxima, so the order of elimination is less free and its tables can be far larger.

Source: Koller and Friedman (2009), section 13.2.3; Park and Darwiche (2004).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.networks.errors import NetworkError, quoted
from core.networks.evidence import Evidence
from core.networks.factor_model import FactorModel, factor_model
from core.networks.inference import compile_network
from core.networks.levels.greedy import greedy_order
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet
from core.networks.node import Table
from core.networks.potentials import spread
from core.networks.questions.errors import TooManyCells
from core.networks.questions.most_probable import TIE, Explanation
from core.progress import Progress

MAP_CELL_LIMIT = 2**26
"""No table on the way may have more cells."""

Model = BayesNet | MarkovNetwork
Scope = tuple[int, ...]
Part = tuple[Scope, Table]


def marginal_map(
    model: Model,
    names: Sequence[str],
    evidence: Evidence | None = None,
    progress: Progress | None = None,
) -> Explanation:
    """Return the most probable joint state of `names` given the evidence.

    Its ``log_probability`` is ln P(states, evidence), the other variables summed out. Of states
    that tie, the one is taken that has the smaller state where a choice is first open.

    Raises
    ------
    TooManyCells
        When a table on the way would have more than `MAP_CELL_LIMIT` cells.
    ImpossibleEvidence
        When the evidence has probability 0.
    NetworkError
        For a name that is unknown or given twice, or when there is none.
    """
    plan = _planned(model, names, evidence or Evidence())
    if plan.cells > MAP_CELL_LIMIT:
        advice = "ask for other or fewer variables, or add evidence"
        raise TooManyCells("This marginal MAP", plan.cells, MAP_CELL_LIMIT, advice)
    run = _Run(plan, progress)
    for v in plan.summed:
        run.eliminate(v)
    maxima = [(v, run.eliminate(v, maximising=True)) for v in plan.maximised]
    if run.log_value == -math.inf:
        compile_network(model).propagate(evidence, progress)  # names the contradiction
    chosen = dict(plan.fixed)
    for v, (scope, table) in reversed(maxima):
        at = table[tuple(chosen.get(u, slice(None)) for u in scope)]
        chosen[v] = int(np.argmax(at >= at.max() * (1 - TIE)))
    number = {name: v for v, name in enumerate(model.names)}
    asked = set(names)
    states = {name: chosen.get(number[name], 0) for name in model.names if name in asked}
    return Explanation(states, run.log_value)


def marginal_map_cells(
    model: Model, names: Sequence[str], evidence: Evidence | None = None
) -> float:
    """Return the entries of the largest table that `marginal_map` would make, without making it."""
    return _planned(model, names, evidence or Evidence()).cells


@dataclass(frozen=True, slots=True)
class _Plan:
    """The reduced factors, the order of elimination, and the cells of the largest product."""

    sizes: tuple[int, ...]
    parts: tuple[Part, ...]
    summed: tuple[int, ...]
    maximised: tuple[int, ...]
    fixed: dict[int, int]
    cells: float


def _planned(model: Model, names: Sequence[str], evidence: Evidence) -> _Plan:
    evidence.check(model)
    _check(model, names)
    factors = factor_model(model)
    number = {name: v for v, name in enumerate(factors.names)}
    wanted = {number[name] for name in names}
    found = {number[name]: finding for name, finding in evidence.items()}
    fixed = {v: finding for v, finding in found.items() if isinstance(finding, int)}
    fixed.update((v, 0) for v, size in enumerate(factors.sizes) if size == 1)
    parts = [
        _reduced(factors.factors[k].scope, factors.factors[k].table, fixed)
        for k in _relevant(factors, wanted | found.keys())
    ]
    if not factors.is_bayes:  # a variable without a factor may be in any of its states
        mentioned = {v for factor in factors.factors for v in factor.scope}
        free_sizes = [(v, size) for v, size in enumerate(factors.sizes) if v not in mentioned]
        parts += [_reduced((v,), np.ones(size), fixed) for v, size in free_sizes]
    for v, finding in found.items():
        if not isinstance(finding, int):
            parts.append(_reduced((v,), np.array(finding, dtype=np.float64), fixed))
    free = frozenset(wanted - fixed.keys())
    summed = greedy_order([scope for scope, _ in parts], factors.sizes, "min-fill", keep=free)
    cells, left = _largest([scope for scope, _ in parts], factors.sizes, summed)
    maximised = greedy_order(left, factors.sizes, "min-fill")
    cells = max(cells, _largest(left, factors.sizes, maximised)[0])
    return _Plan(factors.sizes, tuple(parts), summed, maximised, fixed, cells)


def _check(model: Model, names: Sequence[str]) -> None:
    if not names:
        raise NetworkError("Marginal MAP needs at least one variable to explain; name some.")
    for name in names:
        if names.count(model[name].name) > 1:
            raise NetworkError(f"{quoted(name)} is asked for twice in one MAP; name it once.")


def _relevant(factors: FactorModel, roots: set[int]) -> list[int]:
    """Return the factors that matter: of a Bayes net, those of the roots and their ancestors."""
    if not factors.is_bayes:
        return list(range(len(factors.factors)))
    kept, frontier = set(roots), sorted(roots)
    for v in frontier:
        for u in factors.factors[v].scope:
            if u not in kept:
                kept.add(u)
                frontier.append(u)
    return sorted(kept)


def _reduced(scope: Scope, table: Table, fixed: dict[int, int]) -> Part:
    index = tuple(fixed.get(v, slice(None)) for v in scope)
    return tuple(v for v in scope if v not in fixed), np.asarray(table[index])


def _largest(
    scopes: Sequence[Scope], sizes: Sequence[int], order: Sequence[int]
) -> tuple[float, list[Scope]]:
    """Return the cells of the largest product along `order`, and the scopes that are left."""
    largest, left = 1.0, list(scopes)
    for v in order:
        joined = _union([scope for scope in left if v in scope])
        largest = max(largest, math.prod(float(sizes[u]) for u in joined))
        left = [scope for scope in left if v not in scope]
        left.append(tuple(u for u in joined if u != v))
    return largest, left


def _union(scopes: Sequence[Scope]) -> Scope:
    return tuple(sorted({v for scope in scopes for v in scope}))


class _Run:
    """The factors as elimination goes on, each scaled so that its largest entry is 1."""

    def __init__(self, plan: _Plan, progress: Progress | None) -> None:
        self._sizes, self._progress = plan.sizes, progress
        self._steps, self._done = len(plan.summed) + len(plan.maximised), 0
        self._parts: list[Part] = []
        self.log_value = 0.0
        for scope, table in plan.parts:
            self._add(scope, table)

    def _add(self, scope: Scope, table: Table) -> None:
        largest = float(table.max())
        self.log_value += math.log(largest) if largest > 0 else -math.inf
        if scope:
            self._parts.append((scope, table / largest if largest > 0 else table))

    def eliminate(self, v: int, *, maximising: bool = False) -> Part:
        """Sum out or maximise out `v`; return the product in which it was."""
        if self._progress is not None:
            self._progress.report(self._done / self._steps, "Eliminating variables")
        self._done += 1
        touching = [part for part in self._parts if v in part[0]]
        self._parts = [part for part in self._parts if v not in part[0]]
        scope = _union([each for each, _ in touching])
        product = np.ones([self._sizes[u] for u in scope])
        for each, table in touching:
            product *= spread(table, list(each), scope)
        axis = scope.index(v)
        left = product.max(axis=axis) if maximising else product.sum(axis=axis)
        self._add(tuple(u for u in scope if u != v), left)
        return scope, product
