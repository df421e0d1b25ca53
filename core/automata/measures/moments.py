"""Mass, place and shape of what lives: the moments of a plane, on a circle where sides are joined.

On a circle of N cells the mean place is ``N/(2 pi) arg sum_x m_x exp(2 pi i x/N)`` and a distance
is the shorter way round. A plain mean would lie in the middle whenever a pattern crosses the seam.
Source: Chan, Lenia: biology of artificial life (2019), section on statistical measures.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import hypot, isfinite, nan, pi, sqrt

import numpy as np
import numpy.typing as npt

from core.automata.line_sums import LineSums, lines_of
from core.automata.measures.board import Board, Plane, Setting

Floats = npt.NDArray[np.float64]

Place = tuple[int, int]

_Side = tuple[list[float], Floats]
"""What `find_middle` finds along a side: its four numbers, and the way of each place."""

LEAST_RESULTANT = 1e-9
"""A mass that is spread this evenly round a circle has no middle."""


@dataclass(frozen=True, slots=True)
class Moments:
    """The moments of one state; places and lengths are in cells, nan where there are none.

    Attributes
    ----------
    mass : float
        Sum of the field, or the number of cells not in state 0.
    volume : int
        Cells above the threshold.
    centroid : (x, y)
        The middle of the first cell is (0, 0).
    gyradius : float
        Root of the mean squared distance from the centroid.
    axes : (float, float)
        Root mean squares along the long and the short principal axis.
    angle : float
        Of the long axis in degrees, 0 to the right, 90 downwards, from -90 to 90.
    left, right : float
        Mass to either side of the line through the centroid along the velocity.
    difference, changed : float
        Sum of |A - B| and number of cells that are not the same, of a state B to compare with.
    """

    mass: float
    volume: int
    centroid: tuple[float, float]
    gyradius: float = nan
    axes: tuple[float, float] = (nan, nan)
    angle: float = nan
    left: float = nan
    right: float = nan
    difference: float = nan
    changed: float = nan

    @property
    def eccentricity(self) -> float:
        """Of the ellipse with these axes: 0 for a circle, 1 for a line."""
        long, short = self.axes
        return sqrt(max(0.0, 1.0 - (short / long) ** 2)) if long > 0 else nan

    @property
    def asymmetry(self) -> float:
        """(left - right) / mass."""
        return (self.left - self.right) / self.mass if self.mass > 0 else nan


def moments(
    board: Board,
    velocity: tuple[float, float] | None = None,
    *,
    has_shape: bool = True,
    before: Plane | None = None,
) -> Moments:
    """Return the moments of a state.

    Parameters
    ----------
    velocity : (vx, vy), optional
        Tells left from right.
    has_shape : bool
        Without it gyradius is all that is known of the shape, which saves one of two passes.
    before : array like the board's plane, optional
        A state to compare with, which is then overwritten by this one; it saves two passes.
    """
    if board.setting.family == "particles":
        return _moments_of_points(board, velocity)
    plane = board.plane
    if board.setting.states > 2:
        plane = np.minimum(plane, 1)
    lines = lines_of(plane, board.setting.threshold, before)
    found, (x, dx), (y, dy) = _placed(lines, board.setting, board.origin)
    if not has_shape or not isfinite(found.gyradius):
        return found
    from core.automata.measures.kernels_measures import add_crosswise

    sums = np.zeros(3)
    vx, vy = velocity if velocity is not None else (0.0, 0.0)
    add_crosswise(plane, dx, dy, vx, vy, sums)
    cross, left, right = sums.tolist()
    if not hypot(vx, vy) > 0:
        left = right = nan
    # The cross moment is about the circular mean, which is off the plain one by a little.
    _, _, mean_x, xx = x
    _, _, mean_y, yy = y
    axes, angle = _principal(xx - mean_x**2, yy - mean_y**2, cross / found.mass - mean_x * mean_y)
    return replace(found, axes=axes, angle=angle, left=left, right=right)


def moments_of_lines(lines: LineSums, setting: Setting, origin: Place = (0, 0)) -> Moments:
    """Return the moments of a state, without its shape, from its sums along lines.

    Parameters
    ----------
    origin : (x, y)
        Of the first column and the first row.
    """
    return _placed(lines, setting, origin)[0]


def _placed(lines: LineSums, setting: Setting, origin: Place) -> tuple[Moments, _Side, _Side]:
    """Return moments without a shape, and each side's numbers and ways from the middle."""
    wraps_x, wraps_y = setting.wraps
    x, dx = _middle(lines.columns, wraps=wraps_x)
    y, dy = _middle(lines.rows, wraps=wraps_y)
    found = Moments(
        y[0],
        lines.volume,
        (x[1] + origin[0], y[1] + origin[1]),
        sqrt(x[3] + y[3]),
        difference=lines.difference,
        changed=lines.changed,
    )
    return found, (x, dx), (y, dy)


@lru_cache(maxsize=8)
def _circle(count: int) -> Floats:
    """Return the places along a side as angles on a circle, cosine and sine, float64[2, n]."""
    turn = np.exp(2j * pi * np.arange(count, dtype=np.float64) / count)
    return np.array([turn.real, turn.imag])


def _middle(weights: Floats, *, wraps: bool) -> _Side:
    """Return the sum, the mean place and the means of the way from it and of its square.

    The second array is the way of each place from the middle.
    """
    from core.automata.measures.kernels_measures import find_middle

    away, found = np.empty(len(weights)), np.empty(4)
    find_middle(weights, _circle(len(weights)), wraps, LEAST_RESULTANT, away, found)
    return found.tolist(), away


def _principal(xx: float, yy: float, xy: float) -> tuple[tuple[float, float], float]:
    """Return root mean squares along the principal axes and the angle of the first."""
    half, spread = (xx + yy) / 2, hypot((xx - yy) / 2, xy)
    angle = 0.5 * float(np.degrees(np.arctan2(2 * xy, xx - yy)))
    return (sqrt(max(0.0, half + spread)), sqrt(max(0.0, half - spread))), angle


def _moments_of_points(board: Board, velocity: tuple[float, float] | None) -> Moments:
    """Return the moments of particles of weight 1 in the plane of x and y."""
    points = board.plane[:, :2]
    count = len(points)
    if not count:
        return Moments(0.0, 0, (nan, nan))
    away = np.empty((count, 2))
    middle = [nan, nan]
    for axis in range(2):
        side = board.setting.sides[axis]
        places = points[:, axis]
        if board.setting.wraps[axis] and side > 0:
            turn = complex(np.exp(2j * pi * places / side).mean())
            middle[axis] = float(np.angle(turn)) / (2 * pi) * side % side
            shift = places - middle[axis]
            away[:, axis] = shift - side * np.round(shift / side)
        else:
            middle[axis] = float(places.mean())
            away[:, axis] = places - middle[axis]
    spread = away - away.mean(axis=0)
    xx, yy, xy = (float(np.mean(spread[:, i] * spread[:, j])) for i, j in ((0, 0), (1, 1), (0, 1)))
    axes, angle = _principal(xx, yy, xy)
    left = right = nan
    if velocity is not None and hypot(*velocity) > 0:
        side_of = velocity[0] * away[:, 1] - velocity[1] * away[:, 0]
        left, right = float((side_of < 0).sum()), float((side_of > 0).sum())
    gyradius = sqrt(float((away**2).sum(axis=1).mean()))
    return Moments(float(count), count, (middle[0], middle[1]), gyradius, axes, angle, left, right)
