"""What the values say, in sentences; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.benches.boundaries.words import bits_text, p_text

if TYPE_CHECKING:
    from core.boundaries.flow_result import BoundaryFlow, FlowCurve

SURE = 0.05
"""What chance gives less often is told as a finding."""

BLIND = 0.01
"""Bits of room below which nothing could be seen."""


def findings_of(flow: BoundaryFlow) -> tuple[str, ...]:
    """Return what the values say about the boundary, the most important first."""
    found = [
        _flow_sentence(flow.infil, "inwards", "What is outside reaches the inside"),
        _flow_sentence(flow.exfil, "outwards", "The inside reaches what is outside"),
    ]
    is_tight = all(curve.mean.p > SURE for curve in (flow.infil, flow.exfil))
    if is_tight and flow.static_blanket.mean.p <= SURE:
        found.append(
            "Inside and environment depend on each other all the same: dependence is no flow."
        )
    if is_tight:
        found.append(
            "Little flow alone makes no agent: a wall has none either. Look at the variety and "
            "the memory of the inside, and compare other lags and partitions."
        )
    return tuple(found)


def _flow_sentence(curve: FlowCurve, way: str, finding: str) -> str:
    known = curve.bound[np.isfinite(curve.bound)]
    mean, room = curve.mean, float(known.mean()) if known.size else float("nan")
    if room < BLIND:
        return f"Flow {way} could not be seen here: there is no room for it."
    if mean.p > SURE:
        return f"No flow {way} that chance would not give as well (p = {p_text(mean.p)})."
    share = f" of at most {bits_text(room)}" if np.isfinite(room) else ""
    return (
        f"{finding} past the boundary: {bits_text(mean.value)} bits{share} (p = {p_text(mean.p)})."
    )
