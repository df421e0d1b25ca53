"""Statistical complexity against resolution: the entropy of beliefs told apart down to eps.

For uncountably many causal states C_mu diverges; the entropy of beliefs quantised at eps grows as
``d log2(1 / eps)`` with d the information dimension, which says how.

Source: J. P. Crutchfield, The calculi of emergence (1994); A. M. Jurgens and J. P. Crutchfield,
Divergent predictive states (2021).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.processes.box_counting import ScaleCounts, ScaleFit, information_dimension, scale_counts
from core.processes.chaos_game import sample_beliefs
from core.processes.model import HiddenMarkovModel
from core.progress import Progress

Floats = npt.NDArray[np.float64]

POINTS = 2**20


@dataclass(frozen=True, eq=False)
class StatisticalComplexityCurve:
    """C_mu at each resolution.

    Attributes
    ----------
    eps : float64[levels]
        Sides of the cells, halving.
    C_mu : float64[levels]
        Entropy of the occupied cells, in bits.
    is_reliable : bool[levels]
        Whether there are at least 10 points to a cell.
    slope : ScaleFit
        The growth per halving of eps: the information dimension.
    """

    eps: Floats
    C_mu: Floats
    is_reliable: npt.NDArray[np.bool_]
    slope: ScaleFit


def statistical_complexity_curve(
    model: HiddenMarkovModel,
    *,
    points: int = POINTS,
    seed: int = 0,
    progress: Progress | None = None,
) -> StatisticalComplexityCurve:
    """Return the curve from sampled recurrent beliefs."""
    beliefs = sample_beliefs(model, points, seed, progress=progress)
    return curve_from_counts(scale_counts(beliefs, progress))


def curve_from_counts(counts: ScaleCounts) -> StatisticalComplexityCurve:
    """Return the curve from counts that were made for the dimensions."""
    return StatisticalComplexityCurve(
        np.ldexp(1.0, -counts.levels.astype(np.int32)),
        counts.entropies,
        counts.occupied * 10 < counts.points,
        information_dimension(counts),
    )
