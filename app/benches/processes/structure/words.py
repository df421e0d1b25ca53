"""The findings in words, as rich text for the window; no Qt."""

from __future__ import annotations

from html import escape
from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.benches.processes.structure.findings import StructureFindings

NAMES = ("Box D₀", "Information D₁", "Correlation D₂")


def verdict_html(found: StructureFindings) -> str:
    """Return what the causal states are, as honestly as it can be said."""
    kind, _, rest = found.epsilon.verdict.partition(":")
    lines = [f"<b>Causal states: {escape(kind)}</b>{escape(_sentence(rest))}"]
    beliefs = found.counted_beliefs()
    if beliefs:
        lines.append(f"Beliefs told apart in a sample: {beliefs}.")
    machine = found.epsilon.machine
    if machine is not None:
        lines.append(f"Minimal unifilar machine: {_states(machine.n)}.")
    if machine is not None and found.has_more_beliefs:
        lines.append(
            "This presentation has more beliefs than the process has causal states: what follows "
            "is of the presentation, not of the process."
        )
    elif machine is None and found.epsilon.is_finite:
        lines.append("The minimal machine is too large to be opened.")
    return "<br>".join(lines)


def _states(count: int) -> str:
    return "1 state" if count == 1 else f"{count:,} states"


def _sentence(rest: str) -> str:
    return f", {rest.strip()}." if rest.strip() else "."


def dimensions_html(found: StructureFindings) -> str:
    """Return the dimensions and the exponents, each missing one with its reason."""
    if found.refusal:
        return f"No dimensions: {escape(found.refusal)}"
    dimensions = found.dimensions
    if dimensions is None:
        return "Dimensions follow …"
    rows = [_row("Kaplan–Yorke", f"{dimensions.kaplan_yorke:.5f}", _bound(found))]
    for name, fit in zip(NAMES, found.fits, strict=True):
        if fit.value is None:
            rows.append(_row(name, "—", fit.reason))
        else:
            remark = "" if dimensions.counts.is_exhausted else fit.reason
            bar = f" ± {fit.bar:.4f}" if fit.bar else ""
            rows.append(_row(name, f"{fit.value:.4f}{bar}", remark))
    if dimensions.exponents.size:
        rows.append("<tr><td colspan='2'><br>Lyapunov exponents, bits per symbol</td></tr>")
    exponents, errors = dimensions.exponents, dimensions.spectrum.errors
    for number, (exponent, error) in enumerate(zip(exponents, errors, strict=True), 1):
        if isfinite(exponent):
            text = f"{exponent:.5f} ± {error:.1g}".replace("-", "−", 1)
            rows.append(_row(f"λ{number}", text, ""))
        else:
            reason = "−∞: the map of some symbol forgets this direction altogether"
            rows.append(_row(f"λ{number}", "—", reason))
    table = f"<table cellspacing='0' cellpadding='2'>{''.join(rows)}</table>"
    note = f"<p>{escape(dimensions.note)}</p>" if dimensions.note else ""
    return table + note


def _bound(found: StructureFindings) -> str:
    dimensions = found.dimensions
    assert dimensions is not None
    if dimensions.counts.is_exhausted:
        return ""
    if dimensions.overlap:
        return "an upper bound, as images overlap"
    return "equals D₁, as images are apart"


def _row(name: str, value: str, remark: str) -> str:
    """Return a row with a name and a value, and what there is to remark in a row of its own."""
    name, value = (text.replace(" ", "&nbsp;") for text in (name, value))
    row = f"<tr><td>{name}&nbsp;&nbsp;</td><td><b>{value}</b></td></tr>"
    return row + (f"<tr><td></td><td>{escape(remark)}</td></tr>" if remark else "")
