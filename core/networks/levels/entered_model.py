"""A model with its evidence entered, as every level starts from it.

Source: Koller and Friedman (2009), section 4.2.3 for reducing factors by what was observed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.networks.conflict import ImpossibleEvidence, minimal_conflict
from core.networks.errors import NetworkError, quoted
from core.networks.evidence import Evidence
from core.networks.factor_model import FactorModel, factor_model
from core.networks.levels.table_factor import TableFactor, aligned, scaled
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet
from core.networks.moral import factor_scopes

Model = BayesNet | MarkovNetwork


@dataclass(frozen=True, eq=False)
class ModelScopes:
    """A model and its evidence without the tables: all that a cost depends on.

    Attributes
    ----------
    names : tuple of str
    sizes : tuple of int
    scopes : tuple of tuple of int
        Of every factor; a variable that no factor mentions has one of its own, filled with ones.
    observed : frozenset of int
        Variables known to be in one state.
    weighed : tuple of int
        Variables with a likelihood for each state, in the order of the model.
    is_bayes : bool
    """

    names: tuple[str, ...]
    sizes: tuple[int, ...]
    scopes: tuple[tuple[int, ...], ...]
    observed: frozenset[int]
    weighed: tuple[int, ...]
    is_bayes: bool

    def numbers(self, names: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of the variables `names`, without repetitions.

        Raises
        ------
        NetworkError
            For a name that is no variable's.
        """
        number = self._number
        found = []
        for name in names:
            if name not in number:
                raise NetworkError(f"There is no variable called {quoted(name)} in this network.")
            found.append(number[name])
        return tuple(dict.fromkeys(found))

    @cached_property
    def _number(self) -> dict[str, int]:
        return {name: v for v, name in enumerate(self.names)}

    @cached_property
    def reduced_scopes(self) -> tuple[tuple[int, ...], ...]:
        """The scopes without observed variables, then those of the likelihoods."""
        reduced = [tuple(v for v in s if v not in self.observed) for s in self.scopes]
        return (*reduced, *((v,) for v in self.weighed))


def model_scopes(model: Model, evidence: Evidence | None = None) -> ModelScopes:
    """Return scopes and sizes of `model`; quick, for no table is touched."""
    evidence = evidence or Evidence()
    evidence.check(model)
    names = model.names
    scopes = factor_scopes(model)
    found = [v for v, name in enumerate(names) if name in evidence]
    hard = frozenset(v for v in found if isinstance(evidence[names[v]], int))
    return ModelScopes(
        names,
        model.sizes(names),
        (*scopes, *((v,) for v in _unmentioned(len(names), scopes))),
        hard,
        tuple(v for v in found if v not in hard),
        isinstance(model, BayesNet),
    )


def _unmentioned(count: int, scopes: Iterable[Sequence[int]]) -> list[int]:
    mentioned = {v for scope in scopes for v in scope}
    return [v for v in range(count) if v not in mentioned]


