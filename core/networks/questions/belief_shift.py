"""How far the evidence moved the belief about each variable.

Source: Kullback and Leibler (1951); Itti and Baldi, Bayesian surprise (2005).
"""

from dataclasses import dataclass

import numpy as np

from core.networks.node import Table
from core.networks.posteriors import Posteriors


@dataclass(frozen=True, slots=True, eq=False)
class BeliefShift:
    """What was believed of a variable and what is.

    Attributes
    ----------
    name : str
    prior, posterior : float64[r]
    divergence : float
        Kullback-Leibler divergence of the posterior from the prior, in nats.
    """

    name: str
    prior: Table
    posterior: Table
    divergence: float

    @property
    def differences(self) -> Table:
        """Posterior less prior, for each state."""
        result: Table = self.posterior - self.prior
        return result


def belief_shifts(prior: Posteriors, posterior: Posteriors) -> tuple[BeliefShift, ...]:
    """Return the shift of every variable, the largest divergence first, ties in model order."""
    shifts = [
        BeliefShift(name, before, after, divergence_nats(after, before))
        for name, before in prior.marginals.items()
        for after in (posterior.marginals[name],)
    ]
    return tuple(sorted(shifts, key=lambda shift: -shift.divergence))


def divergence_nats(p: Table, q: Table) -> float:
    """Return the sum of p ln(p/q) over where p is positive; never below 0 by rounding."""
    where = p > 0
    with np.errstate(divide="ignore"):
        return max(0.0, float((p[where] * np.log(p[where] / q[where])).sum()))


def entropy_nats(p: Table) -> float:
    """Return the entropy of a distribution in nats."""
    where = p[p > 0]
    return max(0.0, float(-(where * np.log(where)).sum()))
