"""Processes whose state stays hidden: countably and uncountably many beliefs."""

import numpy as np

from core.processes.model import HiddenMarkovModel
from core.processes.zoo.entry import Parameter, ZooEntry, chance, machine


def simple_nonunifilar(p: float, q: float) -> HiddenMarkovModel:
    """Return the simple nonunifilar source: a 0 from A does not tell where it led."""
    edges = "A -0-> A p0\nA -0-> B p\nB -0-> B q0\nB -1-> A q"
    return machine("sns", edges, "01", p=p, p0=1 - p, q=q, q0=1 - q)


def mess3(x: float, a: float) -> HiddenMarkovModel:
    """Return the three states that mostly stay, and mostly say their own symbol on arrival."""
    stay, b = 1 - 2 * x, (1 - a) / 2
    move = np.where(np.eye(3, dtype=bool), stay, x)
    T = np.array([move * np.where(np.arange(3) == s, a, b) for s in range(3)])
    return HiddenMarkovModel("mess3", tuple("012"), tuple("ABC"), T)


def two_state_cantor(p: float, q: float) -> HiddenMarkovModel:
    """Return two states with mirrored matrices whose beliefs lie on a Cantor-like set."""
    move, stay = (1 - p) * q, (1 - p) * (1 - q)
    T = np.array([[[p, 0.0], [move, stay]], [[stay, move], [0.0, p]]])
    return HiddenMarkovModel("two-state-cantor", tuple("01"), tuple("AB"), T)


def middle_third_cantor() -> HiddenMarkovModel:
    """Return a fair coin that is dressed in the middle-third Cantor set."""
    T = np.array([[[1, 0], [2 / 3, 1 / 3]], [[1 / 3, 2 / 3], [0, 1]]]) / 2
    return HiddenMarkovModel("middle-third-cantor", tuple("01"), tuple("AB"), T)


def noisy_golden_mean(p: float, e: float) -> HiddenMarkovModel:
    """Return the golden mean process seen through a channel that flips a symbol with chance `e`."""
    clean = np.array([[[1 - p, 0.0], [1.0, 0.0]], [[0.0, p], [0.0, 0.0]]])
    T = (1 - e) * clean + e * clean[::-1]
    return HiddenMarkovModel("noisy-golden-mean", tuple("01"), tuple("AB"), T)


SNS = ZooEntry(
    "sns",
    "Simple nonunifilar source",
    (chance("p", 0.5, "from A to B"), chance("q", 0.5, "from B to A")),
    simple_nonunifilar,
    "J. P. Crutchfield, The calculi of emergence (1994).",
    "Two states, countably many causal states: each further 0 is a belief of its own.",
)

MESS3 = ZooEntry(
    "mess3",
    "Mess3",
    (
        Parameter("x", 0.15, 0.0, 0.5, meaning="moving to each other state"),
        chance("a", 0.6, "saying the own symbol"),
    ),
    mess3,
    "S. E. Marzen and J. P. Crutchfield, Nearly maximally predictive features and their dimensions "
    "(2017).",
    "Slide x and a: the beliefs go from three separate clusters to a fractal that fills the "
    "simplex.",
)

TWO_STATE_CANTOR = ZooEntry(
    "two-state-cantor",
    "Two states, Cantor beliefs",
    (
        chance("p", 0.55, "staying with the own symbol"),
        chance("q", 2 / 3, "moving otherwise"),
    ),
    two_state_cantor,
    "A. M. Jurgens and J. P. Crutchfield, Shannon entropy rate of hidden Markov processes (2021).",
    "The beliefs lie on an interval with gaps; the dimension is about 0.62.",
)

MIDDLE_THIRD_CANTOR = ZooEntry(
    "middle-third-cantor",
    "Middle-third Cantor",
    (),
    middle_third_cantor,
    "A. M. Jurgens and J. P. Crutchfield, Divergent predictive states (2021).",
    "Uncountably many beliefs of dimension ln 2 / ln 3, one causal state: it is a fair coin.",
)

NOISY_GOLDEN_MEAN = ZooEntry(
    "noisy-golden-mean",
    "Noisy golden mean",
    (chance("p", 0.5, "1 after 0"), Parameter("e", 0.1, 0.0, 0.5, meaning="flipping a symbol")),
    noisy_golden_mean,
    "N. F. Travers and J. P. Crutchfield, Infinite excess entropy processes with countable-state "
    "generators (2014).",
    "Two causal states without noise and infinitely many with the least: noise makes memory.",
)
