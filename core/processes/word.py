"""Words: their probabilities, and what an observer believes about the state after one.

Source: D. R. Upper, Theory and algorithms for hidden Markov models and generalized hidden Markov
models (1997): ``Pr(w) = eta T[w_1] ... T[w_L] 1``.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from core.labels import quoted
from core.processes.errors import ImpossibleWord, ProcessError
from core.processes.matrices import Vector
from core.processes.model import HiddenMarkovModel
from core.processes.stationary import stationary_distribution

ROUNDING = 1e-13
"""What differences of a generalized model's signed entries may leave where the truth is zero."""


def read_word(model: HiddenMarkovModel, text: str) -> tuple[str, ...]:
    """Return the symbols of a typed word.

    Symbols stand apart by spaces or commas; where all have one character they may stand together.

    Raises
    ------
    ProcessError
        For a symbol that is not in the alphabet; the sentence says at which place.
    """
    parts = text.replace(",", " ").split()
    if all(len(symbol) == 1 for symbol in model.alphabet):
        parts = [symbol for part in parts for symbol in part]
    for place, symbol in enumerate(parts, 1):
        if symbol not in model.alphabet:
            raise ProcessError(
                f"Symbol {place} of the word is {quoted(symbol)}, which is not in the alphabet "
                f"({', '.join(model.alphabet[:12])}{', …' if model.k > 12 else ''})."
            )
    return tuple(parts)


def word_probability(
    model: HiddenMarkovModel, word: Sequence[str], start: npt.ArrayLike | None = None
) -> float:
    """Return Pr(word), from the belief `start` or, without one, from the stationary distribution.

    Parameters
    ----------
    word : sequence of str
        Symbols; a text stands for the word of its characters. The empty word has probability 1.

    Examples
    --------
    >>> word_probability(golden_mean, "11")
    0.0
    """
    return math.prod(_steps(model, word, start), start=1.0)


def log2_word_probability(
    model: HiddenMarkovModel, word: Sequence[str], start: npt.ArrayLike | None = None
) -> float:
    """Return log2 Pr(word), minus infinity for an impossible one; long words do not underflow."""
    return sum(math.log2(p) if p > 0 else -math.inf for p in _steps(model, word, start))


def belief_after(
    model: HiddenMarkovModel, word: Sequence[str], start: npt.ArrayLike | None = None
) -> Vector:
    """Return the mixed state Pr(state | word), float64[n].

    Raises
    ------
    ImpossibleWord
        When the word cannot occur; the sentence names the place and the symbol.
    """
    eta = start_belief(model, start)
    for place, x in enumerate(word_indices(model, word), 1):
        eta, p = advanced(model, eta, x)
        if p <= 0:
            raise ImpossibleWord(
                f"Symbol {place} of the word, {quoted(model.alphabet[x])}, cannot occur after "
                f"the {place - 1} before it; no belief follows."
            )
    return eta


def advanced(model: HiddenMarkovModel, eta: Vector, x: int) -> tuple[Vector, float]:
    """Return the belief after one more symbol and the probability it had, 0 if impossible."""
    ahead = eta @ model.T[x]
    p = float(ahead.sum())
    if p <= (ROUNDING if model.is_generalized else 0.0):
        return eta, 0.0
    result: Vector = ahead / p
    return result, p


def start_belief(model: HiddenMarkovModel, start: npt.ArrayLike | None) -> Vector:
    """Return `start` after checking it, or the stationary distribution when it is None."""
    model.require_rows()
    if start is None:
        return stationary_distribution(model)
    eta = np.array(start, dtype=np.float64)
    if eta.shape != (model.n,):
        raise ProcessError(
            f"The starting belief has {eta.size} entries and the process has {model.n} states."
        )
    lowest = -math.inf if model.is_generalized else 0.0
    if not (np.isfinite(eta).all() and eta.min() >= lowest and abs(eta.sum() - 1.0) <= 1e-9):
        raise ProcessError(
            "The starting belief is no distribution: its entries are not negative and sum to 1."
        )
    return eta


def word_indices(model: HiddenMarkovModel, word: Sequence[str]) -> list[int]:
    """Return the indices of the symbols of `word`."""
    return [model.symbol_index(symbol) for symbol in word]


def _steps(
    model: HiddenMarkovModel, word: Sequence[str], start: npt.ArrayLike | None
) -> Iterator[float]:
    """Iterate over the probabilities of the symbols given those before, up to the first 0."""
    eta = start_belief(model, start)
    for x in word_indices(model, word):
        eta, p = advanced(model, eta, x)
        yield p
        if p <= 0:
            return
