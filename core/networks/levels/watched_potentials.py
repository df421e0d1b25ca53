"""The tables that the cliques of a watched tree start from, and how evidence enters them."""

from collections.abc import Sequence

import numpy as np

from core.networks.levels.entered_model import EnteredModel, ModelScopes
from core.networks.levels.operations import Operations
from core.networks.levels.table_factor import TableFactor, multiplied
from core.networks.levels.watched_tree import WatchedTree


def base_potentials(
    entered: EnteredModel, tree: WatchedTree
) -> tuple[tuple[TableFactor, ...], Operations]:
    """Return the product of the factors of each clique, evidence aside, and the cost."""
    members: list[list[TableFactor]] = [[] for _ in tree.cliques]
    for factor, i in zip(entered.factors, tree.clique_of_factor, strict=True):
        members[i].append(factor)
    found, cost = [], Operations()
    for clique, factors in zip(tree.cliques, members, strict=True):
        potential, more = multiplied(factors, clique, tree.sizes)
        found.append(potential)
        cost += more
    return tuple(found), cost


def findings_by_clique(entered: EnteredModel, tree: WatchedTree) -> dict[int, list[TableFactor]]:
    """Return the findings as factors, by the smallest clique that holds the variable.

    An observed state has likelihood 1 and every other state 0: multiplying zeroes those entries.
    """
    found: dict[int, list[TableFactor]] = {}
    for v, state in entered.observed.items():
        indicator = np.zeros(tree.sizes[v])
        indicator[state] = 1.0
        found.setdefault(tree.home([v]), []).append(TableFactor((v,), indicator))
    for v, likelihood in entered.likelihoods.items():
        found.setdefault(tree.home([v]), []).append(likelihood)
    return found


def with_findings(
    base: Sequence[TableFactor], tree: WatchedTree, findings: dict[int, list[TableFactor]]
) -> tuple[dict[int, TableFactor], Operations]:
    """Return the potentials of the cliques that have findings, and what entering them cost."""
    found, cost = {}, Operations()
    for i, factors in findings.items():
        found[i], more = multiplied([base[i], *factors], tree.cliques[i], tree.sizes)
        cost += more
    return found, cost


def predicted_potentials(tree: WatchedTree, scopes: ModelScopes) -> Operations:
    """Return what the potentials with all findings cost, from sizes alone."""
    factors, findings = [0] * len(tree.cliques), [0] * len(tree.cliques)
    for i in tree.clique_of_factor:
        factors[i] += 1
    for v in (*scopes.observed, *scopes.weighed):
        findings[tree.home([v])] += 1
    cost = Operations()
    for cells, m, k in zip(tree.cells, factors, findings, strict=True):
        cost += Operations.product(m, cells) + Operations.product(1 + k, cells)
    return cost
