"""Shannon entropies in bits, with 0 log 0 = 0."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def surprise(probabilities: npt.ArrayLike) -> Floats:
    """Return -p log2 p of every entry; entries at or below zero give 0."""
    p = np.asarray(probabilities, dtype=np.float64)
    positive = p > 0.0
    logarithm = np.log2(p, out=np.zeros_like(p), where=positive)
    result: Floats = np.where(positive, -p * logarithm, 0.0)
    return result


def entropy_rows(rows: npt.ArrayLike) -> Floats:
    """Return the entropy of each distribution along the last axis."""
    result: Floats = surprise(rows).sum(axis=-1)
    return result


def entropy(probabilities: npt.ArrayLike) -> float:
    """Return the entropy of all entries taken as one distribution, at least 0.

    Examples
    --------
    >>> entropy([0.5, 0.5])
    1.0
    """
    return max(0.0, float(surprise(probabilities).sum()))