@dataclass(frozen=True, eq=False)
class EnteredModel:
    """The factors of a model, and its evidence beside them.

    Attributes
    ----------
    source : BayesNet or MarkovNetwork
    evidence : Evidence
    scopes : ModelScopes
    factors : tuple of TableFactor
        In the order of ``scopes.scopes``.
    labels : tuple of str
        Such as ``P(xray | either)`` or ``φ(A, B)``.
    observed : dict of int to int
        The state of each observed variable.
    likelihoods : dict of int to TableFactor
        In the order of the model; λ as it was given.
    """

    source: Model
    evidence: Evidence
    scopes: ModelScopes
    factors: tuple[TableFactor, ...]
    labels: tuple[str, ...]
    observed: dict[int, int]
    likelihoods: dict[int, TableFactor]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the variables."""
        return self.scopes.names

    @property
    def sizes(self) -> tuple[int, ...]:
        """Numbers of states."""
        return self.scopes.sizes

    def label(self, symbol: str, scope: Iterable[int]) -> str:
        """Return such as ``τ(either, bronc)``; the symbol alone where the scope is empty."""
        inside = ", ".join(self.names[v] for v in scope)
        return f"{symbol}({inside})" if inside else symbol

    def reduced(self, factor: TableFactor) -> TableFactor:
        """Return the part of the factor that agrees with the observed states."""
        index = tuple(self.observed.get(v, slice(None)) for v in factor.scope)
        scope = tuple(v for v in factor.scope if v not in self.observed)
        return TableFactor(scope, *scaled(np.asarray(factor.table[index]), factor.exponent))

    def reduced_factors(self) -> list[tuple[str, TableFactor]]:
        """Return all factors reduced by the observed states, then the likelihoods, labelled."""
        found = [
            (self._reduced_label(label, factor.scope), self.reduced(factor))
            for label, factor in zip(self.labels, self.factors, strict=True)
        ]
        return [*found, *((self.label("λ", (v,)), f) for v, f in self.likelihoods.items())]

    def _reduced_label(self, label: str, scope: Sequence[int]) -> str:
        seen = [v for v in scope if v in self.observed]
        if not seen:
            return label
        states = [self.source[self.names[v]].states[self.observed[v]] for v in seen]
        shown = ", ".join(f"{self.names[v]} = {s}" for v, s in zip(seen, states, strict=True))
        return f"{label} at {shown}"

    def expanded(self, factor: TableFactor, query: Sequence[int]) -> TableFactor:
        """Return the factor over all of `query`: 0 off the observed states of those it lacks."""
        result = np.zeros(tuple(self.sizes[v] for v in query))
        index = tuple(self.observed.get(v, slice(None)) for v in query)
        left = [v for v in query if v not in self.observed]
        result[index] = aligned(factor, left)
        return TableFactor(tuple(query), result, factor.exponent)

    def impossible(self) -> NetworkError:
        """Return the error for evidence of probability 0, naming a minimal conflict."""
        from core.networks.levels.possibility import is_possible

        if is_possible(self.source, self.evidence):
            return NetworkError(
                "Probabilities became too small for the range of doubles on the way; ask for the "
                "beliefs instead, which are computed in logarithms there."
            )
        conflict = minimal_conflict(self.evidence, lambda e: is_possible(self.source, e))
        return ImpossibleEvidence(self.source, conflict)


def entered_model(model: Model, evidence: Evidence | None = None) -> EnteredModel:
    """Return `model` with `evidence` entered.

    Raises
    ------
    EvidenceError
        When a finding does not fit the model.
    TableError
        When a column of a conditional table holds only zeros.
    """
    evidence = evidence or Evidence()
    scopes = model_scopes(model, evidence)
    plain = factor_model(model)
    unmentioned = scopes.scopes[len(plain.factors) :]
    factors = [TableFactor(f.scope, *scaled(f.table, 0)) for f in plain.factors]
    factors += [TableFactor(s, np.ones(plain.sizes[s[0]])) for s in unmentioned]
    findings = {v: evidence[scopes.names[v]] for v in (*sorted(scopes.observed), *scopes.weighed)}
    return EnteredModel(
        model,
        evidence,
        scopes,
        tuple(factors),
        _labels(plain, unmentioned),
        {v: found for v, found in findings.items() if isinstance(found, int)},
        {
            v: TableFactor((v,), *scaled(np.array(found), 0))
            for v, found in findings.items()
            if not isinstance(found, int)
        },
    )


def _labels(plain: FactorModel, unmentioned: Sequence[tuple[int, ...]]) -> tuple[str, ...]:
    labels = []
    for factor in plain.factors:
        names = [plain.names[v] for v in factor.scope]
        if plain.is_bayes:
            given = f" | {', '.join(names[:-1])}" if names[:-1] else ""
            labels.append(f"P({names[-1]}{given})")
        else:
            labels.append(f"φ({', '.join(names)})" if names else "φ")
    return (*labels, *(f"1({plain.names[v]})" for (v,) in unmentioned))
