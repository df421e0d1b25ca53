"""Recurrent classes: the sets of states that a process, once inside, never leaves."""

import numpy as np

from core.labels import quoted
from core.processes.errors import NotErgodic
from core.processes.model import HiddenMarkovModel


def recurrent_classes(model: HiddenMarkovModel) -> tuple[tuple[int, ...], ...]:
    """Return the closed, strongly connected sets of states, each sorted, by their first state.

    A generalized model counts as one class: with signed entries a path proves nothing.

    Raises
    ------
    MatrixError
        When a row does not sum to 1.
    """
    model.require_rows()
    if model.is_generalized:
        return (tuple(range(model.n)),)
    follows = model.transition > 0
    if follows.all():
        return (tuple(range(model.n)),)
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    count, component = connected_components(csr_array(follows), directed=True, connection="strong")
    source, target = np.nonzero(follows)
    is_closed = np.ones(count, dtype=bool)
    is_closed[component[source][component[source] != component[target]]] = False
    classes = (np.flatnonzero(component == c) for c in np.flatnonzero(is_closed))
    return tuple(sorted(tuple(int(i) for i in members) for members in classes))


def recurrent_part(model: HiddenMarkovModel, index: int = 0) -> HiddenMarkovModel:
    """Return the model on the states of one recurrent class alone, with the same alphabet."""
    members = recurrent_classes(model)[index]
    if len(members) == model.n:
        return model
    chosen = np.array(members)
    return HiddenMarkovModel(
        model.name,
        model.alphabet,
        tuple(model.states[i] for i in members),
        model.T[np.ix_(np.arange(model.k), chosen, chosen)],
        model.is_generalized,
    )


def require_one_recurrent_class(model: HiddenMarkovModel) -> tuple[int, ...]:
    """Return the states of the only recurrent class.

    Raises
    ------
    NotErgodic
        When there are several; the sentence names a state of each of the first.
    """
    classes = recurrent_classes(model)
    if len(classes) == 1:
        return classes[0]
    named = [quoted(model.states[members[0]]) for members in classes]
    shown = ", ".join(named[:4]) + (f" and {len(named) - 4} more" if len(named) > 4 else "")
    raise NotErgodic(
        f"The process has {len(classes)} recurrent classes (around the states {shown}), so that "
        "measures of the mixture depend on where it starts; choose one class.",
        tuple(tuple(model.states[i] for i in members) for members in classes),
    )
