"""Markov order and cryptic order, read from the graph of pairs of causal states.

A pair of states is joined to the pair that both reach on one symbol. While two states of a pair
are followed together, the symbols seen so far leave both possible: the longest path says how many
symbols an observer may need. A pair merges when one symbol takes both to the same state: from then
on no future tells them apart, and only pairs that can come to that make the cryptic order.

Source: R. G. James, J. R. Mahoney, C. J. Ellison and J. P. Crutchfield, Many roads to synchrony:
natural time scales and their algorithms (2014).
"""

import math
from dataclasses import dataclass

import numpy as np

from core.processes.unifilar import UnifilarMachine

MOST_STATES = 1500
"""The pair graph has about a million nodes then."""


@dataclass(frozen=True, slots=True)
class Orders:
    """Markov and cryptic order: whole numbers, or infinity.

    Attributes
    ----------
    markov : float
        The smallest L with H[S_L | X_0:L] = 0.
    cryptic : float
        The smallest L with H[S_L | X_0:inf] = 0.
    """

    markov: float
    cryptic: float


def orders(machine: UnifilarMachine) -> Orders | None:
    """Return the orders of a minimal unifilar machine, or None when it is too large to say."""
    from core.processes.kernels_orders import longest_path, pair_edges, reaching

    n, k = machine.following.shape
    if n == 1:
        return Orders(0, 0)
    if n > MOST_STATES or n * n * k > 2**24:
        return None
    merges = np.zeros(n * n, dtype=np.bool_)
    sources, targets = (np.empty(n * (n - 1) // 2 * k, dtype=np.int32) for _ in range(2))
    count = pair_edges(machine.following, merges, sources, targets)
    order = np.argsort(targets[:count], kind="stable")
    before = sources[:count][order]
    starts = np.searchsorted(targets[:count][order], np.arange(n * n + 1)).astype(np.int64)
    everything = np.triu(np.ones((n, n), dtype=np.bool_), 1).ravel()
    markov = longest_path(starts, before, everything)
    reaching(starts, before, merges)
    cryptic = longest_path(starts, before, merges)
    return Orders(_order(markov), _order(cryptic))


def _order(longest: int) -> float:
    """Return the order of a longest path: one more than its edges, 0 without a pair."""
    if longest == -2:
        return 0
    return math.inf if longest == -1 else longest + 1
