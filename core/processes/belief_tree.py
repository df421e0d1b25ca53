"""The tree of words: every belief after every possible word up to a length, with exact weights.

The belief of a word is ``pi T[w_1] ... T[w_L]`` normalised, its weight is Pr(w). Nothing is merged
and nothing is sampled.

Source: D. R. Upper, Theory and algorithms for hidden Markov models and generalized hidden Markov
models (1997).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.processes.errors import ProcessError
from core.processes.model import HiddenMarkovModel
from core.processes.projection import Projection, Window
from core.processes.word import start_belief
from core.progress import Progress

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

MOST_NUMBERS = 2**27
"""Numbers in the largest level: one gibibyte of beliefs."""
CHUNK_NODES = 2**16


@dataclass(frozen=True, eq=False)
class TreeLevel:
    """The words of one length.

    Attributes
    ----------
    length : int
    columns : float64[n, words]
        The beliefs, one word in each column.
    weights : float64[words]
        Pr(word); they sum to 1 unless light words were left out.
    codes : int64[words] or None
        The place of each word among all k**length words; None where every word is possible, and
        each stands at its place.
    alphabet : tuple of str
    """

    length: int
    columns: Floats
    weights: Floats
    codes: Codes | None
    alphabet: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.weights)

    @property
    def beliefs(self) -> Floats:
        """The beliefs as rows, float64[words, n]."""
        return self.columns.T

    def word(self, node: int) -> tuple[str, ...]:
        """Return the word of a node, oldest symbol first."""
        code = int(node if self.codes is None else self.codes[node])
        word = []
        for _ in range(self.length):
            code, x = divmod(code, len(self.alphabet))
            word.append(self.alphabet[x])
        return tuple(word)


class TreeRoom:
    """Memory for the levels of one tree after another; fresh memory costs more than the sums.

    A tree that is made in a room overwrites the one made there before.
    """

    def __init__(self) -> None:
        self._flat: dict[int, Floats] = {}

    def take(self, length: int, n: int, words: int) -> tuple[Floats, Floats]:
        """Return float64[n, words] and float64[words] for the words of one length."""
        needed = (n + 1) * words
        flat = self._flat.get(length)
        if flat is None or flat.size < needed:
            flat = self._flat[length] = np.empty(needed)
        return flat[: n * words].reshape(n, words), flat[n * words : needed]


def belief_tree(
    model: HiddenMarkovModel,
    depth: int,
    *,
    start: npt.ArrayLike | None = None,
    least_weight: float = 0.0,
    room: TreeRoom | None = None,
    progress: Progress | None = None,
) -> tuple[TreeLevel, ...]:
    """Return the levels from the empty word to words of length `depth`.

    Parameters
    ----------
    start : float64[n], optional
        The belief before the first symbol; the stationary distribution if it is left out.
    least_weight : float
        Words that weigh no more are left out, with all that follow.
    room : TreeRoom, optional
        Memory to use again, for trees that follow a slider.

    Raises
    ------
    ProcessError
        If a level would not fit; the sentence names the greatest depth that surely does.
    """
    return tuple(
        tree_levels(
            model, depth, start=start, least_weight=least_weight, room=room, progress=progress
        )
    )


def tree_levels(
    model: HiddenMarkovModel,
    depth: int,
    *,
    start: npt.ArrayLike | None = None,
    least_weight: float = 0.0,
    room: TreeRoom | None = None,
    progress: Progress | None = None,
) -> Iterator[TreeLevel]:
    """Iterate over the levels of `belief_tree`, keeping only one at a time."""
    from core.processes import kernels_belief_tree as kernels

    eta = start_belief(model, start)
    if depth < 0:
        raise ProcessError(f"The depth of a tree is a whole number from 0 on, not {depth}.")
    T = model.T.copy()
    is_full = bool((T.sum(axis=2) > 0.0).all()) and least_weight <= 0.0
    is_full = is_full and not model.is_generalized
    if is_full:
        for length in range(1, depth + 1):
            _check_room(model, length, model.k ** (length - 1))
    level = TreeLevel(
        0, eta[:, None].copy(), np.ones(1), None if is_full else np.zeros(1, np.int64),
        model.alphabet,
    )  # fmt: skip
    yield level
    for length in range(1, depth + 1):
        above = model.k ** (length - 1)
        _check_room(model, length, len(level))
        columns, weights = (room or TreeRoom()).take(length, model.n, model.k * len(level))
        codes = None if is_full else np.empty(len(weights), np.int64)
        found = 0
        for first in range(0, len(level), CHUNK_NODES):
            if progress is not None:
                progress.report(
                    (length - 1 + first / len(level)) / depth, f"Words of length {length}"
                )
            stop = min(first + CHUNK_NODES, len(level))
            if codes is None or level.codes is None:
                kernels.expand_all(T, level.columns, level.weights, first, stop, columns, weights)
            else:
                found = kernels.expand_possible(
                    T, level.columns, level.weights, level.codes, above, least_weight, first, stop,
                    found, columns, weights, codes,
                )  # fmt: skip
        if codes is not None:
            columns = np.ascontiguousarray(columns[:, :found])
            weights, codes = weights[:found].copy(), codes[:found].copy()
        level = TreeLevel(length, columns, weights, codes, model.alphabet)
        yield level


def level_masses(level: TreeLevel, projection: Projection, window: Window, size: int) -> Floats:
    """Return the exact probability of each pixel after words of this length, float64[rows, size].

    The picture has the shape that `BeliefDensity` gives it, row 0 at the top.
    """
    from core.processes import kernels_belief_tree as kernels

    masses = np.zeros((1 if projection.is_interval else size, size))
    plane = projection.pixels(window, (masses.shape[0], size))
    kernels.weigh_pixels(level.columns, level.weights, plane, masses)
    return masses


def _check_room(model: HiddenMarkovModel, length: int, words: int) -> None:
    if model.k**length >= 2**62:
        raise ProcessError(
            f"Words of length {length} over {model.k} symbols cannot be numbered; choose a "
            "smaller depth."
        )
    if words * model.k * (model.n + 2) > MOST_NUMBERS:
        raise ProcessError(
            f"The tree has up to {words * model.k:,} words of length {length}, which do not fit; "
            f"choose a depth of {length - 1}."
        )
