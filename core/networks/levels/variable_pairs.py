"""Level 3, the light way: the joint of a single variable with every clique, walking outward.

Where only pairs of variables are wanted, P(X, C_j) is enough: it is made from P(X, C_l), with l the
neighbour of j towards X's home, and P(C_j | C_l). The pairs of cliques, which this leaves out,
are the larger tables by far.

Source: Koller and Friedman (2009), section 10.3.3.3, for one variable in place of a clique.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

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


@dataclass(frozen=True, slots=True, eq=False)
class VariablePairsRun:
    """The mutual information of every two variables, and what making it cost.

    Attributes
    ----------
    matrix : float64[n, n]
        In nats, given the evidence; the diagonal holds the entropies.
    operations : Operations
        Products, sums and divisions; not the logarithms.
    """

    matrix: Table
    operations: Operations


def walk(tree: WatchedTree, variable: int) -> tuple[Direction, ...]:
    """Return the links walked from a variable's home outward, nearer ones first.

    A clique that holds the variable itself has P(X, C_j) = P(C_j) and is not walked to.
    """
    home = tree.home([variable])
    met, steps = {home}, []
    waiting = [home]
    for i in waiting:
        for j in tree.neighbours[i]:
            if j not in met:
                met.add(j)
                waiting.append(j)
                if variable not in tree.cliques[j]:
                    steps.append((i, j))
    return tuple(steps)


def variable_pairs(tree: WatchedTree, beliefs: Sequence[TableFactor]) -> VariablePairsRun:
    """Return the mutual information of every two variables from a calibrated tree."""
    count = len(tree.sizes)
    cliques, conditionals, cost = prepared_cliques(tree, beliefs)
    matrix = np.zeros((count, count))
    for a in range(count):
        joints = {i: cliques[i] for i, scope in enumerate(tree.cliques) if a in scope}
        for source, target in walk(tree, a):
            keep = union_scope([(a,), tree.separator[source, target]])
            carried, more = summed(joints[source], keep)
            scope = (a, *tree.cliques[target])
            factors = [carried, conditionals[source, target]]
            joints[target], most = multiplied(factors, scope, tree.sizes)
            cost += more + most
        margin, _ = summed(cliques[tree.home([a])], (a,))
        matrix[a, a] = entropy(margin.table)
        for b in range(a + 1, count):
            home = _reading_clique(tree, a, b)
            if home in joints:
                joint, more = summed(joints[home], (a, b))
                cost += more
                matrix[a, b] = matrix[b, a] = mutual_information(joint.table)
    return VariablePairsRun(matrix, cost)


def _reading_clique(tree: WatchedTree, a: int, b: int) -> int:
    together = tree.home([a, b])
    return together if together >= 0 else tree.home([b])


def predicted_variable_pairs(tree: WatchedTree) -> Operations:
    """Return what `variable_pairs` costs, from sizes alone."""
    cost = Operations()
    for cells in tree.cells:
        cost += Operations.normalisation(cells)
    for source, target in tree.separator:
        cost += predicted_conditional(tree, target, source)
    for a in range(len(tree.sizes)):
        held = {i: tree.cells[i] for i, scope in enumerate(tree.cliques) if a in scope}
        for source, target in walk(tree, a):
            keep = union_scope([(a,), tree.separator[source, target]])
            held[target] = tree.sizes[a] * tree.cells[target]
            cost += Operations.sum(held[source], cells_of(keep, tree.sizes))
            cost += Operations.product(2, held[target])
        for b in range(a + 1, len(tree.sizes)):
            home = _reading_clique(tree, a, b)
            if home in held:
                cost += Operations.sum(held[home], cells_of((a, b), tree.sizes))
    return cost
