"""The spectrum of the mixed-state presentation: time scales, closed forms and power spectrum.

With W the matrix of the mixed-state graph, d its start and H the entropies of the next symbol,
``h(L) = d W^(L-1) H`` is a sum of modes ``binomial(L-1, j) lambda^(L-1-j)``, one for each
eigenvalue and each place j in its longest Jordan chain; the eigenvalue 0 gives terms that are gone
after a few symbols. The amplitudes are residues of the resolvent, taken by integrals around each
eigenvalue, so that matrices that cannot be diagonalised need no special care.

Sources: E. M. Riechers and J. P. Crutchfield, Spectral simplicity of apparent complexity I and II
(2018); E. M. Riechers and J. P. Crutchfield, Fraudulent white noise (2021).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.processes.errors import NotPossible
from core.processes.measure import shown
from core.processes.mixed_states import MixedStates
from core.processes.model import HiddenMarkovModel
from core.processes.recurrence import recurrent_part
from core.processes.shannon import entropy_rows
from core.processes.stationary import stationary_distribution
from core.processes.unifilar import Floats
from core.progress import Progress

Complex = npt.NDArray[np.complex128]

MOST_BELIEFS = 600
SAME = 1e-6
"""Eigenvalues of different strong components closer than this are one."""

NOTHING = 1e-9
TRUSTED = 1e-6
CHECKED = 30
POINTS = 64
"""Of the integral around an eigenvalue; its error falls by half with every point."""


@dataclass(frozen=True, slots=True)
class Mode:
    """What one eigenvalue adds to h(L).

    Attributes
    ----------
    eigenvalue : complex
    multiplicity : int
        How often it occurs among the eigenvalues of W.
    amplitudes : tuple of complex
        a_0, a_1, ... of ``sum_j a_j binomial(L - 1, j) eigenvalue^(L - 1 - j)``; empty for
        eigenvalues that h(L) does not feel.
    """

    eigenvalue: complex
    multiplicity: int
    amplitudes: tuple[complex, ...]

    def at(self, length: int) -> complex:
        """Return what it adds to h(length)."""
        return binomial_sum(self.amplitudes, self.eigenvalue, length - 1)


def binomial_sum(amplitudes: Sequence[complex], z: complex, steps: int) -> complex:
    """Return ``sum_j a_j binomial(steps, j) z^(steps - j)``, what a Jordan block of z grows to."""
    return sum(
        (
            a * math.comb(steps, j) * z ** (steps - j)
            for j, a in enumerate(amplitudes)
            if steps >= j
        ),
        start=0j,
    )


@dataclass(frozen=True, eq=False)
class Spectrum:
    """The eigenvalues of a mixed-state graph and how h(L) is made of them.

    Attributes
    ----------
    modes : tuple of Mode
        The largest first.
    error : float
        How far the closed form is from h(1) to h(30) taken directly, in bits per symbol.
    """

    modes: tuple[Mode, ...]
    error: float

    @property
    def is_trusted(self) -> bool:
        """Whether the closed form holds; modes that nearly coincide cannot be told apart."""
        return self.error < TRUSTED

    @property
    def eigenvalues(self) -> tuple[complex, ...]:
        """All of them, as often as they occur."""
        return tuple(mode.eigenvalue for mode in self.modes for _ in range(mode.multiplicity))

    @property
    def nilpotent_steps(self) -> int:
        """How many of the first h(L) have terms that vanish for good afterwards."""
        return max((len(mode.amplitudes) for mode in self.modes if mode.eigenvalue == 0), default=0)

    def h(self, length: int) -> float:
        """Return h(length) in bits per symbol from the closed form."""
        return float(sum((mode.at(length) for mode in self.modes), start=0j).real)

    def closed_form(self) -> str:
        """Return h(L) as text; of complex pairs one term stands for both."""
        if not self.is_trusted:
            return "h(L) has no closed form here: its modes nearly coincide."
        return "h(L) = " + sum_text(self.modes)


def sum_text(modes: tuple[Mode, ...], variable: str = "L", *, first: int = 1) -> str:
    """Return a sum of modes as text; of complex pairs one term stands for both.

    Parameters
    ----------
    first : int
        The value of the variable at which the powers begin: ``z^(L - first)``.
    """
    terms = []
    for mode in modes:
        if mode.eigenvalue.imag < -NOTHING:
            continue
        for j, amplitude in enumerate(mode.amplitudes):
            if abs(amplitude) > NOTHING:
                terms.append(_term(mode.eigenvalue, amplitude, j, variable, first))
    return " + ".join(terms).replace("+ −", "− ") or "0"


def spectrum(graph: MixedStates, progress: Progress | None = None) -> Spectrum:
    """Return the spectrum of a finite mixed-state graph.

    Raises
    ------
    NotPossible
        When the graph is not complete or has more than `MOST_BELIEFS` beliefs.
    """
    if not graph.is_complete:
        raise NotPossible(
            f"The spectrum asks for finitely many beliefs, and they are {graph.verdict}."
        )
    if graph.size > MOST_BELIEFS:
        raise NotPossible(
            f"The spectrum is computed for at most {MOST_BELIEFS} beliefs, and there are "
            f"{graph.size:,}."
        )
    W = transition_matrix(graph)
    entropies = entropy_rows(graph.probability)
    start = np.zeros(graph.size)
    start[0] = 1.0
    modes = modes_between(W, start, entropies, progress)
    return Spectrum(modes, _error(W, entropies, list(modes)))


def modes_between(
    W: Floats, left: Floats, right: Floats, progress: Progress | None = None
) -> tuple[Mode, ...]:
    """Return the modes of ``left W^(L - 1) right``, the largest eigenvalue first."""
    found = _eigenvalues(W)
    modes = []
    for number, (eigenvalue, multiplicity) in enumerate(found):
        if progress is not None:
            progress.report(number / len(found), "Finding modes")
        gap = min((abs(eigenvalue - other) for other, _ in found if other != eigenvalue), default=1)
        amplitudes = _amplitudes(W, left, right, eigenvalue, 0.5 * gap, multiplicity)
        modes.append(Mode(eigenvalue, multiplicity, amplitudes))
    modes.sort(key=lambda mode: (-abs(mode.eigenvalue), -mode.eigenvalue.real))
    return tuple(modes)


def _error(W: Floats, entropies: Floats, modes: list[Mode]) -> float:
    closed, here, worst = Spectrum(tuple(modes), 0.0), entropies, 0.0
    for length in range(1, CHECKED + 1):
        worst = max(worst, abs(closed.h(length) - float(here[0])))
        here = W @ here
    return worst


def transition_matrix(graph: MixedStates) -> Floats:
    """Return W, float64[m, m]: probabilities from belief to belief."""
    W = np.zeros((graph.size, graph.size))
    source, symbol = np.nonzero(graph.next >= 0)
    np.add.at(W, (source, graph.next[source, symbol]), graph.probability[source, symbol])
    return W


def drazin_inverse(W: Floats, pi: Floats) -> Floats:
    """Return the Drazin inverse of I - W, where pi is the stationary distribution of W.

    ``(I - W + W_inf)^-1 - W_inf`` with ``W_inf = 1 pi``.
    """
    forever = np.outer(np.ones(len(W)), pi)
    inverse: Floats = np.linalg.inv(np.eye(len(W)) - W + forever) - forever
    return inverse


def _eigenvalues(W: Floats) -> list[tuple[complex, int]]:
    """Return eigenvalues with multiplicities, one strong component at a time.

    Components that are one belief each have exact eigenvalues: the chains through transient
    beliefs, defective as they are, give zeros and not a cloud around zero.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    count, component = connected_components(csr_array(W > 0), directed=True, connection="strong")
    found: list[complex] = []
    for c in range(count):
        members = np.flatnonzero(component == c)
        if members.size == 1:
            found.append(complex(W[members[0], members[0]]))
        else:
            found.extend(complex(z) for z in np.linalg.eigvals(W[np.ix_(members, members)]))
    groups: list[list[complex]] = []
    for z in found:
        near = next((group for group in groups if abs(group[0] - z) < SAME), None)
        if near is None:
            groups.append([z])
        else:
            near.append(z)
    return [(_cleaned(sum(group) / len(group)), len(group)) for group in groups]


