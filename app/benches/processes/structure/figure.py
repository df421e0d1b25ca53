"""How beliefs fill finer grids, and what telling them apart costs, as figures and tables; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.benches.processes.curves.axes import Axes, plot_figure
from app.benches.processes.structure.drawing import Drawing, Spot
from app.figures.description import (
    Ellipse,
    FigureOptions,
    Item,
    Line,
    Polyline,
    Rect,
    Table,
    Text,
)

if TYPE_CHECKING:
    from app.benches.processes.structure.findings import StructureFindings
    from core.processes.box_counting import ScaleFit

SERIES = (
    ("box", "D₀ box", "category_0"),
    ("information", "D₁ information", "category_1"),
    ("correlation", "D₂ correlation", "category_2"),
)
TALL = 0.62
SHADE = "22"
TICKS = 8


def scaling_drawing(
    found: StructureFindings, options: FigureOptions, height_mm: float | None = None
) -> Drawing:
    """Return bits against halvings with the fitted lines and their window."""
    counts = found.counts
    assert counts is not None
    height = height_mm or TALL * options.width_mm
    last = max(int(counts.levels[-1]), 1)
    levels = [float(level) for level in counts.levels]
    curves = _curves(found)
    high = max(max(curve) for curve in curves) or 1.0
    axes = Axes(_box(options, height), (0.0, float(last)), (0.0, 1.05 * high), options)
    colours, font = options.palette, options.font_mm
    items: list[Item] = []
    window = _window(found)
    if window is not None:
        (x0, bottom), (x1, top) = axes.at(window[0], 0.0), axes.at(window[1], 1.05 * high)
        shade = f"#{SHADE}{colours['accent'][1:]}"
        items.append(Rect(x0, top, max(x1 - x0, 0.01), bottom - top, 0.0, None, fill=shade))
        for x in (x0, x1):
            items.append(Line(x, top, x, bottom, colours["accent"], 2 * options.line_mm))
            items.append(
                Rect(x - 0.5, (top + bottom) / 2 - 2.0, 1.0, 4.0, 0.5, None, fill=colours["accent"])
            )
    items += axes.items(
        "Grids of halving cells, bits", "log₂(1/ε), halvings of the cell", _ticks(last)
    )
    spots = []
    for place, ((_, name, role), curve) in enumerate(zip(SERIES, curves, strict=True)):
        fit = found.fits[place]
        items += _points(axes, levels, curve, colours[role], options)
        items += _fitted(axes, levels, curve, fit, colours[role], options)
        x = axes.left + axes.width - 0.4 * font
        y = axes.top + axes.height - (0.8 + 1.35 * (len(SERIES) - 1 - place)) * font
        items.append(Text(x, y, _legend(name, fit), options.font_pt, "end", colour=colours[role]))
        for level, bits in zip(levels, curve, strict=True):
            at = axes.at(level, bits)
            spots.append(Spot(*at, f"{name}: {bits:.3f} bits on cells of side 2^-{int(level)}"))
    figure = plot_figure(items, options, height, "Dimensions of the beliefs")
    return Drawing(figure, tuple(spots), axes, window)


def complexity_drawing(
    found: StructureFindings, options: FigureOptions, height_mm: float | None = None
) -> Drawing:
    """Return C_mu against the resolution at which beliefs are told apart."""
    counts = found.counts
    assert counts is not None
    height = height_mm or TALL * options.width_mm
    colours, font = options.palette, options.font_mm
    last = max(int(counts.levels[-1]), 1)
    levels = [float(level) for level in counts.levels]
    entropies = [max(float(each), 0.0) for each in counts.entropies]
    high = max(entropies) or 1.0
    exact = _exact_complexity(found)
    if exact is not None:
        high = max(high, exact)
    axes = Axes(_box(options, height), (0.0, float(last)), (0.0, 1.1 * high), options)
    title = "Cμ at resolution ε, bits"
    if found.has_more_beliefs:
        title = "Entropy of beliefs at resolution ε, bits"
    items = axes.items(title, "log₂(1/ε), halvings of the cell", _ticks(last))
    reliable = counts.occupied * 10 < counts.points
    strong, faint = colours["accent"], colours["muted_text"]
    spots = []
    for level, bits, sure in zip(levels, entropies, reliable, strict=True):
        at = axes.at(level, bits)
        radius = 2.4 * options.line_mm
        items.append(Ellipse(*at, radius, radius, None, fill=strong if sure else faint))
        doubt = "" if sure else "; fewer than 10 sampled beliefs to a cell, so too low"
        spots.append(Spot(*at, f"{bits:.4f} bits at ε = 2^-{int(level)}{doubt}"))
    sure_points = [axes.at(x, y) for x, y, s in zip(levels, entropies, reliable, strict=True) if s]
    if len(sure_points) > 1:
        items.append(Polyline(tuple(sure_points), strong, 1.6 * options.line_mm))
    x = axes.left + axes.width - 0.4 * font
    y = axes.top + axes.height - 0.9 * font
    if exact is not None:
        left, right = axes.at(0.0, exact), axes.at(float(last), exact)
        items.append(Line(*left, *right, colours["category_1"], options.line_mm, (1.0, 0.8)))
        words = f"Cμ = {exact:.6g} bits"
        items.append(Text(x, y, words, options.font_pt, "end", colour=colours["category_1"]))
    elif not counts.is_exhausted:
        fit = found.fits[1]
        words = (
            f"grows by {fit.value:.3f} bits per halving"
            if fit.value is not None
            else "grows with the resolution"
        )
        items.append(Text(x, y, words, options.font_pt, "end", colour=colours["text"]))
    figure = plot_figure(items, options, height, "Statistical complexity against resolution")
    return Drawing(figure, tuple(spots))


def structure_table(found: StructureFindings) -> Table:
    """Return the numbers behind both figures."""
    counts = found.counts
    assert counts is not None
    rows = tuple(
        (
            int(level), 2.0 ** -int(level), int(occupied), float(np.log2(occupied)),
            float(entropy), float(order_two),
        )
        for level, occupied, entropy, order_two in zip(
            counts.levels, counts.occupied, counts.entropies, counts.order_two, strict=True
        )
    )  # fmt: skip
    header = (
        "halvings", "epsilon", "occupied cells", "log2 of cells / bits",
        "C_mu at epsilon / bits", "order-2 entropy / bits",
    )  # fmt: skip
    return Table(header, rows)


def _exact_complexity(found: StructureFindings) -> float | None:
    machine = found.epsilon.causal.machine
    if machine is None or found.epsilon.causal.kind != "finite" or not machine.n:
        return None
    if found.has_more_beliefs:
        return None  # the beliefs of this presentation say more than the causal states do
    pi = machine.pi[machine.pi > 0.0]
    return float(-(pi * np.log2(pi)).sum()) + 0.0


def _curves(found: StructureFindings) -> tuple[list[float], ...]:
    counts = found.counts
    assert counts is not None
    bits = (np.log2(counts.occupied), counts.entropies, counts.order_two)
    # without two points in any cell the second order says nothing
    return tuple([float(np.clip(each, 0.0, 62.0)) for each in curve] for curve in bits)


def _window(found: StructureFindings) -> tuple[float, float] | None:
    counts = found.counts
    if counts is None or counts.is_exhausted:
        return None
    if found.window is not None:
        return (float(found.window[0]), float(found.window[1]))
    first, last = found.fits[0].window if found.fits else (0, 0)
    return (float(first), float(last)) if last > first else None


def _legend(name: str, fit: ScaleFit) -> str:
    if fit.value is None:
        return f"{name}: not trusted"
    return f"{name} = {fit.value:.4f}" + (f" ± {fit.bar:.4f}" if fit.bar else "")


def _points(
    axes: Axes, levels: list[float], curve: list[float], colour: str, options: FigureOptions
) -> list[Item]:
    radius = 2.2 * options.line_mm
    return [Ellipse(*at, radius, radius, None, fill=colour) for at in axes.points(levels, curve)]


def _fitted(
    axes: Axes,
    levels: list[float],
    curve: list[float],
    fit: ScaleFit,
    colour: str,
    options: FigureOptions,
) -> list[Item]:
    first, last = fit.window
    inside = [(x, y) for x, y in zip(levels, curve, strict=True) if first <= x <= last]
    if not np.isfinite(fit.slope) or len(inside) < 2:
        return []
    middle = sum(x for x, _ in inside) / len(inside)
    mean = sum(y for _, y in inside) / len(inside)
    ends = [
        axes.at(x, max(mean + fit.slope * (x - middle), 0.0)) for x in (float(first), float(last))
    ]
    dash = () if fit.value is not None else (1.0, 0.8)
    return [Line(*ends[0], *ends[1], colour, 1.6 * options.line_mm, dash)]


def _box(options: FigureOptions, height: float) -> tuple[float, float, float, float]:
    font = options.font_mm
    left, top, right, bottom = 3.2 * font, 2.4 * font, 1.2 * font, 3.6 * font
    return (left, top, options.width_mm - left - right, max(height - top - bottom, 5.0))


def _ticks(last: int) -> list[int]:
    step = max(round(last / TICKS), 1)
    return list(range(0, last + 1, step))
