"""The anatomy of a bit: how one symbol's information divides among past, present and future.

``r_mu = H[X_0 | past, future]`` is forgotten at once, ``b_mu = I[X_0; future | past]`` is kept.
With eta = Pr(S_1 | future after X_0) the state before and the symbol have the joint distribution
``Q[s, x] = pi_s T[x][s, s'] / pi_s' eta[s']``, and r_mu is the mean of H[Q] - H[Q summed over x].

Source: R. G. James, C. J. Ellison and J. P. Crutchfield, Anatomy of a bit: information in a time
series observation (2011).
"""

from dataclasses import dataclass

import numpy as np

from core.processes.belief_dynamics import carry
from core.processes.bidirectional import Bidirectional, reversed_dynamics
from core.processes.shannon import entropy, surprise
from core.processes.unifilar import Floats, UnifilarMachine
from core.progress import Progress

MOST_LENGTH = 400
MOST_CELLS = 200_000
"""Numbers worked on at the last level, where the reverse causal states are uncountable."""

CHUNK = 1_000_000


@dataclass(frozen=True, slots=True)
class Ephemeral:
    """r_mu in bits with a bound on its error.

    Attributes
    ----------
    value, error : float
    length : int or None
        How many symbols of the future it takes into account; None when all.
    """

    value: float
    error: float
    length: int | None


def ephemeral_information(
    both: Bidirectional, progress: Progress | None = None, *, most: int = MOST_CELLS
) -> Ephemeral:
    """Return r_mu: exactly from the reverse causal states, or between two bounds.

    Where the reverse causal states are uncountable, a future of L symbols makes r_mu too large,
    and knowing also the causal state behind it makes it too small: the mean of both is returned,
    and half their distance as the bound.
    """
    machine, found = both.forward, both.found
    if found.machine is not None:
        value = _mean(machine, found.beliefs, found.machine.pi)
        return Ephemeral(value, 1e-12 + 64.0 * found.lost, None)
    dynamics = reversed_dynamics(machine)
    outer: tuple[Floats, Floats] = (machine.pi[None, :], np.ones(1))
    inner: tuple[Floats, Floats] = (np.eye(machine.n), machine.pi)
    per_belief = machine.n * machine.k
    length, work = 0, 0
    while (
        len(inner[1]) * machine.k * per_belief <= most and work <= 3 * most and length < MOST_LENGTH
    ):
        outer_next = carry(dynamics, *outer, progress=progress)
        inner_next = carry(dynamics, *inner, progress=progress)
        if outer_next is None or inner_next is None:
            break
        outer, inner = outer_next, inner_next
        length += 1
        work += len(inner[1]) * per_belief
    above, below = _mean(machine, *outer), _mean(machine, *inner)
    return Ephemeral(0.5 * (above + below), 0.5 * max(0.0, above - below) + 1e-12, length)


def _mean(machine: UnifilarMachine, beliefs: Floats, weights: Floats) -> float:
    """Return the mean of H[X_0 | S_0, belief about S_1] over beliefs about S_1."""
    following, pi = machine.following, machine.pi
    back = pi[:, None] * machine.probability
    back = np.where(following >= 0, back / pi[following], 0.0)
    rows = max(1, CHUNK // following.size)
    total = 0.0
    for begin in range(0, len(beliefs), rows):
        Q = beliefs[begin : begin + rows][:, np.maximum(following, 0)] * back
        inside = surprise(Q).sum(axis=(1, 2)) - surprise(Q.sum(axis=2)).sum(axis=1)
        total += float(weights[begin : begin + rows] @ inside)
    return max(0.0, total)


@dataclass(frozen=True, slots=True)
class Anatomy:
    """The atoms of one symbol's information diagram, all in bits.

    Attributes
    ----------
    r, b, q, w, rho, sigma : float
        Ephemeral, bound, enigmatic, residual (local exogenous), anticipated information, and what
        past and future share beyond the present symbol.
    """

    r: float
    b: float
    q: float
    w: float
    rho: float
    sigma: float


def anatomy(machine: UnifilarMachine, r: float, E: float) -> Anatomy:
    """Return all atoms from r_mu and the excess entropy."""
    single, h = entropy(machine.pi @ machine.probability), machine.entropy_rate
    rho, b = single - h, h - r
    return Anatomy(r=r, b=b, q=rho - b, w=rho + b, rho=rho, sigma=E - rho)
