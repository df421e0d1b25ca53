"""The images of the simplex under the maps of single symbols, and whether two of them meet.

After the symbol x every belief lies in the convex hull of the normalised rows of T[x]. Where images
of different symbols meet, a belief does not tell which symbol came last, and dimensions from
Lyapunov exponents are upper bounds.
"""

import itertools

import numpy as np
import numpy.typing as npt

from core.processes.matrices import Matrices

Floats = npt.NDArray[np.float64]

TOUCHING = 1e-12


def symbol_images(T: Matrices) -> list[Floats]:
    """Return the corners of each symbol's image, float64[corners, n], empty if it cannot occur."""
    images = []
    for matrix in T:
        mass = matrix.sum(axis=1)
        images.append(matrix[mass > 0.0] / mass[mass > 0.0, None])
    return images


def images_overlap(T: Matrices) -> bool:
    """Return whether the images of the simplex under two symbols have a point in common."""
    images = [image for image in symbol_images(T) if len(image)]
    return any(hulls_meet(a, b) for a, b in itertools.combinations(images, 2))


def hulls_meet(first: Floats, second: Floats) -> bool:
    """Return whether two convex hulls of distributions have a point in common.

    Exact on the interval and the triangle; a linear programme decides for more states.
    """
    low = np.maximum(first.min(axis=0), second.min(axis=0))
    high = np.minimum(first.max(axis=0), second.max(axis=0))
    if np.any(low > high + TOUCHING):
        return False
    n = first.shape[1]
    if n <= 2:
        return True
    if n == 3:
        return _polygons_meet(first[:, :2], second[:, :2])
    return _programme_meets(first, second)


def _polygons_meet(first: Floats, second: Floats) -> bool:
    """Return whether two convex polygons in the plane meet; segments and points are polygons too.

    They are apart exactly if a line parallel to an edge parts them, or, where both are flat, one
    across an edge or across the line between two corners.
    """
    edges = [b - a for hull in (first, second) for a, b in itertools.combinations(hull, 2)]
    edges.append(second.mean(axis=0) - first.mean(axis=0))
    along = np.array(edges)
    lengths = np.hypot(along[:, 0], along[:, 1])
    along = along[lengths > TOUCHING] / lengths[lengths > TOUCHING, None]
    axes = np.concatenate([along, np.stack([-along[:, 1], along[:, 0]], axis=1)])
    one, other = axes @ first.T, axes @ second.T
    gap = np.maximum(one.min(axis=1) - other.max(axis=1), other.min(axis=1) - one.max(axis=1))
    return not bool(np.any(gap > TOUCHING))


def _programme_meets(first: Floats, second: Floats) -> bool:
    """Return whether weights exist that mix the corners of both hulls to one point."""
    from scipy.optimize import linprog

    n, a, b = first.shape[1], len(first), len(second)
    equations = np.zeros((n + 2, a + b))
    equations[:n, :a], equations[:n, a:] = first.T, -second.T
    equations[n, :a] = 1.0
    equations[n + 1, a:] = 1.0
    right = np.zeros(n + 2)
    right[n:] = 1.0
    answer = linprog(np.zeros(a + b), A_eq=equations, b_eq=right, method="highs")
    return bool(answer.status == 0)
