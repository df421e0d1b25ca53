"""Generalized hidden Markov models: signed matrices whose words still have probabilities.

Sums over all paths of a word are probabilities; the weight of a single path may be negative, so a
state is a coordinate and nothing that a process is ever in. Every model here is kept in a basis in
which the right vector is all ones, to which any other can be brought.

Source: D. R. Upper, Theory and algorithms for hidden Markov models and generalized hidden Markov
models (1997); H. Jaeger, Observable operator models for discrete stochastic time series (2000).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.processes.errors import MatrixError, NotPossible
from core.processes.matrices import check_sizes
from core.processes.model import HiddenMarkovModel
from core.processes.stationary import stationary_distribution

MOST_WORDS = 4096


def in_standard_basis(
    name: str,
    alphabet: Sequence[str],
    states: Sequence[str],
    T: npt.ArrayLike,
    right: npt.ArrayLike,
) -> HiddenMarkovModel:
    """Return the generalized model of matrices whose right vector is `right` and not all ones.

    Parameters
    ----------
    T : float64[k, n, n]
    right : float64[n]
        With ``sum_x T[x] right = right``.

    Raises
    ------
    MatrixError
        When `right` is not such a vector.
    """
    matrices = np.array(T, dtype=np.float64)
    ones = np.array(right, dtype=np.float64)
    n = len(states)
    check_sizes(len(alphabet), n)
    if matrices.shape != (len(alphabet), n, n) or ones.shape != (n,) or not ones.any():
        raise MatrixError(
            f"The matrices have the shape {matrices.shape} and the right vector {ones.shape}, and "
            f"{len(alphabet)} symbols and {n} states ask for {(len(alphabet), n, n)} and {(n,)}."
        )
    if not np.allclose(matrices.sum(axis=0) @ ones, ones, rtol=0, atol=1e-9):
        raise MatrixError("The sum of the matrices does not leave the right vector as it is.")
    left = ones / (ones @ ones)
    if abs(left.sum()) < 1e-6:
        left = left + 1.0 / n
    basis = np.eye(n) + np.outer(1.0 - ones, left)  # takes `right` to all ones
    changed = basis @ matrices @ np.linalg.inv(basis)
    return HiddenMarkovModel(name, tuple(alphabet), tuple(states), changed, is_generalized=True)


def require_states(model: HiddenMarkovModel, what: str) -> None:
    """Raise `NotPossible` for a generalized model; `what` begins the sentence.

    Examples
    --------
    >>> require_states(model, "The entropy of the state")
    """
    if model.is_generalized:
        raise NotPossible(
            f"{what} has no meaning for a generalized process: its states are signed coordinates "
            "and have no probabilities."
        )


def negative_word(model: HiddenMarkovModel, tolerance: float = 1e-9) -> tuple[str, ...] | None:
    """Return a short word with a negative probability, or None when the short ones have none.

    Whether any word of any length has one cannot be decided; some thousand short ones are tried.
    """
    beliefs = stationary_distribution(model)[None, :]
    words: list[tuple[str, ...]] = [()]
    while len(words) * model.k <= MOST_WORDS:
        beliefs = (beliefs[:, None, None, :] @ model.T[None])[:, :, 0, :].reshape(-1, model.n)
        words = [(*word, symbol) for word in words for symbol in model.alphabet]
        probabilities = beliefs.sum(axis=1)
        if probabilities.min() < -tolerance:
            return words[int(probabilities.argmin())]
    return None
