"""Level 2, first half: a clique tree built before one's eyes.

The moral graph is triangulated one elimination at a time; the elimination cliques that no other
contains stay, and a maximum spanning tree of their intersections links them.

Source: Koller and Friedman (2009), sections 9.4.3 and 10.4.2; Jensen and Jensen, Optimal junction
trees (1994) for the ties: of equally many shared variables, the smaller table goes first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.networks.errors import NetworkError, quoted
from core.networks.levels.entered_model import Model, ModelScopes, model_scopes
from core.networks.levels.greedy import (
    GREEDY_RULES,
    adjacency,
    check_rule,
    eliminate_vertex,
    greedy_order,
    vertex_cost,
)
from core.networks.levels.table_factor import cells_of
from core.networks.moral import Edge, married_pairs, moral_edges

EXACT = "exact"
"""The rule that finds an order of least width; for small graphs only."""

WATCHED_RULES = (*GREEDY_RULES, EXACT)


@dataclass(frozen=True, slots=True)
class TriangulationStep:
    """The elimination of one variable from the graph.

    Attributes
    ----------
    variable : int
    neighbours : tuple of int
        At that moment, sorted; they become connected to each other.
    fill_in : tuple of pairs of int
        The edges that had to be added for that.
    clique : tuple of int
        The variable and its neighbours, sorted.
    cells : int
        Of the table over the clique.
    is_maximal : bool
        Whether no other elimination clique contains this one.
    cost : int or None
        What the rule said that this elimination costs; None for an order of one's own.
    """

    variable: int
    neighbours: tuple[int, ...]
    fill_in: tuple[Edge, ...]
    clique: tuple[int, ...]
    cells: int
    is_maximal: bool
    cost: int | None


@dataclass(frozen=True, slots=True)
class TreeLink:
    """An edge of the clique tree, between cliques by position.

    Attributes
    ----------
    first, second : int
    separator : tuple of int
        The variables that both share, sorted.
    cells : int
        Of the table over the separator.
    """

    first: int
    second: int
    separator: tuple[int, ...]
    cells: int

    @property
    def weight(self) -> int:
        """The number of variables shared, which the spanning tree maximises."""
        return len(self.separator)


@dataclass(frozen=True, slots=True)
class TriangulationRun:
    """The way from a model to its clique tree.

    Attributes
    ----------
    names : tuple of str
        The variables by number.
    sizes : tuple of int
    moral, married : tuple of pairs of int
        All edges of the moral graph, and those among them that marry two parents.
    steps : tuple of TriangulationStep
    cliques : tuple of tuple of int
        The maximal ones in the order of elimination, members sorted.
    links : tuple of TreeLink
        In the order in which the spanning tree takes them; a forest where the graph has parts.
    clique_of_factor : tuple of int
        For each factor the smallest clique that holds its scope.
    """

    names: tuple[str, ...]
    sizes: tuple[int, ...]
    moral: tuple[Edge, ...]
    married: tuple[Edge, ...]
    steps: tuple[TriangulationStep, ...]
    cliques: tuple[tuple[int, ...], ...]
    links: tuple[TreeLink, ...]
    clique_of_factor: tuple[int, ...]

    @property
    def order(self) -> tuple[int, ...]:
        """The variables in the order of elimination."""
        return tuple(step.variable for step in self.steps)

    @property
    def fill_in(self) -> tuple[Edge, ...]:
        """All edges added."""
        return tuple(edge for step in self.steps for edge in step.fill_in)

    @property
    def width(self) -> int:
        """Variables of the largest clique less one: an upper bound of the treewidth."""
        return max(map(len, self.cliques), default=1) - 1

    @property
    def cells(self) -> int:
        """Cells of all clique tables together."""
        return sum(cells_of(clique, self.sizes) for clique in self.cliques)


def triangulation_steps(model: Model, order: str | Sequence[str] = "min-fill") -> TriangulationRun:
    """Return every step from `model` to its clique tree.

    Parameters
    ----------
    model : BayesNet or MarkovNetwork
    order : str or names of variables
        One of `WATCHED_RULES`, or all variables in the order of elimination.

    Raises
    ------
    NetworkError
        For an unknown rule or name, an order that leaves a variable out, and for an exact order of
        too large a graph.
    """
    scopes = model_scopes(model)
    rule = order if isinstance(order, str) else None
    steps = _steps(scopes, _numbered_order(scopes, order), rule)
    cliques = tuple(step.clique for step in steps if step.is_maximal)
    return TriangulationRun(
        scopes.names,
        scopes.sizes,
        moral_edges(model),
        married_pairs(model),
        steps,
        cliques,
        spanning_links(cliques, scopes.sizes),
        tuple(_home(scope, cliques, scopes.sizes) for scope in scopes.scopes),
    )


def _numbered_order(scopes: ModelScopes, order: str | Sequence[str]) -> tuple[int, ...]:
    if isinstance(order, str):
        check_rule(order, WATCHED_RULES)
        if order == EXACT:
            return _exact_order(scopes)
        return greedy_order(scopes.scopes, scopes.sizes, order)
    own = scopes.numbers(order)
    forgotten = [name for v, name in enumerate(scopes.names) if v not in own]
    if forgotten:
        shown = ", ".join(map(quoted, forgotten[:6])) + (", …" if len(forgotten) > 6 else "")
        raise NetworkError(f"The elimination order leaves out {shown}; put every variable in it.")
    return own


def _exact_order(scopes: ModelScopes) -> tuple[int, ...]:
    from core.networks.treewidth import exact_treewidth

    near = adjacency(len(scopes.sizes), scopes.scopes)
    _, order = exact_treewidth(near)
    return tuple(order)


def _steps(
    scopes: ModelScopes, order: Sequence[int], rule: str | None
) -> tuple[TriangulationStep, ...]:
    near = adjacency(len(scopes.sizes), scopes.scopes)
    sizes = scopes.sizes
    cliques: list[frozenset[int]] = []
    found = []
    for v in order:
        is_greedy = rule is not None and rule != EXACT
        cost = vertex_cost(near, sizes, rule, v) if rule is not None and is_greedy else None
        neighbours = tuple(sorted(near[v]))
        clique = frozenset((v, *neighbours))
        # v is gone from all later cliques, so only an earlier one can contain this one.
        is_maximal = not any(clique <= other for other in cliques)
        cliques.append(clique)
        members = tuple(sorted(clique))
        fill_in = tuple(eliminate_vertex(near, v))
        cells = cells_of(members, sizes)
        found.append(TriangulationStep(v, neighbours, fill_in, members, cells, is_maximal, cost))
    return tuple(found)


def spanning_links(cliques: Sequence[Sequence[int]], sizes: Sequence[int]) -> tuple[TreeLink, ...]:
    """Return a maximum spanning forest of the cliques' intersections, heaviest link first."""
    sets = [frozenset(clique) for clique in cliques]
    candidates = []
    for second in range(len(sets)):
        for first in range(second):
            separator = tuple(sorted(sets[first] & sets[second]))
            if separator:
                cells = cells_of(separator, sizes)
                candidates.append(TreeLink(first, second, separator, cells))
    candidates.sort(key=lambda link: (-link.weight, link.cells, link.first, link.second))
    part = list(range(len(sets)))
    links = []
    for link in candidates:
        mine, other = part[link.first], part[link.second]
        if mine != other:
            links.append(link)
            part = [mine if p == other else p for p in part]
    return tuple(links)


def _home(scope: Sequence[int], cliques: Sequence[Sequence[int]], sizes: Sequence[int]) -> int:
    members = frozenset(scope)
    holding = [i for i, clique in enumerate(cliques) if members.issubset(clique)]
    return min(holding, key=lambda i: (cells_of(cliques[i], sizes), i), default=-1)
