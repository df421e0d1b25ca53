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

WORTH = 0.99
"""A tree is worth rebuilding tables for when it has at most this share of the cells."""

ENDLESS = Effort(patience=float("inf"), greed=float("inf"), most=float("inf"))

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
        Within about ten milliseconds.
    """
    structure = structure_of(model)
    best = triangulate(structure, progress).cells
    search = OrderSearch(structure, seed)
    start = last = time.monotonic()
    known = float("inf")
    while (now := time.monotonic()) - start < seconds and not search.has_ended:
        if progress is not None:
            progress.report((now - start) / seconds, "Looking for a better clique tree")
        search.step(ENDLESS)
        if search.searched_cells < known and now - last > SLICE_SECONDS:
            known, last = search.searched_cells, now
            found = search.best
            if found.cells < WORTH * best:
                best = found.cells
                remember(found)
                yield CliqueTree(found)
    found = search.best
    if found.cells < WORTH * best:
        remember(found)
        yield CliqueTree(found)
