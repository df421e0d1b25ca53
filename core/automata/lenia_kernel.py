"""The kernels of Lenia as arrays of weights and as spectra.

Source: Chan, Lenia: biology of artificial life (2019), section 2.2.
"""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError, TooLarge
from core.automata.rules.lenia import Bumps, LeniaKernel, LeniaRule, Rings

Reals = npt.NDArray[np.float64]

FREE_REACH = 3.0
"""A free kernel is cut where its sigmoid has fallen to exp(-20), in radii."""

MOST_CELLS = 2**24


def kernel_reach(rule: LeniaRule, kernel: LeniaKernel) -> int:
    """Return how many cells from its centre a kernel has weights, along an axis."""
    radius = rule.radius * kernel.relative_radius
    if isinstance(kernel.shell, Bumps):
        return math.ceil(FREE_REACH * radius)
    return max(0, math.ceil(radius) - 1)


def rule_reach(rule: LeniaRule) -> int:
    """Return the farthest reach of the kernels of a rule, in cells."""
    return max(kernel_reach(rule, kernel) for kernel in rule.kernels)


def kernel_weights(rule: LeniaRule, kernel: LeniaKernel) -> Reals:
    """Return a kernel as an array with an odd number of cells along each axis; its sum is 1.

    Raises
    ------
    AutomataError
        When no cell of the lattice lies on a ring with weight.
    """
    reach = kernel_reach(rule, kernel)
    if (2 * reach + 1) ** rule.dimensions > MOST_CELLS:
        raise TooLarge(
            f"A kernel of radius {reach} in {rule.dimensions} dimensions has more than "
            f"{MOST_CELLS:,} cells; use a smaller R."
        )
    along = np.arange(-reach, reach + 1, dtype=np.float64)
    squares = np.zeros((1,) * rule.dimensions)
    for axis in range(rule.dimensions):
        shape = [1] * rule.dimensions
        shape[axis] = -1
        squares = squares + np.square(along).reshape(shape)
    distance = np.sqrt(squares) / (rule.radius * kernel.relative_radius)
    weights = shell_weights(kernel.shell, distance)
    total = weights.sum()
    if not total > 0:
        raise AutomataError(
            f"The kernel of radius {rule.radius * kernel.relative_radius:g} has no cell with "
            "weight above 0; use a larger R or other rings."
        )
    return np.asarray(weights / total)


def shell_weights(shell: Rings | Bumps, r: Reals) -> Reals:
    """Return the weight, not normalised, at distances `r` in units of the radius."""
    if isinstance(shell, Bumps):
        total = np.zeros_like(r)
        for height, centre, width in zip(shell.heights, shell.centres, shell.widths, strict=True):
            spread = width if shell.is_plain else 2 * width**2
            total += height * np.exp(-np.square(r - centre) / spread)
        return np.asarray(total / (1.0 + np.exp(np.minimum(10.0 * (r - 1.0), 700.0))))
    rings = len(shell.heights)
    scaled = rings * r
    ring = np.minimum(np.floor(scaled).astype(np.int64), rings - 1)
    return np.asarray(
        np.where(r < 1.0, np.array(shell.heights)[ring] * core_profile(shell.core, scaled % 1), 0.0)
    )


def core_profile(core: str, u: Reals) -> Reals:
    """Return the core function of a ring at `u` in [0, 1)."""
    if core == "polynomial":
        return np.asarray(np.power(4 * u * (1 - u), 4))
    if core == "exponential":
        inside = u * (1 - u)
        safe = np.where(inside > 0, inside, 1.0)
        return np.asarray(np.where(inside > 0, np.exp(4 - 1 / safe), 0.0))
    if core == "gaussian":
        return np.asarray(np.exp(-np.square(u - 0.5) / (2 * 0.15**2)))
    middle = (u >= 0.25) & (u <= 0.75)
    if core == "staircase":
        return np.where(middle, 1.0, np.where(u < 0.25, 0.5, 0.0))
    return np.where(middle, 1.0, 0.0)


def torus_kernel(weights: Reals, shape: Sequence[int]) -> Reals:
    """Return a kernel around the first cell of a torus, wrapped as often as it is larger."""
    field = np.zeros(tuple(shape))
    places = [
        np.arange(-(side // 2), side // 2 + 1) % size
        for side, size in zip(weights.shape, shape, strict=True)
    ]
    np.add.at(field, np.ix_(*places), weights)
    return field


def torus_spectrum(weights: Reals, shape: Sequence[int]) -> Reals:
    """Return the real spectrum of a kernel on a torus, half of the last axis.

    It is real because every kernel here equals its reflection through the centre.
    """
    from scipy.fft import rfftn

    return np.ascontiguousarray(rfftn(torus_kernel(weights, shape)).real)
