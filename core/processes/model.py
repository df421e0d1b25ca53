"""The hidden Markov process: states, symbols, and labelled transition matrices between the states.

Models are values: every edit returns a new one. While a machine is being drawn its rows may miss 1;
such a model is a draft, it can be looked at and kept, and whatever computes with it refuses it.

Source: J. P. Crutchfield and K. Young, Inferring statistical complexity (1989); D. R. Upper, Theory
and algorithms for hidden Markov models and generalized hidden Markov models (1997).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from core.labels import LABEL_RULE, is_label, quoted
from core.processes.errors import MatrixError, ProcessError
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
from core.processes.rows import (
    normalised,
    rows_normalised,
    share_of_new_edge,
    with_entry,
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
        Rows may miss 1; `bad_rows` says which do. A draft may also have no states or symbols yet.

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
        check_labels(self.alphabet, "symbol", may_be_none=self.is_draft)
        check_labels(self.states, "state", may_be_none=self.is_draft)
        T = self.T
        if T.dtype != np.float64 or T.flags.writeable or not T.flags.c_contiguous:
            object.__setattr__(self, "T", frozen(T))
        check_entries(self.T, self.alphabet, self.states, is_generalized=self.is_generalized)
        if self.is_draft:
            object.__setattr__(self, "is_draft", bool(bad_rows(self.T)) or not self.T.size)
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
        if not self.T.size:
            raise MatrixError("The machine has no states yet; measures wait for the first one.")
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

    # -- editing (each returns a new model, a draft where a row then misses 1) -------------------

    def with_probability(
        self,
        source: str,
        symbol: str,
        target: str,
        probability: float,
        *,
        renormalise: bool = True,
    ) -> "HiddenMarkovModel":
        """Return the model with another probability on one edge, which need not exist before.

        With `renormalise` the other edges of the state keep their proportions and fill up to 1.
        """
        if not self.is_generalized and not 0.0 <= probability <= 1.0:
            raise MatrixError(
                f"The edge from {quoted(source)} on {quoted(symbol)} to {quoted(target)} would "
                f"have the probability {probability:g}; probabilities lie between 0 and 1."
            )
        i, x, j = self.state_index(source), self.symbol_index(symbol), self.state_index(target)
        row = with_entry(self.T[:, i, :], x, j, probability, renormalise=renormalise)
        return self._with_row(i, row)

    def with_edge(
        self, source: str, symbol: str, target: str, probability: float | None = None
    ) -> "HiddenMarkovModel":
        """Return the model with an edge more; without a probability it gets an average share."""
        i, x, j = self.state_index(source), self.symbol_index(symbol), self.state_index(target)
        if self.T[x, i, j] != 0:
            raise ProcessError(
                f"There is already an edge from {quoted(source)} on {quoted(symbol)} to "
                f"{quoted(target)}."
            )
        if probability is None:
            probability = share_of_new_edge(self.T[:, i, :])
        return self.with_probability(source, symbol, target, probability)

    def without_edge(
        self, source: str, symbol: str, target: str, *, renormalise: bool = True
    ) -> "HiddenMarkovModel":
        """Return the model without one edge."""
        i, x, j = self.state_index(source), self.symbol_index(symbol), self.state_index(target)
        if self.T[x, i, j] == 0:
            raise ProcessError(
                f"There is no edge from {quoted(source)} on {quoted(symbol)} to {quoted(target)}."
            )
        return self.with_probability(source, symbol, target, 0.0, renormalise=renormalise)

    def with_row(self, state: str, row: npt.ArrayLike) -> "HiddenMarkovModel":
        """Return the model with other probabilities from `state`, float64[k, n]."""
        row = np.array(row, dtype=np.float64)
        if row.shape != (self.k, self.n):
            raise MatrixError(
                f"The row of {quoted(state)} has the shape {row.shape}, and {self.k} symbols and "
                f"{self.n} states ask for {(self.k, self.n)}."
            )
        return self._with_row(self.state_index(state), row)

    def normalised_row(self, state: str) -> "HiddenMarkovModel":
        """Return the model with the probabilities from `state` divided by their sum."""
        i = self.state_index(state)
        return self._with_row(i, normalised(self.T[:, i, :]))

    def with_state(self, name: str | None = None) -> "HiddenMarkovModel":
        """Return the model with a state more, without edges; without a name it takes a free one."""
        if name is None:
            name = unused_label(self.states, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        elif name in self._state_indices:
            raise ProcessError(f"There is already a state called {quoted(name)}; choose another.")
        check_sizes(self.k, self.n + 1)
        T = np.zeros((self.k, self.n + 1, self.n + 1))
        T[:, : self.n, : self.n] = self.T
        return self._derived(T, states=(*self.states, name))

    def without_states(self, names: Iterable[str]) -> "HiddenMarkovModel":
        """Return the model without some states; rows that lose an edge are normalised again."""
        gone = {self.state_index(name) for name in names}
        kept = [i for i in range(self.n) if i not in gone]
        T = self.T[:, kept][:, :, kept]
        lost = np.asarray(self.T[:, kept][:, :, sorted(gone)].any(axis=(0, 2)))
        return self._derived(rows_normalised(T, lost), states=tuple(self.states[i] for i in kept))

    def renamed_state(self, old: str, new: str) -> "HiddenMarkovModel":
        """Return the model in which the state `old` is called `new`."""
        self.state_index(old)
        return self._derived(self.T, states=tuple(new if s == old else s for s in self.states))

    def with_states_reordered(self, states: Sequence[str]) -> "HiddenMarkovModel":
        """Return the model with its states in another order."""
        if sorted(states) != sorted(self.states):
            raise ProcessError(f"The states are {', '.join(self.states)}.")
        order = [self.state_index(state) for state in states]
        return self._derived(self.T[:, order][:, :, order], states=tuple(states))

    def with_symbol(self, name: str | None = None) -> "HiddenMarkovModel":
        """Return the model with a symbol more, which nothing emits yet."""
        if name is None:
            name = unused_label(self.alphabet, "0123456789abcdefghijklmnopqrstuvwxyz")
        elif name in self._symbol_indices:
            raise ProcessError(f"There is already a symbol {quoted(name)}; choose another.")
        check_sizes(self.k + 1, self.n)
        T = np.concatenate([self.T, np.zeros((1, self.n, self.n))])
        return self._derived(T, alphabet=(*self.alphabet, name))

    def without_symbol(self, name: str) -> "HiddenMarkovModel":
        """Return the model without a symbol; rows that lose an edge are normalised again."""
        x = self.symbol_index(name)
        T = np.delete(self.T, x, axis=0)
        alphabet = tuple(symbol for symbol in self.alphabet if symbol != name)
        return self._derived(rows_normalised(T, self.T[x].any(axis=1)), alphabet=alphabet)

    def renamed_symbol(self, old: str, new: str) -> "HiddenMarkovModel":
        """Return the model in which the symbol `old` is called `new`."""
        self.symbol_index(old)
        return self._derived(self.T, alphabet=tuple(new if s == old else s for s in self.alphabet))

    def _with_row(self, i: int, row: Matrices) -> "HiddenMarkovModel":
        T = np.array(self.T)
        T[:, i, :] = row
        return self.with_matrices(T, is_draft=True)

    def _derived(
        self,
        T: Matrices,
        *,
        states: tuple[str, ...] | None = None,
        alphabet: tuple[str, ...] | None = None,
    ) -> "HiddenMarkovModel":
        return HiddenMarkovModel(
            self.name,
            self.alphabet if alphabet is None else alphabet,
            self.states if states is None else states,
            frozen(T),
            self.is_generalized,
            is_draft=True,
        )


def unused_label(taken: Sequence[str], candidates: Iterable[str]) -> str:
    """Return the first of `candidates` that is not taken, or else one with a number after it."""
    candidates = list(candidates)
    for number in count(0):
        for candidate in candidates:
            label = f"{candidate}{number or ''}"
            if label not in taken:
                return label
    raise AssertionError("numbers do not end")
