"""Random unifilar machines for hypothesis."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from core.processes.model import HiddenMarkovModel

patient = settings(max_examples=40, deadline=None)
"""A busy machine is no failure."""


@st.composite
def unifilar_machines(draw, most_states=4, symbols=2):
    """A strongly connected unifilar machine: the first symbol goes round, the others anywhere."""
    n = draw(st.integers(1, most_states))
    T = np.zeros((symbols, n, n))
    for i in range(n):
        weights = [draw(st.integers(1, 9))]
        T[0, i, (i + 1) % n] = weights[0]
        for x in range(1, symbols):
            T[x, i, draw(st.integers(0, n - 1))] = draw(st.sampled_from([0, 1, 2, 5]))
    T /= T.sum(axis=(0, 2))[None, :, None]
    return HiddenMarkovModel("random", tuple("abcdefgh"[:symbols]), tuple("ABCDEFGH"[:n]), T)


@st.composite
def synchronising_machines(draw, most_states=4):
    """The same, with a symbol after which the state is known."""
    model = draw(unifilar_machines(most_states))
    T = np.zeros((3, model.n, model.n))
    T[:2] = 0.75 * model.T
    T[2, :, draw(st.integers(0, model.n - 1))] = 0.25
    return HiddenMarkovModel("random", ("a", "b", "c"), model.states, T)
