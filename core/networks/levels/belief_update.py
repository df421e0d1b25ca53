"""Belief-update messages, one at a time: every clique holds its belief, and separators remember.

A message is what the sender believes about the separator; the receiver is multiplied by it and
divided by what the separator held, so that nothing is counted twice. After every message the
product of the cliques over the product of the separators is the same unnormalised joint.

Source: Lauritzen and Spiegelhalter (1988); Jensen, Lauritzen and Olesen (1990); Koller and Friedman
(2009), section 10.3.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from core.networks.errors import NetworkError
from core.networks.levels.message_step import MessageStep
from core.networks.levels.operations import Operations
from core.networks.levels.table_factor import TableFactor, cells_of, multiplied, scaled, summed
from core.networks.levels.watched_tree import Direction, WatchedTree


@dataclass(frozen=True, eq=False)
class BeliefUpdate:
    """The state of a clique tree between two messages; sending gives another state.

    Attributes
    ----------
    tree : WatchedTree
    beliefs : tuple of TableFactor
        Of every clique.
    separators : mapping of (int, int) to TableFactor
        What each link remembers, by its cliques, smaller first.
    """

    tree: WatchedTree
    beliefs: tuple[TableFactor, ...]
    separators: Mapping[Direction, TableFactor]

    @classmethod
    def of(cls, tree: WatchedTree, potentials: Iterable[TableFactor]) -> "BeliefUpdate":
        """Return the state before any message: potentials, and separators of ones."""
        ones = {
            _link(link.first, link.second): multiplied([], link.separator, tree.sizes)[0]
            for link in tree.links
        }
        return cls(tree, tuple(potentials), MappingProxyType(ones))

    def belief(self, clique: int) -> TableFactor:
        """Return what a clique believes now."""
        return self.beliefs[clique]

    def separator(self, source: int, target: int) -> TableFactor:
        """Return what the link between two cliques remembers."""
        return self.separators[_link(source, target)]

    def multiplied_by(
        self, likelihoods: Mapping[int, list[TableFactor]]
    ) -> tuple["BeliefUpdate", Operations]:
        """Return the state with likelihoods entered into cliques, and the cost."""
        beliefs, cost = list(self.beliefs), Operations()
        for i, factors in likelihoods.items():
            scope = beliefs[i].scope
            beliefs[i], more = multiplied([beliefs[i], *factors], scope, self.tree.sizes)
            cost += more
        return replace(self, beliefs=tuple(beliefs)), cost

    def send(self, source: int, target: int) -> tuple["BeliefUpdate", MessageStep]:
        """Return the state after the message, and its record."""
        before, old = self.belief(target), self.separator(source, target)
        message, cost = summed(self.belief(source), old.scope)
        ratio, more = divided(message, old)
        after, most = multiplied([before, ratio], before.scope, self.tree.sizes)
        beliefs = list(self.beliefs)
        beliefs[target] = after
        separators = MappingProxyType({**self.separators, _link(source, target): message})
        state = BeliefUpdate(self.tree, tuple(beliefs), separators)
        spent = cost + more + most
        return state, MessageStep(source, target, old, message, ratio, before, after, spent)

    def finished(self) -> tuple["BeliefUpdate", tuple[TableFactor, ...], Operations]:
        """Return the state, the beliefs of all cliques, and that they cost nothing more."""
        return self, self.beliefs, Operations()


def _link(a: int, b: int) -> Direction:
    return (min(a, b), max(a, b))


def divided(numerator: TableFactor, denominator: TableFactor) -> tuple[TableFactor, Operations]:
    """Return the quotient of two factors over the same scope, with 0/0 = 0, and its cost.

    Raises
    ------
    NetworkError
        For a positive number over 0, which only rounding to 0 can bring about.
    """
    above, below = numerator.table, denominator.table
    if bool(((below == 0) & (above > 0)).any()):
        raise NetworkError(
            "A message vanished by rounding to 0, so belief-update cannot divide by it; use the "
            "sum-product messages, which never divide."
        )
    quotient = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    exponent = numerator.exponent - denominator.exponent
    result = TableFactor(numerator.scope, *scaled(quotient, exponent))
    return result, Operations.division(numerator.size)


def predicted_belief_update(tree: WatchedTree) -> Operations:
    """Return what all messages of `tree` cost, from its sizes alone."""
    cost = Operations()
    for source, target in tree.schedule:
        separator = cells_of(tree.separator[source, target], tree.sizes)
        cost += Operations.sum(tree.cells[source], separator) + Operations.division(separator)
        cost += Operations.product(2, tree.cells[target])
    return cost
