"""A cloud of sampled beliefs that is kept, to be seen from any side without being played again.

Four states make a tetrahedron: turning it only changes where the same points fall.

Source: M. F. Barnsley, Fractals everywhere (1988), for sets drawn by the chaos game.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.processes.chaos_game import sample_steps
from core.processes.errors import ProcessError
from core.processes.model import HiddenMarkovModel
from core.processes.projection import TETRAHEDRON, Projection, Window
from core.progress import Progress

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class BeliefCloud:
    """Beliefs drawn from the stationary measure.

    Attributes
    ----------
    columns : float64[n, points]
        One belief in each column.
    symbols : int32[points]
        The symbol that led to each.
    """

    columns: Floats
    symbols: npt.NDArray[np.int32]

    @property
    def beliefs(self) -> Floats:
        """The beliefs as rows, float64[points, n]."""
        return self.columns.T

    def positions(self) -> Floats:
        """Return the places of beliefs over 4 states in a tetrahedron, float64[points, 3].

        Its sides are 1 long and the origin is in its middle.

        Raises
        ------
        ProcessError
            For any other number of states.
        """
        if len(self.columns) != 4:
            raise ProcessError(
                f"Beliefs over {len(self.columns)} states do not fill a tetrahedron; it takes 4."
            )
        positions: Floats = self.columns.T @ TETRAHEDRON
        return positions

    def counts(self, projection: Projection, window: Window, size: int) -> Counts:
        """Return the beliefs in each pixel of a view, uint32[size, size], row 0 at the top."""
        from core.processes import kernels_chaos_game as kernels

        counts = np.zeros((1 if projection.is_interval else size, size), np.uint32)
        plane = projection.pixels(window, (counts.shape[0], size))
        points = self.columns.shape[1]
        pixels = np.empty(points, np.int32)
        kernels.place(self.columns, points, plane, (counts.shape[0], size), pixels)
        kernels.count(pixels, points, counts.reshape(-1))
        return counts


def belief_cloud(
    model: HiddenMarkovModel, points: int, seed: int = 0, *, progress: Progress | None = None
) -> BeliefCloud:
    """Return `points` beliefs of the stationary measure."""
    beliefs, symbols = sample_steps(model, points, seed, progress=progress)
    return BeliefCloud(np.ascontiguousarray(beliefs.T), symbols)