def _cleaned(z: complex) -> complex:
    real = 0.0 if abs(z.real) < SAME else z.real
    imaginary = 0.0 if abs(z.imag) < SAME else z.imag
    return complex(real, imaginary)


def _amplitudes(
    W: Floats, left: Floats, right: Floats, eigenvalue: complex, radius: float, most: int
) -> tuple[complex, ...]:
    """Return the residues of (z - eigenvalue)^j left (z - W)^-1 right at an eigenvalue."""
    angles = 2.0 * np.pi * (np.arange(POINTS) + 0.5) / POINTS
    offsets = radius * np.exp(1j * angles)
    size = len(W)
    matrices = (eigenvalue + offsets)[:, None, None] * np.eye(size) - W
    columns = np.broadcast_to(right.astype(np.complex128)[:, None], (POINTS, size, 1))
    answers = np.linalg.solve(matrices, columns)[:, :, 0] @ left
    amplitudes = [complex((offsets ** (j + 1) * answers).mean()) for j in range(most)]
    while amplitudes and abs(amplitudes[-1]) < NOTHING:
        amplitudes.pop()
    return tuple(amplitudes)


def _term(eigenvalue: complex, amplitude: complex, j: int, variable: str, first: int) -> str:
    begin = _less(variable, first)
    steps = _less(variable, first + j)
    binomial = {0: "", 1: f"({begin}) "}.get(j, f"C({begin}, {j}) ")
    if abs(eigenvalue) < SAME:
        return f"{shown(amplitude.real, 5)} [{variable} = {j + first}]"
    if abs(eigenvalue.imag) > NOTHING:
        size, angle = abs(eigenvalue), math.atan2(eigenvalue.imag, eigenvalue.real)
        turn = math.atan2(amplitude.imag, amplitude.real)
        return (
            f"{shown(2 * abs(amplitude), 5)} {binomial}{shown(size, 5)}^({steps}) "
            f"cos({shown(angle, 5)} ({steps}) + {shown(turn, 5)})"
        )
    if abs(eigenvalue - 1.0) < SAME and j == 0:
        return shown(amplitude.real)
    return f"{shown(amplitude.real, 5)} {binomial}({shown(eigenvalue.real, 5)})^({steps})"


