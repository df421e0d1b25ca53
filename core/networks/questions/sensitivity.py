"""How the probability of a target answers to every single parameter of a Bayes net.

When one entry of a conditional table becomes t and the others of its column keep their
proportions, both P(target, evidence) and P(evidence) are linear in t, so the posterior is a
quotient of two linear functions. Their slopes come from the derivatives of two probabilities with
respect to all entries, two propagations in all.

Sources: Castillo, Gutierrez and Hadi (1997); Chan and Darwiche, When do numbers really matter?
(2002); van der Gaag and Renooij (2001).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.networks.errors import NetworkError
from core.networks.evidence import Evidence
from core.networks.inference import CompiledNetwork, compile_network
from core.networks.model import BayesNet
from core.networks.node import Table
from core.networks.questions.clique_forest import clique_forest
from core.networks.questions.factor_derivatives import log_factor_derivatives
from core.networks.questions.separation import ancestral_set, requisite_nodes
from core.progress import Progress


@dataclass(frozen=True, slots=True)
class ParameterSensitivity:
    """How the target answers to one entry of one conditional table.

    Attributes
    ----------
    node : str
    configuration : tuple of int
        The states of the node's parents.
    state : int
        The state of the node whose probability is the parameter.
    value : float
        What the parameter is now.
    derivative : float
        dP(target | evidence) / dt at this value.
    coefficients : (float, float, float, float)
        a, b, c, d of P(target | evidence)(t) = (a t + b) / (c t + d).
    start, stop : float
        The interval of the parameter that was asked about.
    """

    node: str
    configuration: tuple[int, ...]
    state: int
    value: float
    derivative: float
    coefficients: tuple[float, float, float, float]
    start: float
    stop: float

    def at(self, parameter: float) -> float:
        """Return P(target | evidence) with the parameter at this value."""
        a, b, c, d = self.coefficients
        below = c * parameter + d
        # Where the evidence becomes impossible, so does its part with the target: take the limit.
        quotient = (a * parameter + b) / below if below > 1e-14 * abs(d) else a / c
        return min(1.0, max(0.0, quotient))

    @property
    def at_start(self) -> float:
        """P(target | evidence) at the start of the interval."""
        return self.at(self.start)

    @property
    def at_stop(self) -> float:
        """P(target | evidence) at the end of the interval."""
        return self.at(self.stop)

    @property
    def low(self) -> float:
        """The smallest probability over the interval; the quotient is monotonic."""
        return min(self.at_start, self.at_stop)

    @property
    def high(self) -> float:
        """The largest probability over the interval."""
        return max(self.at_start, self.at_stop)


@dataclass(frozen=True, slots=True)
class SensitivityAnalysis:
    """How one posterior probability answers to the parameters of a net.

    Attributes
    ----------
    target : str
    state : int
    probability : float
        P(target = state | evidence) now.
    rows : tuple of ParameterSensitivity
        The widest range first, then the steepest, then in the net's order. Parameters that have
        no influence are left out.
    """

    target: str
    state: int
    probability: float
    rows: tuple[ParameterSensitivity, ...]


def sensitivity(
    compiled: CompiledNetwork,
    target: str,
    state: int,
    evidence: Evidence | None = None,
    progress: Progress | None = None,
    *,
    relative: float | None = 0.1,
) -> SensitivityAnalysis:
    """Return how P(target = state | evidence) answers to every parameter.

    Parameters
    ----------
    relative : float or None
        The interval of each parameter is its value less and plus this share of it, inside [0, 1];
        None takes all of [0, 1].

    Raises
    ------
    ImpossibleEvidence
        When the evidence has probability 0.
    NetworkError
        For a Markov network.
    """
    evidence = evidence or Evidence()
    net = compiled.net
    if not isinstance(net, BayesNet):
        raise NetworkError(f"{net.name} is a Markov network; sensitivity is asked of Bayes nets.")
    evidence.check(net)
    kept = ancestral_set(net, {net[target].name, *evidence})
    if len(kept) < len(net):  # whatever has no descendant asked for or observed sums out to 1
        net = net.fragment(kept)
        compiled = compile_network(net, progress)
    posterior = compiled.propagate(evidence, progress).marginals[target]
    probability = float(posterior[state])
    requisite = requisite_nodes(net, target, evidence)
    wanted = [name in requisite for name in net.names]
    if not any(wanted):
        return SensitivityAnalysis(target, state, probability, ())
    forest = clique_forest(compiled, evidence)
    log_evidence, of_evidence = log_factor_derivatives(forest, wanted, progress)
    indicator = np.zeros(len(net[target].states))
    indicator[state] = 1.0
    _, of_both = log_factor_derivatives(forest.with_finding(target, indicator), wanted, progress)
    rows = []
    for k, name in enumerate(net.names):
        if progress is not None:
            progress.check()
        if wanted[k] and len(net[name].states) > 1:
            slopes = [
                _slopes(forest.factors.factors[k].table, np.exp(found[k] - log_evidence))
                for found in (of_both, of_evidence)
            ]
            rows += list(
                _rows(net, name, forest.factors.factors[k].table, slopes, probability, relative)
            )
    rows.sort(key=lambda row: (row.low - row.high, -abs(row.derivative)))
    return SensitivityAnalysis(target, state, probability, tuple(rows))


def _slopes(table: Table, derivatives: Table) -> Table:
    """Return the derivatives along which the rest of a column keeps its proportions."""
    derivatives = derivatives.reshape(table.shape)
    rest = 1.0 - table
    # a column with all its mass in one entry shares what that entry gives up evenly
    even = 1.0 / max(1, table.shape[-1] - 1)
    others = (derivatives * table).sum(axis=-1, keepdims=True) - derivatives * table
    evenly = even * (derivatives.sum(axis=-1, keepdims=True) - derivatives)
    share = np.divide(others, rest, out=evenly, where=rest > 0)
    result: Table = derivatives - share
    return result


def _rows(
    net: BayesNet,
    name: str,
    table: Table,
    slopes: list[Table],
    probability: float,
    relative: float | None,
) -> Iterator[ParameterSensitivity]:
    both, alone = (each.ravel() for each in slopes)
    for cell in np.flatnonzero((both != 0) | (alone != 0)):
        *configuration, state = map(int, np.unravel_index(cell, table.shape))
        value, a, c = float(table.flat[cell]), float(both[cell]), float(alone[cell])
        start, stop = 0.0, 1.0
        if relative is not None:
            start, stop = max(0.0, value * (1 - relative)), min(1.0, value * (1 + relative))
        yield ParameterSensitivity(
            node=name,
            configuration=tuple(configuration),
            state=state,
            value=value,
            derivative=a - probability * c,
            coefficients=(a, max(0.0, probability - a * value), c, max(0.0, 1.0 - c * value)),
            start=start,
            stop=stop,
        )
