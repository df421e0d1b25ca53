"""Entropies between past and future, from the invariant measures of beliefs on both sides.

Past and future know the state's surroundings independently once the state is given, so that means
over both are double integrals over two invariant measures: with eta the belief after the past and
zeta the belief before the future, ``q_x = eta T[x] (zeta / pi)`` and

    r_mu = integral of sum_x -q_x log2(q_x / q) over both measures.

Where no symbol's probability vanishes on either side the integrand is analytic, and the weights of
the polynomial operator give it to many digits, where words would give three.

Source: C. J. Ellison, J. R. Mahoney and J. P. Crutchfield, Prediction, retrodiction, and the amount
of information stored in the present (2009).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from core.processes.errors import NotPossible, ProcessError
from core.processes.model import HiddenMarkovModel
from core.processes.polynomial_operator import (
    DEGREES,
    STEP,
    Integral,
    InvariantIntegrals,
    InvariantMeasure,
    invariant_integrals,
)
from core.processes.reversal import reversed_process
from core.processes.shannon import surprise
from core.processes.unifilar import Floats
from core.progress import Progress

CHUNK = 300_000
CAUTION = 4.0
"""How much larger than the difference between the degrees an error may be."""


class StateEntropies(NamedTuple):
    """H[R | past], H[R | future] and H[R | past, future] of a generator's states R, in bits."""

    by_past: Integral
    by_future: Integral
    by_both: Integral


class Sides(NamedTuple):
    """The invariant measures of beliefs from the past and from the future."""

    past: InvariantMeasure
    future: InvariantMeasure


def reverse_integrals(
    model: HiddenMarkovModel, degree: int | None = None, progress: Progress | None = None
) -> InvariantIntegrals | None:
    """Return the integrals of the process read backwards, or None where there are none.

    h_mu, E and T are the same in both directions, and the beliefs may be better-natured in one.
    """
    if model.is_generalized or model.n not in DEGREES:
        return None
    try:
        return invariant_integrals(reversed_process(model), degree, progress)
    except ProcessError:
        return None


def measured_sides(
    model: HiddenMarkovModel, most_pairs: int, progress: Progress | None = None
) -> Sides | None:
    """Return both measures at the highest degree whose pairs of points are not too many."""
    if model.is_generalized or model.n not in DEGREES:
        return None
    points = int((most_pairs / model.k) ** 0.5)
    degree = min(DEGREES[model.n][2], int(points ** (1.0 / (model.n - 1)) + 1e-9) - 4)
    if degree <= STEP:
        return None
    try:
        past = invariant_integrals(model, degree, progress).measure
        future = invariant_integrals(reversed_process(model), degree, progress).measure
    except NotPossible:
        return None
    return None if past is None or future is None else Sides(past, future)


def symbol_entropy(
    sides: Sides, T: Floats, pi: Floats, progress: Progress | None = None
) -> Integral:
    """Return r_mu = H[X | past before it, future after it]."""
    ahead = T @ (sides.future.beliefs / pi).T

    def inside(eta: Floats) -> Floats:
        """Return the integrand for the beliefs of one side."""
        q = np.maximum(eta @ ahead, 0.0)
        result: Floats = surprise(q).sum(axis=0) - surprise(q.sum(axis=0))
        return result

    return _double(sides, inside, len(T), progress)


def state_entropies(sides: Sides, pi: Floats, progress: Progress | None = None) -> StateEntropies:
    """Return what past, future and both leave open about the generator's state."""
    right = sides.future.beliefs / pi

    def inside(eta: Floats) -> Floats:
        """Return the integrand for the beliefs of one side."""
        joint = eta[:, None, :] * right[None, :, :]
        result: Floats = surprise(joint).sum(axis=2) - surprise(joint.sum(axis=2))
        return result

    return StateEntropies(
        _single(sides.past), _single(sides.future), _double(sides, inside, pi.size, progress)
    )


def entropy_after(future: InvariantMeasure, T: Floats, pi: Floats) -> Integral:
    """Return r_mu where the past tells the state: the mean of H[X | state, future after X]."""
    exact = InvariantMeasure(np.eye(pi.size), pi, pi)
    return symbol_entropy(Sides(exact, future), T, pi)


def _single(measure: InvariantMeasure) -> Integral:
    values = surprise(measure.beliefs).sum(axis=1)
    return _integral(float(measure.weights @ values), float(measure.coarse @ values))


def _double(
    sides: Sides, inside: Callable[[Floats], Floats], factor: int, progress: Progress | None
) -> Integral:
    past, future = sides
    rows = max(1, CHUNK // (factor * len(future.beliefs)))
    fine = coarse = 0.0
    for begin in range(0, len(past.beliefs), rows):
        if progress is not None:
            progress.check()
        part = slice(begin, begin + rows)
        values = inside(past.beliefs[part])
        fine += float(past.weights[part] @ (values @ future.weights))
        coarse += float(past.coarse[part] @ (values @ future.coarse))
    return _integral(fine, coarse)


def _integral(fine: float, coarse: float) -> Integral:
    return Integral(fine, CAUTION * abs(fine - coarse) + 1e-12)
