"""The labelled transition matrices of a process: their limits and what can be wrong in them."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.labels import LABEL_RULE, is_label, quoted
from core.processes.errors import MatrixError, ProcessError

Matrices = npt.NDArray[np.float64]
Vector = npt.NDArray[np.float64]

MAX_STATES = 4096
MAX_SYMBOLS = 4096
MAX_CELLS = 2**26
"""Limits checked before anything is allocated (2**26 float64 cells are half a gibibyte)."""

ROW_SUM_TOLERANCE = 1e-9
"""A row that misses 1 by more than this is no distribution."""

LARGEST_ENTRY = 1e100
"""Signed entries of a generalized model stay below this, so that products stay finite."""


def frozen(array: npt.ArrayLike) -> Matrices:
    """Return a read-only C-ordered float64 copy of `array`, without negative zeros."""
    result = np.array(array, dtype=np.float64, order="C") + 0.0
    result.setflags(write=False)
    return result


def check_sizes(symbols: int, states: int) -> None:
    """Raise `ProcessError` when matrices for so many symbols and states would be too large."""
    if states > MAX_STATES:
        raise ProcessError(
            f"A process with {states:,} states is too large; the limit is {MAX_STATES:,}."
        )
    if symbols > MAX_SYMBOLS:
        raise ProcessError(
            f"A process with {symbols:,} symbols is too large; the limit is {MAX_SYMBOLS:,}."
        )
    cells = symbols * states * states
    if cells > MAX_CELLS:
        raise ProcessError(
            f"{symbols:,} symbols and {states:,} states ask for {cells:,} transition "
            f"probabilities, and the limit is {MAX_CELLS:,}."
        )


def check_labels(labels: Sequence[str], what: str, *, may_be_none: bool = False) -> None:
    """Raise `ProcessError` unless `labels` can name the `what` ("state" or "symbol")."""
    if not labels and not may_be_none:
        raise ProcessError(f"A process needs at least one {what}.")
    for label in labels:
        if not is_label(label):
            raise ProcessError(f"A {what} cannot be called {quoted(label)}; {LABEL_RULE}.")
    if len(set(labels)) < len(labels):
        seen: set[str] = set()
        for label in labels:
            if label in seen:
                raise ProcessError(f"Two {what}s are called {quoted(label)}; names must differ.")
            seen.add(label)


def check_entries(
    T: Matrices, alphabet: Sequence[str], states: Sequence[str], *, is_generalized: bool
) -> None:
    """Raise `MatrixError` for the first entry that is not a number or, mostly, negative."""
    expected = (len(alphabet), len(states), len(states))
    if T.shape != expected:
        raise MatrixError(
            f"The matrices have the shape {T.shape}, and {expected[0]} symbols and {expected[1]} "
            f"states ask for {expected}: symbol, state, next state."
        )
    lowest = -LARGEST_ENTRY if is_generalized else 0.0
    if not T.size:
        return
    # the extremes are NaN when any entry is, and every comparison with NaN is false
    if T.min() >= lowest and T.max() <= LARGEST_ENTRY:
        return
    x, i, j = (int(index) for index in np.argwhere(~((T >= lowest) & (T <= LARGEST_ENTRY)))[0])
    place = f"In row {quoted(states[i])} of symbol {quoted(alphabet[x])}, "
    value = float(T[x, i, j])
    if np.isnan(value):
        reason = "not a number; probabilities lie between 0 and 1."
    elif abs(value) > LARGEST_ENTRY:
        reason = f"{value:g}, which is too large; probabilities lie between 0 and 1."
    else:
        reason = f"{value:g}, which is negative; only a generalized process may have such entries."
    raise MatrixError(f"{place}the entry for next state {quoted(states[j])} is {reason}")


def bad_rows(T: Matrices, tolerance: float = ROW_SUM_TOLERANCE) -> tuple[int, ...]:
    """Return the states whose outgoing probabilities miss 1."""
    wrong = np.abs(T.sum(axis=(0, 2)) - 1.0) > tolerance
    return tuple(int(i) for i in np.flatnonzero(wrong))


def check_rows(T: Matrices, alphabet: Sequence[str], states: Sequence[str]) -> None:
    """Raise `MatrixError` for the first state whose outgoing probabilities miss 1."""
    bad = bad_rows(T)
    if not bad:
        return
    i = bad[0]
    by_symbol = T[:, i, :].sum(axis=1)
    shown = [
        f"symbol {quoted(alphabet[x])} {by_symbol[x]:.6g}" for x in np.flatnonzero(by_symbol)[:6]
    ]
    parts = ", ".join(shown) if shown else f"every symbol from {quoted(alphabet[0])} on has 0"
    total = float(by_symbol.sum())
    raise MatrixError(
        f"Row {quoted(states[i])} sums to {total:.10g} over all symbols and not to 1 ({parts}); "
        "normalise the row or correct an entry."
    )
