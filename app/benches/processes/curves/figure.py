"""Block entropy, entropy gain and the anatomy of a bit as a figure and as a table; no Qt."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from app.benches.processes.curves.axes import Axes
from app.benches.processes.measure_names import NAMES, value_text
from app.figures.description import (
    Ellipse,
    Figure,
    FigureOptions,
    Item,
    Line,
    Polyline,
    Rect,
    Table,
    Text,
)

if TYPE_CHECKING:
    from core.processes.measures import Measures

ATOMS = (
    ("rho_mu", "category_2"),
    ("r_mu", "category_5"),
    ("b_mu", "category_0"),
    ("q_mu", "category_3"),
    ("w_mu", "category_4"),
    ("sigma_mu", "category_7"),
)
"""The pieces of a bit with their colours."""

SIDE_BY_SIDE_MM = 130.0
"""Wider figures have their plots in a row, narrower ones in a column."""

SHADE = "38"
"""Opacity of the shaded areas."""


def curves_figure(
    found: Measures, options: FigureOptions, *, height_mm: float | None = None
) -> Figure:
    """Return the curves `options.width_mm` wide, as high as is wanted or as suits."""
    font = options.font_mm
    columns = 3 if options.width_mm >= SIDE_BY_SIDE_MM else 1
    margin = (4.2 * font, 2.4 * font, 1.2 * font, 3.6 * font)
    width = options.width_mm / columns
    height = height_mm if height_mm is not None and columns == 3 else 0.72 * width
    items: list[Item] = []
    for place, draw in enumerate((_block_entropy, _entropy_gain, _anatomy)):
        x = width * place if columns == 3 else 0.0
        y = 0.0 if columns == 3 else height * place
        left, top, right, bottom = margin
        box = (x + left, y + top, width - left - right, height - top - bottom)
        items += draw(found, box, options)
    return Figure(
        options.width_mm,
        height * (1 if columns == 3 else 3),
        tuple(items),
        background=options.palette["canvas"],
        title="Entropy curves",
        description="Block entropy H(L), entropy gain h(L) and the anatomy of a bit",
        font_family=options.font_family,
    )


def curves_table(found: Measures) -> Table:
    """Return L, H(L), h(L) and E(L)."""
    curves = found.curves
    h_mu = found["h_mu"].value
    excess = curves.excess(h_mu) if h_mu is not None else np.full(curves.length + 1, np.nan)
    rows = tuple(
        (length, float(curves.H[length]), float(curves.h[length]), _number(excess[length]))
        for length in range(curves.length + 1)
    )
    return Table(("L", "H(L) / bits", "h(L) / bits per symbol", "E(L) / bits"), rows)


def _number(value: float) -> float | None:
    return float(value) if isfinite(value) else None


def _value(found: Measures, name: str) -> float | None:
    measure = found.by_name.get(name)
    value = None if measure is None else measure.value
    return value if value is not None and isfinite(value) else None


def _block_entropy(
    found: Measures, box: tuple[float, float, float, float], options: FigureOptions
) -> list[Item]:
    """H(L) with its asymptote; the area between them is T, the asymptote starts at E."""
    curves, colours = found.curves, options.palette
    h_mu, E, T = (_value(found, name) for name in ("h_mu", "E", "T"))
    lengths = list(range(curves.length + 1))
    H = [float(each) for each in curves.H]
    line = None if h_mu is None or E is None else [E + h_mu * length for length in lengths]
    high = max(H[-1], line[-1] if line else 0.0) or 1.0
    axes = Axes(box, (0, max(lengths[-1], 1)), (0.0, 1.05 * high), options)
    items = axes.items("Block entropy H(L), bits", "L, symbols", _ticks(lengths[-1]))
    if line is not None:
        corners = (*axes.points(lengths, H), *reversed(axes.points(lengths, line)))
        shade = _shaded(colours["category_1"])
        items.append(Polyline(corners, None, fill=shade, closed=True))
        items.append(
            Polyline(axes.points(lengths, line), colours["category_1"], _wide(options), (1.0, 0.8))
        )
        excess = [float(each) for each in curves.excess(h_mu)]
        items.append(Polyline(axes.points(lengths, excess), colours["category_2"], _wide(options)))
    items.append(Polyline(axes.points(lengths, H), colours["accent"], _wide(options)))
    items += _dots(axes, lengths, H, colours["accent"], options)
    if T is not None:
        text = f"T = {T:.4g} bit-symbols"
        items.append(_legend(box, text, colours["category_1"], options, 0, is_above=True))
    if E is not None and line is not None:
        x, y = axes.at(lengths[-1], max(excess[-1], 0.0))
        text = f"E(L) → {E:.4g} bits"
        y -= 0.6 * options.font_mm
        items.append(Text(x, y, text, options.font_pt, "end", colour=colours["category_2"]))
    return items


def _entropy_gain(
    found: Measures, box: tuple[float, float, float, float], options: FigureOptions
) -> list[Item]:
    """h(L) falls to the entropy rate; the bars above it have the area E."""
    curves, colours = found.curves, options.palette
    h_mu, E = _value(found, "h_mu"), _value(found, "E")
    lengths = list(range(1, curves.length + 1))
    h = [float(each) for each in curves.h[1:]]
    last = max(curves.length, 1)
    axes = Axes(box, (0.5, last + 0.5), (0.0, 1.1 * (max(h, default=1.0) or 1.0)), options)
    items: list[Item] = axes.items("Entropy gain h(L), bits/symbol", "L, symbols", _ticks(last)[1:])
    if h_mu is not None:
        shade = _shaded(colours["category_2"])
        for length, gain in zip(lengths, h, strict=True):
            (x0, y0), (x1, y1) = axes.at(length - 0.5, gain), axes.at(length + 0.5, h_mu)
            if y1 > y0:
                items.append(Rect(x0, y0, x1 - x0, y1 - y0, 0.0, None, fill=shade))
        left, right = axes.at(0.5, h_mu), axes.at(last + 0.5, h_mu)
        items.append(Line(*left, *right, colours["text"], options.line_mm, (1.0, 0.8)))
        items.append(_legend(box, f"hμ = {h_mu:.4g} bits per symbol", colours["text"], options, 0))
    if E is not None:
        items.append(_legend(box, f"E = {E:.4g} bits", colours["category_2"], options, 1))
    if lengths:
        items.append(Polyline(axes.points(lengths, h), colours["accent"], _wide(options)))
    items += _dots(axes, lengths, h, colours["accent"], options)
    return items


def _anatomy(
    found: Measures, box: tuple[float, float, float, float], options: FigureOptions
) -> list[Item]:
    """A bar for every piece of a bit, those below zero to the left."""
    colours, font = options.palette, options.font_mm
    left, top, width, height = box
    values = [(name, role, _value(found, name)) for name, role in ATOMS]
    known = [value for _, _, value in values if value is not None]
    low, high = min([0.0, *known]), max([1e-9, *known])
    names = 2.4 * font
    track = width - names - 4.4 * font
    zero = left + names + track * (-low / (high - low))
    row = height / len(values)
    items: list[Item] = [
        Text(left - 3.0 * font, top - 0.7 * font, "Anatomy of a bit, bits", options.font_pt,
             colour=colours["text"])
    ]  # fmt: skip
    for place, (name, role, value) in enumerate(values):
        middle = top + (place + 0.5) * row
        sign = NAMES[name].sign
        items.append(_side(left, middle, sign, colours["text"], options, "end"))
        if value is None:
            items.append(_side(zero + font, middle, "—", colours["muted_text"], options))
            continue
        extent = value / (high - low) * track
        x, thick = min(zero, zero + extent), 0.62 * row
        if abs(extent) > 1e-6:
            items.append(
                Rect(x, middle - thick / 2, abs(extent), thick, 0.4, None, fill=colours[role])
            )
        where = max(zero, zero + extent) + 0.6 * font
        text = value_text(found[name], 4)
        items.append(_side(where, middle, text, colours["muted_text"], options))
    items.append(Line(zero, top, zero, top + height, colours["muted_text"], options.line_mm))
    return items


def _side(
    x: float, y: float, text: str, colour: str, options: FigureOptions, anchor: str = "start"
) -> Text:
    return Text(x, y, text, options.font_pt, anchor, "middle", colour)


def _dots(
    axes: Axes, x: list[int], y: list[float], colour: str, options: FigureOptions
) -> list[Item]:
    radius = 2.2 * options.line_mm
    return [Ellipse(*at, radius, radius, None, fill=colour) for at in axes.points(x, y)]


def _legend(
    box: tuple[float, float, float, float],
    text: str,
    colour: str,
    options: FigureOptions,
    row: int,
    *,
    is_above: bool = False,
) -> Text:
    """Write a value into the corner that the curve leaves free: upper left, else lower right."""
    left, top, width, height = box
    if is_above:
        y = top + (1.2 + 1.4 * row) * options.font_mm
        return Text(left + 0.8 * options.font_mm, y, text, options.font_pt, colour=colour)
    y = top + height - (0.7 + 1.4 * row) * options.font_mm
    return Text(left + width, y, text, options.font_pt, "end", "alphabetic", colour)


def _ticks(last: int) -> list[int]:
    step = 1 if last <= 6 else 2 if last <= 12 else 5
    return list(range(0, last + 1, step))


def _wide(options: FigureOptions) -> float:
    return 1.8 * options.line_mm


def _shaded(colour: str) -> str:
    return f"#{SHADE}{colour[1:]}"
