"""Whether a graph is an I-map of a distribution: all independences that it states do hold.

A directed acyclic graph states that each node is independent of its non-descendants given its
parents, and all other separations follow from these, so checking them against the joint table
decides the matter. An arc is superfluous when its child is independent of that parent given the
child's other parents; then the graph is not a minimal I-map.

Source: Koller and Friedman (2009), definition 3.3 and theorem 3.2.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.networks.brute_force import joint_table
from core.networks.errors import NetworkError
from core.networks.model import BayesNet
from core.networks.node import Table
from core.progress import Progress

TOLERANCE_NATS = 1e-9


@dataclass(frozen=True, slots=True)
class Statement:
    """One independence: of a node from others, given some.

    Attributes
    ----------
    node : str
    others, given : tuple of str
    information : float
        The mutual information of node and others given `given`, in nats; 0 where it holds.
    """

    node: str
    others: tuple[str, ...]
    given: tuple[str, ...]
    information: float

    @property
    def text(self) -> str:
        """The statement as it is written: ``A ⊥ B, C | D``."""
        condition = f" | {', '.join(self.given)}" if self.given else ""
        return f"{self.node} ⊥ {', '.join(self.others)}{condition}"


@dataclass(frozen=True, slots=True)
class IndependenceMap:
    """What a graph states about a distribution, checked.

    Attributes
    ----------
    statements : tuple of Statement
        All that were checked: for each node and each non-descendant that is no parent, then for
        each node with all of them together.
    violations : tuple of Statement
        Those that do not hold, the most information first.
    removable : tuple of (str, str)
        Arcs, parent and child, without which the graph would state only what holds too, each taken
        by itself.
    """

    statements: tuple[Statement, ...]
    violations: tuple[Statement, ...]
    removable: tuple[tuple[str, str], ...]

    @property
    def is_map(self) -> bool:
        """Whether every independence that the graph states holds."""
        return not self.violations

    @property
    def is_minimal(self) -> bool:
        """Whether it is an I-map from which no arc can be taken."""
        return self.is_map and not self.removable


def check_independence_map(
    graph: BayesNet,
    distribution: BayesNet | None = None,
    progress: Progress | None = None,
    *,
    tolerance: float = TOLERANCE_NATS,
) -> IndependenceMap:
    """Return whether the arcs of `graph` are an I-map of the joint table of `distribution`.

    Parameters
    ----------
    graph : BayesNet
        Only its arcs count.
    distribution : BayesNet, optional
        A net over the same variables; the graph's own net when left out.
    tolerance : float
        Mutual information below this, in nats, counts as independence.

    Raises
    ------
    NetworkError
        When the two have different variables, or the joint table would be too large.
    """
    distribution = distribution or graph
    if set(graph.names) != set(distribution.names):
        only = sorted(set(graph.names) ^ set(distribution.names))
        raise NetworkError(
            f"The graph and the distribution have different variables ({', '.join(only[:6])}); "
            "draw a graph over the same ones."
        )
    measure = _Measure(distribution, progress, _question_count(graph))
    statements = tuple(
        Statement(node, others, given, measure.information((node,), others, given))
        for node, others, given in _local_statements(graph)
    )
    violated = [each for each in statements if each.information > tolerance]
    removable = tuple(
        (parent, child)
        for parent, child in graph.arcs
        if measure.information((child,), (parent,), _without(graph[child].parents, parent))
        <= tolerance
    )
    violated.sort(key=lambda statement: -statement.information)
    return IndependenceMap(statements, tuple(violated), removable)


def _local_statements(
    graph: BayesNet,
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Yield each node with its non-descendants that are no parents, singly and all together."""
    for node in graph:
        excluded = {node.name, *node.parents, *_descendants(graph, node.name)}
        others = tuple(name for name in graph.names if name not in excluded)
        for other in others:
            yield node.name, (other,), node.parents
        if len(others) > 1:
            yield node.name, others, node.parents


def _question_count(graph: BayesNet) -> int:
    return graph.arc_count + sum(1 for _ in _local_statements(graph))


def _descendants(graph: BayesNet, name: str) -> set[str]:
    found: set[str] = set()
    frontier = [name]
    while frontier:
        for child in graph.children(frontier.pop()):
            if child not in found:
                found.add(child)
                frontier.append(child)
    return found


def _without(names: Iterable[str], name: str) -> tuple[str, ...]:
    return tuple(each for each in names if each != name)


class _Measure:
    """Conditional mutual information out of one joint table."""

    def __init__(self, net: BayesNet, progress: Progress | None, questions: int) -> None:
        self._joint = joint_table(net)
        self._axis = {name: axis for axis, name in enumerate(net.names)}
        self._progress, self._questions, self._asked = progress, questions, 0

    def information(self, xs: Sequence[str], ys: Sequence[str], given: Sequence[str]) -> float:
        """Return I(xs; ys | given) in nats; never below 0 by rounding."""
        if self._progress is not None:
            self._progress.report(self._asked / self._questions, "Checking independences")
        self._asked += 1
        whole = self._marginal((*xs, *ys, *given))
        x, y = (tuple(self._axis[name] for name in names) for names in (xs, ys))
        without_x = whole.sum(axis=x, keepdims=True)
        without_y = whole.sum(axis=y, keepdims=True)
        neither = without_x.sum(axis=y, keepdims=True)
        possible = whole > 0
        ratio = np.divide(
            whole * neither, without_x * without_y, out=np.ones_like(whole), where=possible
        )
        return max(0.0, float((whole[possible] * np.log(ratio[possible])).sum()))

    def _marginal(self, names: Sequence[str]) -> Table:
        kept = {self._axis[name] for name in names}
        gone = tuple(axis for axis in range(self._joint.ndim) if axis not in kept)
        result: Table = self._joint.sum(axis=gone, keepdims=True)
        return result
