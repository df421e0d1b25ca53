"""The clique tree as the watched levels use it: neighbours, roots, and the order of messages."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from core.networks.errors import NetworkError
from core.networks.levels.table_factor import MAX_AXES, cells_of
from core.networks.levels.triangulation_steps import TreeLink, TriangulationRun

MAX_WATCHED_CELLS = 2**20
"""Clique tables beyond so many cells together are not watched."""

Direction = tuple[int, int]
"""From one clique to a neighbour."""


@dataclass(frozen=True, eq=False)
class WatchedTree:
    """A clique tree, or a forest where the model has parts that do not touch.

    Attributes
    ----------
    names : tuple of str
        The variables by number.
    sizes : tuple of int
        Their numbers of states.
    cliques : tuple of tuple of int
        The variables of each clique in the order of its table's axes.
    links : tuple of TreeLink
    clique_of_factor : tuple of int
    root : int
        Where the messages of its part are collected; other parts have the first of their cliques.
    """

    names: tuple[str, ...]
    sizes: tuple[int, ...]
    cliques: tuple[tuple[int, ...], ...]
    links: tuple[TreeLink, ...]
    clique_of_factor: tuple[int, ...]
    root: int = 0

    @cached_property
    def cells(self) -> tuple[int, ...]:
        """The number of cells of each clique."""
        return tuple(cells_of(clique, self.sizes) for clique in self.cliques)

    @cached_property
    def separator(self) -> dict[Direction, tuple[int, ...]]:
        """The variables shared, for both directions of every link."""
        there = {(link.first, link.second): link.separator for link in self.links}
        return there | {(b, a): shared for (a, b), shared in there.items()}

    @cached_property
    def neighbours(self) -> tuple[tuple[int, ...], ...]:
        """The neighbours of each clique: those below in increasing order, the one above last."""
        near: list[list[int]] = [[] for _ in self.cliques]
        for a, b in self.separator:
            near[a].append(b)
        return tuple(
            tuple(sorted(others, key=lambda j: (j == self.above[i], j)))
            for i, others in enumerate(near)
        )

    @cached_property
    def parts(self) -> tuple[tuple[int, ...], ...]:
        """The cliques of each connected part, every one after the one above it."""
        near: list[list[int]] = [[] for _ in self.cliques]
        for link in self.links:
            near[link.first].append(link.second)
            near[link.second].append(link.first)
        met: set[int] = set()
        parts = []
        for start in (self.root, *range(len(self.cliques))):
            if start in met or start >= len(self.cliques):
                continue
            part = [start]
            met.add(start)
            for i in part:
                fresh = [j for j in sorted(near[i]) if j not in met]
                met.update(fresh)
                part += fresh
            parts.append(tuple(part))
        return tuple(parts)

    @cached_property
    def above(self) -> tuple[int, ...]:
        """The clique above each clique, towards the root; -1 at a root."""
        place = {i: k for part in self.parts for k, i in enumerate(part)}
        above = [-1] * len(self.cliques)
        for i, j in self.separator:
            if place[j] < place[i]:
                above[i] = j
        return tuple(above)

    @cached_property
    def schedule(self) -> tuple[Direction, ...]:
        """All messages: of each part first those towards the root, then those back.

        The one back to the last neighbour goes first, so that products over neighbours before and
        after it can be kept.
        """
        found: list[Direction] = []
        for part in self.parts:
            found += [(i, self.above[i]) for i in reversed(part[1:])]
            for i in part:
                found += [(i, j) for j in reversed(self.neighbours[i]) if j != self.above[i]]
        return tuple(found)

    def side(self, source: int, target: int) -> frozenset[int]:
        """Return the cliques on the side of `source` of the link to `target`."""
        met, waiting = {source, target}, [source]
        while waiting:
            for j in self.neighbours[waiting.pop()]:
                if j not in met:
                    met.add(j)
                    waiting.append(j)
        return frozenset(met - {target})

    def stale_after(self, changed: Iterable[int]) -> frozenset[Direction]:
        """Return the messages with a changed clique on the sender's side."""
        cliques = frozenset(changed)
        return frozenset(m for m in self.schedule if cliques & self.side(*m))

    def path(self, start: int, end: int) -> tuple[int, ...] | None:
        """Return the cliques from `start` to `end`, both included, or None without a path."""
        came: dict[int, int] = {start: start}
        waiting = [start]
        for i in waiting:
            for j in self.neighbours[i]:
                if j not in came:
                    came[j] = i
                    waiting.append(j)
        if end not in came:
            return None
        steps = [end]
        while steps[-1] != start:
            steps.append(came[steps[-1]])
        return tuple(reversed(steps))

    def home(self, variables: Iterable[int]) -> int:
        """Return the smallest clique that holds all of `variables`, or -1."""
        needed = frozenset(variables)
        holding = (i for i, clique in enumerate(self.cliques) if needed.issubset(clique))
        return min(holding, key=lambda i: (self.cells[i], i), default=-1)


def watched_tree(run: TriangulationRun, root: int = 0) -> WatchedTree:
    """Return the clique tree that `run` led to.

    Raises
    ------
    NetworkError
        When its tables would have more than `MAX_WATCHED_CELLS` cells.
    """
    if run.cells > MAX_WATCHED_CELLS or run.width >= MAX_AXES:
        raise NetworkError(
            f"The cliques of this network have {run.cells:,} cells, and their messages are shown "
            f"one by one up to {MAX_WATCHED_CELLS:,}; its beliefs are computed all the same."
        )
    # Without a variable, an empty clique takes the constant factors.
    cliques = run.cliques or ((),)
    homes = tuple(max(i, 0) for i in run.clique_of_factor)
    return WatchedTree(run.names, run.sizes, cliques, run.links, homes, root)
