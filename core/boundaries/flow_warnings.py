"""What has to be said beside the numbers of a boundary, one sentence each."""

import numpy as np

from core.boundaries.ensemble import PARTS, Ensemble
from core.boundaries.flow_result import BoundaryFlow

BLIND = 0.01
"""Bits; an ensemble with less of E left once V, A and P are known shows no leak."""

ENOUGH = 10
"""Samples for each occupied joint state, or number fitted."""


def flow_warnings(flow: BoundaryFlow, ensemble: Ensemble) -> tuple[str, ...]:
    """Return what keeps the numbers from meaning what they seem to."""
    told = []
    for name, formula, side in (
        ("Infil", "H(E|V,A,P)", "the environment"),
        ("Exfil", "H(V|A,P,E)", "the viscera"),
    ):
        blind = int(np.count_nonzero(flow.entropies[formula] < BLIND))
        if blind:
            told.append(
                f"At {blind} of {len(flow.times)} times {formula} is below {BLIND} bits: the "
                f"ensemble hardly varies {side} beyond what the rest tells, and {name} cannot show "
                "a leak there."
            )
    if flow.effective_samples < ENOUGH * flow.occupied:
        told.append(
            f"{flow.effective_samples:,.0f} independent samples are fewer than {ENOUGH} for each "
            f"of {flow.occupied:,} joint states; take more trajectories, fewer features or fewer "
            "symbols."
        )
    if not _is_gaussian(flow) and float(flow.entropies["H(V)"].max()) < BLIND:
        told.append("V hardly varies: a wall or an empty place has no Infil either.")
    if not _is_gaussian(flow) and any(ensemble.part(part).dtype.kind == "f" for part in PARTS):
        told.append(
            "Real values are told in symbols; what these leave out of V, A and P can look like "
            "flow, so compare with more symbols and with the Gaussian estimate."
        )
    if flow.settings.is_pooled:
        told.append(
            "Times are pooled as if the world were stationary; p-values take them for independent."
        )
    return tuple(told)


def _is_gaussian(flow: BoundaryFlow) -> bool:
    return flow.settings.estimator == "gaussian"