def _less(variable: str, by: int) -> str:
    return f"{variable}−{by}" if by else variable


@dataclass(frozen=True, eq=False)
class PowerSpectrum:
    """The power spectrum of symbols taken as numbers.

    Attributes
    ----------
    omega : float64[m]
        Angular frequencies.
    power : float64[m]
        The continuous part.
    lines : tuple of (float, float)
        Angular frequencies in [0, 2 pi) of delta lines and the power each carries; the powers of
        all lines and the mean of the continuous part add up to the mean square.
    """

    omega: Floats
    power: Floats
    lines: tuple[tuple[float, float], ...]


def power_spectrum(
    model: HiddenMarkovModel, values: npt.ArrayLike | None = None, *, points: int = 512
) -> PowerSpectrum:
    """Return ``P(omega) = <x^2> + 2 Re pi X (e^(i omega) - T)^-1 X 1`` and its delta lines.

    Parameters
    ----------
    values : float64[k], optional
        The number that each symbol stands for; by default 0, 1, 2, ...
    """
    part = recurrent_part(model)
    pi = stationary_distribution(part)
    numbers = np.arange(part.k) if values is None else np.asarray(values)
    numbers = numbers.astype(np.float64)
    X = np.tensordot(numbers, part.T, axes=1)
    square = float(pi @ np.tensordot(numbers**2, part.T, axes=1).sum(axis=1))
    left, right = pi @ X, X.sum(axis=1)
    T = part.transition
    lines, smooth = [], T.astype(np.complex128)
    for z in np.linalg.eigvals(T):
        if abs(abs(z) - 1.0) > 1e-9:
            continue
        z = z / abs(z)
        projector = _projector(T, z)
        smooth = smooth - z * projector
        weight = float((left @ projector @ right / z).real)
        if abs(weight) > 1e-12:
            lines.append((float(np.angle(z) % (2.0 * np.pi)), weight))
    omega = np.pi * (np.arange(points) + 0.5) / points
    resolvents = np.exp(1j * omega)[:, None, None] * np.eye(part.n) - smooth
    # what lies on the unit circle is taken out of the correlations and kept as lines
    kept = right - sum(
        (
            _projector(T, z / abs(z)) @ right
            for z in np.linalg.eigvals(T)
            if abs(abs(z) - 1.0) <= 1e-9
        ),
        start=np.zeros(part.n, dtype=np.complex128),
    )
    answers = np.linalg.solve(resolvents, np.broadcast_to(kept[:, None], (points, part.n, 1)))
    power = square - sum(weight for _, weight in lines) + 2.0 * (answers[:, :, 0] @ left).real
    return PowerSpectrum(omega, power, tuple(sorted(lines)))


def _projector(T: Floats, z: complex) -> Complex:
    """Return the spectral projector of a simple eigenvalue: of an irreducible chain's, all are."""
    values, right = np.linalg.eig(T)
    column = right[:, int(np.abs(values - z).argmin())]
    values_left, left = np.linalg.eig(T.T)
    row = left[:, int(np.abs(values_left - z).argmin())]
    projector: Complex = np.outer(column, row) / (row @ column)
    return projector
