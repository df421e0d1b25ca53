"""A state or a symbol between a past and a future: entropies from beliefs on both sides.

A state R shields the past from the future, so a forward belief f = Pr(R | past) and a backward
belief b = Pr(R | future) meet with ``Pr(f, i, b) = w_f f_i w_b b_i / pi_i``; with a symbol between
them, ``Pr(f, x, b) = sum_ij w_f f_i T[x][i, j] w_b b_j / pi_j``. Where the beliefs of either side
are uncountable, words of some length stand for the past or the future; starting those words from
known states gives the bound from the other side.
"""

from dataclasses import dataclass

import numpy as np

from core.processes.belief_dynamics import BeliefDynamics, carry, dynamics_of
from core.processes.recurrent_beliefs import RecurrentBeliefs, recurrent_beliefs
from core.processes.shannon import entropy_rows, surprise
from core.processes.unifilar import Floats
from core.progress import Progress

MOST_CELLS = 100_000
"""Pairs of beliefs times states or symbols."""

MOST_BELIEFS = 2_000
CHUNK = 1_000_000


@dataclass(frozen=True, eq=False)
class Weighted:
    """Beliefs with their weights: float64[m, n] and float64[m].

    Attributes
    ----------
    length : int or None
        The length of the words behind them; None for all of the past or future.
    """

    beliefs: Floats
    weights: Floats
    length: int | None


@dataclass(frozen=True, eq=False)
class Side:
    """What is known about the states from one side.

    Attributes
    ----------
    outer : Weighted
        From words alone, which know too little, or exact.
    inner : Weighted
        From words and the state at their far end, which know too much, or exact.
    """

    outer: Weighted
    inner: Weighted

    @property
    def is_exact(self) -> bool:
        """Whether the whole past or future is taken into account."""
        return self.outer.length is None


def reversed_matrices(T: Floats, pi: Floats) -> Floats:
    """Return ``R[x][j, i] = pi_i T[x][i, j] / pi_j`` of a process without transient states."""
    result: Floats = T.transpose(0, 2, 1) * pi[None, None, :] / pi[None, :, None]
    return result


def both_sides(
    T: Floats,
    pi: Floats,
    progress: Progress | None = None,
    *,
    most: int = 2000,
    cells: int = MOST_CELLS,
) -> tuple[Side, Side]:
    """Return what the past and what the future say about the states of a generator."""
    dynamics = dynamics_of(T), dynamics_of(reversed_matrices(T, pi))
    found = [recurrent_beliefs(each, pi, most=most, progress=progress) for each in dynamics]
    exact = [each for each in found if each.machine is not None]
    sizes = max((len(each.beliefs) for each in exact), default=0)
    share = cells // (T.shape[1] * max(1, T.shape[0]))
    limit = min(MOST_BELIEFS, share // sizes) if sizes else int(np.sqrt(share))
    sides = [
        _side(each, one, pi, limit, progress) for each, one in zip(dynamics, found, strict=True)
    ]
    return sides[0], sides[1]


def _side(
    dynamics: BeliefDynamics,
    found: RecurrentBeliefs,
    pi: Floats,
    limit: int,
    progress: Progress | None,
) -> Side:
    if found.machine is not None:
        exact = Weighted(found.beliefs, found.machine.pi, None)
        return Side(exact, exact)
    return Side(
        _level(dynamics, Weighted(pi[None, :], np.ones(1), 0), limit, progress),
        _level(dynamics, Weighted(np.eye(pi.size), pi, 0), limit, progress),
    )


def _level(
    dynamics: BeliefDynamics, start: Weighted, limit: int, progress: Progress | None
) -> Weighted:
    """Return the last level of at most so many beliefs."""
    here = start
    for length in range(1, 400):
        following = carry(dynamics, here.beliefs, here.weights, most=limit, progress=progress)
        if following is None or len(following[1]) > limit:
            break
        here = Weighted(*following, length)
    return here


def state_entropy_between(past: Weighted, future: Weighted, pi: Floats) -> float:
    """Return H[R | past, future] in bits."""
    right = future.beliefs * future.weights[:, None] / pi
    total = 0.0
    for left in _chunks(past, right.size):
        joint = left[:, None, :] * right[None, :, :]
        total += float(surprise(joint).sum() - surprise(joint.sum(axis=2)).sum())
    return max(0.0, total)


def symbol_entropy_between(past: Weighted, future: Weighted, T: Floats, pi: Floats) -> float:
    """Return H[X | past before it, future after it] in bits."""
    right = (future.beliefs * future.weights[:, None] / pi).T
    ahead = T @ right
    total = 0.0
    for left in _chunks(past, ahead[:, 0].size):
        joint = left @ ahead
        total += float(surprise(joint).sum() - surprise(joint.sum(axis=0)).sum())
    return max(0.0, total)


def state_entropy_given(side: Weighted) -> float:
    """Return H[R | past] or H[R | future] in bits."""
    return float(side.weights @ entropy_rows(side.beliefs))


def _chunks(past: Weighted, columns: int) -> list[Floats]:
    left = past.beliefs * past.weights[:, None]
    rows = max(1, CHUNK // max(1, columns))
    return [left[begin : begin + rows] for begin in range(0, len(left), rows)]
