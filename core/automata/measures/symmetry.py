"""Symmetry under rotation about a centre: the state on circles, and its waves along them.

Source: Chan, Lenia: biology of artificial life (2019), on rotational symmetry.
"""

from dataclasses import dataclass
from math import degrees, nan, pi

import numpy as np
import numpy.typing as npt

ANGLES = 360
HIGHEST = 12


@dataclass(frozen=True, slots=True)
class RotationalSymmetry:
    """How the mass on circles around a centre varies with the angle.

    Attributes
    ----------
    strengths : tuple of float
        Power of the waves with k = 1 to 12 periods round a circle, over that of all waves with
        1 to 12; k-fold symmetry is strong where it is large.
    phases : tuple of float
        By which angle in degrees the first crest of each wave lies, 0 to the right, 90 downwards.
    variation : float
        Power of these waves over that of the constant: 0 for rings.
    """

    strengths: tuple[float, ...]
    phases: tuple[float, ...]
    variation: float

    @property
    def order(self) -> int:
        """The k from 2 on that is strongest, 0 where nothing varies."""
        if not self.variation > 1e-9:
            return 0
        return int(np.argmax(self.strengths[1:])) + 2

    @property
    def strength(self) -> float:
        """The strength of `order`."""
        return self.strengths[self.order - 1] if self.order else 0.0


def rotational_symmetry(
    plane: npt.NDArray[np.float64],
    centre: tuple[float, float],
    radius: float,
    wraps: tuple[bool, bool] = (False, False),
) -> RotationalSymmetry:
    """Return the symmetry of a plane about a centre (x, y), out to a radius in cells.

    The plane is read between its cells by straight lines.
    """
    from scipy.ndimage import map_coordinates

    rings = np.arange(0.5, max(radius, 1.0), 1.0)
    angles = np.arange(ANGLES) * (2 * pi / ANGLES)
    x = centre[0] + rings[:, None] * np.cos(angles)
    y = centre[1] + rings[:, None] * np.sin(angles)
    height, width = plane.shape
    if wraps[0]:
        x %= width
    if wraps[1]:
        y %= height
    padded = np.pad(plane, ((0, 0), (1, 1)), mode="wrap" if wraps[0] else "constant")
    padded = np.pad(padded, ((1, 1), (0, 0)), mode="wrap" if wraps[1] else "constant")
    polar = map_coordinates(padded, [y + 1, x + 1], order=1, mode="constant")
    waves = np.fft.rfft(polar, axis=1) / ANGLES
    powers = (rings[:, None] * np.abs(waves) ** 2).sum(axis=0)
    chosen = powers[1 : HIGHEST + 1]
    total = float(chosen.sum())
    if not total > 0:
        return RotationalSymmetry((0.0,) * HIGHEST, (nan,) * HIGHEST, 0.0)
    phases = []
    for k in range(1, HIGHEST + 1):
        sum_of_rings = complex((rings * np.abs(waves[:, k]) * waves[:, k]).sum())
        phases.append(degrees(-np.angle(sum_of_rings) / k) % (360.0 / k))
    strengths = tuple(float(each) / total for each in chosen)
    return RotationalSymmetry(strengths, tuple(phases), 2 * total / float(powers[0]))
