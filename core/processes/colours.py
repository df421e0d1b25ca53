"""Colours of beliefs: by state, by the law of the next symbol, or by the last symbols.

Colours are red, green and blue between 0 and 1. The first two kinds mix the colours of the states
by the belief itself; the last gives every word of last symbols a colour of its own.
"""

import colorsys
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.processes.errors import ProcessError
from core.processes.model import HiddenMarkovModel

Floats = npt.NDArray[np.float64]

MOST_WORDS = 4096
"""Words of last symbols that can have colours of their own."""


@dataclass(frozen=True, eq=False)
class Colouring:
    """How a belief gets its colour.

    Attributes
    ----------
    of_state : float64[n, 3]
        The colour of each state, mixed by the belief.
    of_code : float64[k**remembered, 3]
        The colour of each word of last symbols; empty unless these decide.
    remembered : int
        Number of last symbols that decide.
    """

    of_state: Floats
    of_code: Floats
    remembered: int = 0


def hues(count: int) -> Floats:
    """Return `count` colours around the circle of hues, the first red, float64[count, 3]."""
    return np.array([colorsys.hsv_to_rgb(i / count, 1.0, 1.0) for i in range(count)])


def by_state(n: int, palette: Floats | None = None) -> Colouring:
    """Return the colouring by belief: for 3 states red, green and blue in its proportions."""
    return Colouring(_checked(palette, n), np.empty((0, 3)))


def by_next_symbol(model: HiddenMarkovModel, palette: Floats | None = None) -> Colouring:
    """Return the colouring by the law of the next symbol, the symbols' colours in its proportions.

    Beliefs of equal colour need not be equal: they differ in what comes later.
    """
    return Colouring(model.T.sum(axis=2).T @ _checked(palette, model.k), np.empty((0, 3)))


def by_last_symbols(model: HiddenMarkovModel, remembered: int = 1) -> Colouring:
    """Return the colouring by the word of the last `remembered` symbols."""
    if remembered < 1 or model.k**remembered > MOST_WORDS:
        raise ProcessError(
            f"The last {remembered} of {model.k} symbols cannot have colours: there are at least 1 "
            f"and at most {MOST_WORDS} words."
        )
    return Colouring(hues(model.n), hues(model.k**remembered), remembered)


def _checked(palette: Floats | None, count: int) -> Floats:
    if palette is None:
        return hues(count)
    if palette.shape != (count, 3):
        raise ProcessError(f"{count} colours of red, green and blue are needed.")
    return np.array(palette, dtype=np.float64)
