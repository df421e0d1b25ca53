"""Orthonormal polynomials on a simplex, and points and weights that integrate them exactly.

Legendre polynomials on the interval, Dubiner's on the triangle, and the same construction one floor
up on the tetrahedron: products of Jacobi polynomials in collapsed coordinates. All recurrences are
written homogeneously, without a division, so that nothing is lost near the collapsed corner.

Sources: M. Dubiner, Spectral methods on triangles and other domains (1991); S. J. Sherwin and
G. E. Karniadakis, A new triangular and tetrahedral basis for high-order finite element methods
(1995).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SimplexBasis:
    """All polynomials up to a total degree on the simplex with n vertices.

    Attributes
    ----------
    n, degree : int
    degrees : int64[functions]
        The total degree of each function, ascending: the basis of a lower degree comes first.
    points : float64[points, n]
        Quadrature points in barycentric coordinates.
    weights : float64[points]
        They sum to 1: the simplex has volume 1.
    values : float64[points, functions]
        The functions at the points, orthonormal: ``values.T @ diag(weights) @ values = 1``.
    """

    n: int
    degree: int
    degrees: npt.NDArray[np.int64]
    points: Floats
    weights: Floats
    values: Floats
    order: npt.NDArray[np.int64]
    norms: Floats

    def at(self, barycentric: Floats) -> Floats:
        """Return all functions at points float64[m, n], as float64[m, functions]."""
        return raw_values(barycentric, self.degree)[:, self.order] / self.norms

    def coefficients(self, values_at_points: Floats) -> Floats:
        """Return the coefficients of the function with these values at the quadrature points."""
        result: Floats = self.values.T @ (self.weights * values_at_points)
        return result


@lru_cache(maxsize=24)
def simplex_basis(n: int, degree: int) -> SimplexBasis:
    """Return the basis of total degree `degree` on the simplex with `n` vertices, 2 to 4."""
    points, weights = quadrature(n, degree + 4)
    values = raw_values(points, degree)
    degrees = _degrees(n, degree)
    order = np.argsort(degrees, kind="stable")
    norms = np.sqrt(weights @ values**2)[order]
    values = np.ascontiguousarray(values[:, order] / norms)
    return SimplexBasis(n, degree, degrees[order], points, weights, values, order, norms)


def function_count(n: int, degree: int) -> int:
    """Return the number of polynomials up to a total degree in n - 1 variables."""
    count = 1
    for j in range(1, n):
        count = count * (degree + j) // j
    return count


def raw_values(barycentric: Floats, degree: int) -> Floats:
    """Return the functions before normalisation at points float64[m, n], float64[m, functions]."""
    coordinates = np.ascontiguousarray(barycentric.T)
    n = len(coordinates)
    result = np.empty((function_count(n, degree), coordinates.shape[1]))
    row = 0
    # One entry per choice of degrees so far: (their sum, the product so far).
    partial = [(0, np.ones(coordinates.shape[1]))]
    below = coordinates[0]
    for axis in range(1, n):
        whole = below + coordinates[axis]
        tables: dict[int, list[Floats]] = {}
        extended = []
        for used, product in partial:
            if used not in tables:
                tables[used] = scaled_jacobi(
                    2 * used + axis - 1, degree - used, coordinates[axis] - below, whole
                )
            for more, factor in enumerate(tables[used]):
                if axis == n - 1:
                    np.multiply(product, factor, out=result[row])
                    row += 1
                else:
                    extended.append((used + more, product * factor))
        partial, below = extended, whole
    return np.ascontiguousarray(result.T)


def scaled_jacobi(alpha: int, degree: int, x: Floats, t: Floats) -> list[Floats]:
    """Return ``t**q P_q^(alpha,0)(x / t)`` for q = 0, ..., degree, finite also where t = 0."""
    values = [np.ones_like(x)]
    if degree >= 1:
        values.append(0.5 * (alpha * t + (alpha + 2) * x))
    square = t * t
    for q in range(1, degree):
        twice = 2 * q + alpha
        scale = 2 * (q + 1) * (q + alpha + 1) * twice
        shift = (twice + 1) * alpha**2 / scale
        slope = twice * (twice + 1) * (twice + 2) / scale
        back = 2 * (q + alpha) * q * (twice + 2) / scale
        values.append((shift * t + slope * x) * values[q] - back * square * values[q - 1])
    return values


def quadrature(n: int, count: int) -> tuple[Floats, Floats]:
    """Return `count` to the power of n - 1 points float64[points, n] and weights with sum 1.

    The collapsed product of Gauss-Jacobi rules; exact for polynomials of degree 2 count - 1.
    """
    points, weights = np.ones((1, 1)), np.ones(1)
    for axis in range(1, n):
        nodes, node_weights = gauss_jacobi(axis - 1, count)
        share = (1.0 + nodes) / 2.0
        points = np.concatenate(
            [
                (points[None, :, :] * (1.0 - share)[:, None, None]).reshape(-1, axis),
                np.repeat(share, len(weights))[:, None],
            ],
            axis=1,
        )
        weights = (node_weights[:, None] * weights[None, :]).reshape(-1)
    return points, weights


def gauss_jacobi(alpha: int, count: int) -> tuple[Floats, Floats]:
    """Return nodes and weights for the weight (1 - x)^alpha on [-1, 1]; the weights sum to 1.

    Source: G. H. Golub and J. H. Welsch, Calculation of Gauss quadrature rules (1969).
    """
    q = np.arange(count, dtype=np.float64)
    twice = 2.0 * q + alpha
    diagonal = np.zeros(count)
    if alpha:
        diagonal = -(alpha**2) / (twice * (twice + 2.0))
    j, s = q[1:], twice[1:]
    beside = np.sqrt(4.0 * j**2 * (j + alpha) ** 2 / (s**2 * (s + 1.0) * (s - 1.0)))
    nodes, vectors = np.linalg.eigh(np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1))
    return nodes, vectors[0] ** 2


def _degrees(n: int, degree: int) -> npt.NDArray[np.int64]:
    """Return the total degree of each function in the order of `raw_values`."""
    partial = [0]
    for _ in range(1, n):
        partial = [used + more for used in partial for more in range(degree - used + 1)]
    return np.array(partial, dtype=np.int64)
