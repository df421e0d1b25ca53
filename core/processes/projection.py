"""From beliefs to the plane: where each state's vertex of the simplex is drawn.

A belief lies at the average of the vertices, weighted by its probabilities, so a projection is one
matrix with a row for each state.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.processes.errors import ProcessError

Floats = npt.NDArray[np.float64]
Window = tuple[float, float, float, float]
"""Left, bottom, right and top in the plane."""

SMALLEST_WINDOW = 1e-12
"""Relative to the simplex; below it positions have no digits left."""


@dataclass(frozen=True, eq=False)
class Projection:
    """A place in the plane for each state: float64[n, 2], y upwards.

    Attributes
    ----------
    vertices : float64[n, 2]
    kind : str
        "interval", "triangle", "tetrahedron", "coordinates", "pca" or "own".
    """

    vertices: Floats
    kind: str

    def __post_init__(self) -> None:
        if self.vertices.ndim != 2 or self.vertices.shape[1] != 2:
            raise ProcessError(
                "A projection needs two numbers for each state, "
                f"not an array of shape {self.vertices.shape}."
            )
        if not np.all(np.isfinite(self.vertices)):
            raise ProcessError("A projection needs finite numbers.")
        self.vertices.setflags(write=False)

    @property
    def is_interval(self) -> bool:
        """Whether all beliefs lie on one horizontal line."""
        return bool(np.ptp(self.vertices[:, 1]) == 0.0)

    def positions(self, beliefs: Floats) -> Floats:
        """Return the places of beliefs float64[m, n] as float64[m, 2]."""
        return beliefs @ self.vertices

    def view(self, margin: float = 0.03) -> Window:
        """Return the square window that shows all vertices, with `margin` of its side left free."""
        low, high = self.vertices.min(axis=0), self.vertices.max(axis=0)
        side = float(np.max(high - low)) or 1.0
        side *= 1.0 + 2.0 * margin
        x, y = (low + high) / 2.0
        return (x - side / 2, y - side / 2, x + side / 2, y + side / 2)

    def pixels(self, window: Window, size: tuple[int, int]) -> Floats:
        """Return column and row of each vertex in a picture of `size` rows and columns.

        Row 0 is at the top. Both are fractions of pixels; the pixel is found by rounding down.
        """
        left, bottom, right, top = window
        extent = max(self._extent(), 1e-300)
        if not (right - left) > SMALLEST_WINDOW * extent or (
            not self.is_interval and not (top - bottom) > SMALLEST_WINDOW * extent
        ):
            raise ProcessError(
                "The window is too small: beyond a factor of 1e12 the beliefs have no digits left."
            )
        height, width = size
        columns = (self.vertices[:, 0] - left) / (right - left) * width
        if height == 1:
            rows = np.zeros(len(columns))
        else:
            rows = (top - self.vertices[:, 1]) / (top - bottom) * height
        return np.ascontiguousarray(np.stack([columns, rows], axis=1))

    def _extent(self) -> float:
        return float(np.ptp(self.vertices, axis=0).max())


def natural_projection(n: int) -> Projection:
    """Return the projection that the number of states suggests.

    The interval for up to 2 states, the triangle for 3, a tetrahedron seen at an angle for 4, and
    the vertices of a regular polygon for more.
    """
    if n <= 2:
        return interval(n)
    if n == 3:
        return triangle()
    if n == 4:
        return tetrahedron()
    return polygon(n)


def interval(n: int = 2) -> Projection:
    """Return the projection of 2 states onto [0, 1]: the probability of the second state."""
    return Projection(np.array([[0.0, 0.0], [1.0, 0.0]])[:n].copy(), "interval")


def triangle() -> Projection:
    """Return the equilateral triangle of side 1: first state left, second right, third on top."""
    return Projection(np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(3.0) / 2.0]]), "triangle")


TETRAHEDRON = np.array(
    [[1.0, 1.0, 1.0], [1.0, -1.0, -1.0], [-1.0, 1.0, -1.0], [-1.0, -1.0, 1.0]]
) / np.sqrt(8.0)
"""The vertices of a tetrahedron of side 1 around the origin, float64[4, 3]."""


def tetrahedron(turn: float = 0.6, tilt: float = 0.35) -> Projection:
    """Return a tetrahedron seen from afar, turned about its upright axis and tilted, in radians."""
    return Projection(turned_tetrahedron(turn, tilt)[:, :2].copy(), "tetrahedron")


def turned_tetrahedron(turn: float, tilt: float) -> Floats:
    """Return the vertices after both rotations, float64[4, 3]; the third axis points at the eye."""
    upright = _upright()
    c, s = np.cos(turn), np.sin(turn)
    about_y = np.array([[c, 0.0, -s], [0.0, 1.0, 0.0], [s, 0.0, c]])
    c, s = np.cos(tilt), np.sin(tilt)
    about_x = np.array([[1.0, 0.0, 0.0], [0.0, c, s], [0.0, -s, c]])
    turned: Floats = upright @ about_y @ about_x
    return turned


def polygon(n: int) -> Projection:
    """Return the vertices of a regular polygon, the first on top."""
    angles = np.pi / 2.0 - 2.0 * np.pi * np.arange(n) / n
    return Projection(0.5 * np.stack([np.cos(angles), np.sin(angles)], axis=1), "polygon")


def coordinates(n: int, first: int, second: int) -> Projection:
    """Return the projection onto the probabilities of two states."""
    vertices = np.zeros((n, 2))
    vertices[first, 0] = 1.0
    vertices[second, 1] = 1.0
    return Projection(vertices, "coordinates")


def principal_components(beliefs: Floats) -> Projection:
    """Return the plane in which the given beliefs float64[m, n] spread most."""
    centre = beliefs.mean(axis=0)
    _, _, axes = np.linalg.svd(beliefs - centre, full_matrices=False)
    directions = np.zeros((beliefs.shape[1], 2))
    found = min(2, len(axes))
    directions[:, :found] = axes[:found].T
    # The sign of an axis is arbitrary; the largest entry is made positive so that runs agree.
    strongest = np.take_along_axis(directions, np.abs(directions).argmax(axis=0)[None, :], axis=0)
    return Projection(directions * np.where(strongest < 0.0, -1.0, 1.0), "pca")


def own_projection(matrix: Floats) -> Projection:
    """Return the projection of a user's matrix, one row of two numbers for each state."""
    return Projection(np.array(matrix, dtype=np.float64), "own")


def _upright() -> Floats:
    """Return the tetrahedron with its fourth vertex straight up."""
    top = TETRAHEDRON[3] / np.linalg.norm(TETRAHEDRON[3])
    side = TETRAHEDRON[1] - TETRAHEDRON[0]
    side = side - (side @ top) * top
    side /= np.linalg.norm(side)
    frame = np.stack([side, top, np.cross(side, top)], axis=1)
    upright: Floats = TETRAHEDRON @ frame
    return upright
