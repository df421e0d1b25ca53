"""Sum-product messages, one at a time: nothing is divided, every message is kept.

A clique with d neighbours multiplies its potential with d - 1 messages for each of them. Products
over the neighbours before and after a place are kept, so that all d messages together cost about
3 d products in place of d (d - 1).

Source: Shafer and Shenoy (1990); Koller and Friedman (2009), section 10.2.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from core.networks.levels.message_step import MessageStep
from core.networks.levels.operations import Operations
from core.networks.levels.table_factor import (
    TableFactor,
    cells_of,
    multiplied,
    summed,
    union_scope,
)
from core.networks.levels.watched_tree import Direction, WatchedTree


@dataclass(frozen=True, slots=True, eq=False)
class _Products:
    """What a clique keeps: prefixes[k] has its first k messages in, suffixes[t] the last t + 1."""

    prefixes: tuple[TableFactor, ...]
    suffixes: tuple[TableFactor, ...] = ()


@dataclass(frozen=True, eq=False)
class SumProduct:
    """The state of a clique tree between two messages; sending gives another state.

    Attributes
    ----------
    tree : WatchedTree
    messages : mapping of (int, int) to TableFactor
        The latest message of each direction in which one was sent.
    """

    tree: WatchedTree
    messages: Mapping[Direction, TableFactor]
    _products: tuple[_Products, ...]

    @classmethod
    def of(cls, tree: WatchedTree, potentials: Iterable[TableFactor]) -> "SumProduct":
        """Return the state before any message."""
        return cls(tree, MappingProxyType({}), tuple(_Products((each,)) for each in potentials))

    def with_potentials(self, changed: Mapping[int, TableFactor]) -> "SumProduct":
        """Return the state with other potentials at some cliques; the messages stay."""
        products = list(self._products)
        for i, potential in changed.items():
            products[i] = replace(products[i], prefixes=(potential,))
        return replace(self, _products=tuple(products))

    def belief(self, clique: int) -> TableFactor:
        """Return the potential of a clique times the messages that it has received."""
        potential = self._products[clique].prefixes[0]
        around = ((j, clique) for j in self.tree.neighbours[clique])
        received = [self.messages[each] for each in around if each in self.messages]
        return multiplied([potential, *received], potential.scope, self.tree.sizes)[0]

    def separator(self, source: int, target: int) -> TableFactor | None:
        """Return the last message from `source` to `target`, or None."""
        return self.messages.get((source, target))

    def send(self, source: int, target: int) -> tuple["SumProduct", MessageStep]:
        """Return the state after the message, and its record."""
        before = self.belief(target)
        kept, outgoing, cost = self._outgoing(source, target)
        message, more = summed(outgoing, self.tree.separator[source, target])
        products = list(self._products)
        products[source] = kept
        products[target] = self._without(products[target], target, source)
        messages = MappingProxyType({**self.messages, (source, target): message})
        state = SumProduct(self.tree, messages, tuple(products))
        last = self.messages.get((source, target))
        after = state.belief(target)
        step = MessageStep(source, target, last, message, None, before, after, cost + more)
        return state, step

    def finished(self) -> tuple["SumProduct", tuple[TableFactor, ...], Operations]:
        """Return the state, the beliefs of all cliques, and what it cost to multiply them."""
        products, cost = list(self._products), Operations()
        for i, around in enumerate(self.tree.neighbours):
            products[i], more = self._with_prefix(i, len(around))
            cost += more
        beliefs = tuple(each.prefixes[-1] for each in products)
        return replace(self, _products=tuple(products)), beliefs, cost

    def _outgoing(self, source: int, target: int) -> tuple[_Products, TableFactor, Operations]:
        """Return the product of the source's potential and all messages but the target's."""
        around = self.tree.neighbours[source]
        place = around.index(target)
        after = len(around) - 1 - place
        kept, cost = self._with_prefix(source, place)
        suffixes = list(kept.suffixes)
        while len(suffixes) < after:
            incoming = self.messages[around[-1 - len(suffixes)], source]
            if suffixes:
                scope = union_scope([incoming.scope, suffixes[-1].scope])
                incoming, more = multiplied([suffixes[-1], incoming], scope, self.tree.sizes)
                cost += more
            suffixes.append(incoming)
        kept = _Products(kept.prefixes, tuple(suffixes))
        factors = [kept.prefixes[place], *suffixes[after - 1 : after]]
        product, more = multiplied(factors, kept.prefixes[0].scope, self.tree.sizes)
        return kept, product, cost + more

    def _with_prefix(self, clique: int, count: int) -> tuple[_Products, Operations]:
        kept, cost = self._products[clique], Operations()
        prefixes = list(kept.prefixes)
        while len(prefixes) <= count:
            incoming = self.messages[self.tree.neighbours[clique][len(prefixes) - 1], clique]
            factors = [prefixes[-1], incoming]
            product, more = multiplied(factors, prefixes[0].scope, self.tree.sizes)
            prefixes.append(product)
            cost += more
        return _Products(tuple(prefixes), kept.suffixes), cost

    def _without(self, kept: _Products, clique: int, source: int) -> _Products:
        """Forget the products that hold the old message from `source`."""
        around = self.tree.neighbours[clique]
        place = around.index(source)
        return _Products(kept.prefixes[: place + 1], kept.suffixes[: len(around) - 1 - place])


def predicted_sum_product(tree: WatchedTree) -> Operations:
    """Return what all messages of `tree` and the beliefs cost, from its sizes alone.

    Towards the root a clique multiplies the messages from below, one product for each. Back, it
    multiplies what came after each neighbour (over the separators alone) and what came before.
    """
    cost = Operations()
    for i, around in enumerate(tree.neighbours):
        cells = tree.cells[i]
        cost += Operations(multiplications=cells * len(around))  # prefixes, the belief being last
        for place, j in enumerate(around):
            after = around[place + 1 :]
            scopes = [tree.separator[k, i] for k in after]
            separator = cells_of(tree.separator[i, j], tree.sizes)
            cost += Operations.product(1 + bool(after), cells) + Operations.sum(cells, separator)
            if len(after) > 1:
                cost += Operations.product(2, cells_of(union_scope(scopes), tree.sizes))
    return cost
