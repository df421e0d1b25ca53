"""What each level costs before anything is run: for a query, for many, for all pairs."""

from dataclasses import dataclass

from app.benches.networks.levels.request import RULES, Request
from core.networks.errors import NetworkError
from core.networks.levels.entered_model import model_scopes
from core.networks.levels.operation_counts import LevelCosts
from core.networks.levels.operations import Operations
from core.networks.levels.triangulation_steps import EXACT, triangulation_steps
from core.networks.levels.watched_tree import WatchedTree
from core.progress import Progress

LEVELS = ("naive", "variable-elimination", "clique-tree", "all-pairs")

MOST_FOR_PAIRS = 60
"""In larger nets the cost of all pairs is left out: planning every pair takes too long."""


@dataclass(frozen=True)
class LevelCost:
    """Operations of one level; `pairs` is None where they were not counted."""

    once: Operations
    each: Operations
    pairs: Operations | None

    def of(self, queries: int) -> Operations:
        """Return what so many queries cost."""
        return self.once + self.each * queries


def level_costs(request: Request, progress: Progress | None = None) -> tuple[LevelCost | None, ...]:
    """Return the costs of all four levels, None for one that is not counted."""
    rule = request.elimination
    try:
        run = triangulation_steps(request.net, rule)
    except NetworkError:
        rule = RULES[0][0]
        run = triangulation_steps(request.net, rule)
    names = request.net.names
    order = tuple(names[v] for v in run.order) if rule == EXACT else rule
    tree = WatchedTree(run.names, run.sizes, run.cliques or ((),), run.links, run.clique_of_factor)
    scopes = model_scopes(request.net, request.evidence)
    costs = LevelCosts(scopes, tree, order, request.method)
    targets = scopes.numbers(request.query)
    is_small = len(names) <= MOST_FOR_PAIRS
    found: list[LevelCost | None] = []
    for level in LEVELS:
        if progress is not None:
            progress.check()
        if is_small:
            pairs = costs.of_pairs(level, progress)
            found.append(LevelCost(costs.once(level), costs.each(level, targets), pairs))
        elif level == "all-pairs":
            found.append(None)
        else:
            found.append(LevelCost(costs.once(level), costs.each(level, targets), None))
    return tuple(found)
