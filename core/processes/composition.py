"""Processes out of processes: two side by side, and one that drives a transducer.

Source: N. Barnett and J. P. Crutchfield, Computational mechanics of input-output processes (2015).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.labels import quoted
from core.processes.errors import MatrixError, ProcessError
from core.processes.matrices import (
    ROW_SUM_TOLERANCE,
    Matrices,
    check_labels,
    check_sizes,
    frozen,
)
from core.processes.model import HiddenMarkovModel

BETWEEN = "·"
"""Stands between the parts of a joint state or symbol."""


@dataclass(frozen=True, eq=False)
class Transducer:
    """A channel with memory: a finite-state machine that answers each symbol with another.

    Attributes
    ----------
    name : str
    inputs, outputs, states : tuple of str
    T : float64[inputs, outputs, n, n]
        ``T[x, y, i, j] = Pr(output y, next state j | input x, state i)``.
    """

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    states: tuple[str, ...]
    T: Matrices

    def __post_init__(self) -> None:
        n = len(self.states)
        check_sizes(len(self.inputs) * len(self.outputs), n)
        check_labels(self.states, "state")
        check_labels(self.inputs, "symbol")
        check_labels(self.outputs, "symbol")
        object.__setattr__(self, "T", frozen(self.T))
        shape = (len(self.inputs), len(self.outputs), n, n)
        if self.T.shape != shape:
            raise MatrixError(f"The transducer has the shape {self.T.shape} and not {shape}.")
        if not self.T.min() >= 0:
            raise MatrixError("The transducer has an entry that is negative or not a number.")
        wrong = np.argwhere(np.abs(self.T.sum(axis=(1, 3)) - 1.0) > ROW_SUM_TOLERANCE)
        if wrong.size:
            x, i = wrong[0]
            raise MatrixError(
                f"Row {quoted(self.states[i])} of the transducer does not sum to 1 on the input "
                f"{quoted(self.inputs[x])}."
            )


def product(first: HiddenMarkovModel, second: HiddenMarkovModel) -> HiddenMarkovModel:
    """Return two independent processes as one; its symbols and states are pairs."""
    check_sizes(first.k * second.k, first.n * second.n)
    T = np.array([np.kron(a, b) for a in first.T for b in second.T])
    return HiddenMarkovModel(
        f"{first.name}{BETWEEN}{second.name}",
        _pairs(first.alphabet, second.alphabet),
        _pairs(first.states, second.states),
        T,
        first.is_generalized or second.is_generalized,
    )


def driven(
    transducer: Transducer, model: HiddenMarkovModel, *, with_input: bool = False
) -> HiddenMarkovModel:
    """Return the process that comes out of `transducer` when `model` goes in.

    With `with_input` its symbols are the pairs of what went in and what came out.
    """
    if set(model.alphabet) - set(transducer.inputs):
        raise ProcessError(
            f"The transducer reads {', '.join(transducer.inputs)}, and the process emits "
            f"{', '.join(model.alphabet)}."
        )
    k, m = model.k, len(transducer.outputs)
    check_sizes(k * m if with_input else m, model.n * len(transducer.states))
    order = [transducer.inputs.index(symbol) for symbol in model.alphabet]
    joint = [[np.kron(model.T[x], step) for step in transducer.T[order[x]]] for x in range(k)]
    if with_input:
        alphabet = _pairs(model.alphabet, transducer.outputs)
        T = np.array([matrix for row in joint for matrix in row])
    else:
        alphabet = transducer.outputs
        T = np.array([sum(row[y] for row in joint) for y in range(m)])
    return HiddenMarkovModel(
        f"{transducer.name} of {model.name}",
        alphabet,
        _pairs(model.states, transducer.states),
        T,
        model.is_generalized,
    )


def _pairs(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{a}{BETWEEN}{b}" for a in first for b in second)
