"""A process seen through a memoryless channel.

Source: C. E. Shannon, A mathematical theory of communication (1948), section 11; the process behind
a channel usually has infinitely many causal states.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.labels import quoted
from core.processes.errors import MatrixError
from core.processes.matrices import ROW_SUM_TOLERANCE, Matrices, check_sizes
from core.processes.model import HiddenMarkovModel


def through_channel(
    model: HiddenMarkovModel, channel: npt.ArrayLike, outputs: Sequence[str] | None = None
) -> HiddenMarkovModel:
    """Return the process of what comes out of the channel, with the states of `model`.

    Parameters
    ----------
    channel : float64[k, m]
        ``channel[x, y] = Pr(output y | symbol x)``; rows sum to 1.
    outputs : sequence of str
        The m symbols that come out; without them, those that go in.
    """
    C = np.array(channel, dtype=np.float64)
    names = model.alphabet if outputs is None else tuple(outputs)
    check_sizes(len(names), model.n)
    if C.shape != (model.k, len(names)):
        raise MatrixError(
            f"The channel has the shape {C.shape}, and {model.k} symbols in and {len(names)} out "
            f"ask for {(model.k, len(names))}."
        )
    for x, row in enumerate(C):
        if not (row.min() >= 0 and abs(row.sum() - 1.0) <= ROW_SUM_TOLERANCE):
            raise MatrixError(
                f"The row of the channel for symbol {quoted(model.alphabet[x])} is no distribution."
            )
    T = np.tensordot(C.T, model.T, axes=1)
    return HiddenMarkovModel(model.name, names, model.states, T, model.is_generalized)


def symmetric_channel(symbols: int, error: float) -> Matrices:
    """Return the channel that changes a symbol with probability `error`, into each other alike."""
    _check_chance(error)
    if symbols == 1:
        return np.ones((1, 1))
    C = np.full((symbols, symbols), error / (symbols - 1))
    np.fill_diagonal(C, 1.0 - error)
    return C


def erasure_channel(symbols: int, loss: float) -> Matrices:
    """Return the channel that loses a symbol with probability `loss`; the last output says so."""
    _check_chance(loss)
    return np.hstack([(1.0 - loss) * np.eye(symbols), np.full((symbols, 1), loss)])


def _check_chance(value: float) -> None:
    if not 0.0 <= value <= 1.0:
        raise MatrixError(f"The share of errors is {value:g}; it lies between 0 and 1.")
