"""Level 3: the joint distribution of every two cliques, by growing distance in the tree.

What is cached, across a class of queries, are the joints of nearer cliques: P(C_i, C_j) is made
from P(C_i, C_l), where l is the neighbour of j towards i, and P(C_j | C_l), which depends on the
separator of l and j alone.

Source: Koller and Friedman (2009), section 10.3.3.3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.networks.errors import NetworkError
from core.networks.levels.dependence import entropy, mutual_information
from core.networks.levels.operations import Operations
from core.networks.levels.table_factor import (
    TableFactor,
    cells_of,
    multiplied,
    summed,
    union_scope,
)
from core.networks.levels.tree_reading import predicted_conditional, prepared_cliques
from core.networks.levels.watched_tree import Direction, WatchedTree
from core.networks.node import Table

MAX_PAIR_CELLS = 2**22
"""The joints of all pairs of cliques are refused beyond so many cells together."""


@dataclass(frozen=True, slots=True)
class PlannedPair:
    """How the joint of two cliques is made.

    Attributes
    ----------
    first, second : int
        Cliques by position, `first` being smaller.
    via : int
        The clique whose joint with `start` is extended; -1 where nothing links the two, whose
        distributions are then multiplied.
    start, end : int
        The same two cliques, `end` being the one that is added.
    distance : int
        Links between them; 0 where there is no way.
    """

    first: int
    second: int
    via: int
    start: int
    end: int
    distance: int

    @property
    def made_from(self) -> Direction | None:
        """The pair of cliques whose joint was extended; the same clique twice at distance 1."""
        if self.via < 0:
            return None
        return (min(self.start, self.via), max(self.start, self.via))

    @property
    def conditional(self) -> Direction | None:
        """The l and j of P(C_j | C_l), the other factor: beta_j / mu_lj."""
        return (self.via, self.end) if self.via >= 0 else None


@dataclass(frozen=True, slots=True, eq=False)
class PairStep:
    """One joint of two cliques.

    Attributes
    ----------
    plan : PlannedPair
    carried : TableFactor
        The joint that it was made from, summed down to what matters: P(C_i, S_lj).
    conditional : TableFactor
        P(C_j | S_lj).
    joint : TableFactor
        P(C_i, C_j | evidence) over the union of both, sorted.
    operations : Operations
    """

    plan: PlannedPair
    carried: TableFactor
    conditional: TableFactor
    joint: TableFactor
    operations: Operations


@dataclass(frozen=True, eq=False)
class CliquePairsRun:
    """The joints of all pairs of cliques.

    Attributes
    ----------
    tree : WatchedTree
    cliques : tuple of TableFactor
        P(C_i | evidence).
    conditionals : dict of (int, int) to TableFactor
        P(C_j | S_lj) for l and j.
    steps : tuple of PairStep
        By growing distance; pairs that nothing links come last.
    preparation : Operations
        Normalising the cliques and making the conditionals.
    """

    tree: WatchedTree
    cliques: tuple[TableFactor, ...]
    conditionals: dict[Direction, TableFactor]
    steps: tuple[PairStep, ...]
    preparation: Operations

    @property
    def operations(self) -> Operations:
        """All operations, reading aside."""
        return sum((step.operations for step in self.steps), self.preparation)

    @cached_property
    def joints(self) -> dict[Direction, TableFactor]:
        """The joint of every two cliques, smaller first; a clique with itself is its own."""
        single = {(i, i): factor for i, factor in enumerate(self.cliques)}
        return single | {(s.plan.first, s.plan.second): s.joint for s in self.steps}

    def joint_of_pair(self, first: int, second: int) -> tuple[Table, Operations]:
        """Return P(first, second | evidence) of two different variables, and what reading cost."""
        pair = pair_holding(self.tree, first, second)
        factor, cost = summed(self.joints[pair], (first, second))
        return factor.table, cost

    def mutual_information_matrix(self) -> tuple[Table, Operations]:
        """Return the mutual information in nats of every two variables, and what reading cost.

        The diagonal holds the entropies. Only reading the joints counts, not the logarithms.
        """
        count = len(self.tree.sizes)
        matrix, cost = np.zeros((count, count)), Operations()
        for a in range(count):
            margin, _ = summed(self.cliques[self.tree.home([a])], (a,))
            matrix[a, a] = entropy(margin.table)
            for b in range(a + 1, count):
                joint, more = self.joint_of_pair(a, b)
                matrix[a, b] = matrix[b, a] = mutual_information(joint)
                cost += more
        return matrix, cost


def pair_holding(tree: WatchedTree, first: int, second: int) -> Direction:
    """Return the pair of cliques from whose joint two variables are read: one clique if it can."""
    together = tree.home([first, second])
    if together >= 0:
        return (together, together)
    a, b = tree.home([first]), tree.home([second])
    return (min(a, b), max(a, b))


def planned_pairs(tree: WatchedTree) -> tuple[PlannedPair, ...]:
    """Return every pair of cliques in the order in which their joints are made."""
    found = []
    count = len(tree.cliques)
    for first in range(count):
        came, distance, waiting = {first: -1}, {first: 0}, [first]
        for i in waiting:
            for j in tree.neighbours[i]:
                if j not in came:
                    came[j], distance[j] = i, distance[i] + 1
                    waiting.append(j)
        for second in range(first + 1, count):
            via, steps = came.get(second, -1), distance.get(second, 0)
            found.append(PlannedPair(first, second, via, first, second, steps))
    last = count + 1
    return tuple(sorted(found, key=lambda p: (p.distance or last, p.first, p.second)))


def clique_pairs(tree: WatchedTree, beliefs: Sequence[TableFactor]) -> CliquePairsRun:
    """Return the joint of every two cliques of a calibrated tree, with every step.

    Raises
    ------
    NetworkError
        When the joints would have more than `MAX_PAIR_CELLS` cells together.
    """
    plans = planned_pairs(tree)
    check_pairs(tree, plans)
    cliques, conditionals, preparation = prepared_cliques(tree, beliefs)
    joints = {(i, i): factor for i, factor in enumerate(cliques)}
    steps = []
    for plan in plans:
        step = _made(tree, plan, joints, conditionals)
        joints[plan.first, plan.second] = step.joint
        steps.append(step)
    return CliquePairsRun(tree, tuple(cliques), conditionals, tuple(steps), preparation)


def _made(
    tree: WatchedTree,
    plan: PlannedPair,
    joints: dict[Direction, TableFactor],
    conditionals: dict[Direction, TableFactor],
) -> PairStep:
    near, link = plan.made_from, plan.conditional
    if near is None or link is None:
        carried, other, cost = joints[plan.start, plan.start], joints[plan.end, plan.end], None
    else:
        carried, cost = summed(joints[near], _carried_scope(tree, plan))
        other = conditionals[link]
    scope = union_scope([carried.scope, other.scope])
    joint, more = multiplied([carried, other], scope, tree.sizes)
    return PairStep(plan, carried, other, joint, more if cost is None else cost + more)


def _carried_scope(tree: WatchedTree, plan: PlannedPair) -> tuple[int, ...]:
    """Return C_i and the separator towards C_j: what of P(C_i, C_l) matters to C_j."""
    return union_scope([tree.cliques[plan.start], tree.separator[plan.via, plan.end]])


def check_pairs(tree: WatchedTree, plans: Sequence[PlannedPair]) -> None:
    """Raise `NetworkError` where the joints would be too large."""
    cells = sum(cells_of(_joint_scope(tree, plan.first, plan.second), tree.sizes) for plan in plans)
    if cells > MAX_PAIR_CELLS:
        raise NetworkError(
            f"The joints of all {len(plans):,} pairs of cliques would have {cells:,} cells, and "
            f"they are made one by one up to {MAX_PAIR_CELLS:,}; the matrix of mutual information "
            "needs only pairs of variables and is there all the same."
        )


def _joint_scope(tree: WatchedTree, first: int, second: int) -> tuple[int, ...]:
    return union_scope([tree.cliques[first], tree.cliques[second]])


def predicted_pairs(tree: WatchedTree) -> Operations:
    """Return what `clique_pairs` costs, from sizes alone."""
    cost = Operations()
    for cells in tree.cells:
        cost += Operations.normalisation(cells)
    for source, target in tree.separator:
        cost += predicted_conditional(tree, target, source)
    for plan in planned_pairs(tree):
        cells = cells_of(_joint_scope(tree, plan.first, plan.second), tree.sizes)
        cost += Operations.product(2, cells)
        if plan.via >= 0:
            before = cells_of(_joint_scope(tree, plan.start, plan.via), tree.sizes)
            cost += Operations.sum(before, cells_of(_carried_scope(tree, plan), tree.sizes))
    return cost


def predicted_pair_reading(tree: WatchedTree, first: int, second: int) -> Operations:
    """Return what reading two variables out of the joints costs."""
    cells = cells_of(_joint_scope(tree, *pair_holding(tree, first, second)), tree.sizes)
    return Operations.sum(cells, cells_of((first, second), tree.sizes))
