"""Models from the literature for the levels, and one in two parts with a variable of one state."""

import numpy as np
import pytest

from core.networks.markov_network import MarkovNetwork, Potential, Variable
from core.networks.model import BayesNet, Node
from core.networks.zoo import example


def _net(name):
    return example(name).build().net


@pytest.fixture
def asia():
    """Lauritzen and Spiegelhalter (1988)."""
    return _net("chest-clinic")


@pytest.fixture
def sprinkler():
    return _net("sprinkler")


@pytest.fixture
def student():
    """Koller and Friedman (2009), figure 3.4."""
    return _net("student")


@pytest.fixture
def misconception():
    """Koller and Friedman (2009), figures 4.1 and 4.2."""
    entries = {"AB": [30, 5, 1, 10], "BC": [100, 1, 1, 100], "CD": [1, 100, 100, 1]}
    entries["DA"] = [100, 1, 1, 100]
    return MarkovNetwork(
        [Variable(name, ("0", "1")) for name in "ABCD"],
        [
            Potential(f"φ{scope}", tuple(scope), np.array(table, float).reshape(2, 2))
            for scope, table in entries.items()
        ],
        "misconception",
    )


@pytest.fixture
def two_parts():
    """a → b and, apart from them, c with a single state and the deterministic d = e."""
    return BayesNet(
        [
            Node("a", ("0", "1"), (), np.array([0.3, 0.7])),
            Node("b", ("0", "1", "2"), ("a",), np.array([[0.2, 0.5, 0.3], [0.1, 0.1, 0.8]])),
            Node("c", ("only",), (), np.array([1.0])),
            Node("d", ("0", "1"), (), np.array([0.25, 0.75])),
            Node("e", ("0", "1"), ("d", "c"), np.array([[[1.0, 0.0]], [[0.0, 1.0]]])),
        ],
        "two parts",
    )
