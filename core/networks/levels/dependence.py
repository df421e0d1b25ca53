"""Entropy of a variable and mutual information of two, in nats, accurate where they are nearly 0.

Source: Cover and Thomas, Elements of Information Theory (2006), equations 2.1 and 2.28.
"""

import numpy as np

from core.networks.node import Table


def entropy(distribution: Table) -> float:
    """Return the entropy of a distribution in nats."""
    positive = distribution[distribution > 0]
    return max(0.0, float(-(positive * np.log(positive)).sum()))


def mutual_information(joint: Table) -> float:
    """Return the mutual information in nats of the two variables of a table that sums to 1.

    Each cell adds p ln(p/q) - p + q, q being the product of the margins. The additions cancel over
    the table, yet make every term at least 0, so that what is independent up to rounding comes out
    as 0 up to the square of rounding.

    Examples
    --------
    >>> mutual_information(np.array([[0.5, 0.0], [0.0, 0.5]])) == np.log(2)
    True
    """
    q = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True)
    if bool((joint[q <= 0] > 0).any()):
        q = np.maximum(q, np.finfo(np.float64).tiny)
    excess = np.divide(joint - q, q, out=np.zeros_like(joint), where=q > 0)
    small = np.where(np.abs(excess) < 0.02, excess, 0.0)
    series = small**2 * (1 / 2 - small * (1 / 6 - small * (1 / 12 - small * (1 / 20 - small / 30))))
    series -= small**7 * (1 / 42 - small / 56)
    with np.errstate(divide="ignore", invalid="ignore"):
        plain = np.where(
            excess > -1, (1 + excess) * np.log1p(np.where(excess > -1, excess, 0)) - excess, 1.0
        )
    return float((q * np.where(np.abs(excess) < 0.02, series, plain)).sum())
