"""The most probable explanation: the single most probable state of everything, given the evidence.

Messages take the maximum in place of the sum, on logarithms, towards the roots; then each clique,
from the roots down, chooses the best for its own variables given what is chosen already. Choosing
each variable by itself would be wrong where several explanations tie.

Sources: Dawid (1992); Koller and Friedman (2009), section 13.3.
"""

from dataclasses import dataclass

import numpy as np

from core.networks.evidence import Evidence
from core.networks.graphical_model import GraphicalModel
from core.networks.inference import CompiledNetwork
from core.networks.node import Table
from core.networks.questions.clique_forest import (
    CliqueForest,
    LogFactor,
    Scope,
    clique_forest,
)
from core.progress import Progress

TIE = 1e-12
"""Logarithms that differ by less than this, relatively, count as equal: rounding is no reason."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One state for each variable that was asked for.

    Attributes
    ----------
    states : dict of str to int
        The chosen state of each variable, in the model's order.
    log_probability : float
        ln P(states, evidence); of a Markov network, of the weight that is not divided by Z.
    """

    states: dict[str, int]
    log_probability: float

    def labels(self, model: GraphicalModel) -> dict[str, str]:
        """Return the states by their labels."""
        return {name: model[name].states[state] for name, state in self.states.items()}


def most_probable_explanation(
    compiled: CompiledNetwork,
    evidence: Evidence | None = None,
    progress: Progress | None = None,
) -> Explanation:
    """Return the most probable state of all variables given the evidence.

    Of explanations that tie, the one is taken that has the smaller state where, going down the
    tree, a choice is first open.

    Raises
    ------
    ImpossibleEvidence
        When the evidence has probability 0.
    """
    evidence = evidence or Evidence()
    evidence.check(compiled.net)
    forest = clique_forest(compiled, evidence)
    messages = _messages(forest, progress)
    roots = [i for i, up in enumerate(forest.above) if up < 0]
    if any(messages[i] == -np.inf for i in roots):
        compiled.propagate(evidence, progress)  # names the findings that contradict one another
    chosen = _traced_back(forest, messages)
    states = {name: chosen.get(v, 0) for v, name in enumerate(forest.factors.names)}
    return Explanation(states, _log_probability(forest, chosen))


def _messages(forest: CliqueForest, progress: Progress | None) -> list[Table]:
    """Return for each clique the maximum over its own variables, all below them at their best."""
    messages: list[Table] = [np.zeros(())] * len(forest.scopes)
    below = forest.below
    for i in reversed(range(len(forest.scopes))):
        if progress is not None:
            progress.report(1 - i / len(forest.scopes), "Looking for the most probable states")
        scope, separator = forest.scopes[i], forest.separators[i]
        table = forest.log_table(scope, _parts(forest, i, below[i], messages))
        own = tuple(axis for axis, v in enumerate(scope) if v not in separator)
        largest = table.max(axis=own)
        kept = [v for v in scope if v in separator]
        messages[i] = np.transpose(largest, [kept.index(v) for v in separator])
    return messages


def _parts(
    forest: CliqueForest, clique: int, below: list[int], messages: list[Table]
) -> list[LogFactor]:
    incoming = [LogFactor(forest.separators[k], messages[k]) for k in below]
    return [*forest.members[clique], *forest.findings[clique], *incoming]


def _traced_back(forest: CliqueForest, messages: list[Table]) -> dict[int, int]:
    chosen: dict[int, int] = {}
    below = forest.below
    for i, scope in enumerate(forest.scopes):
        own = tuple(v for v in scope if v not in chosen)
        parts = [_at(part, chosen) for part in _parts(forest, i, below[i], messages)]
        table = forest.log_table(own, parts)
        best = int(np.argmax(table >= _nearly(float(table.max()))))
        chosen.update(zip(own, map(int, np.unravel_index(best, table.shape)), strict=True))
    return chosen


def _nearly(largest: float) -> float:
    return largest - TIE * max(1.0, abs(largest))


def _at(part: LogFactor, chosen: dict[int, int]) -> LogFactor:
    """Return the part of a table where the variables already chosen have their states."""
    left: Scope = tuple(v for v in part.scope if v not in chosen)
    index = tuple(chosen.get(v, slice(None)) for v in part.scope)
    return LogFactor(left, np.asarray(part.table[index]))


def _log_probability(forest: CliqueForest, chosen: dict[int, int]) -> float:
    parts = (part for group in (*forest.members, *forest.findings) for part in group)
    return float(sum(float(_at(part, chosen).table) for part in parts))
