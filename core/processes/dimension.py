"""Dimensions of the set of beliefs: from Lyapunov exponents and from counting cells.

Kaplan and Yorke's formula, with the entropy rate in the place of the expansion that an iterated
function system lacks: with ``lam_1 >= lam_2 >= ...`` and k the largest number for which
``h_mu + lam_1 + ... + lam_k >= 0``, it is ``k + (h_mu + lam_1 + ... + lam_k) / |lam_(k+1)|``. It
equals the information dimension where images of different symbols do not overlap, and is an upper
bound where they do. A slope that theory forbids is not trusted: the correlation dimension is at
most the information dimension, which is at most the formula's and at most the box dimension.

Sources: J. L. Kaplan and J. A. Yorke, Chaotic behavior of multidimensional difference equations
(1979); A. M. Jurgens and J. P. Crutchfield, Divergent predictive states (2021).
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from core.processes.box_counting import (
    ScaleCounts,
    ScaleFit,
    box_dimension,
    correlation_dimension,
    information_dimension,
    scale_counts,
)
from core.processes.chaos_game import sample_beliefs
from core.processes.errors import NotPossible
from core.processes.lyapunov import LyapunovSpectrum, lyapunov_spectrum
from core.processes.model import HiddenMarkovModel
from core.processes.polynomial_operator import (
    Integral,
    batch_means,
    invariant_integrals,
    lyapunov_sum,
    symbol_entropies,
)
from core.processes.recurrence import recurrent_part, require_one_recurrent_class
from core.processes.simplex_images import images_overlap
from core.processes.stationary import stationary_distribution
from core.progress import Progress

Floats = npt.NDArray[np.float64]

POINTS = 2**21
WORK, LEAST_POINTS = 2**32, 2**16
"""Multiplications spent on beliefs for each symbol, and how many are sampled all the same."""
MOST_NUMBERS = 2**25


@dataclass(frozen=True, eq=False)
class Dimensions:
    """Dimensions of the set of recurrent beliefs and what they rest on.

    Attributes
    ----------
    kaplan_yorke : float
    box, information, correlation : ScaleFit
        Their `value` is None where the fit is not to be trusted.
    spectrum : LyapunovSpectrum
    h_mu : Integral
        The entropy rate that went into the formula.
    overlap : bool
        Whether images of the simplex under two symbols meet, which makes `kaplan_yorke` an upper
        bound.
    counts : ScaleCounts
        What the three fits were made to.
    note : str
        A warning, or empty.
    points : int
        Beliefs that were sampled.
    """

    kaplan_yorke: float
    box: ScaleFit
    information: ScaleFit
    correlation: ScaleFit
    spectrum: LyapunovSpectrum
    h_mu: Integral
    overlap: bool
    counts: ScaleCounts
    note: str
    points: int

    @property
    def exponents(self) -> Floats:
        """The Lyapunov exponents in bits per symbol, the largest first."""
        return self.spectrum.exponents


def dimensions(
    model: HiddenMarkovModel,
    progress: Progress | None = None,
    *,
    points: int = POINTS,
    seed: int = 0,
) -> Dimensions:
    """Return the dimensions of the set of beliefs that come again and again.

    Raises
    ------
    NotErgodic
        With several recurrent classes there are several sets.
    NotPossible
        For generalized processes.
    """
    if model.is_generalized:
        raise NotPossible("The beliefs of a generalized process do not lie in a simplex.")
    require_one_recurrent_class(model)
    model = recurrent_part(model)
    points = min(points, MOST_NUMBERS // model.n, max(LEAST_POINTS, WORK // model.n**2))
    beliefs = sample_beliefs(model, points, seed, progress=progress)
    counts = scale_counts(beliefs, progress)
    h_mu = _entropy_rate(model, beliefs, progress)
    spectrum = lyapunov_spectrum(
        model, sum_of_exponents=lyapunov_sum(model, h_mu), seed=seed, progress=progress
    )
    overlap = images_overlap(model.T)
    assert h_mu.value is not None
    formula = 0.0 if counts.is_exhausted else kaplan_yorke(h_mu.value, spectrum.exponents)
    fits = bounded_fits(
        counts,
        None if counts.is_exhausted else formula,
        bound_error=_formula_error(h_mu, spectrum),
    )
    return Dimensions(
        formula, *fits, spectrum, h_mu, overlap, counts, _note(counts, overlap), len(beliefs)
    )


def bounded_fits(
    counts: ScaleCounts,
    bound: float | None,
    window: tuple[int, int] | None = None,
    *,
    bound_error: float = 0.0,
) -> tuple[ScaleFit, ScaleFit, ScaleFit]:
    """Return the box, information and correlation dimension, each null where theory forbids it.

    Parameters
    ----------
    bound : float or None
        What the formula of Kaplan and Yorke gives: no information dimension exceeds it.
    window : (int, int), optional
        First and last level of the fits; without it those that the counts allow.
    """
    box, information, correlation = (
        fit(counts, window) for fit in (box_dimension, information_dimension, correlation_dimension)
    )
    if bound is not None:
        information = _below(information, bound, bound_error, "the Kaplan–Yorke dimension")
        correlation = _below(correlation, bound, bound_error, "the Kaplan–Yorke dimension")
    if box.value is not None:
        information = _below(information, box.value, box.bar, "the box dimension")
    if information.value is not None:
        bar = information.bar
        correlation = _below(correlation, information.value, bar, "the information dimension")
    return box, information, correlation


def _below(fit: ScaleFit, bound: float, error: float, name: str) -> ScaleFit:
    if fit.value is None or fit.value <= bound + fit.bar + error:
        return fit
    reason = (
        f"The slope {fit.slope:.3f} exceeds {name}, {bound:.3f}, by more than its error, which no "
        "such dimension can: the grids are too coarse yet."
    )
    return replace(fit, value=None, reason=reason)


def _formula_error(h_mu: Integral, spectrum: LyapunovSpectrum) -> float:
    """Return what the errors of the entropy rate and of the exponents make of the formula's."""
    finite = np.isfinite(spectrum.exponents)
    if not finite.any():
        return 0.0
    errors = float(spectrum.errors[finite].sum()) + (h_mu.error or 0.0)
    return errors / float(max(np.abs(spectrum.exponents[finite]).max(), 1e-12))


