"""Entropy rate, excess entropy and transient information of processes with uncountable beliefs.

Functions of the belief evolve by ``(K f)(eta) = sum_x p_x(eta) f(g_x(eta))``. Where no p_x vanishes
on the attractor, K maps analytic functions to analytic ones, and its matrix in a polynomial basis
gives integrals over the invariant (Blackwell) measure to many digits, without a sample:

    m M = m,  mu(f) = m . c(f),  h_mu = mu(H[p]),  (1 - M) f1 = c(H[p]) - h_mu c(1),
    (1 - M) f2 = f1,  E = f1(pi),  T = f2(pi).

The basis lives on the smallest simplex of the same shape that holds all beliefs after a few
symbols; from pi to there the sums over words are done one by one. The sum of the Lyapunov exponents
follows from ``det Dg_x = det T[x] / p_x^n``.

Sources: D. Blackwell, The entropy of functions of finite-state Markov chains (1957); A. M. Jurgens
and J. P. Crutchfield, Shannon entropy rate of hidden Markov processes (2021).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.processes.errors import NotPossible, ProcessError
from core.processes.matrices import Matrices
from core.processes.model import HiddenMarkovModel
from core.processes.polynomial_basis import SimplexBasis, simplex_basis
from core.processes.recurrence import recurrent_part, require_one_recurrent_class
from core.processes.stationary import stationary_distribution
from core.progress import Progress

Floats = npt.NDArray[np.float64]

STEP = 6
"""The error estimate compares with a basis of this much lower degree."""
DEGREES = {2: (16, 22, 64), 3: (14, 20, 38), 4: (9, 12, 17)}
"""By number of states: the first two degrees that are tried, and the highest."""
TARGET = 1e-11
WORST = 1e-3
"""A larger difference between the degrees in h_mu means that nothing converges."""
VANISHING = 1e-9
MOST_WORDS = 800
ROUNDING = 2e-14


@dataclass(frozen=True)
class Integral:
    """A value and what it may be off by; the value is None where there is none to be trusted."""

    value: float | None
    error: float | None


@dataclass(frozen=True)
class InvariantIntegrals:
    """What integrals over the invariant measure of the beliefs give, in bits.

    Attributes
    ----------
    h_mu : Integral
        Entropy rate, bits per symbol.
    E : Integral
        Excess entropy, bits.
    T : Integral
        Transient information, bits times symbols.
    lyapunov_sum : Integral
        Sum of the n - 1 Lyapunov exponents of the belief maps, bits per symbol; minus infinity
        where a symbol's matrix is singular.
    degree, functions : int
        Of the basis that was used; 0 where beliefs were sampled.
    method : str
        One sentence.
    measure : InvariantMeasure or None
        For integrals of other functions; None where beliefs were sampled.
    """

    h_mu: Integral
    E: Integral
    T: Integral
    lyapunov_sum: Integral
    degree: int
    functions: int
    method: str
    measure: "InvariantMeasure | None" = None


@dataclass(frozen=True, eq=False)
class InvariantMeasure:
    """The invariant measure as weights of beliefs: ``mu(f)`` is the weighted sum of ``f``.

    The weights may be negative; they are right for functions that are nearly polynomials.

    Attributes
    ----------
    beliefs : float64[points, n]
    weights : float64[points]
    coarse : float64[points]
        The weights that a lower degree gives.
    """

    beliefs: Floats
    weights: Floats
    coarse: Floats


def invariant_integrals(
    model: HiddenMarkovModel, degree: int | None = None, progress: Progress | None = None
) -> InvariantIntegrals:
    """Return h_mu, E, T and the sum of the Lyapunov exponents, each with an error estimate.

    Parameters
    ----------
    degree : int, optional
        Total degree of the basis, at least 7. Without it the degree grows until the estimates
        settle.

    Raises
    ------
    NotErgodic
        With several recurrent classes there is no single invariant measure.
    NotPossible
        For generalized processes, and where the probability of a symbol vanishes on the attractor:
        the sentence names the symbol. The level sums of the mixed states serve there.
    """
    if model.is_generalized:
        raise NotPossible(
            "The beliefs of a generalized process do not lie in a simplex, on which the polynomial "
            "basis stands."
        )
    if degree is not None and not STEP < degree <= 80:
        raise ProcessError(f"The degree of the basis lies between {STEP + 1} and 80, not {degree}.")
    require_one_recurrent_class(model)
    model = recurrent_part(model)
    if model.n == 1:
        return _single_state(model)
    if model.n not in DEGREES:
        return _sampled(model, progress)
    domain = _Domain.around_attractor(model)
    if degree is not None:
        best = _solved(model, domain, simplex_basis(model.n, degree))
    else:
        best = _settled(model, domain, progress)
    if not _spread(best) < WORST:
        raise NotPossible(
            f"The polynomial basis does not settle for this process (degrees {best.degree - STEP} "
            f"and {best.degree} differ by {_spread(best):.1g}); use the level sums or sampling."
        )
    return best


def _settled(
    model: HiddenMarkovModel, domain: "_Domain", progress: Progress | None
) -> InvariantIntegrals:
    """Raise the degree until the estimates settle.

    The error falls geometrically with the degree; two degrees tell how fast, and the third is
    chosen from that.
    """
    first, second, highest = DEGREES[model.n]
    found = _solved(model, domain, simplex_basis(model.n, first))
    degree = second
    while _spread(found) > TARGET and found.degree < highest:
        if progress is not None:
            progress.report(found.degree / highest, f"Solving with degree {degree}")
        finer = _solved(model, domain, simplex_basis(model.n, degree))
        gain = np.log(max(_spread(found), TARGET) / _spread(finer)) / (degree - found.degree)
        if _spread(finer) > _spread(found):
            return found
        found = finer
        missing = np.log(max(_spread(found) / TARGET, 1.0))
        wanted = degree + int(np.ceil(missing / max(gain, 1e-3)))
        degree = min(max(wanted, degree + second - first), highest)
    return found


def _spread(found: InvariantIntegrals) -> float:
    return max(value.error for value in (found.h_mu, found.E, found.T) if value.error is not None)


@dataclass(frozen=True, eq=False)
class _Domain:
    """The smaller simplex ``corner + scale * barycentric`` that holds the attractor."""

    corner: Floats
    scale: float
    levels: list[tuple[Floats, Floats]]
    """For each word length the probabilities of the words and the beliefs after them."""

    @classmethod
    def around_attractor(cls, model: HiddenMarkovModel) -> "_Domain":
        """Return the domain, or refuse where a symbol's probability vanishes in it."""
        pi = stationary_distribution(model)
        levels = [(np.ones(1), pi[None, :])]
        maps = np.eye(model.n)[None]
        while len(maps) * model.k <= MOST_WORDS and len(levels) <= 12:
            maps = np.einsum("wab,xbc->wxac", maps, model.T).reshape(-1, model.n, model.n)
            mass = pi @ maps.sum(axis=2).T
            maps, mass = maps[mass > 0.0], mass[mass > 0.0]
            levels.append((mass, (pi @ maps) / mass[:, None]))
        rows = maps.reshape(-1, model.n)
        sums = rows.sum(axis=1)
        images = rows[sums > 0.0] / sums[sums > 0.0, None]
        corner = 0.999 * images.min(axis=0)
        domain = cls(corner, float(1.0 - corner.sum()), levels)
        domain._refuse_zeros(model, images)
        return domain

    def beliefs(self, barycentric: Floats) -> Floats:
        """Return the beliefs at barycentric coordinates of the domain."""
        return self.corner + self.scale * barycentric

    def barycentric(self, beliefs: Floats) -> Floats:
        """Return the barycentric coordinates of beliefs in the domain."""
        return (beliefs - self.corner) / self.scale

    def _refuse_zeros(self, model: HiddenMarkovModel, images: Floats) -> None:
        emission = model.T.sum(axis=2)
        lowest = (self.beliefs(np.eye(model.n)) @ emission.T).min(axis=0)
        visited = (images @ emission.T).min(axis=0)
        for x in range(model.k):
            if emission[x].any() and lowest[x] < VANISHING and visited[x] < VANISHING:
                raise NotPossible(
                    f"The probability of the symbol {model.alphabet[x]!r} vanishes at some of the "
                    "beliefs, where the entropy of the next symbol is not analytic and polynomials "
                    "do not converge; use the level sums of the mixed states."
                )


