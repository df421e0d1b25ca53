"""Greedy elimination orders, one choice at a time, as the panels of the levels play them.

Each rule gives every remaining vertex a cost on the graph as it is then, and the cheapest goes
next; ties go to the smaller table, then to the smaller index.

Source: Koller and Friedman (2009), section 9.4.3.2; Kjaerulff, Triangulation of graphs (1990).
"""

import math
from collections.abc import Iterable, Sequence

from core.networks.errors import NetworkError, quoted

GREEDY_RULES = ("min-fill", "weighted-min-fill", "min-weight", "min-degree")
"""What the cost of a vertex is: edges that its elimination adds, the products of the sizes of their
ends, the cells of the table over it and its neighbours, or the number of neighbours."""

Adjacency = list[set[int]]


def adjacency(count: int, scopes: Iterable[Sequence[int]]) -> Adjacency:
    """Return the neighbours of each of `count` vertices, where scopes are complete."""
    near: Adjacency = [set() for _ in range(count)]
    for scope in scopes:
        for v in scope:
            near[v].update(scope)
    for v, others in enumerate(near):
        others.discard(v)
    return near


def fill_in(near: Adjacency, vertex: int) -> list[tuple[int, int]]:
    """Return the edges that eliminating `vertex` adds, smaller number first, sorted."""
    around = sorted(near[vertex])
    return [(a, b) for k, a in enumerate(around) for b in around[k + 1 :] if b not in near[a]]


def eliminate_vertex(near: Adjacency, vertex: int) -> list[tuple[int, int]]:
    """Connect the neighbours of `vertex`, take it away, and return the edges that were added."""
    added = fill_in(near, vertex)
    for a, b in added:
        near[a].add(b)
        near[b].add(a)
    for other in near[vertex]:
        near[other].discard(vertex)
    near[vertex] = set()
    return added


def vertex_cost(near: Adjacency, sizes: Sequence[int], rule: str, vertex: int) -> int:
    """Return what `rule` says that eliminating `vertex` now costs."""
    if rule == "min-degree":
        return len(near[vertex])
    if rule == "min-weight":
        return sizes[vertex] * math.prod(sizes[v] for v in near[vertex])
    added = fill_in(near, vertex)
    if rule == "min-fill":
        return len(added)
    return sum(sizes[a] * sizes[b] for a, b in added)


def check_rule(rule: str, known: Sequence[str] = GREEDY_RULES) -> None:
    """Raise `NetworkError` unless `rule` is one of `known`."""
    if rule not in known:
        raise NetworkError(f"There is no rule {quoted(rule)}; the rules are {', '.join(known)}.")


def greedy_order(
    scopes: Sequence[Sequence[int]],
    sizes: Sequence[int],
    rule: str,
    *,
    keep: Iterable[int] = (),
) -> tuple[int, ...]:
    """Return an order of all variables of `scopes` but those to `keep`."""
    check_rule(rule)
    near = adjacency(len(sizes), scopes)
    kept = frozenset(keep)
    left = sorted({v for scope in scopes for v in scope if v not in kept})
    costs: dict[int, tuple[int, int, int]] = {}
    order = []
    while left:
        for v in left:
            if v not in costs:
                weight = vertex_cost(near, sizes, "min-weight", v)
                cost = weight if rule == "min-weight" else vertex_cost(near, sizes, rule, v)
                costs[v] = (cost, weight, v)
        chosen = min(left, key=costs.__getitem__)
        touched = set(near[chosen])
        for other in near[chosen]:
            touched |= near[other]
        eliminate_vertex(near, chosen)
        for v in touched:
            costs.pop(v, None)
        left.remove(chosen)
        order.append(chosen)
    return tuple(order)
