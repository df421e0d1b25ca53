"""Small processes that the tests know by hand."""

import numpy as np

from core.processes.model import HiddenMarkovModel


def golden_mean(p=0.5):
    """No two 1s in a row."""
    edges = [("A", "0", "A", 1 - p), ("A", "1", "B", p), ("B", "0", "A", 1.0)]
    return HiddenMarkovModel.from_edges("golden-mean", edges)


def even(p=0.5):
    """Blocks of 1s have even length."""
    edges = [("A", "0", "A", 1 - p), ("A", "1", "B", p), ("B", "1", "A", 1.0)]
    return HiddenMarkovModel.from_edges("even", edges)


def two_classes():
    """A transient state that falls into one of two loops."""
    edges = [("S", "0", "A", 0.5), ("S", "1", "B", 0.5), ("A", "0", "A", 1.0), ("B", "1", "B", 1.0)]
    return HiddenMarkovModel.from_edges("two-classes", edges)


def random_model(seed, *, states=3, symbols=2, zeros=0.0):
    """A random model; each entry is 0 with probability `zeros`, but every row keeps one."""
    random = np.random.default_rng(seed)
    T = random.exponential(size=(symbols, states, states))
    T *= random.random(T.shape) >= zeros
    T[0, np.arange(states), (np.arange(states) + 1) % states] += 0.1
    T /= T.sum(axis=(0, 2))[None, :, None]
    names = tuple(chr(65 + i) for i in range(states))
    return HiddenMarkovModel("random", tuple(map(str, range(symbols))), names, T)