def _solved(model: HiddenMarkovModel, domain: _Domain, basis: SimplexBasis) -> InvariantIntegrals:
    M = _operator(model, domain, basis)
    entropy = basis.coefficients(symbol_entropies(domain.beliefs(basis.points), model.T))
    last, last_beliefs = domain.levels[-1]
    at_last = last @ basis.at(domain.barycentric(last_beliefs))
    before = [float(mass @ symbol_entropies(etas, model.T)) for mass, etas in domain.levels[:-1]]
    fine, whole = _reading(M, entropy, at_last, before)
    size = int(np.searchsorted(basis.degrees, basis.degree - STEP, side="right"))
    coarse, part = _reading(M[:size, :size], entropy[:size], at_last[:size], before)
    measure = InvariantMeasure(
        domain.beliefs(basis.points),
        basis.weights * (basis.values @ whole),
        basis.weights * (basis.values[:, :size] @ part),
    )
    h_mu, E, T = (
        Integral(value, max(abs(value - rough), ROUNDING * scale))
        for value, rough, scale in zip(fine, coarse, (1.0, 10.0, 100.0), strict=True)
    )
    return InvariantIntegrals(
        h_mu,
        E,
        T,
        lyapunov_sum(model, h_mu),
        basis.degree,
        len(basis.degrees),
        f"Transfer operator on {len(basis.degrees)} polynomials up to degree {basis.degree}; the "
        f"error is the difference from degree {basis.degree - STEP}.",
        measure,
    )


def operator_matrix(
    model: HiddenMarkovModel, degree: int, progress: Progress | None = None
) -> Floats:
    """Return the matrix of K on polynomials up to a degree, around the attractor.

    Raises
    ------
    NotPossible
        Where the probability of a symbol vanishes at some of the beliefs.
    """
    if progress is not None:
        progress.check()
    return _operator(model, _Domain.around_attractor(model), simplex_basis(model.n, degree))


