"""One machine put beside another, as pasting does; no Qt."""

import numpy as np

from core.processes.model import HiddenMarkovModel
from core.processes.process_subject import ProcessSubject


def with_pasted(
    subject: ProcessSubject, fragment: ProcessSubject, shift: tuple[float, float]
) -> tuple[ProcessSubject, list[str]]:
    """Return the subject with the states of another beside its own, and what they are called.

    States whose names are taken get numbers; symbols of the same name are the same.
    """
    mine, other = subject.model, fragment.model
    names = list[str]()
    for state in other.states:
        names.append(_free(state, (*mine.states, *names)))
    alphabet = tuple(dict.fromkeys((*mine.alphabet, *other.alphabet)))
    n = mine.n + other.n
    T = np.zeros((len(alphabet), n, n))
    T[: mine.k, : mine.n, : mine.n] = mine.T
    for y, symbol in enumerate(other.alphabet):
        T[alphabet.index(symbol), mine.n :, mine.n :] = other.T[y]
    model = HiddenMarkovModel(
        mine.name,
        alphabet,
        (*mine.states, *names),
        T,
        mine.is_generalized or other.is_generalized,
        is_draft=True,
    )
    new_names = dict(zip(other.states, names, strict=True))
    joined = subject.with_model(model)
    dx, dy = shift
    places = {new_names[s]: (x + dx, y + dy) for s, (x, y) in fragment.positions.items()}
    joined = joined.moved(places)
    for state, colour in fragment.colours.items():
        joined = joined.coloured([new_names[state]], colour)
    for state, note in fragment.notes.items():
        joined = joined.with_note(new_names[state], note)
    return joined, names


def _free(name: str, taken: tuple[str, ...]) -> str:
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{name}{number}"
    return candidate
