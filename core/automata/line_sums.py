"""What measures of mass and place are made from: sums along the rows and columns of a plane.

Engines that know where life is, or what their last step changed, tell it by a method `line_sums`.
"""

from dataclasses import dataclass, replace
from math import nan
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class LineSums:
    """Sums along the lines of one state.

    Attributes
    ----------
    rows, columns : float64[H], float64[W]
        The mass in each row and in each column.
    volume : int
        Cells above a threshold.
    difference, changed : float
        Sum of |A(t) - A(t - 1)| and number of the cells that the last step changed; nan where that
        is not known.
    words : uint64[H, words] or None
        Of a state of bits, the cells: bit x % 64 of word x // 64.
    """

    rows: Floats
    columns: Floats
    volume: int
    difference: float = nan
    changed: float = nan
    words: npt.NDArray[np.uint64] | None = None

    def with_part(self, part: "LineSums", x: int, y: int) -> "LineSums":
        """Return the sums of a torus with the cells of a smaller plane at (x, y) added."""
        for whole, lines, first in ((self.rows, part.rows, y), (self.columns, part.columns, x)):
            before_seam = min(len(lines), len(whole) - first)
            whole[first : first + before_seam] += lines[:before_seam]
            whole[: len(lines) - before_seam] += lines[before_seam:]
        return replace(self, volume=self.volume + part.volume)


def lines_of(
    plane: npt.NDArray[Any],
    threshold: float,
    before: npt.NDArray[Any] | None = None,
    *,
    difference: float = nan,
) -> LineSums:
    """Return the sums along the lines of a plane.

    Parameters
    ----------
    plane : uint8, float32 or float64[H, W]
    threshold : float
        For the volume.
    before : array like the plane, optional
        A state to compare with, which is then overwritten by this one; it saves two passes.
    difference : float
        To the state before, where it is known.
    """
    from core.automata.measures.kernels_measures import add_up

    rows, columns = np.empty(plane.shape[0]), np.empty(plane.shape[1])
    compared = np.empty((0, 0), plane.dtype) if before is None else before
    found = np.empty(2)
    volume = int(add_up(plane, compared, threshold, rows, columns, found))
    if before is None:
        return LineSums(rows, columns, volume, difference)
    return LineSums(rows, columns, volume, float(found[0]), float(found[1]))
