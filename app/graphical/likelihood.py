"""Likelihood evidence from a bar that is dragged: the finding that makes the bar stay there."""

from collections.abc import Sequence

import numpy as np

LEAST = 1e-4
"""A dragged bar stops this far from 0 and from 1: certainty is what a click says."""


def likelihood_for(prior: Sequence[float] | np.ndarray, state: int, wanted: float) -> tuple:
    """Return likelihoods under which `state` gets the probability `wanted`.

    The other states keep their proportions. With prior p and target q the likelihood is q/p at
    `state` and (1 - q)/(1 - p) at the others, scaled so that the largest is 1.

    Source: J. Pearl, Probabilistic Reasoning in Intelligent Systems (1988), section 2.2.2.
    """
    target = min(max(float(wanted), LEAST), 1.0 - LEAST)
    here = float(prior[state])
    result = np.ones(len(prior))
    if 0.0 < here < 1.0:
        result[:] = (1.0 - target) / (1.0 - here)
        result[state] = target / here
    return tuple(float(value) for value in result / result.max())


def shown_ratio(likelihood: Sequence[float]) -> str:
    """Return likelihoods as ``1 : 0.35 : 0.35``."""
    return " : ".join(f"{value:.3g}" for value in likelihood)
