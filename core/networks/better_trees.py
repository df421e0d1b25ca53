"""The search for better clique trees that goes on while the first one is in use."""

import time
from collections.abc import Iterator

from core.networks.clique_tree import CliqueTree
from core.networks.factor_model import FactorModel
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet
from core.networks.structure import structure_of
from core.networks.triangulation import Effort, OrderSearch, remember, triangulate
from core.progress import Progress

WORTH = 0.995
"""A tree is worth rebuilding tables for when it has at most this share of the cells."""

ENDLESS = Effort(patience=float("inf"), greed=float("inf"), most=float("inf"))

SEARCHES = 3
TRIAL_SHARE = 0.3
"""So many searches share the first part of the time; the one ahead then has the rest."""

SLICE_SECONDS = 0.25
"""Improvements that follow one another faster are passed on together."""


def better_trees(
    model: BayesNet | MarkovNetwork | FactorModel,
    *,
    seconds: float,
    seed: int = 1,
    progress: Progress | None = None,
) -> Iterator[CliqueTree]:
    """Generate ever better clique trees of a model, looking for so many seconds.

    Each is remembered, so that `compile_network` uses it from then on. How far the search comes
    depends on the clock; the trees that it passes on its way depend on the seed alone.

    Raises
    ------
    Cancelled
        Within about ten milliseconds, unless a single elimination takes longer.
    """
    structure = structure_of(model)
    best = triangulate(structure, progress).cells
    searches = [OrderSearch(structure, seed + k) for k in range(SEARCHES)]
    start = last = time.monotonic()
    while (now := time.monotonic()) - start < seconds and not searches[0].has_ended:
        if progress is not None:
            progress.report((now - start) / seconds, "Looking for a better clique tree")
        if now - start > TRIAL_SHARE * seconds:
            searches = [_leader(searches)]
        for search in searches:
            search.step(ENDLESS)
        if now - last > SLICE_SECONDS:
            last = now
            found = _leader(searches).best
            if found.cells < WORTH * best:
                best = found.cells
                remember(found)
                yield CliqueTree(found)
    found = _leader(searches).best
    if found.cells < WORTH * best:
        remember(found)
        yield CliqueTree(found)


def _leader(searches: list[OrderSearch]) -> OrderSearch:
    return min(searches, key=lambda search: search.searched_cells)
