"""Trails between variables, one by one, with why each node on them lets through or blocks.

Trails come shortest first. Their number may be exponential, so the search goes for the targets by
the exact distance that is left, and stops at a limit.

Sources: Koller and Friedman (2009), definition 3.6; Hart, Nilsson and Raphael (1968).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from core.networks.markov_network import MarkovNetwork
from core.networks.questions.separation import (
    DOWN,
    UP,
    Model,
    SeparationGraph,
    Visit,
    disjoint,
)

TRAIL_LIMIT = 20
SEARCH_LIMIT = 50_000
"""Beginnings of trails looked at before the search says that there may be more."""

Route = tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class TrailNode:
    """One node on a trail.

    Attributes
    ----------
    name : str
    role : str
        ``end``, ``chain``, ``fork``, ``collider``, or ``link`` in a Markov network.
    is_open : bool
        Whether the trail passes here.
    reason : str
        Why, as the rest of a sentence that begins with the name; empty at an end.
    """

    name: str
    role: str
    is_open: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Trail:
    """A path along arcs in either direction.

    Attributes
    ----------
    nodes : tuple of TrailNode
    arrows : tuple of str
        ``→``, ``←`` or ``—`` between each node and the next.
    """

    nodes: tuple[TrailNode, ...]
    arrows: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names along the trail."""
        return tuple(node.name for node in self.nodes)

    @property
    def is_open(self) -> bool:
        """Whether every node lets through."""
        return all(node.is_open for node in self.nodes)

    @property
    def blocked_at(self) -> tuple[str, ...]:
        """The nodes that do not let through."""
        return tuple(node.name for node in self.nodes if not node.is_open)

    @property
    def text(self) -> str:
        """The trail on one line: ``A → B ← C``."""
        words = [self.nodes[0].name]
        for arrow, node in zip(self.arrows, self.nodes[1:], strict=True):
            words += [arrow, node.name]
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class Trails:
    """The shortest trails between two groups, and whether there are or may be more."""

    trails: tuple[Trail, ...]
    has_more: bool


def open_trails(
    model: Model,
    sources: Iterable[str],
    targets: Iterable[str],
    given: Iterable[str] = (),
    *,
    limit: int = TRAIL_LIMIT,
) -> Trails:
    """Return the open trails from a source to a target, shortest first.

    There is at least one unless the two are separated. No trail goes through a third node of the
    sources or targets.

    Raises
    ------
    NetworkError
        For a name that is not in the model, or that is among more than one of the three.
    """
    starts, ends, observed = disjoint(model, sources, targets, given)
    graph = SeparationGraph(model, observed)
    return _trails(graph, starts, ends, graph.steps, limit)


def all_trails(
    model: Model,
    sources: Iterable[str],
    targets: Iterable[str],
    given: Iterable[str] = (),
    *,
    limit: int = TRAIL_LIMIT,
) -> Trails:
    """Return the trails from a source to a target, open or blocked; as for `open_trails`."""
    starts, ends, observed = disjoint(model, sources, targets, given)
    graph = SeparationGraph(model, observed)
    return _trails(graph, starts, ends, lambda visit: graph.starts(visit[0]), limit)


def _trails(
    graph: SeparationGraph,
    starts: tuple[str, ...],
    ends: tuple[str, ...],
    steps: Callable[[Visit], Iterator[Visit]],
    limit: int,
) -> Trails:
    search = _Search(graph, frozenset(starts), frozenset(ends), steps)
    routes: list[tuple[str, Route]] = []
    for start, route in search.routes(starts):
        if len(routes) == limit:
            return Trails(_explained(graph, routes), True)
        routes.append((start, route))
    return Trails(_explained(graph, routes), search.is_cut_short)


