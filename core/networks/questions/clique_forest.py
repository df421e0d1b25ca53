"""The cliques of a compiled network and the factors in them, as the questions walk over them.

Tables are made clique by clique, as logarithms, from the factors themselves: entries of 0 are told
apart, factors can be left out, and nothing underflows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.networks.evidence import Evidence
from core.networks.factor_model import FactorModel, factor_model
from core.networks.inference import CompiledNetwork
from core.networks.node import Table
from core.networks.potentials import spread

Scope = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class LogFactor:
    """The logarithm of a factor or a finding; axes in the order of the scope."""

    scope: Scope
    table: Table


@dataclass(frozen=True, eq=False)
class CliqueForest:
    """The cliques with what belongs to each; variables of one state are left out everywhere.

    Attributes
    ----------
    factors : FactorModel
    scopes : tuple of tuple of int
        The variables of each clique; cliques above come first.
    above : tuple of int
        The clique above each clique, -1 at a root.
    separators : tuple of tuple of int
        The variables that each clique shares with the one above.
    members : tuple of tuple of LogFactor
        The factors of each clique.
    factors_of : tuple of tuple of int
        Their numbers in the model.
    findings : tuple of tuple of LogFactor
        The findings entered at each clique, as they were given.
    """

    factors: FactorModel
    scopes: tuple[Scope, ...]
    above: tuple[int, ...]
    separators: tuple[Scope, ...]
    members: tuple[tuple[LogFactor, ...], ...]
    factors_of: tuple[tuple[int, ...], ...]
    findings: tuple[tuple[LogFactor, ...], ...]

    @property
    def below(self) -> list[list[int]]:
        """The cliques below each clique, in increasing order."""
        found: list[list[int]] = [[] for _ in self.scopes]
        for i, up in enumerate(self.above):
            if up >= 0:
                found[up].append(i)
        return found

    def sizes(self, scope: Iterable[int]) -> tuple[int, ...]:
        """Return the numbers of states of the variables of `scope`."""
        return tuple(self.factors.sizes[v] for v in scope)

    def with_finding(self, name: str, likelihood: Table) -> "CliqueForest":
        """Return the forest with one more finding, besides any there is on that variable."""
        v = self.factors.names.index(name)
        finding = log_factor((v,), likelihood, self.factors.sizes)
        # a variable of one state is in no scope, and its finding is a constant
        i = next((i for i, scope in enumerate(self.scopes) if v in scope), 0)
        findings = list(self.findings)
        findings[i] = (*findings[i], finding)
        return replace(self, findings=tuple(findings))

    def log_table(self, scope: Scope, parts: Iterable[LogFactor]) -> Table:
        """Return the sum of `parts`, whose scopes lie inside `scope`."""
        result: Table = np.zeros(self.sizes(scope))
        for part in parts:
            result += spread(part.table, list(part.scope), scope)
        return result


def clique_forest(compiled: CompiledNetwork, evidence: Evidence) -> CliqueForest:
    """Return the cliques of `compiled` with `evidence` entered at the first that holds it."""
    model, tree = factor_model(compiled.net), compiled.tree
    sizes = model.sizes
    scopes = tuple(tuple(v for v in scope if sizes[v] > 1) for scope in tree.scopes)
    members: list[list[LogFactor]] = [[] for _ in scopes]
    factors_of: list[list[int]] = [[] for _ in scopes]
    for k, (factor, i) in enumerate(zip(model.factors, tree.clique_of_family, strict=True)):
        members[i].append(log_factor(factor.scope, factor.table, sizes))
        factors_of[i].append(k)
    forest = CliqueForest(
        factors=model,
        scopes=scopes,
        above=tree.above,
        separators=tuple(
            tuple(v for v in scope[:k] if sizes[v] > 1)
            for scope, k in zip(tree.scopes, tree.separators, strict=True)
        ),
        members=tuple(map(tuple, members)),
        factors_of=tuple(map(tuple, factors_of)),
        findings=((),) * len(scopes),
    )
    for name in evidence:
        forest = forest.with_finding(name, evidence.likelihood(compiled.net, name))
    return forest


def log_factor(scope: Sequence[int], table: Table, sizes: Sequence[int]) -> LogFactor:
    """Return the logarithm of a table without its axes of one state."""
    kept = tuple(v for v in scope if sizes[v] > 1)
    with np.errstate(divide="ignore"):
        return LogFactor(kept, np.log(table.reshape([sizes[v] for v in kept])))
