"""The closed forms in words, as rich text for the window; no Qt."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from app.benches.processes.spectrum.figure import complex_text

if TYPE_CHECKING:
    from app.benches.processes.spectrum.findings import SpectrumFindings

MOST_ROWS = 40
LONGEST = 900


def forms_html(found: SpectrumFindings) -> str:
    """Return the sums over eigenvalues with the numbers in."""
    parts = []
    forms = found.forms
    if forms is not None and forms.spectrum.is_trusted:
        parts += [
            _formula("Entropy gain, bits per symbol", forms.spectrum.closed_form()),
            _formula("Block entropy, bits", forms.words_text()),
            _formula(
                "Excess entropy, E = Σ a / (1 − λ)^(j+1)",
                f"E = {forms.sum_text('E')} = {forms.E:.8g} bits",
            ),
            _formula(
                "Transient information, T = Σ (j + 1) a / (1 − λ)^(j+2)",
                f"T = {forms.sum_text('T')} = {forms.T:.8g} bit-symbols",
            ),
        ]
    elif forms is not None:
        parts.append(_formula("Entropy gain", forms.spectrum.closed_form()))
    elif found.operator:
        parts.append(
            "<p>The beliefs are not finitely many, so the leading eigenvalues of the operator on "
            "polynomials stand in, each with its error. E, T and hμ by the same operator are among "
            "the measures.</p>"
        )
    elif found.refusal:
        parts.append(f"<p>{escape(found.refusal)}</p>")
    elif not found.is_done:
        parts.append("<p>The mixed states follow …</p>")
    from core.processes.spectrum import sum_text

    text = f"⟨x₀ x_τ⟩ = {sum_text(found.correlation.modes, 'τ')}"
    parts.append(_formula("Autocorrelation for τ ≥ 1, symbols numbered 0, 1, …", text))
    return "".join(parts)


def table_html(found: SpectrumFindings) -> str:
    """Return the eigenvalues one by one."""
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]
    if found.forms is not None:
        head = ("λ", "mult.", "Jordan", "in E", "in T")
        rows = [
            (
                complex_text(share.mode.eigenvalue, 4),
                str(share.mode.multiplicity),
                str(len(share.mode.amplitudes) or "—"),
                _real(share.E),
                _real(share.T),
            )
            for share in found.forms.shares
        ]
    elif found.operator:
        head = ("λ", "|λ|", "mult.", "error")
        rows = [
            (
                complex_text(each.value, 9), f"{abs(each.value):.5g}", str(each.multiplicity),
                f"{each.error:.1g}",
            )
            for each in found.operator
        ]  # fmt: skip
    else:
        head = ("λ of the chain", "|λ|", "mult.")
        rows = [
            (complex_text(mode.eigenvalue), f"{abs(mode.eigenvalue):.5g}", str(mode.multiplicity))
            for mode in found.correlation.modes
        ]
    more = len(rows) - MOST_ROWS
    cells = "".join(_row("td", row) for row in rows[:MOST_ROWS])
    rest = f"<p>… and {more} more; save the numbers for all of them.</p>" if more > 0 else ""
    return f"<table cellspacing='0' cellpadding='2'>{_row('th', head)}{cells}</table>{rest}"


def _real(value: complex) -> str:
    return f"{value.real:.5g}".replace("-", "−") if abs(value) > 1e-9 else "—"


def _row(kind: str, cells: tuple[str, ...]) -> str:
    return (
        "<tr>"
        + "".join(f"<{kind} align='right'>{escape(cell)}&nbsp;&nbsp;</{kind}>" for cell in cells)
        + "</tr>"
    )


def _formula(title: str, text: str) -> str:
    if len(text) > LONGEST:
        text = text[:LONGEST].rpartition(" ")[0] + " …"
    kept = escape(text)
    for joined in (" = ", " ± "):  # a line does not break within a term such as [L = 1]
        kept = kept.replace(joined, joined.replace(" ", "&nbsp;"))
    return f"<p>{escape(title)}<br><b>{kept}</b></p>"
