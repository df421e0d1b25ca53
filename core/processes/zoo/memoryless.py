"""Processes without memory, and processes without chance: the two ends of the scale."""

import numpy as np

from core.processes.model import HiddenMarkovModel
from core.processes.zoo.entry import Parameter, ZooEntry, chance, machine


def coin(p: float) -> HiddenMarkovModel:
    """Return the coin that shows 1 with probability `p`."""
    return machine("coin", "A -0-> A q\nA -1-> A p", "01", p=p, q=1 - p)


def die(n: int) -> HiddenMarkovModel:
    """Return the fair die with `n` faces."""
    symbols = tuple(str(face) for face in range(n))
    return HiddenMarkovModel("die", symbols, ("A",), np.full((n, 1, 1), 1.0 / n))


def period(n: int) -> HiddenMarkovModel:
    """Return the cycle of `n` steps that says 1 at its last and 0 before."""
    edges = [(f"s{i}", "1" if i == n - 1 else "0", f"s{(i + 1) % n}", 1.0) for i in range(n)]
    return HiddenMarkovModel.from_edges("period", edges, alphabet="01" if n > 1 else "1")


def alternating_coins(p: float, q: float) -> HiddenMarkovModel:
    """Return two coins that are tossed in turn; nobody knows which comes first."""
    edges = "A -0-> B p0\nA -1-> B p\nB -0-> A q0\nB -1-> A q"
    return machine("alternating-coins", edges, "01", p=p, p0=1 - p, q=q, q0=1 - q)


COIN = ZooEntry(
    "coin",
    "Coin",
    (chance("p", 0.5, "probability of 1"),),
    coin,
    "J. P. Crutchfield and D. P. Feldman, Regularities unseen, randomness observed (2003).",
    "All of its randomness is in the present: one causal state, no memory, and h_mu = H(p).",
)

DIE = ZooEntry(
    "die",
    "Die",
    (Parameter("n", 6, 1, 64, is_whole=True, meaning="faces"),),
    die,
    "C. E. Shannon, A mathematical theory of communication (1948).",
    "The block entropy is a straight line from the start: its slope is log2 of the faces.",
)

PERIOD = ZooEntry(
    "period",
    "Period n",
    (Parameter("n", 5, 1, 64, is_whole=True, meaning="length of the cycle"),),
    period,
    "J. P. Crutchfield and D. P. Feldman, Regularities unseen, randomness observed (2003).",
    "No randomness at all, and log2 n bits of memory, all of them about the phase.",
)

ALTERNATING_COINS = ZooEntry(
    "alternating-coins",
    "Alternating biased coins",
    (chance("p", 0.9, "probability of 1 of the first"), chance("q", 0.2, "of the second")),
    alternating_coins,
    "N. F. Travers and J. P. Crutchfield, Asymptotic synchronization for finite-state sources "
    "(2011).",
    "Play it: the belief creeps to a corner and never reaches it, for no word tells the phase.",
)
