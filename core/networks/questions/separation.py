"""Separation in a graph: which variables can learn from which, whatever the numbers are.

In a Bayes net this is d-separation, by a breadth-first search over (node, direction); in a Markov
network a path is open unless it goes through what is given.

Sources: Koller and Friedman (2009), algorithm 3.1 and definition 4.8; Shachter, Bayes-ball (1998).
"""

from collections.abc import Iterable, Iterator

from core.networks.errors import NetworkError, quoted
from core.networks.evidence import Evidence
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet

Model = BayesNet | MarkovNetwork

UP, DOWN = "up", "down"
"""How a search arrived at a node: from a child, going up, or from a parent, going down."""

Visit = tuple[str, str]


class SeparationGraph:
    """The arcs of a model and what is given, as a search along open trails sees them.

    Attributes
    ----------
    given : frozenset of str
    opened : frozenset of str
        What is given and all its ancestors: the colliders through which trails are open.
    """

    def __init__(self, model: Model, given: Iterable[str]) -> None:
        self.model = model
        self.given = frozenset(checked(model, given))
        if isinstance(model, BayesNet):
            self.parents = {node.name: node.parents for node in model}
            self.children = {node.name: model.children(node.name) for node in model}
            self.opened = ancestral_set(model, self.given)
        else:
            # An undirected edge lets through whatever the direction: as if all were children.
            self.parents = dict.fromkeys(model.names, ())
            self.children = _neighbours(model)
            self.opened = frozenset()

    def starts(self, name: str) -> Iterator[Visit]:
        """Return where a trail from `name` may go first."""
        return self._steps(name, through=True, up=True)

    def steps(self, visit: Visit) -> Iterator[Visit]:
        """Return where an open trail that has come this way may go on."""
        name, direction = visit
        through = name not in self.given
        up = through if direction == UP else name in self.opened
        return self._steps(name, through=through, up=up)

    def _steps(self, name: str, *, through: bool, up: bool) -> Iterator[Visit]:
        if up:
            yield from ((parent, UP) for parent in self.parents[name])
        if through:
            yield from ((child, DOWN) for child in self.children[name])


def reachable(model: Model, sources: Iterable[str], given: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the variables that an open trail from `sources` reaches, in the model's order.

    Neither the sources nor what is given are among them.

    Raises
    ------
    NetworkError
        For a name that is not in the model.
    """
    graph = SeparationGraph(model, given)
    starts = checked(model, sources)
    visited = {visit for name in starts if name not in graph.given for visit in graph.starts(name)}
    # the order of a set shows nowhere: what is visited does not depend on the order of visits
    frontier = list(visited)
    while frontier:
        for visit in graph.steps(frontier.pop()):
            if visit not in visited:
                visited.add(visit)
                frontier.append(visit)
    found = {name for name, _ in visited} - graph.given - set(starts)
    return tuple(name for name in model.names if name in found)


def is_separated(
    model: Model, sources: Iterable[str], targets: Iterable[str], given: Iterable[str] = ()
) -> bool:
    """Return whether no trail from a source to a target is open given `given`.

    Raises
    ------
    NetworkError
        For a name that is not in the model, or that is among more than one of the three.
    """
    starts, ends, observed = disjoint(model, sources, targets, given)
    return not set(ends) & set(reachable(model, starts, observed))


def requisite_nodes(net: BayesNet, target: str, evidence: Evidence) -> frozenset[str]:
    """Return the nodes whose conditional tables can matter to P(target | evidence).

    Those are the nodes to which one more parent would be reachable from the target: Bayes-ball's
    requisite probability nodes. A likelihood counts as an observed child.
    """
    hard = [name for name in evidence if isinstance(evidence[name], int)]
    if target in hard:
        return frozenset()
    graph = SeparationGraph(net, hard)
    graph.opened |= ancestral_set(net, set(evidence))
    visited = {visit: None for visit in ((target, UP), *graph.starts(target))}
    frontier = list(visited)
    for visit in frontier:
        for following in graph.steps(visit):
            if following not in visited:
                visited[following] = None
                frontier.append(following)
    return frozenset(
        name
        for name, direction in visited
        if (name not in graph.given if direction == UP else name in graph.opened)
    )


def disjoint(
    model: Model, sources: Iterable[str], targets: Iterable[str], given: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the three groups of names, checked to be known and to have nothing in common."""
    groups = checked(model, sources), checked(model, targets), checked(model, given)
    seen: set[str] = set()
    for group in groups:
        for name in group:
            if name in seen:
                raise NetworkError(
                    f"{quoted(name)} stands on two sides of the question; separation is asked of "
                    "three groups with nothing in common."
                )
        seen.update(group)
    return groups


def checked(model: Model, names: Iterable[str]) -> tuple[str, ...]:
    """Return `names` without repeats; raise `NetworkError` where one is not in the model."""
    result = tuple(dict.fromkeys(names))
    for name in result:
        model[name]
    return result


def ancestral_set(net: BayesNet, names: Iterable[str]) -> frozenset[str]:
    """Return `names` and all their ancestors."""
    found = set(names)
    frontier = list(found)
    while frontier:
        for parent in net[frontier.pop()].parents:
            if parent not in found:
                found.add(parent)
                frontier.append(parent)
    return frozenset(found)


def _neighbours(network: MarkovNetwork) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {name: [] for name in network.names}
    for one, other in network.edges:
        found[one].append(other)
        found[other].append(one)
    return {name: tuple(others) for name, others in found.items()}
