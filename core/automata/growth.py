"""Growth maps of Lenia and the rules by which growth changes the field, in numpy.

Sources: Chan, Lenia: biology of artificial life (2019) and Lenia and expanded universe (2020);
Kawaguchi et al., Introducing asymptotics to the state-updating rule in Lenia (2021).
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.rules.lenia import Growth, LeniaRule

Field = npt.NDArray[Any]
"""float32 or float64; results have the type of what was given."""


LEAST_DECAY = 1e-6
"""Growth at 0 has to be below minus this, so that rounding of u cannot make it positive."""


def growth_of(u: Field, growth: Growth) -> Field:
    """Return G(u)."""
    mu, sigma = growth.mu, growth.sigma
    if growth.mapping == "polynomial":
        bell = np.maximum(0.0, 1.0 - np.square(u - mu) / (9 * sigma**2))
        return np.asarray(2 * growth.peak * np.square(np.square(bell)) - 1)
    if growth.mapping == "exponential":
        return np.asarray(2 * growth.peak * np.exp(-np.square(u - mu) / (2 * sigma**2)) - 1)
    if growth.mapping == "step":
        inside = np.abs(u - mu) <= sigma + STEP_TOLERANCE
        return np.asarray(2 * growth.peak * inside.astype(u.dtype) - 1)
    return np.asarray(-np.clip(u - mu, 0.0, 1.0) / sigma)


STEP_TOLERANCE = 1e-6
"""Step maps are sensitive to the rounding of u, which is below this."""


def kernel_factors(rule: LeniaRule) -> list[float]:
    """Return for each kernel the factor of its growth in its target's sum."""
    if not rule.is_averaged:
        return [kernel.weight for kernel in rule.kernels]
    totals = [0.0] * rule.channels
    for kernel in rule.kernels:
        totals[kernel.target] += kernel.weight
    return [kernel.weight / totals[kernel.target] for kernel in rule.kernels]


def targets(rule: LeniaRule) -> list[int]:
    """Return the channels that kernels change, in ascending order."""
    return sorted({kernel.target for kernel in rule.kernels})


def keeps_empty_space_empty(rule: LeniaRule) -> bool:
    """Whether cells at 0 among cells at 0 stay at exactly 0, so that they need not be computed."""
    if rule.clip != "hard" or rule.growth_noise or rule.method != "euler":
        return False
    sums = [0.0] * rule.channels
    for kernel, factor in zip(rule.kernels, kernel_factors(rule), strict=True):
        sums[kernel.target] += factor * float(growth_of(np.zeros(1), kernel.growth)[0])
    if rule.update == "target":  # exactly -1 in any precision
        is_single = len(rule.kernels) == len(targets(rule))
        return is_single and all(sums[channel] == -1.0 for channel in targets(rule))
    return all(sums[channel] < -LEAST_DECAY for channel in targets(rule))


def updated(
    rule: LeniaRule, A: Field, D: Field, random: np.random.Generator | None = None
) -> Field:
    """Return one channel after a step.

    Parameters
    ----------
    A, D : arrays
        The channel and its averaged growth (of two steps already, for Adams-Bashforth).
    random : numpy.random.Generator, optional
        Needed where `rule.is_random`.
    """
    dt = A.dtype.type(rule.dt)
    if rule.growth_noise:
        assert random is not None
        D = D + A.dtype.type(rule.growth_noise) * random.standard_normal(A.shape, A.dtype.type)
    change = (D + 1) / 2 - A if rule.update == "target" else D
    new = A + dt * change
    if rule.noise:
        assert random is not None
        eta = random.random(A.shape, A.dtype.type) - A.dtype.type(0.5)
        new = new * (1 + eta * A.dtype.type(rule.noise / 10))
    new = soft_clip(new, 1.0 / rule.dt) if rule.clip == "soft" else np.clip(new, 0.0, 1.0)
    if rule.levels:
        new = np.rint(new * rule.levels) / A.dtype.type(rule.levels)
    if rule.mask_rate:
        assert random is not None
        new = np.where(random.random(A.shape, np.float64) < rule.mask_rate, A, new)
    return np.asarray(new, dtype=A.dtype)


def soft_clip(x: Field, k: float) -> Field:
    """Return x clipped to 0 to 1 smoothly: the log-sum-exp of 0 and x, then of 1 and that.

    ``max(0, x)`` becomes ln(1 + exp(k x)) / k, and ``min(1, y)`` -ln(exp(-k) + exp(-k y)) / k.
    """
    above = np.logaddexp(np.zeros((), x.dtype), x * x.dtype.type(k)) / x.dtype.type(k)
    low = np.logaddexp(np.asarray(-k, x.dtype), -above * x.dtype.type(k))
    return np.asarray(-low / x.dtype.type(k))
