"""Conditional mutual information of real values from their covariances: exact for Gaussians.

I(X; Y | Z) = -1/2 sum log2(1 - rho^2) over the canonical correlations rho of what is left of X and
of Y once Z is taken out of both by regression. For other values it is what their covariances tell.

Source: Cover and Thomas, Elements of information theory (2006), chapter 8; Freedman and Lane, A
nonstochastic interpretation of reported significance levels (1983), for shuffled residuals.
"""

import numpy as np
import numpy.typing as npt

from core.progress import Progress

Floats = npt.NDArray[np.float64]

NEAREST = 1e-12
"""1 - rho^2 is at least so much: about 20 bits for each correlation."""

RANK_TOLERANCE = 1e-9


class GaussianSample:
    """Samples of (x, y, z), from which I(X; Y | Z) is estimated.

    Parameters
    ----------
    x, y, z : float64[N, features]

    Attributes
    ----------
    value : float
        The plain estimate in bits.
    bias : float
        What it exceeds the truth by where that is 0, to first order: p_X p_Y / (2 N ln 2).
    occupied : int
        How many numbers are fitted; ten times as many samples are enough.
    """

    def __init__(self, x: Floats, y: Floats, z: Floats) -> None:
        self._x, self._y, self._z = x, y, z
        self._bases = _bases(x, y, z)
        left, right = self._bases
        self.value = _information(left, right)
        self.bias = left.shape[1] * right.shape[1] / (2.0 * len(x) * np.log(2.0))
        self.occupied = x.shape[1] + y.shape[1] + z.shape[1] + 1

    def entropies(self) -> tuple[float, float]:
        """Return twice NaN: real values have no entropy that bounds what they tell."""
        return float("nan"), float("nan")

    def shuffled(
        self, random: np.random.Generator, count: int, progress: Progress | None = None
    ) -> Floats:
        """Return what the estimate is with what is left of y shuffled, `count` times."""
        left, right = self._bases
        found = np.empty(count)
        for number in range(count):
            if progress is not None:
                progress.check()
            found[number] = _information(left, right[random.permutation(len(right))])
        return found

    def resampled(self, draws: npt.NDArray[np.integer]) -> Floats:
        """Return the estimate from each row of drawn samples, int[count, drawn]."""
        return np.array(
            [_information(*_bases(self._x[row], self._y[row], self._z[row])) for row in draws]
        )


def _bases(x: Floats, y: Floats, z: Floats) -> tuple[Floats, Floats]:
    """Return orthonormal columns that span x and y once z and their means are taken out."""
    given = _orthonormal(np.column_stack([np.ones(len(x)), z]))
    left, right = (_without(_scaled(values), given) for values in (x, y))
    return _orthonormal(left), _orthonormal(right)


def _scaled(values: Floats) -> Floats:
    centred = values - values.mean(axis=0)
    spread = np.sqrt((centred**2).mean(axis=0))
    scaled: Floats = centred / np.where(spread > 0, spread, 1.0)
    return scaled


def _without(values: Floats, basis: Floats) -> Floats:
    left: Floats = values - basis @ (basis.T @ values)
    return left


def _orthonormal(values: Floats) -> Floats:
    """Return an orthonormal basis of the columns; those that add next to nothing are left out."""
    if not values.shape[1]:
        return values
    columns, within = np.linalg.qr(values / np.sqrt(len(values)))
    u, sizes, _v = np.linalg.svd(within, full_matrices=False)
    is_there = sizes > RANK_TOLERANCE * max(1.0, float(sizes.max(initial=0.0)))
    basis: Floats = columns @ u[:, is_there]
    return basis


def _information(left: Floats, right: Floats) -> float:
    if not left.shape[1] or not right.shape[1]:
        return 0.0
    # einsum, since threads of a matrix product cost more than so few columns
    rho = np.linalg.svd(np.einsum("ni,nj->ij", left, right), compute_uv=False)
    return float(-0.5 * np.log2(np.maximum(1.0 - rho**2, NEAREST)).sum())