def _note(counts: ScaleCounts, overlap: bool) -> str:
    if counts.is_exhausted:
        return (
            f"Finer grids find no more than {counts.occupied[-1]} beliefs: the set is finite, or "
            "countable and thin, and has dimension 0."
        )
    if overlap:
        return (
            "The images of the simplex, closed as they are, meet under different symbols; so the "
            "dimension from the Lyapunov exponents is an upper bound."
        )
    return ""


def kaplan_yorke(h_mu: float, exponents: Floats) -> float:
    """Return the dimension from the entropy rate and the exponents, the largest first, in bits.

    Examples
    --------
    >>> round(kaplan_yorke(0.9960247564694946, np.array([-1.60741255747728])), 8)
    0.61964475
    """
    left = h_mu
    for k, exponent in enumerate(exponents):
        if left + exponent < 0.0:
            return k + (0.0 if np.isneginf(exponent) else float(left / -exponent))
        left += exponent
    return float(len(exponents))


def _entropy_rate(model: HiddenMarkovModel, beliefs: Floats, progress: Progress | None) -> Integral:
    """Return h_mu: exactly for unifilar models, by the operator where it works, else sampled."""
    if model.is_unifilar:
        pi = stationary_distribution(model)
        return Integral(float(pi @ symbol_entropies(np.eye(model.n), model.T)), 1e-14)
    if model.n <= 4:
        try:
            return invariant_integrals(model, progress=progress).h_mu
        except NotPossible:
            pass
    return batch_means(lambda etas: symbol_entropies(etas, model.T), beliefs)
