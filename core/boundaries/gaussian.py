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

NEGLIGIBLE = 1e-9
"""A direction with less than this share of the variance of a feature is left out."""

CHUNK = 2**18
"""Values shuffled at once."""


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
        self._values = np.concatenate([x, y, z], axis=1)
        self._sizes = x.shape[1], y.shape[1], z.shape[1]
        self.value = float(self._of(self._values[None])[0])
        self.bias = x.shape[1] * y.shape[1] / (2.0 * len(x) * np.log(2.0))
        self.occupied = self._values.shape[1] + 1

    def entropies(self) -> tuple[float, float]:
        """Return twice NaN: real values have no entropy that bounds what they tell."""
        return float("nan"), float("nan")

    def shuffled(
        self, random: np.random.Generator, count: int, progress: Progress | None = None
    ) -> Floats:
        """Return what the estimate is with what is left of y shuffled, `count` times."""
        of_x, of_y, _of_z = self._sizes
        scaled = _scaled(self._values[None])[0]
        given = scaled[:, of_x + of_y :]
        left = scaled[:, : of_x + of_y]
        left = left - given @ np.linalg.lstsq(given, left, rcond=None)[0]
        at_once = max(1, CHUNK // max(1, left.size))
        found = []
        for start in range(0, count, at_once):
            if progress is not None:
                progress.check()
            rows = min(at_once, count - start)
            order = random.random((rows, len(left))).argsort(axis=1)
            drawn = np.repeat(left[None], rows, axis=0)
            drawn[:, :, of_x:] = left[:, of_x:][order]
            found.append(_information(_covariances(drawn), of_x, of_y))
        return np.concatenate(found)

    def resampled(self, draws: npt.NDArray[np.integer]) -> Floats:
        """Return the estimate from each row of drawn samples, int[count, drawn]."""
        return self._of(self._values[draws])

    def _of(self, values: Floats) -> Floats:
        """Return the estimate of each of some sets of samples, float64[sets, N, features]."""
        of_x, of_y, _of_z = self._sizes
        return _information(_covariances(_scaled(values)), of_x, of_y)


def _scaled(values: Floats) -> Floats:
    """Return each feature with mean 0 and, unless it is constant, variance 1."""
    centred = values - values.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=1, keepdims=True))
    scaled: Floats = centred / np.where(spread > 0, spread, 1.0)
    return scaled


def _covariances(values: Floats) -> Floats:
    # einsum, since threads of a matrix product cost more than so few columns
    covariances: Floats = np.einsum("sni,snj->sij", values, values) / values.shape[1]
    return covariances


def _information(covariances: Floats, of_x: int, of_y: int) -> Floats:
    """Return I(X; Y | Z) for each of some covariances of x, then y, then z."""
    both = of_x + of_y
    left = covariances[:, :both, :both]
    if both < covariances.shape[1]:
        across = covariances[:, :both, both:]
        known = np.linalg.pinv(covariances[:, both:, both:], rcond=NEGLIGIBLE, hermitian=True)
        left = left - across @ known @ across.transpose(0, 2, 1)
    whiten_x, whiten_y = _whitening(left[:, :of_x, :of_x]), _whitening(left[:, of_x:, of_x:])
    between = whiten_x.transpose(0, 2, 1) @ left[:, :of_x, of_x:] @ whiten_y
    rho = np.linalg.svd(between, compute_uv=False)
    bits: Floats = -0.5 * np.log2(np.maximum(1.0 - rho**2, NEAREST)).sum(axis=1)
    return bits + 0.0


def _whitening(covariances: Floats) -> Floats:
    """Return matrices that make covariances the identity, 0 where next to nothing varies."""
    sizes, axes = np.linalg.eigh(covariances)
    inverse = np.where(sizes > NEGLIGIBLE, 1.0 / np.sqrt(np.maximum(sizes, NEGLIGIBLE)), 0.0)
    whitening: Floats = axes * inverse[:, None, :]
    return whitening
