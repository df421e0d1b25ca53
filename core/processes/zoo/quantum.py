"""Generalized models: finite in signed algebra, and no finite hidden Markov model has their words.

Both are stored in a basis in which the right vector is all ones, as every model here.
"""

from math import cos, sin, sqrt

import numpy as np

from core.processes.model import HiddenMarkovModel
from core.processes.zoo.entry import Parameter, ZooEntry

_TRIANGLE = np.array([[1.0, 2.0, 0.0], [1.0, -1.0, sqrt(3.0)], [1.0, -1.0, -sqrt(3.0)]])
"""Corners (1, x, y) of the equilateral triangle around the unit circle: the rows of the basis."""


def tom_quantum(alpha: float, beta: float) -> HiddenMarkovModel:
    """Return the process of a qubit that is measured in one of four ways again and again."""
    g = 1 / (4 * (alpha**2 + beta**2))
    m, o = (alpha**2 - beta**2) * g, 2 * alpha * beta * g
    bloch = np.array(
        [[[0.25, 0, s * o], [0, m, 0], [s * o, 0, 0.25]] for s in (1, -1)]
        + [[[0.25, s * o, 0], [s * o, 0.25, 0], [0, 0, m]] for s in (1, -1)]
    )
    T = _TRIANGLE @ bloch @ np.linalg.inv(_TRIANGLE)
    return HiddenMarkovModel("tom-quantum", tuple("0123"), tuple("ABC"), T, is_generalized=True)


def fanizza(alpha: float, lam: float) -> HiddenMarkovModel:
    """Return a clock that turns by `alpha` radians, fades by `lam`, and resets on symbol 0."""
    turn = 1 - 2 * lam * cos(alpha) + lam**2
    a = (1 - lam * cos(alpha) + lam * sin(alpha)) / turn
    b = (1 - lam * cos(alpha) - lam * sin(alpha)) / turn
    fade = 1 / (1 - lam)
    start = np.array([1 - (2 * fade - a - b) / 4, fade / 2, -a / 4, -b / 4])
    weight = [1, 1 - lam, 1 + lam * (sin(alpha) - cos(alpha)), 1 - lam * (sin(alpha) + cos(alpha))]
    rotation = np.zeros((4, 4))
    rotation[1, 1] = 1
    rotation[2:, 2:] = [[cos(alpha), -sin(alpha)], [sin(alpha), cos(alpha)]]
    T = np.array([np.outer(weight, start), lam * rotation])
    return HiddenMarkovModel("fanizza", tuple("01"), tuple("ABCD"), T, is_generalized=True)


TOM_QUANTUM = ZooEntry(
    "tom-quantum",
    "Bloch walk",
    (
        Parameter("alpha", 1.0, 0.05, 5.0, meaning="first amplitude"),
        Parameter("beta", 4.3, 0.05, 10.0, meaning="second amplitude"),
    ),
    tom_quantum,
    "P. M. Riechers and T. J. Elliott, Identifiability and minimality bounds of quantum and "
    "post-quantum models of classical stochastic processes (2025).",
    "Beliefs are points of a disk, states of a qubit, and walk on a fractal inside it.",
)

FANIZZA = ZooEntry(
    "fanizza",
    "Fanizza clock",
    (
        Parameter("alpha", 2000.0, -1e4, 1e4, meaning="angle of a turn, in radians"),
        Parameter("lam", 0.49, 0.01, 0.5, meaning="what a turn leaves"),
    ),
    fanizza,
    "M. Fanizza, J. Lumbreras and A. Winter, Quantum theory in finite dimension cannot explain "
    "every general process with finite memory (2024).",
    "Four signed dimensions do what no finite number of hidden states can.",
)
