"""What is told about the flow across a boundary: curves over time, their sums, and how sure.

Everything is in bits. Source: Critch, Boundaries part 3a (2022), for Infil and Exfil.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from core.boundaries.errors import BoundaryError

Curve = npt.NDArray[np.float64]
"""float64[times]; NaN where there is nothing to tell."""

ESTIMATORS = ("symbols", "gaussian")
WAYS_TO_SYMBOLS = ("quantiles", "clusters")
MOST_SYMBOLS = 256
MOST_SHUFFLES = 10_000
LEAST_SHUFFLES = 20


@dataclass(frozen=True, slots=True)
class FlowSettings:
    """How the flow is estimated.

    Attributes
    ----------
    lag : int
        Generations from a state to the later one; 0 for the lag of the ensemble.
    estimator : str
        ``"symbols"``, counts of joint symbols; ``"gaussian"``, from covariances of real features.
    symbols : int
        How many a real value, or a part in clusters, is told in; symbols stay as they are.
    way : str
        ``"quantiles"`` of each feature, or ``"clusters"`` (k-means) of all features of a part.
    shuffles : int
        Of the environment (the viscera for Exfil) among trajectories of equal condition.
    resamples : int
        Of trajectories, for the 95 % intervals.
    is_pooled : bool
        Whether all times are one sample, for few long trajectories of a stationary world.
    seed : int
    """

    lag: int = 0
    estimator: str = "symbols"
    symbols: int = 4
    way: str = "quantiles"
    shuffles: int = 100
    resamples: int = 200
    is_pooled: bool = False
    seed: int = 0

    def __post_init__(self) -> None:
        if self.lag < 0:
            raise BoundaryError(f"The lag is at least 1 generation, not {self.lag}.")
        if self.estimator not in ESTIMATORS:
            raise BoundaryError(f"There is no estimator {self.estimator!r:.20}.")
        if self.way not in WAYS_TO_SYMBOLS:
            raise BoundaryError(f"Real values become symbols by {' or '.join(WAYS_TO_SYMBOLS)}.")
        if not 2 <= self.symbols <= MOST_SYMBOLS:
            raise BoundaryError(f"Values are told in 2 to {MOST_SYMBOLS} symbols.")
        if not LEAST_SHUFFLES <= self.shuffles <= MOST_SHUFFLES:
            raise BoundaryError(f"There are {LEAST_SHUFFLES} to {MOST_SHUFFLES:,} shuffles.")
        if not LEAST_SHUFFLES <= self.resamples <= MOST_SHUFFLES:
            raise BoundaryError(f"There are {LEAST_SHUFFLES} to {MOST_SHUFFLES:,} resamples.")


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One number for all times, with the null distribution of the same number.

    Attributes
    ----------
    value : float
        From the corrected curve.
    low, high : float
        95 % interval by resampling whole trajectories; may begin below 0, as the value may be.
    null_mean : float
        Mean of the plain estimate under shuffling.
    p : float
        Share of shuffles, with the data among them, that give as much as the value; from each of
        them the same mean of all is subtracted, time by time, as from the data.
    """

    value: float
    low: float
    high: float
    null_mean: float
    p: float


@dataclass(frozen=True, eq=False, slots=True)
class FlowCurve:
    """One conditional mutual information, time by time.

    Attributes
    ----------
    formula : str
        What it is, such as ``I(V', A'; E | V, A, P)``.
    per_step : float64[times]
        The estimate less the mean of the shuffles; may be a little below 0.
    plug_in : float64[times]
        The estimate from counts (or covariances) as it is, biased upwards.
    bias : float64[times]
        What the number of occupied cells lets one expect of that bias (Miller-Madow).
    null_mean, null_high : float64[times]
        Mean and 95 % quantile of the shuffles.
    z, p : float64[times]
        Of the plain estimate among the shuffles.
    low, high : float64[times]
        95 % interval by resampling whole trajectories (blocks of time where times are pooled).
    bound : float64[times]
        The entropy that it cannot exceed: H(E | V, A, P) of Infil, H(V | A, P, E) of Exfil.
    sum, mean, max : Aggregate
    """

    formula: str
    per_step: Curve
    plug_in: Curve
    bias: Curve
    null_mean: Curve
    null_high: Curve
    z: Curve
    p: Curve
    low: Curve
    high: Curve
    bound: Curve
    sum: Aggregate
    mean: Aggregate
    max: Aggregate


@dataclass(frozen=True, eq=False, slots=True)
class BoundaryFlow:
    """What an ensemble says about its boundary.

    Attributes
    ----------
    times : int64[times]
        Generations of the earlier states; one entry, the first, where times are pooled.
    lag : int
        Generations.
    infil : FlowCurve
        I(V', A'; E | V, A, P): what the inside learns of the environment past the boundary.
    exfil : FlowCurve
        I(E', P'; V | A, P, E): what the environment learns of the inside past the boundary.
    static_blanket : FlowCurve
        I(V; E | A, P) at one time, to be shown beside the two, never instead of them.
    entropies : mapping of str to float64[times]
        ``H(V)``, ``H(E)``, ``H(E|V,A,P)``, ``H(V|A,P,E)``, ``H(V',A'|V,A,P)``,
        ``H(E',P'|A,P,E)``, and the memory ``I(V';V)``.
    controls : mapping of str to (float64[times], float64[times])
        Infil and Exfil, corrected as they are, with the other side from elsewhere:
        ``"exchanged"``, of another trajectory, which vanishes but for chance; ``"shifted"``, as it
        was half of all times before (NaN where there is no such time), which vanishes where the
        other side forgets, and tells of a slow one as much as is remembered.
    samples : int
        N, trajectories, or trajectories by times where these are pooled.
    effective_samples : float
        N over the correlation time where times are pooled.
    occupied : int
        Most joint states that occur at a time; ten times as many samples are enough.
    feature_dimension : mapping of part to int
    symbols : mapping of part to int
        How many different symbols each part has; 0 for the Gaussian estimator.
    warnings : tuple of str
        One sentence each: blind ensemble, too few samples, and the like.
    settings : FlowSettings
    exact : mapping of str to float64[times]
        ``"infil"``, ``"exfil"`` and ``"static_blanket"`` by enumeration of all states, where the
        system is known and times are told apart; else empty.
    """

    times: npt.NDArray[np.int64]
    lag: int
    infil: FlowCurve
    exfil: FlowCurve
    static_blanket: FlowCurve
    entropies: dict[str, Curve]
    controls: dict[str, tuple[Curve, Curve]]
    samples: int
    effective_samples: float
    occupied: int
    feature_dimension: dict[str, int]
    symbols: dict[str, int]
    warnings: tuple[str, ...]
    settings: FlowSettings = field(default_factory=FlowSettings)
    exact: dict[str, Curve] = field(default_factory=dict)
