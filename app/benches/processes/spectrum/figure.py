"""Eigenvalues in the complex plane, and correlations of symbols, as figures and tables; no Qt."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from app.benches.processes.curves.axes import Axes, plot_figure
from app.benches.processes.structure.drawing import Drawing, Spot
from app.figures.description import (
    Anchor,
    Ellipse,
    FigureOptions,
    Item,
    Line,
    Polyline,
    Table,
    Text,
)

if TYPE_CHECKING:
    from app.benches.processes.spectrum.findings import SpectrumFindings

TALL = 0.75
REACH = 1.12
CIRCLE_POINTS = 120
LENGTHS = 20
DIGITS = 6


def complex_text(value: complex, digits: int = DIGITS) -> str:
    """Return a complex number as it is written."""
    real = f"{value.real:.{digits}g}".replace("-", "−")
    if value.imag == 0.0:
        return real
    sign = "+" if value.imag > 0 else "−"
    imaginary = f"{sign} {abs(value.imag):.{digits}g} i"
    return f"{real} {imaginary}" if value.real else imaginary.replace("+ ", "")


def eigenvalues_of(found: SpectrumFindings) -> list[tuple[complex, int, str]]:
    """Return each eigenvalue with its multiplicity and what is to be told about it."""
    if found.forms is not None:
        rows = []
        for share in found.forms.shares:
            mode = share.mode
            index = len(mode.amplitudes)
            parts = [f"λ = {complex_text(mode.eigenvalue)}, |λ| = {abs(mode.eigenvalue):.6g}"]
            parts.append(f"algebraic multiplicity {mode.multiplicity}")
            parts.append(
                f"h(L) feels Jordan chains up to length {index}"
                if index
                else "h(L) does not feel it"
            )
            rows.append((mode.eigenvalue, mode.multiplicity, "; ".join(parts)))
        return rows
    if found.operator:
        return [
            (
                each.value,
                each.multiplicity,
                f"λ = {complex_text(each.value, 9)} ± {each.error:.1g}; "
                f"multiplicity {each.multiplicity}",
            )
            for each in found.operator
        ]
    return [
        (
            mode.eigenvalue,
            mode.multiplicity,
            f"λ = {complex_text(mode.eigenvalue)} of the hidden chain; multiplicity "
            f"{mode.multiplicity}",
        )
        for mode in found.correlation.modes
    ]


def owner_of(found: SpectrumFindings) -> str:
    """Return whose eigenvalues are shown."""
    if found.forms is not None:
        return f"Eigenvalues of the {found.beliefs:,} mixed states"
    if found.operator:
        return "Leading eigenvalues of the belief operator"
    return "Eigenvalues of the hidden chain"


def plane_drawing(
    found: SpectrumFindings, options: FigureOptions, height_mm: float | None = None
) -> Drawing:
    """Return the unit circle with the eigenvalues in it, larger where they are multiple."""
    height = height_mm or options.width_mm
    colours, font = options.palette, options.font_mm
    margin = 2.6 * font
    side = max(min(options.width_mm - 2 * margin, height - 2.2 * margin), 5.0)
    left, top = (options.width_mm - side) / 2, 2.6 * font
    reach = REACH

    def at(value: complex) -> tuple[float, float]:
        half = side / (2 * reach)
        return (left + side / 2 + value.real * half, top + side / 2 - value.imag * half)

    circle = tuple(
        at(complex(cos(2 * pi * i / CIRCLE_POINTS), sin(2 * pi * i / CIRCLE_POINTS)))
        for i in range(CIRCLE_POINTS)
    )
    grid, muted = colours["grid"], colours["muted_text"]
    items: list[Item] = [
        Line(*at(complex(-reach, 0)), *at(complex(reach, 0)), grid, options.line_mm),
        Line(*at(complex(0, -reach)), *at(complex(0, reach)), grid, options.line_mm),
        Polyline(circle, muted, options.line_mm, closed=True),
    ]
    size, offset = options.font_pt, 0.35 * font
    for value, name in ((1 + 0j, "1"), (-1 + 0j, "−1"), (1j, "i"), (-1j, "−i")):
        x, y = at(value)
        anchor: Anchor = "end" if value == -1 else "start"
        shift = -offset if value == -1 else offset
        items.append(Text(x + shift, y - offset, name, size, anchor, colour=muted))
    title = owner_of(found)
    items.append(
        Text(options.width_mm / 2, 1.4 * font, title, size, "middle", colour=colours["text"])
    )
    spots: list[Spot] = []
    labelled: list[tuple[float, float]] = []
    for value, multiplicity, told in eigenvalues_of(found):
        x, y = at(value)
        radius = options.line_mm * (2.8 + 1.2 * min(multiplicity - 1, 6) ** 0.5)
        felt = colours["accent"] if "does not feel" not in told else colours["muted_text"]
        items.append(Ellipse(x, y, radius, radius, colours["canvas"], options.line_mm, fill=felt))
        is_apart = all(abs(x - sx) + abs(y - sy) > 1.6 * font for sx, sy in labelled)
        if multiplicity > 1 and is_apart:
            labelled.append((x, y))
            at_text = (x, y + radius + 0.2 * font)
            name = f"×{multiplicity}"
            items.append(Text(*at_text, name, size, "middle", "top", colours["text"]))
        spots.append(Spot(x, y, told))
    return Drawing(plot_figure(items, options, height, title), tuple(spots))


def correlation_drawing(
    found: SpectrumFindings, options: FigureOptions, height_mm: float | None = None
) -> Drawing:
    """Return the covariance of symbols taken as numbers against their distance."""
    height = height_mm or TALL * options.width_mm
    font, colours = options.font_mm, options.palette
    lags = list(range(LENGTHS + 1))
    values = [found.correlation.covariance(lag) for lag in lags]
    low, high = min(0.0, *values), max(0.0, *values)
    if high - low < 1e-12:
        high = 1.0
    room = 0.06 * (high - low)
    box = (
        4.6 * font, 2.4 * font, options.width_mm - 5.8 * font, max(height - 6.0 * font, 5.0),
    )  # fmt: skip
    axes = Axes(box, (-0.5, LENGTHS + 0.5), (low - room, high + room), options)
    items = axes.items(
        "Autocovariance of symbols",
        "τ, symbols",
        lags[:: 2 if len(lags) < 24 else 5],
    )
    zero = axes.at(-0.5, 0.0)[1]
    items.append(
        Line(axes.left, zero, axes.left + axes.width, zero, colours["muted_text"], options.line_mm)
    )
    radius, spots = 2.4 * options.line_mm, []
    for lag, value in zip(lags, values, strict=True):
        x, y = axes.at(lag, value)
        items.append(Line(x, zero, x, y, colours["accent"], 1.6 * options.line_mm))
        items.append(Ellipse(x, y, radius, radius, None, fill=colours["accent"]))
        spots.append(Spot(x, y, f"τ = {lag}: {value:.6g}"))
    return Drawing(plot_figure(items, options, height, "Autocovariance"), tuple(spots))


def eigenvalue_table(found: SpectrumFindings) -> Table:
    """Return the eigenvalues with what each adds to the sums."""
    if found.forms is None:
        errors = {each.value: each.error for each in found.operator}
        plain = tuple(
            (z.real, z.imag, abs(z), multiplicity, errors.get(z))
            for z, multiplicity, _ in eigenvalues_of(found)
        )
        return Table(("re", "im", "modulus", "multiplicity", "error"), plain)
    rows = tuple(
        (
            share.mode.eigenvalue.real,
            share.mode.eigenvalue.imag,
            abs(share.mode.eigenvalue),
            share.mode.multiplicity,
            len(share.mode.amplitudes),
            share.E.real,
            share.T.real,
        )
        for share in found.forms.shares
    )
    return Table(
        (
            "re", "im", "modulus", "multiplicity", "Jordan length in h(L)", "adds to E / bits",
            "adds to T / bit symbols",
        ),
        rows,
    )  # fmt: skip


def correlation_table(found: SpectrumFindings) -> Table:
    """Return ``<x_0 x_tau>`` and the covariance by distance."""
    rows = tuple(
        (lag, found.correlation.at(lag), found.correlation.covariance(lag))
        for lag in range(LENGTHS + 1)
    )
    return Table(("tau / symbols", "<x0 xtau>", "covariance"), rows)
