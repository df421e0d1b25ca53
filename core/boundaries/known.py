"""Ensembles drawn from systems that are known, by name, and what is exact of them."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from core.boundaries.ensemble import Ensemble
from core.boundaries.exact import exact_flow, exact_ring_flow
from core.boundaries.flow_result import Curve
from core.boundaries.sampling import sampled_ring, sampled_system
from core.boundaries.zoo import DESCRIPTIONS, boundary_system, layered_ring
from core.progress import Progress

RING = "rule_110"
RING_LAG = 2
"""Generations in which something can cross a layer of the ring."""

SYSTEMS: Mapping[str, str] = MappingProxyType(
    {
        **DESCRIPTIONS,
        RING: "A ring of nine cells under rule 110, flipped with probability 0.05, in layers.",
    }
)
"""Names of all systems, with what they show."""

CURVES = ("infil", "exfil", "static_blanket")
MOST_TIMES, MOST_LAG = 1000, 1000
"""Of what is told exactly."""


def drawn_system(
    name: str, trajectories: int, times: int, *, seed: int = 0, progress: Progress | None = None
) -> Ensemble:
    """Return trajectories of a system by its name; raises `BoundaryError` for an unknown one."""
    if name == RING:
        drawn = sampled_ring(
            layered_ring(), trajectories, times, lag=RING_LAG, seed=seed, progress=progress
        )
    else:
        system = boundary_system(name)
        drawn = sampled_system(system, trajectories, times, seed=seed, progress=progress)
    return replace(drawn, system=name)


def exact_curves(
    ensemble: Ensemble, steps: int, lag: int, progress: Progress | None = None
) -> dict[str, Curve]:
    """Return the exact flow at the first times of an ensemble; nothing where none is known."""
    is_from_start = ensemble.spacing == 1 and int(ensemble.times[0]) == 0
    if ensemble.system not in SYSTEMS or not is_from_start or steps > MOST_TIMES or lag > MOST_LAG:
        return {}
    if ensemble.system == RING:
        flow = exact_ring_flow(layered_ring(), steps, lag=lag, progress=progress)
    else:
        flow = exact_flow(boundary_system(ensemble.system), steps, lag=lag, progress=progress)
    return {name: getattr(flow, name) for name in CURVES}
