"""Named Markov networks and factor graphs: from the literature, each with its source."""

from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from core.networks.evidence import Evidence
from core.networks.markov_network import MarkovNetwork, Potential, Variable
from core.networks.markov_subject import MarkovSubject
from core.networks.node import frozen
from core.networks.zoo.example import Example

Point = tuple[float, float]

_SPINS = ("-1", "+1")
_BITS = ("0", "1")
_PIXELS = ("black", "white")

ISING_SIDE = 3
ISING_FIELD = (0.2, -0.1, 0.05, 0.3, -0.25, 0.15, -0.05, 0.1, -0.2)
ISING_COUPLING = 0.6

CHECKS = ((0, 2, 4, 6), (1, 2, 5, 6), (3, 4, 5, 6))
"""The bits that each parity check of the Hamming code adds up."""

BIT_PLACES = (
    (-440, -210),
    (440, -210),
    (0, -210),
    (0, 390),
    (-280, 150),
    (280, 150),
    (0, 0),
)
CHECK_PLACES = ((-230, -100), (230, -100), (0, 230))
"""Bits stand between the checks that they are in, as in the diagram of three circles."""

RECEIVED = (0, 0, 0, 0, 1, 1, 0)
"""The word 0 0 1 0 1 1 0 of the code, its third bit flipped on the way."""

PICTURE = (
    "██░░░",
    "██░█░",
    "░█░░░",
    "██░░░",
    "██░░█",
)
"""A black left side and a white right side, with three pixels seen wrongly."""


def misconception() -> MarkovSubject:
    """Return the four students who study in pairs round a circle."""
    people = {"Alice": (0, 0), "Bob": (330, 190), "Charles": (0, 380), "Debbie": (-330, 190)}
    variables = [Variable(name, ("no", "yes"), _at(*place)) for name, place in people.items()]
    tables = (
        ("Alice", "Bob", [[30, 5], [1, 10]]),
        ("Bob", "Charles", [[100, 1], [1, 100]]),
        ("Charles", "Debbie", [[1, 100], [100, 1]]),
        ("Debbie", "Alice", [[100, 1], [1, 100]]),
    )
    potentials = [
        Potential(f"φ{k}", (a, b), frozen(table), _between(people[a], people[b]))
        for k, (a, b, table) in enumerate(tables, 1)
    ]
    return MarkovSubject(MarkovNetwork(variables, potentials, "misconception"))


def ising_grid() -> MarkovSubject:
    """Return nine spins on a square grid, each in a field of its own."""
    places = {
        f"x{row * ISING_SIDE + column + 1}": (column * 320.0, row * 220.0)
        for row in range(ISING_SIDE)
        for column in range(ISING_SIDE)
    }
    variables = [Variable(name, _SPINS, place) for name, place in places.items()]
    potentials = [
        Potential(f"h{k}", (name,), frozen(np.exp([-h, h])), _at(x - 70, y - 78))
        for k, ((name, (x, y)), h) in enumerate(
            zip(places.items(), ISING_FIELD, strict=True), start=1
        )
    ]
    agree = _agreement(ISING_COUPLING)
    for a, b in _grid_edges(ISING_SIDE, ISING_SIDE):
        first, second = f"x{a + 1}", f"x{b + 1}"
        middle = _between(places[first], places[second])
        potentials.append(Potential(f"J{a + 1}{b + 1}", (first, second), agree, middle))
    return MarkovSubject(MarkovNetwork(variables, potentials, "ising-grid"))


def hamming_code() -> MarkovSubject:
    """Return the Hamming code of seven bits, with a word received over a noisy channel."""
    variables = [Variable(f"bit {k + 1}", _BITS, _at(*at)) for k, at in enumerate(BIT_PLACES)]
    even = np.array([1.0 - sum(bits) % 2 for bits in product((0, 1), repeat=4)])
    potentials = [
        Potential(
            f"c{k}",
            tuple(f"bit {bit + 1}" for bit in bits),
            frozen(even.reshape(2, 2, 2, 2)),
            _at(*at),
        )
        for k, (bits, at) in enumerate(zip(CHECKS, CHECK_PLACES, strict=True), start=1)
    ]
    heard = {f"bit {k + 1}": (0.1, 0.9) if bit else (0.9, 0.1) for k, bit in enumerate(RECEIVED)}
    network = MarkovNetwork(variables, potentials, "hamming-code")
    return MarkovSubject(network, Evidence(heard))


def noisy_picture() -> MarkovSubject:
    """Return a picture of 5 by 5 pixels seen through noise, in which neighbours agree."""
    names = [f"{chr(ord('A') + column)}{row + 1}" for row in range(5) for column in range(5)]
    places = [_at(column * 230, row * 120) for row in range(5) for column in range(5)]
    variables = [Variable(name, _PIXELS, place) for name, place in zip(names, places, strict=True)]
    agree = _agreement(0.5)
    potentials = [
        Potential(
            f"{names[a]}~{names[b]}", (names[a], names[b]), agree, _between(places[a], places[b])
        )
        for a, b in _grid_edges(5, 5)
    ]
    seen = {
        name: (0.9, 0.1) if pixel == "█" else (0.1, 0.9)
        for name, pixel in zip(names, "".join(PICTURE), strict=True)
    }
    network = MarkovNetwork(variables, potentials, "noisy-picture")
    return MarkovSubject(network, Evidence(seen), drawing="markov")


def _agreement(coupling: float) -> npt.NDArray[np.float64]:
    return frozen(np.exp(coupling * np.array([[1.0, -1.0], [-1.0, 1.0]])))


def _grid_edges(rows: int, columns: int) -> list[tuple[int, int]]:
    cells = list(product(range(rows), range(columns)))
    return [
        (a[0] * columns + a[1], b[0] * columns + b[1])
        for a, b in combinations(cells, 2)
        if abs(a[0] - b[0]) + abs(a[1] - b[1]) == 1
    ]


def _at(x: float, y: float) -> Point:
    return float(x), float(y)


def _between(first: Point, second: Point) -> Point:
    return (first[0] + second[0]) / 2, (first[1] + second[1]) / 2


MARKOV_EXAMPLES: tuple[Example, ...] = (
    Example(
        "misconception",
        "Misconception",
        "D. Koller and N. Friedman, Probabilistic Graphical Models (2009), figures 4.1 and 4.2.",
        "Observe Charles = no and see Bob follow him; no Bayes net has these independences.",
        misconception,
    ),
    Example(
        "ising-grid",
        "Ising grid",
        "E. Ising, Beitrag zur Theorie des Ferromagnetismus (1925); the fields are our own.",
        "Observe a corner spin and watch how far its neighbours follow; lower a J to loosen them.",
        ising_grid,
    ),
    Example(
        "hamming-code",
        "Hamming code",
        "R. W. Hamming, Error detecting and error correcting codes (1950); as a factor graph, "
        "F. R. Kschischang, B. J. Frey and H.-A. Loeliger (2001).",
        "One received bit is wrong: see the three checks correct it, then drag other bits.",
        hamming_code,
    ),
    Example(
        "noisy-picture",
        "Noisy picture",
        "S. Geman and D. Geman, Stochastic relaxation, Gibbs distributions and the Bayesian "
        "restoration of images (1984); the picture is our own.",
        "Every pixel was seen through noise; drag bars to see neighbours pull pixels over.",
        noisy_picture,
    ),
)
