"""The moral graph: which variables stand in one factor together.

Of a Bayes net it has the arcs without their heads, and an edge between every two parents of a
common child: they are married. Of a Markov network it is the graph itself.

Source: Lauritzen and Spiegelhalter (1988); Koller and Friedman (2009), definition 4.16.
"""

from collections.abc import Iterable, Sequence

from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet

Edge = tuple[int, int]


def factor_scopes(model: BayesNet | MarkovNetwork) -> tuple[tuple[int, ...], ...]:
    """Return the variables of each factor, as `factor_model` orders them, without the tables."""
    number = {name: i for i, name in enumerate(model.names)}
    if isinstance(model, BayesNet):
        return tuple(tuple(number[each] for each in (*n.parents, n.name)) for n in model)
    return tuple(tuple(number[each] for each in p.scope) for p in model.potentials)


def moral_edges(model: BayesNet | MarkovNetwork) -> tuple[Edge, ...]:
    """Return all edges of the moral graph, smaller number first, sorted."""
    return edges_within(factor_scopes(model))


def married_pairs(model: BayesNet | MarkovNetwork) -> tuple[Edge, ...]:
    """Return the edges that no arc accounts for: parents of a common child, sorted."""
    if not isinstance(model, BayesNet):
        return ()
    arcs = {
        (min(parent, scope[-1]), max(parent, scope[-1]))
        for scope in factor_scopes(model)
        for parent in scope[:-1]
    }
    return tuple(edge for edge in moral_edges(model) if edge not in arcs)


def edges_within(scopes: Iterable[Sequence[int]]) -> tuple[Edge, ...]:
    """Return every pair of variables that stand in one scope together, sorted."""
    found = {
        (min(a, b), max(a, b)) for scope in scopes for k, a in enumerate(scope) for b in scope[:k]
    }
    return tuple(sorted(found))
