"""The stationary distribution of the states of a process.

Source: W. K. Grassmann, M. I. Taksar and D. P. Heyman, Regenerative analysis and steady state
distributions for Markov chains (1985): elimination without a subtraction, so that no digit is lost
even when the chain nearly falls apart.
"""

import numpy as np

from core.processes.errors import NotPossible
from core.processes.matrices import Matrices, Vector
from core.processes.model import HiddenMarkovModel
from core.processes.recurrence import require_one_recurrent_class

MOST_STATES_ELIMINATED = 800
"""Elimination takes a cubic number of steps one row at a time; larger chains go to LAPACK."""

FEW_STATES = 30
"""So many are eliminated before a kernel is loaded."""


def stationary_distribution(model: HiddenMarkovModel) -> Vector:
    """Return pi with ``pi = pi T`` and sum 1, float64[n]; transient states have 0.

    Raises
    ------
    MatrixError
        When a row does not sum to 1.
    NotErgodic
        When there are several recurrent classes, and so several stationary distributions.
    NotPossible
        When a generalized model has no single stationary vector.
    """
    members = np.array(require_one_recurrent_class(model))
    if model.is_generalized:
        return _left_vector(model.transition)
    pi = np.zeros(model.n)
    P = model.transition[np.ix_(members, members)]
    pi[members] = eliminated(P) if len(members) <= MOST_STATES_ELIMINATED else _solved(P)
    return pi


def eliminated(P: Matrices) -> Vector:
    """Return the stationary distribution of an irreducible chain by GTH elimination."""
    P = np.array(P)
    n = len(P)
    if n > FEW_STATES:
        from core.processes.kernels_stationary import eliminate_states

        eliminate_states(P)
    else:
        for last in range(n - 1, 0, -1):
            P[:last, last] /= P[last, :last].sum()
            P[:last, :last] += np.outer(P[:last, last], P[last, :last])
    pi = np.ones(n)
    for i in range(1, n):
        pi[i] = pi[:i] @ P[:i, i]
        if pi[i] > 1e150:  # far from overflow, wherever the mass turns out to lie
            pi[: i + 1] /= pi[i]
    result: Vector = pi / pi.sum()
    return result


def _solved(P: Matrices) -> Vector:
    equations = P.T - np.eye(len(P))
    equations[-1] = 1.0
    right = np.zeros(len(P))
    right[-1] = 1.0
    pi = np.maximum(np.linalg.solve(equations, right), 0.0)
    result: Vector = pi / pi.sum()
    return result


def _left_vector(P: Matrices) -> Vector:
    n = len(P)
    equations = np.vstack([P.T - np.eye(n), np.ones(n)])
    right = np.zeros(n + 1)
    right[-1] = 1.0
    eta, _, rank, _ = np.linalg.lstsq(equations, right, rcond=1e-11)
    if rank < n or np.abs(equations @ eta - right).max() > 1e-8:
        raise NotPossible(
            "This generalized process has no single stationary vector, so nothing says where it "
            "starts."
        )
    return np.asarray(eta, dtype=np.float64)
