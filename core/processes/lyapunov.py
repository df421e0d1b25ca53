"""Lyapunov exponents of the maps between beliefs: how fast neighbouring observers come to agree.

Tangent vectors are carried along sampled orbits and made orthonormal at every step. Where the sum
of the exponents is known from the determinants and the entropy rate, they are shifted to it.

Sources: G. Benettin et al., Lyapunov characteristic exponents for smooth dynamical systems
(1980); A. M. Jurgens and J. P. Crutchfield, Divergent predictive states (2021).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.processes.chaos_game import LANES, sample_steps
from core.processes.errors import NotPossible
from core.processes.model import HiddenMarkovModel
from core.processes.polynomial_operator import Integral
from core.processes.recurrence import recurrent_part
from core.progress import Progress

Floats = npt.NDArray[np.float64]

BATCHES = 32
BATCH_STEPS = 2**16
WORK = 2**31
"""Multiplications spent in all; large processes take shorter orbits."""


@dataclass(frozen=True, eq=False)
class LyapunovSpectrum:
    """Exponents in bits per symbol, the largest first.

    Attributes
    ----------
    exponents : float64[n - 1]
        Minus infinity where a map forgets a direction altogether.
    errors : float64[n - 1]
        1.96 standard errors.
    steps : int
        Length of all orbits together.
    """

    exponents: Floats
    errors: Floats
    steps: int


def lyapunov_spectrum(
    model: HiddenMarkovModel,
    *,
    sum_of_exponents: Integral | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> LyapunovSpectrum:
    """Return the n - 1 exponents of the belief maps.

    Parameters
    ----------
    sum_of_exponents : Integral, optional
        Their sum where it is known more precisely; `invariant_integrals` gives it.

    Raises
    ------
    NotPossible
        For generalized processes, whose beliefs fill no simplex.
    """
    from core.processes import kernels_lyapunov as kernels

    if model.is_generalized:
        raise NotPossible("The beliefs of a generalized process do not lie in a simplex.")
    model = recurrent_part(model)
    n = model.n
    if n == 1:
        return LyapunovSpectrum(np.empty(0), np.empty(0), 0)
    known = sum_of_exponents.value if sum_of_exponents is not None else None
    if n == 2 and known is not None and sum_of_exponents is not None:
        error = sum_of_exponents.error or 0.0
        return LyapunovSpectrum(np.array([known]), np.array([error]), 0)
    batch = int(np.clip(WORK // (BATCHES * n**3), 2 * LANES, BATCH_STEPS)) // LANES * LANES
    T = model.T.copy()
    frames = np.repeat(_sum_zero_frame(n)[None], LANES, axis=0)
    alive = np.full(LANES, n - 1)
    found = np.zeros((BATCHES, n - 1))
    beliefs, symbols = sample_steps(model, BATCHES * batch + LANES, seed)
    for number in range(BATCHES):
        if progress is not None:
            progress.report(number / BATCHES, "Following tangent vectors")
        rows = slice(number * batch, (number + 1) * batch + LANES)
        kernels.stretch(T, beliefs[rows], symbols[rows], frames, alive, found[number])
    found[:, np.isneginf(found).any(axis=0)] = -np.inf
    rates = found / batch
    exponents = rates.mean(axis=0)
    is_finite = np.isfinite(exponents)
    errors = np.zeros(n - 1)
    errors[is_finite] = 1.96 * rates[:, is_finite].std(axis=0, ddof=1) / np.sqrt(BATCHES)
    if known is not None and np.isfinite(known) and is_finite.all():
        exponents = exponents + (known - exponents.sum()) / (n - 1)
    return _ordered(exponents, errors, BATCHES * batch)


def _ordered(exponents: Floats, errors: Floats, steps: int) -> LyapunovSpectrum:
    order = np.argsort(-exponents, kind="stable")
    return LyapunovSpectrum(exponents[order], errors[order], steps)


def _sum_zero_frame(n: int) -> Floats:
    """Return orthonormal vectors that span the differences of distributions, float64[n - 1, n]."""
    frame, _ = np.linalg.qr(np.eye(n)[:, : n - 1] - 1.0 / n)
    result: Floats = np.ascontiguousarray(frame.T)
    return result
