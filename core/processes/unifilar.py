"""Unifilar machines as arrays: state and symbol determine the next state."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from core.processes.shannon import entropy, entropy_rows
from core.processes.stationary import eliminated

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

LEAST_WEIGHT = 1e-20
MOST_ELIMINATED = 300
"""Larger chains are solved as sparse linear equations."""


@dataclass(frozen=True, eq=False)
class UnifilarMachine:
    """A unifilar machine with one recurrent class and no transient states.

    Attributes
    ----------
    following : int64[n, k]
        The next state on each symbol, -1 where the symbol cannot occur.
    probability : float64[n, k]
        Pr(symbol | state), 0 where it cannot occur.
    """

    following: Integers
    probability: Floats

    @property
    def n(self) -> int:
        """Number of states."""
        return len(self.following)

    @property
    def k(self) -> int:
        """Number of symbols."""
        return int(self.following.shape[1])

    @cached_property
    def pi(self) -> Floats:
        """The stationary distribution, float64[n]."""
        return stationary_of(self.following, self.probability)

    @cached_property
    def symbol_entropies(self) -> Floats:
        """H[next symbol | state] of each state in bits, float64[n]."""
        return entropy_rows(self.probability)

    @cached_property
    def entropy_rate(self) -> float:
        """h_mu in bits per symbol."""
        return float(self.pi @ self.symbol_entropies)

    @cached_property
    def state_entropy(self) -> float:
        """H[state] in bits; the statistical complexity when the machine is minimal."""
        return entropy(self.pi)

    def matrices(self) -> Floats:
        """Return ``T[x, i, j]``, float64[k, n, n]."""
        T = np.zeros((self.k, self.n, self.n))
        i, x = np.nonzero(self.following >= 0)
        T[x, i, self.following[i, x]] = self.probability[i, x]
        return T


def stationary_of(following: Integers, probability: Floats) -> Floats:
    """Return the stationary distribution of an irreducible chain given by its successors."""
    n = len(following)
    source, symbol = np.nonzero(following >= 0)
    target, value = following[source, symbol], probability[source, symbol]
    if n <= MOST_ELIMINATED:
        P = np.zeros((n, n))
        np.add.at(P, (source, target), value)
        return eliminated(P)
    from scipy.sparse import csc_array
    from scipy.sparse.linalg import splu

    # a state's balance stays true when the probability to stay is left out; fix state 0 at 1
    balance = csc_array(
        (
            np.append(value, -np.ones(n)),
            (np.append(target, np.arange(n)), np.append(source, np.arange(n))),
        ),
        shape=(n, n),
    )
    right = -balance[1:, [0]].toarray().ravel()
    rest = splu(balance[1:, 1:].tocsc()).solve(right)
    # the least probable states drown in rounding, but none of a recurrent chain has nothing
    pi = np.maximum(np.append(1.0, rest), LEAST_WEIGHT)
    result: Floats = pi / pi.sum()
    return result


def unifilar_of(T: Floats) -> UnifilarMachine:
    """Return the machine of unifilar matrices ``T[x, i, j]``."""
    following = T.argmax(axis=2).T.astype(np.int64)
    probability = np.ascontiguousarray(T.max(axis=2).T)
    following[probability <= 0.0] = -1
    return UnifilarMachine(np.ascontiguousarray(following), probability)
