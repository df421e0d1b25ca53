"""Nets from the literature, typed in from their sources, and warm kernels."""

import numpy as np
import pytest

from core.networks.inference import warm_up
from core.networks.model import BayesNet, Node


@pytest.fixture(scope="session", autouse=True)
def warm_kernels():
    warm_up()


def binary(name, parents, yes, states=("yes", "no")):
    """A node of two states from P(first state | parents), the last parent fastest."""
    yes = np.array(yes, dtype=float).reshape((2,) * len(parents))
    return Node(name, states, tuple(parents), np.stack([yes, 1 - yes], axis=-1))


@pytest.fixture
def asia():
    """Lauritzen and Spiegelhalter (1988), table 2."""
    return BayesNet(
        [
            binary("asia", [], 0.01),
            binary("tub", ["asia"], [0.05, 0.01]),
            binary("smoke", [], 0.5),
            binary("lung", ["smoke"], [0.1, 0.01]),
            binary("bronc", ["smoke"], [0.6, 0.3]),
            binary("either", ["lung", "tub"], [1, 1, 1, 0]),
            binary("xray", ["either"], [0.98, 0.05]),
            binary("dysp", ["bronc", "either"], [0.9, 0.8, 0.7, 0.1]),
        ],
        "asia",
    )


@pytest.fixture
def sprinkler():
    """Russell and Norvig, the cloudy-sprinkler-rain-wet net."""
    states = ("T", "F")
    return BayesNet(
        [
            binary("C", [], 0.5, states),
            binary("S", ["C"], [0.1, 0.5], states),
            binary("R", ["C"], [0.8, 0.2], states),
            binary("W", ["S", "R"], [0.99, 0.9, 0.9, 0.0], states),
        ],
        "sprinkler",
    )


@pytest.fixture
def burglary():
    """Pearl's burglary alarm with the numbers of Russell and Norvig."""
    states = ("T", "F")
    return BayesNet(
        [
            binary("B", [], 0.001, states),
            binary("E", [], 0.002, states),
            binary("A", ["B", "E"], [0.95, 0.94, 0.29, 0.001], states),
            binary("J", ["A"], [0.9, 0.05], states),
            binary("M", ["A"], [0.7, 0.01], states),
        ],
        "burglary",
    )


@pytest.fixture
def student():
    """Koller and Friedman (2009), figure 3.4."""
    grade = [[[0.3, 0.4, 0.3], [0.05, 0.25, 0.7]], [[0.9, 0.08, 0.02], [0.5, 0.3, 0.2]]]
    return BayesNet(
        [
            Node("D", ("d0", "d1"), (), np.array([0.6, 0.4])),
            Node("I", ("i0", "i1"), (), np.array([0.7, 0.3])),
            Node("G", ("g1", "g2", "g3"), ("I", "D"), np.array(grade)),
            Node("S", ("s0", "s1"), ("I",), np.array([[0.95, 0.05], [0.2, 0.8]])),
            Node("L", ("l0", "l1"), ("G",), np.array([[0.1, 0.9], [0.4, 0.6], [0.99, 0.01]])),
        ],
        "student",
    )
