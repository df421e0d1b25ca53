"""What each level costs: for one query, for many queries, for all pairs; known before running.

Source: Koller and Friedman (2009), sections 9.4 and 10.4; for the convention see `operations`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from core.networks.errors import NetworkError, quoted
from core.networks.evidence import Evidence
from core.networks.levels.belief_update import predicted_belief_update
from core.networks.levels.calibration import Method
from core.networks.levels.clique_pairs import predicted_pair_reading, predicted_pairs
from core.networks.levels.elimination_plan import chosen_order, elimination_plan
from core.networks.levels.entered_model import Model, ModelScopes, model_scopes
from core.networks.levels.greedy import greedy_order
from core.networks.levels.naive_marginalization import predicted_naive
from core.networks.levels.operations import Operations
from core.networks.levels.sum_product import predicted_sum_product
from core.networks.levels.tree_reading import predicted_reading
from core.networks.levels.triangulation_steps import triangulation_steps
from core.networks.levels.variable_pairs import predicted_variable_pairs
from core.networks.levels.watched_potentials import predicted_potentials
from core.networks.levels.watched_tree import WatchedTree, watched_tree
from core.progress import Progress

__all__ = ["LEVELS", "CostRow", "LevelCosts", "Operations", "cost_table", "predicted_operations"]

LEVELS = ("naive", "variable-elimination", "clique-tree", "all-pairs", "variable-pairs")
"""The levels of dynamic programming; the last is the light way of the fourth."""


@dataclass(frozen=True, slots=True)
class CostRow:
    """What one level costs.

    Attributes
    ----------
    level : str
        One of `LEVELS`.
    this_query, many_queries, all_pairs : Operations
        For the query; for it and others like it, as many as was asked; for the joint of every two
        unobserved variables.
    """

    level: str
    this_query: Operations
    many_queries: Operations
    all_pairs: Operations


@dataclass(frozen=True, eq=False)
class LevelCosts:
    """Costs of all levels for one model and evidence; nothing is run.

    Attributes
    ----------
    scopes : ModelScopes
    tree : WatchedTree
        The clique tree of levels 2 and 3.
    order : str or tuple of str
        How variable elimination chooses its order.
    method : str
        How the tree is calibrated.
    """

    scopes: ModelScopes
    tree: WatchedTree
    order: str | tuple[str, ...] = "min-fill"
    method: Method = "sum-product"

    @cached_property
    def calibration(self) -> Operations:
        """What calibrating the tree costs, potentials and beliefs included."""
        predicted = {
            "sum-product": predicted_sum_product,
            "belief-update": predicted_belief_update,
        }[self.method]
        return predicted(self.tree) + predicted_potentials(self.tree, self.scopes)

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Every two unobserved variables."""
        free = [v for v in range(len(self.scopes.sizes)) if v not in self.scopes.observed]
        return tuple((a, b) for k, a in enumerate(free) for b in free[k + 1 :])

    def once(self, level: str) -> Operations:
        """Return what a level costs before its first answer, shared by all queries."""
        if level in ("naive", "variable-elimination"):
            return Operations()
        shared = self.calibration
        if level == "all-pairs":
            shared += predicted_pairs(self.tree)
        elif level == "variable-pairs":
            shared += predicted_variable_pairs(self.tree)
        return shared

    def each(self, level: str, query: Sequence[int]) -> Operations:
        """Return what one answer costs on top of that."""
        if level == "naive":
            return predicted_naive(self.scopes, query)
        if level == "variable-elimination":
            return self._elimination(chosen_order(self.scopes, query, self.order))
        return predicted_reading(self.tree, query)

    def of_pairs(self, level: str, progress: Progress | None = None) -> Operations:
        """Return what the joints of all pairs cost; observed variables have none of interest."""
        cost = self.once(level)
        if level == "variable-pairs":
            return cost
        for k, pair in enumerate(self.pairs):
            if progress is not None and k % 16 == 0:
                progress.report(k / len(self.pairs), "Counting operations")
            if level == "all-pairs":
                cost += predicted_pair_reading(self.tree, *pair)
            elif level == "variable-elimination":
                cost += self._elimination([v for v in self._common_order if v not in pair])
            else:
                cost += self.each(level, pair)
        return cost

    @cached_property
    def _common_order(self) -> tuple[int, ...]:
        """One order of all variables; each pair is skipped in it."""
        if isinstance(self.order, str):
            return greedy_order(self.scopes.reduced_scopes, self.scopes.sizes, self.order)
        own = self.scopes.numbers(self.order)
        rest = [v for v in range(len(self.scopes.sizes)) if v not in own]
        return tuple(v for v in (*own, *rest) if v not in self.scopes.observed)

    def _elimination(self, order: Sequence[int]) -> Operations:
        plan = elimination_plan(self.scopes.reduced_scopes, self.scopes.sizes, order)
        return sum((step.operations for step in plan), Operations())


def level_costs(
    model: Model,
    evidence: Evidence | None = None,
    *,
    order: str | Sequence[str] = "min-fill",
    rule: str | Sequence[str] = "min-fill",
    method: Method = "sum-product",
) -> LevelCosts:
    """Return the costs of all levels: `order` is for elimination, `rule` for the clique tree."""
    tree = watched_tree(triangulation_steps(model, rule))
    chosen = order if isinstance(order, str) else tuple(order)
    return LevelCosts(model_scopes(model, evidence), tree, chosen, method)


def predicted_operations(
    model: Model,
    evidence: Evidence | None,
    query: Iterable[str],
    level: str,
    order: str | Sequence[str] = "min-fill",
) -> Operations:
    """Return what answering one query costs at `level`, without running it.

    Raises
    ------
    NetworkError
        For an unknown level, name or rule.
    """
    if level not in LEVELS:
        raise NetworkError(f"There is no level {quoted(level)}; there are {', '.join(LEVELS)}.")
    costs = level_costs(model, evidence, order=order)
    targets = costs.scopes.numbers(query)
    return costs.once(level) + costs.each(level, targets)


def cost_table(
    model: Model,
    evidence: Evidence | None,
    query: Iterable[str],
    queries: int,
    *,
    order: str | Sequence[str] = "min-fill",
    rule: str | Sequence[str] = "min-fill",
    method: Method = "sum-product",
    progress: Progress | None = None,
) -> tuple[CostRow, ...]:
    """Return for each level what this query, `queries` like it, and all pairs cost.

    Naive marginalisation and variable elimination begin anew for every query; the clique tree is
    calibrated once and then read; the pairs are made once and then read more cheaply still.
    """
    costs = level_costs(model, evidence, order=order, rule=rule, method=method)
    targets = costs.scopes.numbers(query)
    rows = []
    for level in LEVELS:
        once, each = costs.once(level), costs.each(level, targets)
        pairs = costs.of_pairs(level, progress)
        rows.append(CostRow(level, once + each, once + each * queries, pairs))
    return tuple(rows)
