"""Where a pattern is and how far it has come, on joined sides as on the plane.

Source: Bai and Breen, Calculating center of mass in an unbounded 2D environment (2008).
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from core.automata.world import Cells

Point = tuple[float, ...]
"""One number for each axis, in the order of the array: (y, x)."""


def mass_along(cells: Cells, *, is_field: bool) -> list[npt.NDArray[np.float64]]:
    """Return for each axis of the world the mass in every line across it; states count as 1."""
    if is_field:
        whole = np.asarray(cells, dtype=np.float64).sum(axis=0)
        axes = range(whole.ndim)
        return [whole.sum(axis=tuple(a for a in axes if a != axis)) for axis in axes]
    lives = cells != 0
    if cells.ndim == 1:
        return [lives.astype(np.float64)]
    return [lives.sum(axis=1, dtype=np.float64), lives.sum(axis=0, dtype=np.float64)]


def centroid(masses: list[npt.NDArray[np.float64]], joined: tuple[bool, ...]) -> Point | None:
    """Return the centre of mass, None where there is no mass.

    Along a joined axis it is the circular mean c = N/(2 pi) arg sum m_x exp(2 pi i x / N), which
    does not jump where a pattern crosses the seam.
    """
    if not masses or masses[0].sum() <= 0:
        return None
    return tuple(_mean(line, is_joined) for line, is_joined in zip(masses, joined, strict=True))


def _mean(line: npt.NDArray[np.float64], is_joined: bool) -> float:
    places = np.arange(len(line))
    if not is_joined:
        return float((line * places).sum() / line.sum())
    turns = np.exp(2j * np.pi * places / len(line))
    return float(np.angle((line * turns).sum()) / (2 * np.pi) * len(line) % len(line))


@dataclass(slots=True)
class Track:
    """Adds up how far a centroid moved, the nearer way round on joined axes.

    Attributes
    ----------
    sides : tuple of int
        Of the axes; 0 where an axis is not joined.
    displacement : tuple of float
        (y, x) from the first point on.
    """

    sides: tuple[int, ...]
    displacement: Point = ()
    _last: Point | None = field(default=None, repr=False)

    def add(self, point: Point | None) -> None:
        """Follow the centroid to its next place; None is no place."""
        if point is None:
            return
        if self._last is None:
            self.displacement = self.displacement or tuple(0.0 for _ in point)
        else:
            steps = (self._step(*each) for each in zip(self._last, point, self.sides, strict=True))
            self.displacement = tuple(
                float(a + b) for a, b in zip(self.displacement, steps, strict=True)
            )
        self._last = point

    @staticmethod
    def _step(last: float, now: float, side: int) -> float:
        moved = now - last
        return (moved + side / 2) % side - side / 2 if side else moved
