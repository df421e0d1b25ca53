"""What inference answers: a distribution for every variable, and how likely the evidence is."""

import math
from dataclasses import dataclass

from core.networks.model import Table


@dataclass(frozen=True, slots=True)
class Posteriors:
    """The beliefs about every variable of a net, given evidence.

    Attributes
    ----------
    marginals : dict of str to float64[r]
        P(variable | evidence) in the order of its states, read-only; a variable observed in one
        state has exactly 1 there and 0 elsewhere.
    log_evidence : float
        ln P(evidence), natural logarithm; likelihoods count as they were given, so with virtual
        evidence it may exceed 0.
    """

    marginals: dict[str, Table]
    log_evidence: float

    @property
    def evidence_probability(self) -> float:
        """P(evidence); 0 where the logarithm is below the range of doubles."""
        return math.exp(self.log_evidence) if self.log_evidence < 709 else math.inf
