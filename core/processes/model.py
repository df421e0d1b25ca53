"""The hidden Markov process: states, symbols, and labelled transition matrices between the states.

Models are values: every edit returns a new one. While a machine is being drawn its rows may miss 1;
such a model is a draft, it can be looked at and kept, and whatever computes with it refuses it.

Source: J. P. Crutchfield and K. Young, Inferring statistical complexity (1989); D. R. Upper, Theory
and algorithms for hidden Markov models and generalized hidden Markov models (1997).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.labels import LABEL_RULE, is_label, quoted
from core.processes.errors import ProcessError
from core.processes.matrices import (
    MAX_CELLS,
    MAX_STATES,
    Matrices,
    bad_rows,
    check_entries,
    check_labels,
    check_rows,
    check_sizes,
    frozen,
)

__all__ = ["MAX_CELLS", "MAX_STATES", "Edge", "HiddenMarkovModel", "Matrices"]


class Edge(NamedTuple):
    """One transition: from `source` emitting `symbol` to `target`."""

    source: str
    symbol: str
    target: str
    probability: float


@dataclass(frozen=True, eq=False)
class HiddenMarkovModel:
    """A validated, immutable, edge-emitting hidden Markov model.

    Attributes
    ----------
    name : str
    alphabet : tuple of str
        The k symbols, all different.
    states : tuple of str
        The n states, all different.
    T : float64[k, n, n]
        ``T[x, i, j] = Pr(symbol x, next state j | state i)``, read-only; the entries of each state
        ``T[:, i, :]`` sum to 1.
    is_generalized : bool
        Entries may be negative: only sums over paths are probabilities, single paths mean nothing.
    is_draft : bool
        Rows may miss 1; `bad_rows` says which do.

    Raises
    ------
    ProcessError
        For names that repeat or cannot be names, and for too many states or symbols.
    MatrixError
        For matrices of the wrong shape, entries that are negative or not a number, and, unless the
        model is a draft, rows that do not sum to 1. The sentence names row and symbol.
    """

    name: str
    alphabet: tuple[str, ...]
    states: tuple[str, ...]
    T: Matrices
    is_generalized: bool = False
    is_draft: bool = False

    def __post_init__(self) -> None:
        if self.name and not is_label(self.name):
            raise ProcessError(f"A process cannot be called {quoted(self.name)}; {LABEL_RULE}.")
        check_sizes(len(self.alphabet), len(self.states))
        check_labels(self.alphabet, "symbol")
        check_labels(self.states, "state")
        T = self.T
        if T.dtype != np.float64 or T.flags.writeable or not T.flags.c_contiguous:
            object.__setattr__(self, "T", frozen(T))
        check_entries(self.T, self.alphabet, self.states, is_generalized=self.is_generalized)
        if self.is_draft:
            object.__setattr__(self, "is_draft", bool(bad_rows(self.T)))
        else:
            self.require_rows()

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, HiddenMarkovModel):
            return NotImplemented
        return (
            (self.name, self.alphabet, self.states, self.is_generalized)
            == (other.name, other.alphabet, other.states, other.is_generalized)
        ) and (self.T is other.T or np.array_equal(self.T, other.T))

    def __hash__(self) -> int:
        return hash((self.name, self.alphabet, self.states))

    @classmethod
    def from_edges(
        cls,
        name: str,
        edges: Iterable[tuple[str, str, str, float]],
        *,
        alphabet: Sequence[str] | None = None,
        states: Sequence[str] | None = None,
        is_generalized: bool = False,
        is_draft: bool = False,
    ) -> "HiddenMarkovModel":
        """Return the model with these edges (source, symbol, target, probability).

        States and symbols come in the given order or, without one, states in the order of first
        mention as a source and symbols sorted. Parallel edges with one symbol add up.
        """
        listed = [Edge(*edge) for edge in edges]
        if states is None:
            order = [edge.source for edge in listed] + [edge.target for edge in listed]
            states = tuple(dict.fromkeys(order))
        if alphabet is None:
            alphabet = tuple(sorted({edge.symbol for edge in listed}))
        check_sizes(len(alphabet), len(states))
        state_index = {state: i for i, state in enumerate(states)}
        symbol_index = {symbol: x for x, symbol in enumerate(alphabet)}
        T = np.zeros((len(alphabet), len(states), len(states)))
        for edge in listed:
            for label, known in (
                (edge.source, state_index),
                (edge.target, state_index),
                (edge.symbol, symbol_index),
            ):
                if label not in known:
                    what = "symbol" if known is symbol_index else "state"
                    raise ProcessError(f"There is no {what} called {quoted(label)}.")
            T[symbol_index[edge.symbol], state_index[edge.source], state_index[edge.target]] += (
                edge.probability
            )
        return cls(name, tuple(alphabet), tuple(states), T, is_generalized, is_draft)

    # -- what it is ------------------------------------------------------------------------------

    @property
    def k(self) -> int:
        """Number of symbols."""
        return len(self.alphabet)

    @property
    def n(self) -> int:
        """Number of states."""
        return len(self.states)

    @cached_property
    def transition(self) -> Matrices:
        """Pr(next state | state), float64[n, n], read-only."""
        return frozen(self.T.sum(axis=0))

    @cached_property
    def emission(self) -> Matrices:
        """Pr(symbol | state), float64[n, k], read-only."""
        return frozen(self.T.sum(axis=2).T)

    @cached_property
    def is_unifilar(self) -> bool:
        """Whether state and symbol always determine the next state."""
        return bool((np.count_nonzero(self.T, axis=2) <= 1).all())

    def state_index(self, state: str) -> int:
        """Return the index of a state, or raise `ProcessError` when there is none of that name."""
        index = self._state_indices.get(state)
        if index is None:
            raise ProcessError(f"There is no state called {quoted(state)}.")
        return index

    def symbol_index(self, symbol: str) -> int:
        """Return the index of a symbol, or raise `ProcessError` when it is not in the alphabet."""
        index = self._symbol_indices.get(symbol)
        if index is None:
            raise ProcessError(f"There is no symbol {quoted(symbol)} in the alphabet.")
        return index

    @cached_property
    def _state_indices(self) -> dict[str, int]:
        return {state: i for i, state in enumerate(self.states)}

    @cached_property
    def _symbol_indices(self) -> dict[str, int]:
        return {symbol: x for x, symbol in enumerate(self.alphabet)}

    def edges(self) -> Iterator[Edge]:
        """Iterate over the edges, by source, then symbol, then target, in the order of each."""
        for i, x, j in np.argwhere(self.T.transpose(1, 0, 2)):
            yield Edge(self.states[i], self.alphabet[x], self.states[j], float(self.T[x, i, j]))

    def edge_count(self) -> int:
        """Return the number of transitions with a probability other than zero."""
        return int(np.count_nonzero(self.T))

    def bad_rows(self) -> tuple[str, ...]:
        """Return the states whose outgoing probabilities miss 1."""
        return tuple(self.states[i] for i in bad_rows(self.T))

    def require_rows(self) -> None:
        """Raise `MatrixError` for a draft; its sentence names the first row that misses 1."""
        check_rows(self.T, self.alphabet, self.states)

    def with_matrices(self, T: npt.ArrayLike, *, is_draft: bool = False) -> "HiddenMarkovModel":
        """Return the model with other matrices for the same states and symbols."""
        return HiddenMarkovModel(
            self.name, self.alphabet, self.states, frozen(T), self.is_generalized, is_draft
        )

    def renamed_model(self, name: str) -> "HiddenMarkovModel":
        """Return the same model under another name."""
        return HiddenMarkovModel(
            name, self.alphabet, self.states, self.T, self.is_generalized, self.is_draft
        )
