"""Fillings of a conditional probability table.

Every function returns a new read-only table whose last axis is the node's own states and whose
leading axes are its parents'. The first four act along the last axis alone, so they may be given a
whole table or any selection of its columns.

Sources: J. Pearl, Probabilistic Reasoning in Intelligent Systems (1988), section 4.3.2 (noisy-OR);
F. J. Díez, Parameter adjustment in Bayes networks: the generalized noisy OR-gate (1993), equation 8
(noisy-MAX).
"""

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
import numpy.typing as npt

from core.networks.errors import TableError
from core.networks.model import Table, check_cells, frozen

_ABSENT = ("no", "false", "absent", "none", "off", "normal", "never", "low", "negative", "f", "n")


def normalised(table: npt.ArrayLike) -> Table:
    """Return `table` with every column divided by its sum; a column of zeros becomes uniform."""
    values = np.asarray(table, dtype=np.float64)
    # dividing by the largest entry first keeps sums of huge and of tiny entries finite
    peak = values.max(axis=-1, keepdims=True, initial=0.0)
    scaled = np.where(peak > 0, values / np.where(peak > 0, peak, 1.0), 1.0)
    return frozen(scaled / scaled.sum(axis=-1, keepdims=True))


def complemented(table: npt.ArrayLike, state: int = -1) -> Table:
    """Return `table` with the entry of `state` set to 1 less the others of its column.

    Where the others already exceed 1 the entry becomes 0, and the column still misses 1.
    """
    values = np.array(table, dtype=np.float64)
    values[..., state] = 0.0
    values[..., state] = np.maximum(1.0 - values.sum(axis=-1), 0.0)
    return frozen(values)


def uniform(table: npt.ArrayLike) -> Table:
    """Return a table of the same shape in which all states of a column are equally likely."""
    shape = np.shape(table)
    return frozen(np.full(shape, 1.0 / shape[-1]))


def randomised(table: npt.ArrayLike, seed: int) -> Table:
    """Return a table of the same shape whose columns are drawn evenly from all distributions.

    Each column is Dirichlet(1, …, 1); the same seed gives the same table.
    """
    shape = np.shape(table)
    return frozen(np.random.default_rng(seed).dirichlet(np.ones(shape[-1]), size=shape[:-1]))


def deterministic(table: npt.ArrayLike) -> Table:
    """Return a table of the same shape in which the likeliest state of each column is certain.

    Of equally likely states the first is taken.
    """
    values = np.asarray(table, dtype=np.float64)
    return frozen(np.eye(values.shape[-1])[values.argmax(axis=-1)])


def from_function(
    parent_sizes: Sequence[int], size: int, function: Callable[[tuple[int, ...]], int]
) -> Table:
    """Return the table of a node that is a function of its parents.

    Parameters
    ----------
    function : callable
        Takes the parents' state indices and returns the index of the state the node is in.
    """
    check_cells([*parent_sizes, size])
    result = np.zeros([*parent_sizes, size])
    for states in product(*map(range, parent_sizes)):
        result[(*states, function(states))] = 1.0
    return frozen(result)


def absent_state(states: Sequence[str]) -> int:
    """Return which state means that nothing is the matter: "no", "false", "absent", … or the last.

    Noisy gates need to know it, and people list their states in either order.
    """
    labels = [state.strip().lower() for state in states]
    ends = {0, len(labels) - 1}
    return next((i for i in sorted(ends) if labels[i] in _ABSENT), len(labels) - 1)


def noisy_or(
    strengths: Sequence[float],
    leak: float = 0.0,
    *,
    absent: int = -1,
    parents_absent: Sequence[int] | None = None,
) -> Table:
    """Return the noisy-OR table of a binary node with binary parents.

    P(absent | x) = (1 - leak) · product over the parents that are present of (1 - strength).

    Parameters
    ----------
    strengths : sequence of float in [0, 1]
        For each parent the probability that it alone, being present, brings the node about.
    leak : float in [0, 1]
        Probability that the node is present though every parent is absent.
    absent : int
        Index of the node's state that means absent.
    parents_absent : sequence of int
        The same for each parent; all last (-1) unless given.
    """
    silent = parents_absent if parents_absent is not None else [-1] * len(strengths)
    _require_probabilities([*strengths, leak], "strength or leak of a noisy-OR")
    links = []
    for strength, off in zip(strengths, silent, strict=True):
        link = np.empty((2, 2))
        link[off % 2] = _binary(0.0, absent)
        link[1 - off % 2] = _binary(strength, absent)
        links.append(link)
    return noisy_max(links, _binary(leak, absent), absent=absent)


def noisy_max(
    links: Sequence[npt.ArrayLike], leak: npt.ArrayLike | None = None, *, absent: int = -1
) -> Table:
    """Return the noisy-MAX table of a graded node: the strongest of its causes' effects.

    P(Y ≤ y | x) = leak(Y ≤ y) · product over parents i of link_i(Y ≤ y | x_i).

    Parameters
    ----------
    links : sequence of float[r_parent, r_self]
        For each parent and each of its states the distribution of the node when this parent alone
        acts; the row of a parent's absent state is certain of the node's absent state.
    leak : float[r_self]
        Distribution of the node when no parent acts; certain absence unless given.
    absent : int
        Index of the node's lowest state: its first (0), when the states rise, or its last (-1).
    """
    arrays = [np.asarray(link, dtype=np.float64) for link in links]
    size = arrays[0].shape[-1] if arrays else np.shape(leak)[-1] if leak is not None else 0
    if size == 0:
        raise TableError("A noisy-MAX needs a parent or a leak.")
    for array in [*arrays, np.asarray(leak if leak is not None else [], dtype=np.float64)]:
        _require_probabilities(array.ravel().tolist(), "link or leak of a noisy-MAX")
    check_cells([*(array.shape[0] for array in arrays), size])
    falls = absent % size == size - 1 and size > 1
    below = _cumulative(leak, falls) if leak is not None else np.ones(size)
    for array in arrays:
        below = below[..., None, :] * _cumulative(array, falls)
    result = np.diff(below, axis=-1, prepend=0.0)
    return frozen(np.maximum(result[..., ::-1] if falls else result, 0.0))


def _binary(present: float, absent: int) -> list[float]:
    return [1.0 - present, present] if absent % 2 == 0 else [present, 1.0 - present]


def _cumulative(distribution: npt.ArrayLike, falls: bool) -> Table:
    values = np.asarray(distribution, dtype=np.float64)
    return np.cumsum(values[..., ::-1] if falls else values, axis=-1)


def _require_probabilities(values: Sequence[float], what: str) -> None:
    for value in values:
        if not 0.0 <= value <= 1.0:
            raise TableError(f"A {what} is a probability, between 0 and 1, not {value:g}.")
