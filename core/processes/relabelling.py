"""Symbols under other names; symbols that get one name become one symbol."""

from collections.abc import Mapping

import numpy as np

from core.processes.model import HiddenMarkovModel


def relabelled(model: HiddenMarkovModel, names: Mapping[str, str]) -> HiddenMarkovModel:
    """Return the process whose symbols are read through `names`; those not in it stay.

    The new symbols come in the order in which they first appear.

    Raises
    ------
    ProcessError
        When `names` has a symbol that is not in the alphabet.
    """
    for symbol in names:
        model.symbol_index(symbol)
    renamed = [names.get(symbol, symbol) for symbol in model.alphabet]
    alphabet = tuple(dict.fromkeys(renamed))
    T = np.zeros((len(alphabet), model.n, model.n))
    for x, symbol in enumerate(renamed):
        T[alphabet.index(symbol)] += model.T[x]
    return HiddenMarkovModel(
        model.name, alphabet, model.states, T, model.is_generalized, is_draft=model.is_draft
    )
