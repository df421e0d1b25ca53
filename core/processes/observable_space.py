"""What of a belief can ever be seen: the space spanned by the probabilities of all future words.

Two beliefs predict the same future exactly when they agree on the vectors ``T[w] 1`` of all words
w. In coordinates of that space each causal state is one point, even where a generator has
uncountably many beliefs about states that look the same.

Source: H. Jaeger, Observable operator models for discrete stochastic time series (2000).
"""

import numpy as np

from core.processes.unifilar import Floats

MOST_STATES = 256
SAME_DIRECTION = 1e-10


def observable_basis(T: Floats) -> Floats:
    """Return orthonormal columns, float64[n, d], that span the vectors ``T[w] 1``."""
    n = T.shape[1]
    if n > MOST_STATES:
        return np.eye(n)
    basis = np.full((n, 1), 1.0 / np.sqrt(n))
    done = 0
    while done < basis.shape[1] < n:
        fresh = (T @ basis[:, done:]).transpose(1, 0, 2).reshape(n, -1)
        done = basis.shape[1]
        for _ in range(2):
            fresh = fresh - basis @ (basis.T @ fresh)
        left, size, _ = np.linalg.svd(fresh, full_matrices=False)
        basis = np.hstack([basis, left[:, size > SAME_DIRECTION]])
    return basis[:, :n]


def reduced(T: Floats, start: Floats, basis: Floats) -> tuple[Floats, Floats, Floats]:
    """Return matrices, start and the vector of ones in the coordinates of a basis."""
    return basis.T @ T @ basis, start @ basis, basis.sum(axis=0)
