"""The beliefs of a calibrated clique tree: joint distributions over cliques and separators.

Source: Koller and Friedman (2009), definition 10.5 and corollary 10.2: a clique's belief is its
potential, evidence entered, times the messages from all its neighbours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from core.networks.evidence import Evidence
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet, Table


@dataclass(frozen=True, eq=False)
class CalibratedTree:
    """A clique tree in which neighbours agree on what they share; variables are numbers.

    Attributes
    ----------
    model : BayesNet or MarkovNetwork
        The model whose variables are numbered in its order.
    evidence : Evidence
    scopes : tuple of tuple of int
        The variables of each clique in the order of its axes; cliques above come first.
    above : tuple of int
        The clique above each clique, -1 at a root.
    separators : tuple of tuple of int
        The variables that each clique shares with the one above, in its own order.
    clique_of_factor : tuple of int
        The clique that holds each factor; the i-th factor of a Bayes net is P(variable i | ...).
    log_evidence : float
        ln P(evidence), or ln Z of a Markov network reduced by the evidence.
    marginals : dict of str to float64[r]
        The posterior of every variable.
    product : callable of int to float64[sizes]
        The unnormalised belief of a clique, made when asked for.
    """

    model: BayesNet | MarkovNetwork
    evidence: Evidence
    scopes: tuple[tuple[int, ...], ...]
    above: tuple[int, ...]
    separators: tuple[tuple[int, ...], ...]
    clique_of_factor: tuple[int, ...]
    log_evidence: float
    marginals: dict[str, Table]
    product: Callable[[int], Table]

    def belief(self, clique: int) -> Table:
        """Return P(clique | evidence), axes in the order of its scope, summing to 1."""
        product = self.product(clique)
        result: Table = product / product.sum()
        return result

    def separator_belief(self, clique: int) -> Table:
        """Return P(separator | evidence) of a clique and the one above it, summing to 1."""
        own = range(len(self.separators[clique]), len(self.scopes[clique]))
        result: Table = self.belief(clique).sum(axis=tuple(own))
        return result

    @cached_property
    def below(self) -> tuple[tuple[int, ...], ...]:
        """The cliques below each clique, in increasing order."""
        found: list[list[int]] = [[] for _ in self.scopes]
        for i, up in enumerate(self.above):
            if up >= 0:
                found[up].append(i)
        return tuple(map(tuple, found))