class _Search:
    """Finds routes that visit no node twice, by length, ties in the order of the arcs."""

    def __init__(
        self,
        graph: SeparationGraph,
        starts: frozenset[str],
        ends: frozenset[str],
        steps: Callable[[Visit], Iterator[Visit]],
    ) -> None:
        self._graph, self._avoided, self._ends, self._steps = graph, starts, ends, steps
        self._distance = self._distances(starts)
        self.is_cut_short = False

    def routes(self, starts: tuple[str, ...]) -> Iterator[tuple[str, Route]]:
        """Yield routes from the starts with the start of each, the shortest first."""
        heap: list[tuple[int, int, int, str, Route]] = []
        count = 0
        for start in starts:
            for visit in self._onward(self._graph.starts(start)):
                count += 1
                heappush(heap, (1 + self._distance[visit], -1, count, start, (visit,)))
        looked_at = 0
        while heap:
            *_, start, route = heappop(heap)
            if route[-1][0] in self._ends:
                yield start, route
                continue
            looked_at += 1
            if looked_at > SEARCH_LIMIT:
                self.is_cut_short = True
                return
            been = {name for name, _ in route}
            for visit in self._onward(self._steps(route[-1])):
                if visit[0] not in been:
                    count += 1
                    length = len(route) + 1
                    expected = length + self._distance[visit]
                    heappush(heap, (expected, -length, count, start, (*route, visit)))

    def _onward(self, visits: Iterator[Visit]) -> Iterator[Visit]:
        return (visit for visit in visits if visit in self._distance)

    def _distances(self, starts: frozenset[str]) -> dict[Visit, int]:
        """Return how far each visit is from an end at least, for visits that can reach one."""
        before: dict[Visit, list[Visit]] = {}
        frontier: list[Visit] = []
        for name in self._graph.model.names:
            if name in starts:
                frontier += self._enter(None, self._graph.starts(name), before)
        for visit in frontier:
            if visit[0] not in self._ends:
                frontier += self._enter(visit, self._steps(visit), before)
        distance = {visit: 0 for visit in before if visit[0] in self._ends}
        frontier = list(distance)
        for visit in frontier:
            for previous in before[visit]:
                if previous not in distance:
                    distance[previous] = distance[visit] + 1
                    frontier.append(previous)
        return distance

    def _enter(
        self, came_from: Visit | None, visits: Iterator[Visit], before: dict[Visit, list[Visit]]
    ) -> list[Visit]:
        """Note where each visit was entered from; return those entered for the first time."""
        new = []
        for visit in visits:
            if visit[0] in self._avoided:
                continue
            if visit not in before:
                before[visit] = []
                new.append(visit)
            if came_from is not None:
                before[visit].append(came_from)
        return new


def _explained(graph: SeparationGraph, routes: list[tuple[str, Route]]) -> tuple[Trail, ...]:
    is_directed = not isinstance(graph.model, MarkovNetwork)
    result = []
    for start, route in routes:
        nodes = [TrailNode(start, "end", True, "")]
        for (name, arrived), (_, leaves) in pairwise(route):
            role = _role(arrived, leaves) if is_directed else "link"
            nodes.append(_judged(graph, name, role))
        nodes.append(TrailNode(route[-1][0], "end", True, ""))
        arrow = {DOWN: "→" if is_directed else "—", UP: "←"}
        result.append(Trail(tuple(nodes), tuple(arrow[direction] for _, direction in route)))
    return tuple(result)


def _role(arrived: str, leaves: str) -> str:
    if arrived == leaves:
        return "chain"
    return "fork" if arrived == UP else "collider"


def _judged(graph: SeparationGraph, name: str, role: str) -> TrailNode:
    is_given = name in graph.given
    if role != "collider":
        return TrailNode(name, role, not is_given, "is observed" if is_given else "is not observed")
    if is_given:
        return TrailNode(name, role, True, "is observed, which opens a collider")
    if name in graph.opened:
        witness = _observed_descendant(graph, name)
        return TrailNode(name, role, True, f"has the observed descendant {witness}")
    return TrailNode(name, role, False, "is a collider without an observed descendant")


def _observed_descendant(graph: SeparationGraph, name: str) -> str:
    """Return the nearest descendant that is given; there is one."""
    frontier = [name]
    for each in frontier:
        if each in graph.given:
            return each
        frontier += [child for child in graph.children[each] if child not in frontier]
    raise AssertionError(f"{name} has no observed descendant")
