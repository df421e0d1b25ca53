"""What exact inference will cost, told before any table is made.

The plan is made as for inference itself, so the numbers are those of the tree that inference will
use, unless a longer search then finds a smaller one.
"""

import math
from dataclasses import dataclass

from core.networks.available_memory import available_bytes
from core.networks.factor_model import FactorModel
from core.networks.markov_network import MarkovNetwork
from core.networks.model import BayesNet
from core.networks.structure import structure_of
from core.networks.triangulation import HOPELESS, QUICK, Triangulation, triangulate
from core.progress import Progress

BYTES_PER_CELL = 8
SECONDS_PER_CELL = 5e-9
"""For both passes of messages, on one core of a computer of 2024."""

SHARE_OF_MEMORY = 0.8
"""Of the memory that is free, what clique tables may take."""


@dataclass(frozen=True, slots=True)
class PredictedCost:
    """What one propagation of all messages will take.

    Attributes
    ----------
    cells : float
        Entries of all clique tables together; it may be astronomical, then it is a lower bound.
    bytes : float
        Of these tables.
    seconds : float
        Of both passes, as a rough guess.
    treewidth : int
        Members of the largest clique less one; an upper bound of the graph's treewidth.
    cliques : int
        Number of maximal cliques; 0 where the cells are astronomical.
    """

    cells: float
    bytes: float
    seconds: float
    treewidth: int
    cliques: int

    def fits(self, available: int | None = None) -> bool:
        """Return whether the tables fit in so many bytes, or in the memory that is free now."""
        return self.cells <= affordable_cells(available)


def predicted_cost(
    model: BayesNet | MarkovNetwork | FactorModel, progress: Progress | None = None
) -> PredictedCost:
    """Return what inference in `model` will cost, without making any table.

    It takes about a millisecond for a net of some hundred variables, so it can be asked for while
    an arc is being drawn.
    """
    found = triangulate(structure_of(model), progress, QUICK)
    return PredictedCost(
        cells=found.cells,
        bytes=found.cells * BYTES_PER_CELL,
        seconds=found.cells * SECONDS_PER_CELL,
        treewidth=_width(found),
        cliques=found.tree.above.size,
    )


def _width(found: Triangulation) -> int:
    if found.cells <= HOPELESS:
        return found.width
    largest = int(found.structure.sizes.max())
    return int(math.log(HOPELESS) / math.log(largest))  # a clique has at least as many members


def affordable_cells(available: int | None = None) -> float:
    """Return how many cells of clique tables fit in so many bytes, or in what is free now."""
    free = available_bytes() if available is None else available
    return math.inf if free is None else SHARE_OF_MEMORY * free / BYTES_PER_CELL
