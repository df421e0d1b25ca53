"""Processes out of physics: spin chains read from left to right, and maps read in two symbols."""

from itertools import product

import numpy as np

from core.processes.matrices import Matrices
from core.processes.model import HiddenMarkovModel
from core.processes.zoo.entry import Parameter, ZooEntry, chance, machine


def ising(J: float, B: float, T: float) -> HiddenMarkovModel:
    """Return the nearest-neighbour Ising chain; symbol 0 is a spin up, the state the last spin."""
    spins = np.array([1.0, -1.0])
    energy = J * np.outer(spins, spins) + B * np.add.outer(spins, spins) / 2
    P = _markov(energy / T)
    matrices = np.zeros((2, 2, 2))
    for x in range(2):
        matrices[x, :, x] = P[:, x]
    return HiddenMarkovModel("ising", ("0", "1"), ("up", "down"), matrices)


def ising_next_nearest(J: float, K: float, B: float, T: float) -> HiddenMarkovModel:
    """Return the chain that couples to the next spin by `J` and to the one after by `K`."""
    pairs = list(product((1.0, -1.0), repeat=2))
    energy = np.full((4, 4), -np.inf)
    for i, (first, second) in enumerate(pairs):
        for j, (middle, third) in enumerate(pairs):
            if middle == second:
                energy[i, j] = J * second * third + K * first * third + B * third
    P = _markov(energy / T)
    matrices = np.zeros((2, 4, 4))
    for j, (_, third) in enumerate(pairs):
        matrices[0 if third > 0 else 1, :, j] = P[:, j]
    names = tuple("".join("u" if spin > 0 else "d" for spin in pair) for pair in pairs)
    return HiddenMarkovModel("ising-next-nearest", ("0", "1"), names, matrices)


def _markov(exponents: Matrices) -> Matrices:
    """Return the Markov chain of the transfer matrix ``exp(exponents)``."""
    V = np.exp(exponents - exponents.max())
    values, vectors = np.linalg.eig(V)
    right = np.abs(np.real(vectors[:, np.argmax(np.real(values))]))
    P = V * right
    result: Matrices = P / P.sum(axis=1, keepdims=True)
    return result


def logistic_band_merging(p: float) -> HiddenMarkovModel:
    """Return the symbols of the logistic map where its two bands merge, r = 3.6785735."""
    edges = "A -1-> B 1\nB -0-> A p0\nB -1-> A p"
    return machine("logistic-band-merging", edges, "01", p=p, p0=1 - p)


def logistic_period_three() -> HiddenMarkovModel:
    """Return the symbols of the logistic map at r = 3.83, in its window of period three."""
    return machine("logistic-period-three", "A -0-> B 1\nB -1-> C 1\nC -1-> A 1", "01")


ISING = ZooEntry(
    "ising",
    "Ising chain",
    (
        Parameter("J", 1.0, -3.0, 3.0, meaning="coupling"),
        Parameter("B", 0.3, -3.0, 3.0, meaning="field"),
        Parameter("T", 1.0, 0.1, 10.0, meaning="temperature"),
    ),
    ising,
    "D. P. Feldman and J. P. Crutchfield, Discovering noncritical organization (1998).",
    "Warm it up: entropy rate grows, and the memory is greatest in between.",
)

ISING_NEXT_NEAREST = ZooEntry(
    "ising-next-nearest",
    "Ising chain, next-nearest neighbours",
    (
        Parameter("J", 1.0, -3.0, 3.0, meaning="coupling to the next"),
        Parameter("K", -1.2, -3.0, 3.0, meaning="coupling to the one after"),
        Parameter("B", 0.0, -3.0, 3.0, meaning="field"),
        Parameter("T", 1.0, 0.1, 10.0, meaning="temperature"),
    ),
    ising_next_nearest,
    "D. P. Feldman and J. P. Crutchfield, Discovering noncritical organization (1998).",
    "With K below -J/2 the couplings disagree: look for period four in the cold.",
)

LOGISTIC_BAND_MERGING = ZooEntry(
    "logistic-band-merging",
    "Logistic map, bands merging",
    (chance("p", 0.5, "1 from B"),),
    logistic_band_merging,
    "J. P. Crutchfield and K. Young, Inferring statistical complexity (1989).",
    "Every second symbol is 1; the other is a coin: half a bit of chaos, one bit of phase.",
)

LOGISTIC_PERIOD_THREE = ZooEntry(
    "logistic-period-three",
    "Logistic map, period three",
    (),
    logistic_period_three,
    "J. P. Crutchfield and K. Young, Inferring statistical complexity (1989).",
    "Order inside the chaos: no entropy rate, and log2 3 bits of memory.",
)
