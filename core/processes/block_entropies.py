"""Block entropies H(L) and what the curve says, without writing a single word down.

Weights are carried from beliefs to beliefs and added up where words lead to the same one:
``h(l + 1) = sum over eta of w_l(eta) H[p(eta)]`` and H(L) is the sum of the first h.

Source: J. P. Crutchfield and D. P. Feldman, Regularities unseen, randomness observed: levels of
entropy convergence (2003).
"""

from dataclasses import dataclass

import numpy as np

from core.processes.belief_dynamics import carry, dynamics_of
from core.processes.model import HiddenMarkovModel
from core.processes.stationary import stationary_distribution
from core.processes.unifilar import Floats
from core.progress import Progress

MOST_BELIEFS = 400_000
"""Beliefs at one level; where more would be needed the curve ends."""

MOST_UNMERGED = 500
"""A level this large in which no two beliefs agreed is taken to be a tree from there on."""


@dataclass(frozen=True, eq=False)
class BlockEntropies:
    """The entropy curves of a process, all in bits.

    Attributes
    ----------
    H : float64[length + 1]
        Block entropies, H[0] = 0.
    h : float64[length + 1]
        h[l] = H[l] - H[l - 1], the entropy of a symbol when l - 1 before it are known;
        h[0] = log2 of the number of symbols.
    length : int
        How far they go, at most as far as was asked.
    state_entropy : float64[length]
        H[state | X_0:l] of the generator's states for l from 0, NaN for a generalized process.
    """

    H: Floats
    h: Floats
    length: int
    state_entropy: Floats

    @property
    def gains(self) -> Floats:
        """The predictability gain h(l) - h(l - 1), from l = 1 on, float64[length]."""
        result: Floats = np.diff(self.h)
        return result

    def excess(self, h_mu: float) -> Floats:
        """Return E(L) = H(L) - L h_mu, whose limit is the excess entropy, float64[length + 1]."""
        result: Floats = self.H - h_mu * np.arange(self.length + 1)
        return result

    def transient(self, h_mu: float, E: float) -> Floats:
        """Return E + h_mu L - H(L), whose sum is the transient information."""
        result: Floats = E - self.excess(h_mu)
        return result


def block_entropies(
    model: HiddenMarkovModel,
    length: int = 10,
    *,
    start: Floats | None = None,
    most: int = MOST_BELIEFS,
    progress: Progress | None = None,
) -> BlockEntropies:
    """Return H(0) to H(length), as far as `most` beliefs at one level allow."""
    from core.processes.kernels_mixed_states import mean_symbol_entropy

    pi = stationary_distribution(model) if start is None else np.array(start)
    dynamics = dynamics_of(model.T)
    emission = model.emission
    beliefs, weights = pi[None, :], np.ones(1)
    h = [float(np.log2(model.k))]
    uncertain = []
    merges = True
    for level in range(length):
        if progress is not None:
            progress.report(level / length, "Adding up words")
        uncertain.append(
            float("nan")
            if model.is_generalized
            else mean_symbol_entropy(beliefs, weights, np.eye(model.n))
        )
        h.append(mean_symbol_entropy(beliefs, weights, emission))
        if level + 1 == length:
            break
        ahead = carry(dynamics, beliefs, weights, most=most, merges=merges, progress=progress)
        if ahead is None:
            break
        merges = len(ahead[0]) < max(MOST_UNMERGED, model.k * len(beliefs))
        beliefs, weights = ahead
    steps = np.array(h)
    return BlockEntropies(
        np.concatenate([[0.0], np.cumsum(steps[1:])]), steps, len(h) - 1, np.array(uncertain)
    )
