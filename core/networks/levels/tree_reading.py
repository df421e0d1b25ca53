"""A question put to a calibrated tree: read from one clique, or eliminated along a small subtree.

Variables that stand in one clique are summed out of its belief. Otherwise the smallest subtree that
holds them is taken, and its cliques are eliminated towards one of them: each clique but that one
enters as P(clique | separator), its belief divided by the separator's.

Source: Koller and Friedman (2009), section 10.3.3.2.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from core.networks.levels.belief_update import divided
from core.networks.levels.operations import Operations
from core.networks.levels.table_factor import (
    TableFactor,
    aligned,
    cells_of,
    multiplied,
    normalised,
    summed,
    union_scope,
)
from core.networks.levels.watched_tree import Direction, WatchedTree


@dataclass(frozen=True, slots=True)
class ReadingStep:
    """What one clique does for a reading.

    Attributes
    ----------
    clique : int
    target : int
        The clique that it passes its table to; -1 for the last one of a part.
    children : tuple of int
        The cliques whose tables it takes in.
    scope : tuple of int
        Of the product.
    keep : tuple of int
        What is not summed out.
    """

    clique: int
    target: int
    children: tuple[int, ...]
    scope: tuple[int, ...]
    keep: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The answer to a question put to a calibrated tree.

    Attributes
    ----------
    steps : tuple of ReadingStep
    result : TableFactor
        P(query | evidence), axes in the order of the query.
    operations : Operations
    """

    steps: tuple[ReadingStep, ...]
    result: TableFactor
    operations: Operations


def reading_plan(tree: WatchedTree, query: Sequence[int]) -> tuple[tuple[ReadingStep, ...], ...]:
    """Return for each part of the tree that has a say in the query, what its cliques do."""
    plans = []
    for part in tree.parts:
        asked = frozenset(v for i in part for v in tree.cliques[i]).intersection(query)
        if asked:
            holding = [i for i in part if asked.issubset(tree.cliques[i])]
            if holding:
                left = [min(holding, key=lambda i: (tree.cells[i], i))]
            else:
                left = _smallest_subtree(tree, part, asked)
            plans.append(_steps(tree, left, asked))
    return tuple(plans)


def _smallest_subtree(tree: WatchedTree, part: Sequence[int], asked: frozenset[int]) -> list[int]:
    """Take leaves away that add no variable of the query to their neighbour."""
    left = list(part)
    while True:
        for i in reversed(left):
            near = [j for j in tree.neighbours[i] if j in left]
            if len(near) == 1 and asked.intersection(tree.cliques[i]).issubset(
                tree.separator[i, near[0]]
            ):
                left.remove(i)
                break
        else:
            return left


def _steps(
    tree: WatchedTree, left: Sequence[int], asked: frozenset[int]
) -> tuple[ReadingStep, ...]:
    """Return the steps, leaves first; `left` lists every clique after the one above it."""
    carried: dict[int, tuple[int, ...]] = {}
    steps = []
    for i in reversed(left):
        target = tree.above[i] if tree.above[i] in left else -1
        children = tuple(j for j in tree.neighbours[i] if j in carried and j != target)
        scope = union_scope([tree.cliques[i], *(carried[j] for j in children)])
        shared = tree.separator[i, target] if target >= 0 else ()
        keep = tuple(v for v in scope if v in asked or v in shared)
        carried[i] = keep
        steps.append(ReadingStep(i, target, children, scope, keep))
    return tuple(steps)


def read_query(tree: WatchedTree, beliefs: Sequence[TableFactor], query: Iterable[int]) -> Reading:
    """Return P(query | evidence) from the beliefs of a calibrated tree."""
    targets = tuple(query)
    plans = reading_plan(tree, targets)
    cost, parts = Operations(), []
    for plan in plans:
        passed: dict[int, TableFactor] = {}
        for step in plan:
            own, more = _own(tree, beliefs[step.clique], step)
            factors = [own, *(passed[j] for j in step.children)]
            product, most = multiplied(factors, step.scope, tree.sizes)
            passed[step.clique], last = summed(product, step.keep)
            cost += more + most + last
        parts.append(passed[plan[-1].clique])
    product, more = multiplied(parts, targets, tree.sizes)
    result, most = normalised(product)
    return Reading(tuple(step for plan in plans for step in plan), result, cost + more + most)


def _own(
    tree: WatchedTree, belief: TableFactor, step: ReadingStep
) -> tuple[TableFactor, Operations]:
    """Return the belief, or P(clique | separator) where the clique passes its table on."""
    if step.target < 0:
        return belief, Operations()
    return conditional(belief, tree.separator[step.clique, step.target])


def conditional(belief: TableFactor, given: Sequence[int]) -> tuple[TableFactor, Operations]:
    """Return P(the rest of the belief's variables | `given`) and its cost, with 0/0 = 0."""
    separator, cost = summed(belief, given)
    table = np.broadcast_to(aligned(separator, belief.scope), belief.table.shape)
    quotient, more = divided(belief, TableFactor(belief.scope, table, separator.exponent))
    return quotient, cost + more


def prepared_cliques(
    tree: WatchedTree, beliefs: Sequence[TableFactor]
) -> tuple[list[TableFactor], dict[Direction, TableFactor], Operations]:
    """Return P(C_i) of every clique, P(C_j | S_ij) of every direction (i, j), and their cost."""
    cost = Operations()
    cliques: list[TableFactor] = []
    for belief in beliefs:
        factor, more = normalised(belief)
        cliques.append(factor)
        cost += more
    conditionals: dict[Direction, TableFactor] = {}
    for source, target in sorted(tree.separator):
        given = tree.separator[source, target]
        conditionals[source, target], more = conditional(cliques[target], given)
        cost += more
    return cliques, conditionals, cost


def predicted_reading(tree: WatchedTree, query: Sequence[int]) -> Operations:
    """Return what `read_query` costs, from sizes alone."""
    cost = Operations()
    plans = reading_plan(tree, query)
    for step in (step for plan in plans for step in plan):
        cells = cells_of(step.scope, tree.sizes)
        if step.target >= 0:
            cost += predicted_conditional(tree, step.clique, step.target)
        cost += Operations.product(1 + len(step.children), cells)
        cost += Operations.sum(cells, cells_of(step.keep, tree.sizes))
    cells = cells_of(query, tree.sizes)
    return cost + Operations.product(len(plans), cells) + Operations.normalisation(cells)


def predicted_conditional(tree: WatchedTree, clique: int, target: int) -> Operations:
    """Return what dividing a belief by its separator's costs."""
    cells = tree.cells[clique]
    separator = cells_of(tree.separator[clique, target], tree.sizes)
    return Operations.sum(cells, separator) + Operations.division(cells)
