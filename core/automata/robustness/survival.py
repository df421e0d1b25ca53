"""The share of runs survived and how sure one can be of it."""

from dataclasses import dataclass
from math import sqrt

NINETY_FIVE = 1.959963984540054
"""Standard deviations to either side that hold 95 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Survival:
    """Runs at one level of one perturbation.

    Attributes
    ----------
    perturbation : str
    level : float
        In the unit of the perturbation.
    runs, survived : int
    low, high : float
        Wilson's 95 % interval of the probability to survive.
    """

    perturbation: str
    level: float
    runs: int
    survived: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share of runs survived."""
        return self.survived / self.runs


def survival(perturbation: str, level: float, runs: int, survived: int) -> Survival:
    """Return the share survived with its interval."""
    return Survival(perturbation, level, runs, survived, *wilson_interval(survived, runs))


def wilson_interval(successes: int, trials: int, z: float = NINETY_FIVE) -> tuple[float, float]:
    """Return the score interval of a probability.

    Source: Wilson, Probable inference, the law of succession, and statistical inference (1927).
    """
    if trials <= 0:
        return 0.0, 1.0
    share = successes / trials
    scale = 1.0 + z * z / trials
    middle = (share + z * z / (2 * trials)) / scale
    half = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)) / scale
    return max(0.0, middle - half), min(1.0, middle + half)
