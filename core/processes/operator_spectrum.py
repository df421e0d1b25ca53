"""Leading eigenvalues of the belief operator where the beliefs are uncountably many.

The matrix of ``(K f)(eta) = sum_x p_x(eta) f(g_x(eta))`` on polynomials has the operator's isolated
eigenvalues among its own, the leading ones to many digits. Each is compared with the nearest of a
basis of lower degree: the distance is its error, and what does not come again is left out.

Sources: E. M. Riechers and J. P. Crutchfield, Spectral simplicity of apparent complexity I (2018);
A. M. Jurgens and J. P. Crutchfield, Shannon entropy rate of hidden Markov processes (2021).
"""

from dataclasses import dataclass

import numpy as np

from core.processes.errors import NotPossible
from core.processes.model import HiddenMarkovModel
from core.processes.polynomial_operator import DEGREES, STEP, operator_matrix
from core.processes.recurrence import recurrent_part, require_one_recurrent_class
from core.progress import Progress

MOST_SHOWN = 16
SETTLED = 1e-3
NOTHING = 1e-6
SAME = 1e-7


@dataclass(frozen=True, slots=True)
class OperatorEigenvalue:
    """An isolated eigenvalue of the operator.

    Attributes
    ----------
    value : complex
    multiplicity : int
    error : float
        The distance from the nearest eigenvalue of a basis of lower degree.
    """

    value: complex
    multiplicity: int
    error: float


def operator_eigenvalues(
    model: HiddenMarkovModel, progress: Progress | None = None
) -> tuple[OperatorEigenvalue, ...]:
    """Return the leading eigenvalues, the largest first, that two degrees agree on.

    Raises
    ------
    NotErgodic
        With several recurrent classes.
    NotPossible
        For generalized processes, for other than 2 to 4 states, and where the probability of a
        symbol vanishes at some of the beliefs.
    """
    require_one_recurrent_class(model)
    part = recurrent_part(model)
    if part.is_generalized or part.n not in DEGREES:
        raise NotPossible(
            "The operator on polynomials is made for processes of 2 to 4 states without negative "
            f"entries; this one has {part.n}."
        )
    degree = DEGREES[part.n][1]
    fine, coarse = (
        np.linalg.eigvals(operator_matrix(part, each, progress)) for each in (degree, degree - STEP)
    )
    fine = fine[np.argsort(-np.abs(fine), kind="stable")]
    found: list[OperatorEigenvalue] = []
    for value in fine:
        if len(found) == MOST_SHOWN or abs(value) < NOTHING:
            break
        error = float(np.abs(coarse - value).min())
        if error > SETTLED:
            continue
        # clusters of equal eigenvalues split by rounding
        at = next((i for i, each in enumerate(found) if abs(each.value - value) < SAME), None)
        if at is None:
            found.append(OperatorEigenvalue(_clean(complex(value)), 1, max(error, 1e-15)))
        else:
            known = found[at]
            found[at] = OperatorEigenvalue(
                known.value, known.multiplicity + 1, max(known.error, error)
            )
    return tuple(found)


def _clean(value: complex) -> complex:
    return complex(value.real, 0.0 if abs(value.imag) < 1e-9 else value.imag)
