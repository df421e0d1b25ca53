"""Edges of a Markov network as drawing makes and removes them: from a network to another; no Qt."""

from collections.abc import Sequence

from app.benches.markov.arrange import middle
from core.networks.markov_network import MarkovNetwork, Potential, neutral_table


def joined(net: MarkovNetwork, first: str, second: str) -> MarkovNetwork:
    """Return the network with a variable in a potential's scope, or a potential between two."""
    if net.is_potential(first):
        first, second = second, first
    if net.is_potential(second):
        return net.with_scope_member(second, first)
    return with_potential_over(net, (first, second))


def with_potential_over(net: MarkovNetwork, scope: Sequence[str]) -> MarkovNetwork:
    """Return the network with a potential of ones over `scope`, in the middle of it."""
    x, y = middle(net, scope)
    taken = {part.position for part in (*net, *net.potentials)}
    while (x, y) in taken:
        x, y = x + 30.0, y + 30.0
    name = net.unused_potential_name()
    return net.with_potential(
        Potential(name, tuple(scope), neutral_table(net.sizes(scope)), (x, y))
    )


def without_edge(net: MarkovNetwork, first: str, second: str) -> MarkovNetwork:
    """Return the network without an edge of the factor graph, or of the Markov graph.

    Of a Markov graph the potentials over just the two variables go; a larger one loses the second.
    """
    if net.is_potential(first):
        first, second = second, first
    if net.is_potential(second):
        return net.without_scope_member(second, first)
    joint = [p for p in net.potentials if first in p.scope and second in p.scope]
    net = net.without([p.name for p in joint if len(p.scope) == 2])
    for potential in joint:
        if len(potential.scope) > 2:
            net = net.without_scope_member(potential.name, second)
    return net
