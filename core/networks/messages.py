"""The two passes of messages over a clique tree, in chunks that can be cancelled.

Cliques hold no beliefs: a clique's product is formed row by row where it is needed, so the tables
stay as they are, and any number of passes may read them at once.
"""

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from core.networks.clique_tree import CliqueTree, Integers
from core.networks.evidence import Evidence
from core.networks.model import BayesNet, Table
from core.networks.potentials import Content, spread
from core.progress import Progress


class Outcome(Enum):
    """How a pass ended; the values are those of the kernels."""

    FINE = 0
    IMPOSSIBLE = 1
    UNDERFLOW = 2


_MODES = {Content.PROBABILITIES: 0, Content.SUPPORT: 1, Content.LOGARITHMS: 2}
"""The numbers by which the kernels know what tables hold."""

SMALLEST = math.ulp(0.0)
"""The smallest positive double."""


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """Evidence as the kernels read it.

    Attributes
    ----------
    likelihoods : float64[states of all variables]
        Scaled so that the largest of each variable is 1; logarithms where the tables hold them.
    observed : uint8[variables]
        1 where there is a finding.
    log_scale : float
        The logarithm of what the scaling took away.
    """

    likelihoods: Table
    observed: npt.NDArray[np.uint8]
    log_scale: float


def findings(net: BayesNet, tree: CliqueTree, evidence: Evidence, content: Content) -> Findings:
    """Return `evidence` as one likelihood for each state of each variable."""
    likelihoods = np.ones(sum(tree.sizes))  # read only where there is a finding
    observed = np.zeros(len(tree.sizes), dtype=np.uint8)
    log_scale = 0.0
    index = {name: v for v, name in enumerate(net.names)} if len(evidence) else {}
    for name in evidence:
        v = index[name]
        likelihood = evidence.likelihood(net, name)
        largest = float(likelihood.max())
        start = int(tree.state_starts[v])
        likelihoods[start : start + tree.sizes[v]] = _scaled(likelihood, largest, content)
        observed[v] = 1
        log_scale += math.log(largest)
    return Findings(likelihoods, observed, log_scale)


def _scaled(likelihood: Table, largest: float, content: Content) -> Table:
    entered = content.value.enter(likelihood)
    if content is Content.LOGARITHMS:
        return entered - math.log(largest)
    if content is Content.SUPPORT:
        return entered
    # What is positive stays so: the kernels then notice that it came near underflow.
    return np.where(likelihood > 0, np.maximum(entered / largest, SMALLEST), 0.0)


class Passes:
    """One propagation: the messages towards the roots, then the messages back.

    Parameters
    ----------
    tree : CliqueTree
    cells : float64[clique cells]
        The clique tables, holding what `content` says.
    found : Findings
    content : Content
    """

    def __init__(self, tree: CliqueTree, cells: Table, found: Findings, content: Content) -> None:
        self._tree = tree
        self._content = content
        self._inputs = (tree.cliques, tree.links, tree.maps, cells)
        self._evidence = (found.likelihoods, found.observed, _MODES[content])
        self._log_scale = found.log_scale
        self._nothing = -np.inf if content is Content.LOGARITHMS else 0.0
        self._up = np.full(tree.separator_cells, self._nothing)
        self._scales = np.zeros(len(tree.scopes))
        self._down = np.zeros(0)

    def collect(self, progress: Progress | None = None, share: float = 1.0) -> Outcome:
        """Send the messages towards the roots; the first share of the progress."""
        from core.networks.kernels import collect

        chunks = self._tree.collecting
        for k, units in enumerate(chunks):
            _report(progress, share * k / len(chunks))
            status = collect(units, *self._inputs, *self._evidence, self._up, self._scales)
            if status:
                return Outcome(status)
        return Outcome.FINE

    def distribute(self, progress: Progress | None = None) -> tuple[Outcome, Table]:
        """Send the messages back; return the outcome and P(state | evidence) of every variable."""
        from core.networks.kernels import distribute

        down = np.full(self._up.size, self._nothing)
        marginals = np.full(sum(self._tree.sizes), self._nothing)
        down[self._root_cells()] = self._inverse(self._scales[self._tree.roots])
        self._down = down
        chunks = self._tree.distributing
        for k, units in enumerate(chunks):
            _report(progress, 0.5 + 0.5 * k / len(chunks))
            status = distribute(
                units, *self._inputs, *self._evidence, self._up, self._scales, down, marginals
            )
            if status:
                return Outcome(status), marginals
        return Outcome.FINE, self._normalised(marginals)

    def clique_product(self, clique: int) -> Table:
        """Return a clique's potential times the evidence and the messages from all neighbours.

        The passes must have come to their end. The product is scaled; a belief is what remains
        after dividing by its sum.
        """
        tree, arithmetic = self._tree, self._content.value
        scope, own = tree.scopes[clique], tree.cliques[clique]
        likelihoods, observed, _ = self._evidence
        start, cells = int(own[0]), int(own[1] * own[2])
        result = self._inputs[3][start : start + cells].copy()
        result = result.reshape([tree.sizes[v] for v in scope])
        for k in range(int(own[3]), int(own[5])):
            place, size, owner = map(int, tree.links[k, 3:6])
            if k >= own[4]:
                if not observed[owner]:
                    continue
                source = likelihoods
                target: tuple[int, ...] = (owner,)
            else:
                source = self._down if k == own[3] else self._up
                target = tree.scopes[owner][: tree.separators[owner]]
            table = source[place : place + size].reshape([tree.sizes[v] for v in target])
            arithmetic.combine(result, spread(table, list(target), scope), out=result)
        if self._content is Content.LOGARITHMS:
            result = np.exp(result - result.max())
        return result

    @property
    def log_evidence(self) -> float:
        """The natural logarithm of P(evidence), once the messages were collected."""
        if self._content is Content.LOGARITHMS:
            return float(self._scales.sum()) + self._log_scale
        return float(np.log(self._scales).sum()) + self._log_scale

    def _root_cells(self) -> Integers:
        tree = self._tree
        cells: Integers = tree.links[tree.cliques[tree.roots, 3], 3]
        return cells

    def _inverse(self, scales: Table) -> Table:
        return -scales if self._content is Content.LOGARITHMS else 1.0 / scales

    def _normalised(self, marginals: Table) -> Table:
        starts = self._tree.state_starts
        if starts.size == 0:
            return marginals
        if self._content is Content.LOGARITHMS:
            largest = np.maximum.reduceat(marginals, starts)
            marginals = np.exp(marginals - np.repeat(largest, self._tree.sizes))
        totals = np.add.reduceat(marginals, starts)
        result: Table = marginals / np.repeat(totals, self._tree.sizes)
        return result


def _report(progress: Progress | None, fraction: float) -> None:
    if progress is not None:
        progress.report(fraction, "Passing messages")
