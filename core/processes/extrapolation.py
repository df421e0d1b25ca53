"""The limit of a sequence from its first terms, by Wynn's epsilon algorithm.

What entropies of words of length L lack to their limits is a sum of geometric sequences, one for
each mode of the operator that moves beliefs. Each two columns of the table take one of them away.

Source: P. Wynn, On a device for computing the e_m(S_n) transformation (1956).
"""

import math

import numpy as np

from core.processes.unifilar import Floats

MOST_TERMS = 60
CAUTION = 10.0
"""How much larger than the last changes in the table an error may be."""

CAREFUL = 1e-5
"""The table is not trusted to be nearer than this share of the last change in the sequence."""


def limit_of(sequence: Floats, noise: float = 1e-15) -> tuple[float, float]:
    """Return the limit and an estimate of its error, infinite where the table shows none.

    Parameters
    ----------
    noise : float
        What rounding may have done to each term.

    Examples
    --------
    >>> value, error = limit_of(np.cumsum(0.5 ** np.arange(9.0)))
    >>> round(value, 12), error < 1e-9
    (2.0, True)
    """
    column = np.array(sequence[-MOST_TERMS:], dtype=np.float64)
    if column.size < 4:
        return float(column[-1]), math.inf
    before = np.zeros(column.size + 1)
    best, least = float(column[-1]), math.inf
    last = float(column[-1])
    for step in range(1, column.size):
        differences = np.diff(column)
        if np.abs(differences).min() <= noise:
            if step % 2 and np.abs(differences).max() <= noise:
                return float(column[-1]), CAUTION * noise
            if np.abs(differences[-2:]).min() <= noise:
                break
            differences = np.where(differences == 0.0, noise, differences)
        before, column = column, before[1:-1] + 1.0 / differences
        if step % 2 == 0 and column.size >= 2:
            change = abs(column[-1] - column[-2]) + abs(column[-1] - last)
            last = float(column[-1])
            if change < least:
                best, least = last, float(change)
    return best, CAUTION * (least + noise) + CAREFUL * abs(float(sequence[-1] - sequence[-2]))


def sum_of(terms: Floats, noise: float = 1e-15) -> tuple[float, float]:
    """Return the sum of all terms of a series from its first ones, and an estimate of its error.

    Either from the table or as if the terms went on falling as they fell last, whichever is surer.
    """
    rest = tail(terms)
    total = float(terms.sum())
    value, error = limit_of(np.cumsum(terms), noise)
    if math.isfinite(rest) and rest < error:
        return total + rest, rest
    return (value, error) if math.isfinite(error) else (total, math.inf)


def tail(terms: Floats, window: int = 6) -> float:
    """Return the sum of all further terms of a series that goes on falling as it fell last."""
    if terms[-1] <= 0.0:
        return 0.0
    before = terms[max(0, terms.size - 1 - window)]
    steps = min(window, terms.size - 1)
    if steps == 0 or terms[-1] >= before:
        return math.inf
    ratio = (terms[-1] / before) ** (1.0 / steps)
    return float(terms[-1] * ratio / (1.0 - ratio)) if ratio < 1.0 else math.inf
