"""The spatial power spectrum of a state, averaged over directions (its structure factor)."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def radial_spectrum(plane: npt.NDArray[np.float64]) -> tuple[Floats, Floats]:
    """Return wave numbers and mean powers.

    ``S(k) = |sum_x (A(x) - mean) exp(-i k x)|^2 / N``, averaged over the waves whose number is
    nearest to each whole one; a wave number counts periods along the longer side. White noise of
    variance v has S = v at every k.

    Returns
    -------
    (float64[n], float64[n])
        Wave numbers 1 to half of the longer side, and powers.
    """
    height, width = plane.shape
    side = max(height, width)
    power = np.abs(np.fft.fft2(plane - plane.mean())) ** 2 / plane.size
    ky = np.fft.fftfreq(height)[:, None] * side
    kx = np.fft.fftfreq(width)[None, :] * side
    ring = np.rint(np.hypot(ky, kx)).astype(np.int64).ravel()
    count = np.bincount(ring)
    total = np.bincount(ring, weights=power.ravel())
    last = side // 2
    numbers = np.arange(1, last + 1)
    count, total = count[1 : last + 1], total[1 : last + 1]
    means = np.divide(total, count, out=np.zeros(len(count)), where=count > 0)
    return numbers.astype(np.float64), means