def _operator(model: HiddenMarkovModel, domain: _Domain, basis: SimplexBasis) -> Floats:
    """Return M with ``M[i, j]`` the coefficient of function i in K applied to function j."""
    beliefs = domain.beliefs(basis.points)
    applied = np.zeros_like(basis.values)
    for T in model.T:
        ahead = beliefs @ T
        p = ahead.sum(axis=1)
        possible = p > 0.0
        if not possible.any():
            continue
        images = domain.barycentric(ahead[possible] / p[possible, None])
        applied[possible] += p[possible, None] * basis.at(images)
    result: Floats = basis.values.T @ (basis.weights[:, None] * applied)
    return result


def _reading(
    M: Floats, entropy: Floats, at_last: Floats, before: list[float]
) -> tuple[tuple[float, float, float], Floats]:
    """Return h_mu, E and T from the matrix of K, and its left vector m.

    before : the entropies h(1), ..., h(L) of the levels that words were counted for one by one
    at_last : the functions averaged over the beliefs after L symbols
    """
    # K leaves constants alone, so the first column of 1 - M is zero and the rest of it is a system
    # A for all other functions; the constant parts follow from m . f = 0, with m = (1, r A^-1).
    inverse = np.linalg.inv(np.eye(len(M) - 1) - M[1:, 1:])
    r = M[0, 1:]
    once = inverse @ entropy[1:]
    twice = inverse @ once
    thrice = inverse @ twice
    h_mu = float(entropy[0] + r @ once)
    first = np.concatenate([[-r @ twice], once])
    second = np.concatenate([[-r @ thrice], twice])
    E = float(at_last @ first) + sum(h - h_mu for h in before)
    T = float(at_last @ second)
    # f2(pi) = sum over l < L of (K^l f1)(pi) + (K^L f2)(pi), and (K^l f1)(pi) is E less the first
    # l of the h(j) - h_mu.
    remaining = E
    for h in before:
        T += remaining
        remaining -= h - h_mu
    return (h_mu, E, T), np.concatenate([[1.0], r @ inverse])


def symbol_entropies(beliefs: Floats, T: Matrices) -> Floats:
    """Return H[p(eta)] in bits for each belief."""
    p = np.maximum(beliefs @ T.sum(axis=2).T, 0.0)
    logarithms = np.log2(np.where(p > 0.0, p, 1.0))
    result: Floats = -(p * logarithms).sum(axis=1)
    return result


def lyapunov_sum(model: HiddenMarkovModel, h_mu: Integral) -> Integral:
    """Return ``sum_x Pr(x) log2 |det T[x]| + n h_mu``, from the integral of log2 |det Dg_x|."""
    assert h_mu.value is not None and h_mu.error is not None
    pi = stationary_distribution(model)
    total = model.n * h_mu.value
    for T in model.T:
        p = float(pi @ T.sum(axis=1))
        if p > 0.0:
            sign, logarithm = np.linalg.slogdet(T)
            if sign == 0.0 or logarithm < -600.0 * model.n:
                return Integral(-np.inf, 0.0)
            total += p * float(logarithm) / np.log(2.0)
    return Integral(float(total), model.n * h_mu.error + ROUNDING)


def _single_state(model: HiddenMarkovModel) -> InvariantIntegrals:
    h_mu = float(symbol_entropies(np.ones((1, 1)), model.T)[0])
    zero = Integral(0.0, 0.0)
    return InvariantIntegrals(
        Integral(h_mu, ROUNDING), zero, zero, zero, 0, 0, "One state: symbols are independent."
    )


BATCHES = 64
SAMPLED = 2**20
MOST_FOLLOWED = 2 * 10**8


def _sampled(model: HiddenMarkovModel, progress: Progress | None) -> InvariantIntegrals:
    from core.processes.chaos_game import sample_beliefs

    edges = max(1, int(np.count_nonzero(model.T)))
    points = max(BATCHES * 16, min(SAMPLED, 2**26 // model.n, MOST_FOLLOWED // edges))
    h_mu = batch_means(
        lambda beliefs: symbol_entropies(beliefs, model.T),
        sample_beliefs(model, points, progress=progress),
    )
    return InvariantIntegrals(
        h_mu,
        Integral(None, None),
        Integral(None, None),
        lyapunov_sum(model, h_mu),
        0,
        0,
        f"Mean over {points} sampled beliefs, as the polynomial basis serves up to "
        f"{max(DEGREES)} states; the error is 1.96 standard errors from {BATCHES} batches.",
    )


def batch_means(function: Callable[[Floats], Floats], beliefs: Floats) -> Integral:
    """Return the mean of a function over beliefs in order of time, and its 95 percent interval."""
    batches = np.array([function(part).mean() for part in np.array_split(beliefs, BATCHES)])
    error = 1.96 * batches.std(ddof=1) / np.sqrt(BATCHES)
    return Integral(float(batches.mean()), float(max(error, ROUNDING)))
