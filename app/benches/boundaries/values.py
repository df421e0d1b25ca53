"""What an ensemble says about its boundary as rows: value, interval, p, and how obtained; no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.benches.boundaries.words import bits_text, interval_text, p_text
from app.graphical.amounts import counted

if TYPE_CHECKING:
    from core.boundaries.ensemble import Ensemble
    from core.boundaries.flow_result import Aggregate, BoundaryFlow, Curve, FlowCurve

NO_ENTROPY = "real values have no entropy in bits; tell them in symbols to see one"
MOST_TERMS = 6
"""Of a sum that is written out."""


@dataclass(frozen=True)
class Row:
    """One value with all that is known about it.

    Attributes
    ----------
    text : str
        The value in bits, or a number of samples.
    interval, p : str
        Empty where there is none.
    formula : str
        How it was obtained, with the numbers in; lines.
    number : float or None
        The value with all its digits.
    """

    id: str
    title: str
    text: str
    formula: str
    interval: str = ""
    p: str = ""
    number: float | None = None


@dataclass(frozen=True)
class Group:
    """Rows under a heading."""

    title: str
    rows: tuple[Row, ...]


FLOWS = {
    "infil": ("Infil", "what the inside and its active boundary learn of the environment in spite "
              "of knowing the present of the inside and the boundary"),
    "exfil": ("Exfil", "what the environment and the passive boundary learn of the inside in "
              "spite of knowing the present of the environment and the boundary"),
    "static_blanket": ("Static blanket", "what inside and environment share at one time beyond "
                       "the boundary; shared noise raises it without any flow"),
}  # fmt: skip

ENTROPIES = (
    ("H(V)", "Variety inside", "A wall that never changes has 0, and no flow either."),
    ("H(E)", "Variety outside", "Without any, no flow inwards can be seen."),
    ("H(E|V,A,P)", "Room for Infil", "Infil cannot exceed it; near 0 a leak cannot be seen."),
    ("H(V|A,P,E)", "Room for Exfil", "Exfil cannot exceed it; near 0 a leak cannot be seen."),
    ("I(V';V)", "Memory inside", "What the inside knows of itself a lag ago."),
)

CONTROLS = {
    "exchanged": "the other side taken from another trajectory: far from 0 it would be an artefact",
    "shifted": "the other side as it was half of all times before: near 0 where that side forgets, "
    "and more where it is slow or comes back to what it was. If the parts tell all of the world, "
    "it cannot exceed the true flow",
}


def groups_of(flow: BoundaryFlow, ensemble: Ensemble) -> tuple[Group, ...]:
    """Return all rows."""
    rows = [row for name in FLOWS for row in _flow_rows(name, getattr(flow, name), flow)]
    return (
        Group("Flow across the boundary", tuple(rows)),
        Group("Room and memory, means over time", tuple(_entropy_rows(flow.entropies))),
        Group("Controls, means over time", tuple(_control_rows(flow))),
        Group("Sample", tuple(_sample_rows(flow, ensemble))),
    )


def _flow_rows(name: str, curve: FlowCurve, flow: BoundaryFlow) -> list[Row]:
    title = "Blanket" if name == "static_blanket" else FLOWS[name][0]
    return [
        _flow_row(f"{name}.{how}", f"{title}, {how}", how, getattr(curve, how), curve, name, flow)
        for how in ("mean", "sum", "max")
    ]


def _flow_row(
    row_id: str,
    title: str,
    how: str,
    found: Aggregate,
    curve: FlowCurve,
    name: str,
    flow: BoundaryFlow,
) -> Row:
    settings = flow.settings
    trajectories = f"{settings.resamples:,} resamples of whole trajectories"
    when = "over all times" if settings.is_pooled else f"at generation {int(flow.times[0]):,}"
    lines = [
        f"{title}: {FLOWS[name][1]}.",
        f"{curve.formula}, lag {flow.lag}: {_terms(how, curve.per_step)}",
        f"Each term is the plain estimate less the mean of {settings.shuffles:,} shuffles; {when}: "
        f"{bits_text(curve.plug_in[0])} − {bits_text(curve.null_mean[0])} = "
        f"{bits_text(curve.per_step[0])} bits (bias to be expected: {bits_text(curve.bias[0])}).",
        f"95 % interval by {trajectories}: {bits_text(found.low)} to {bits_text(found.high)}.",
        f"p = {p_text(found.p)}: this share of the shuffles, less their mean too, gives as much.",
    ]
    if name != "static_blanket" and np.isfinite(curve.bound).any():
        room = "H(E | V, A, P)" if name == "infil" else "H(V | A, P, E)"
        lines.append(f"It cannot exceed {room}, {bits_text(_mean(curve.bound))} bits on average.")
    if name in flow.exact:
        lines.append(f"Exactly, from all states: {_terms(how, flow.exact[name])}.")
    return Row(
        row_id, title, bits_text(found.value), "\n".join(lines),
        interval_text(found.low, found.high), p_text(found.p), found.value,
    )  # fmt: skip


def _terms(how: str, values: Curve) -> str:
    """Return the sum, mean or maximum over times with its terms."""
    known = [float(each) for each in values if np.isfinite(each)]
    shown = [bits_text(each) for each in known[:MOST_TERMS]]
    more = ["…"] if len(known) > MOST_TERMS else []
    if len(known) <= 1:
        return f"{bits_text(known[0] if known else np.nan)} bits"
    if how == "max":
        return f"max({', '.join(shown + more)}) = {bits_text(max(known, default=np.nan))} bits"
    total = sum(known)
    terms = " + ".join(shown + more).replace("+ −", "− ")
    if how == "sum":
        return f"{terms} = {bits_text(total)} bits"
    return f"({terms}) / {len(known)} = {bits_text(total / len(known))} bits"


def _entropy_rows(entropies: Mapping[str, Curve]) -> list[Row]:
    rows = []
    for name, title, meaning in ENTROPIES:
        if name in entropies:
            value = _mean(entropies[name])
            told = _terms("mean", entropies[name]) if np.isfinite(value) else NO_ENTROPY
            formula = f"{title}: {meaning}\n{name}: {told}"
            rows.append(Row(name, title, bits_text(value), formula, number=value))
    return rows


def _control_rows(flow: BoundaryFlow) -> list[Row]:
    rows = []
    for name, meaning in CONTROLS.items():
        for title, curve in zip(("Infil", "Exfil"), flow.controls.get(name, ()), strict=False):
            value = _mean(curve)
            formula = f"{title} with {meaning}.\n{_terms('mean', curve)}"
            row_id = f"{title.lower()}.{name}"
            rows.append(Row(row_id, f"{title}, {name}", bits_text(value), formula, number=value))
    return rows


def _sample_rows(flow: BoundaryFlow, ensemble: Ensemble) -> list[Row]:
    settings = flow.settings
    what = "trajectories × times" if settings.is_pooled else "trajectories"
    rows = [
        Row("samples", "Samples N", f"{flow.samples:,}",
            f"N = {flow.samples:,} {what}: every one is one draw of the joint state.",
            number=float(flow.samples)),
        Row("effective", "Effective N", f"{flow.effective_samples:,.4g}",
            "Samples that are worth as much as independent ones: N over the correlation time "
            "where times are pooled, N itself where every time is estimated by itself.",
            number=flow.effective_samples),
    ]  # fmt: skip
    for part in ("V", "A", "P", "E"):
        features, symbols = flow.feature_dimension[part], flow.symbols[part]
        text = counted(features, "feature")
        told = f"{part} is told by {text}: {', '.join(ensemble.labels[part][:8])}"
        told += " …" if len(ensemble.labels[part]) > 8 else ""
        if symbols:
            text += f", {counted(symbols, 'symbol')}"
            told += f".\nTogether they take {counted(symbols, 'value')} in the sample"
        rows.append(Row(f"features.{part}", f"{part}: {text}", "", f"{told}."))
    return rows


def _mean(values: Curve) -> float:
    known = np.asarray(values)[np.isfinite(values)]
    return float(known.mean()) if known.size else float("nan")
