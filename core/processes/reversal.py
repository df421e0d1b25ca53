"""The process read backwards.

Source: J. P. Crutchfield, C. J. Ellison and J. R. Mahoney, Time's barbed arrow (2009), equation 12:
``R[x][j, i] = pi_i T[x][i, j] / pi_j``.
"""

import numpy as np

from core.processes.errors import NotPossible
from core.processes.model import HiddenMarkovModel
from core.processes.recurrence import recurrent_part, require_one_recurrent_class
from core.processes.stationary import stationary_distribution

SUFFIX = " reversed"


def reversed_process(model: HiddenMarkovModel) -> HiddenMarkovModel:
    """Return the model that emits the symbols of `model` from right to left.

    Transient states are gone, for no recurrent past leads to them. Twice reversed is the recurrent
    part of the model again.

    Raises
    ------
    NotErgodic
        When there are several recurrent classes.
    NotPossible
        When a generalized model has a state of weight zero.
    """
    require_one_recurrent_class(model)
    model = recurrent_part(model)
    pi = stationary_distribution(model)
    if model.is_generalized and np.abs(pi).min() < 1e-12:
        raise NotPossible(
            "A dimension of this generalized process has the weight zero, so that this formula "
            "cannot read it backwards."
        )
    T = np.swapaxes(model.T, 1, 2) * pi[None, None, :] / pi[None, :, None]
    T /= T.sum(axis=(0, 2))[None, :, None]  # rounding alone
    is_reversed = model.name.endswith(SUFFIX)
    name = model.name.removesuffix(SUFFIX) if is_reversed else model.name + SUFFIX
    return model.with_matrices(T).renamed_model(name)
