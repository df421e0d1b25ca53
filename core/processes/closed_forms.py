"""Sums over eigenvalues in closed form: h(L), H(L), E and T, and the autocorrelation of symbols.

Where ``h(L)`` is a sum of modes ``a_j binomial(L - 1, j) z^(L - 1 - j)``, with z = 1 giving h_mu
alone, the other modes sum up over all lengths:

    E = sum a_j / (1 - z)^(j + 1),        T = sum (j + 1) a_j / (1 - z)^(j + 2),
    H(L) = E + h_mu L - sum b_i binomial(L, i) z^(L - i),
    b_i = sum_(j >= i) a_j / (1 - z)^(j - i + 1).

The correlations of symbols taken as numbers are ``pi X T^(tau - 1) X 1``, modes of T in the same
way. For uncountably many beliefs the eigenvalues of the operator on polynomials take the place of
those of a matrix.

Sources: E. M. Riechers and J. P. Crutchfield, Spectral simplicity of apparent complexity I and II
(2018).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.processes.measure import shown
from core.processes.model import HiddenMarkovModel
from core.processes.recurrence import recurrent_part
from core.processes.spectrum import (
    NOTHING,
    SAME,
    Mode,
    Spectrum,
    binomial_sum,
    modes_between,
    sum_text,
)
from core.processes.stationary import stationary_distribution
from core.progress import Progress

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Share:
    """What one eigenvalue adds to the sums.

    Attributes
    ----------
    mode : Mode
    E, T : complex
        0 for the eigenvalue 1, whose part is h_mu.
    tails : tuple of complex
        ``b_i`` of H(L).
    """

    mode: Mode
    E: complex
    T: complex
    tails: tuple[complex, ...]

    def tail(self, length: int) -> complex:
        """Return what the mode still has to add to the sum of h(l) - h_mu beyond `length`."""
        return binomial_sum(self.tails, self.mode.eigenvalue, length)


@dataclass(frozen=True, eq=False)
class ClosedForms:
    """The measures of a process with finitely many beliefs, from eigenvalues alone.

    Attributes
    ----------
    spectrum : Spectrum
    shares : tuple of Share
        In the order of the modes.
    h_mu, E, T : float
        Bits per symbol, bits, and bits times symbols.
    """

    spectrum: Spectrum
    shares: tuple[Share, ...]
    h_mu: float
    E: float
    T: float

    def h(self, length: int) -> float:
        """Return the entropy that symbol number `length` adds, bits."""
        return self.spectrum.h(length)

    def H(self, length: int) -> float:
        """Return the entropy of words of `length` symbols, bits."""
        tails = sum((share.tail(length) for share in self.shares), start=0j)
        return self.E + self.h_mu * length - float(tails.real)

    def words_text(self) -> str:
        """Return H(L) as text: what is left of each mode is taken from E + h_mu L."""
        tails = tuple(
            Mode(share.mode.eigenvalue, share.mode.multiplicity, tuple(-b for b in share.tails))
            for share in self.shares
        )
        rest = sum_text(tails, first=0)
        start = f"H(L) = {shown(self.E)} + {shown(self.h_mu)} L"
        return start if rest == "0" else f"{start} + {rest}".replace("+ −", "− ")

    def sum_text(self, name: str) -> str:
        """Return E or T as the sum of what the eigenvalues add; a pair is one term.

        Examples
        --------
        "E = 0.252 [λ = 0] = 0.252 bits"
        """
        parts = []
        for share in self.shares:
            value = share.E if name == "E" else share.T
            z = share.mode.eigenvalue
            if abs(value) < NOTHING or z.imag < -NOTHING:
                continue
            pair = z.imag > NOTHING
            imaginary = f" ± {shown(z.imag, 4)} i" if pair else ""
            amount = value.real * (2.0 if pair else 1.0)
            parts.append(f"{shown(amount)} [λ = {shown(z.real, 4)}{imaginary}]")
        return " + ".join(parts).replace("+ −", "− ") or "0"


def closed_forms(spectrum: Spectrum) -> ClosedForms:
    """Return the sums over the modes of a spectrum."""
    shares = tuple(_share(mode) for mode in spectrum.modes)
    rate = sum((_rate(mode) for mode in spectrum.modes), start=0j)
    return ClosedForms(
        spectrum,
        shares,
        float(rate.real),
        float(sum((share.E for share in shares), start=0j).real),
        float(sum((share.T for share in shares), start=0j).real),
    )


def _is_one(mode: Mode) -> bool:
    return abs(mode.eigenvalue - 1.0) < SAME


def _rate(mode: Mode) -> complex:
    return mode.amplitudes[0] if _is_one(mode) and mode.amplitudes else 0j


def _share(mode: Mode) -> Share:
    if _is_one(mode) or not mode.amplitudes:
        return Share(mode, 0j, 0j, ())
    rest = 1.0 - mode.eigenvalue
    amplitudes = mode.amplitudes
    return Share(
        mode,
        sum((a / rest ** (j + 1) for j, a in enumerate(amplitudes)), start=0j),
        sum(((j + 1) * a / rest ** (j + 2) for j, a in enumerate(amplitudes)), start=0j),
        tuple(
            sum(
                (a / rest ** (j - i + 1) for j, a in enumerate(amplitudes) if j >= i),
                start=0j,
            )
            for i in range(len(amplitudes))
        ),
    )


@dataclass(frozen=True, eq=False)
class Autocorrelation:
    """``<x_0 x_tau>`` of symbols taken as numbers 0, 1, 2, ... in the order of the alphabet.

    Attributes
    ----------
    mean, square : float
        ``<x>`` and ``<x^2>``.
    modes : tuple of Mode
        ``<x_0 x_tau>`` is what they add up to at length tau.
    """

    mean: float
    square: float
    modes: tuple[Mode, ...]

    def at(self, tau: int) -> float:
        """Return ``<x_0 x_tau>`` for tau from 0 on."""
        if tau == 0:
            return self.square
        return float(sum((mode.at(tau) for mode in self.modes), start=0j).real)

    def covariance(self, tau: int) -> float:
        """Return ``<x_0 x_tau> - <x>^2``."""
        return self.at(tau) - self.mean**2


def autocorrelation(
    model: HiddenMarkovModel,
    values: npt.ArrayLike | None = None,
    progress: Progress | None = None,
) -> Autocorrelation:
    """Return the correlations as a sum over the eigenvalues of the transition matrix.

    Parameters
    ----------
    values : float64[k], optional
        The number that each symbol stands for; by default 0, 1, 2, ...
    """
    part = recurrent_part(model)
    pi = stationary_distribution(part)
    numbers = np.asarray(np.arange(part.k) if values is None else values, dtype=np.float64)
    X = np.tensordot(numbers, part.T, axes=1)
    left, right = pi @ X, X.sum(axis=1)
    modes = modes_between(part.transition, left, right, progress)
    square = float(pi @ np.tensordot(numbers**2, part.T, axes=1).sum(axis=1))
    return Autocorrelation(float(left.sum()), square, modes)
