"""State-emitting (Moore) models, and the edge-emitting models that say the same words.

Source: L. R. Rabiner, A tutorial on hidden Markov models (1989), for the parts; D. R. Upper, Theory
and algorithms for hidden Markov models and generalized hidden Markov models (1997), for the change.
"""

from dataclasses import dataclass

import numpy as np

from core.labels import quoted
from core.processes.errors import MatrixError, ProcessError
from core.processes.matrices import ROW_SUM_TOLERANCE, Matrices, check_labels, check_sizes, frozen
from core.processes.model import HiddenMarkovModel

ON_ARRIVAL = "on-arrival"
ON_LEAVING = "on-leaving"
CONVENTIONS = (ON_ARRIVAL, ON_LEAVING)
"""When a state emits: as the process enters it, or as it leaves it."""


def check_convention(convention: str) -> None:
    """Raise `ProcessError` unless `convention` is one of `CONVENTIONS`."""
    if convention not in CONVENTIONS:
        raise ProcessError(
            f"There is no convention {quoted(convention)}; choose {' or '.join(CONVENTIONS)}."
        )


@dataclass(frozen=True, eq=False)
class StateEmittingModel:
    """Transitions between states, and the law of the symbol in each state.

    Attributes
    ----------
    name : str
    alphabet : tuple of str
    states : tuple of str
    P : float64[n, n]
        ``P[i, j] = Pr(next state j | state i)``.
    B : float64[n, k]
        ``B[i, x] = Pr(symbol x | state i)``.
    """

    name: str
    alphabet: tuple[str, ...]
    states: tuple[str, ...]
    P: Matrices
    B: Matrices

    def __post_init__(self) -> None:
        n, k = len(self.states), len(self.alphabet)
        check_sizes(k, n)
        check_labels(self.states, "state")
        check_labels(self.alphabet, "symbol")
        for attribute, shape in (("P", (n, n)), ("B", (n, k))):
            matrix = frozen(getattr(self, attribute))
            object.__setattr__(self, attribute, matrix)
            self._check(attribute, matrix, shape)

    def _check(self, attribute: str, matrix: Matrices, shape: tuple[int, int]) -> None:
        if matrix.shape != shape:
            raise MatrixError(f"{attribute} has the shape {matrix.shape} and not {shape}.")
        columns = self.states if attribute == "P" else self.alphabet
        for i, row in enumerate(matrix):
            wrong = np.flatnonzero(~((row >= 0) & (row <= 1 + ROW_SUM_TOLERANCE)))
            if wrong.size:
                raise MatrixError(
                    f"In row {quoted(self.states[i])} of {attribute}, the entry for "
                    f"{quoted(columns[wrong[0]])} is {row[wrong[0]]:g}; probabilities lie between "
                    "0 and 1."
                )
            if abs(row.sum() - 1.0) > ROW_SUM_TOLERANCE:
                raise MatrixError(
                    f"Row {quoted(self.states[i])} of {attribute} sums to {row.sum():.10g} and "
                    "not to 1."
                )

    def edge_emitting(self, convention: str = ON_ARRIVAL) -> HiddenMarkovModel:
        """Return the edge-emitting model: on arrival ``P[i, j] B[j, x]``, else ``B[i, x] P[i, j]``.

        Both say the same words when started from the stationary distribution.
        """
        check_convention(convention)
        if convention == ON_ARRIVAL:
            T = self.P[None, :, :] * self.B.T[:, None, :]
        else:
            T = self.B.T[:, :, None] * self.P[None, :, :]
        return HiddenMarkovModel(self.name, self.alphabet, self.states, T)
