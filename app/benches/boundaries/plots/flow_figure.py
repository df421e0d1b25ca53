"""The flow across a boundary as four small plots over one axis of time; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.benches.boundaries.plots.axes import Axes, Floats
from app.benches.boundaries.plots.drawing import Drawing
from app.benches.boundaries.words import bits_text, generations_text
from app.canvas.text_width import approximate_width
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
    from core.boundaries.flow_result import BoundaryFlow, FlowCurve

TITLE = "Flow across the boundary"
ROW_MM = 38.0
"""Height of a row of plots on paper."""
NARROW_MM = 104.0
"""On narrower sheets the plots stand one below the other."""
SURE = 0.05
"""Points with a smaller p are filled."""
TRANSPARENT = "55"
FAINT = "38"


@dataclass(frozen=True)
class Shown:
    """One line of a plot: its curve, the role of its colour, and what it is called."""

    values: Floats
    role: str
    name: str
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Plot:
    """What one of the plots shows; with a curve, also how sure it is."""

    title: str
    formula: str
    lines: tuple[Shown, ...]
    curve: FlowCurve | None = None


def flow_drawing(
    flow: BoundaryFlow,
    options: FigureOptions,
    height_mm: float | None = None,
    at: float | None = None,
) -> Drawing:
    """Return the plots, with the values at a generation in their heads."""
    columns = 1 if options.width_mm < NARROW_MM else 2
    plots = plots_of(flow)
    rows = -(-len(plots) // columns)
    font = options.font_mm
    foot = 2.0 * font
    height = height_mm if height_mm is not None else rows * ROW_MM + foot
    width, row = options.width_mm / columns, (height - foot) / rows
    chosen = _nearest(flow.times, at)
    items: list[Item] = []
    boxes = []
    for place, plot in enumerate(plots):
        line, column = divmod(place, columns)
        box = _box(plot, flow, width * column, row * line, width, row, options)
        boxes.append(box)
        items += _plot(plot, flow, box, options, chosen)
    items += _key(options, height - 1.6 * font)
    figure = Figure(
        options.width_mm, height, tuple(items), background=options.palette["canvas"], title=TITLE,
        description=f"{TITLE} in bits against the generation, at lag {flow.lag}",
        font_family=options.font_family,
    )  # fmt: skip

    def told(x: float, y: float) -> str:
        for plot, box in zip(plots, boxes, strict=True):
            if box.holds(x, y):
                return _told(plot, flow, _nearest(flow.times, box.value(x)))
        return ""

    return Drawing(figure, tuple(boxes), told)


def flow_table(flow: BoundaryFlow) -> Table:
    """Return a row for each generation with all that is known."""
    columns = flow_columns(flow)
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    return Table(
        tuple(columns),
        tuple(tuple(None if each != each else each for each in row) for row in rows),
    )


def flow_columns(flow: BoundaryFlow) -> dict[str, Floats]:
    """Return all curves by name, in bits; `generation` is the first."""
    found: dict[str, Floats] = {"generation": np.asarray(flow.times)}
    for name in ("infil", "exfil", "static_blanket"):
        curve = getattr(flow, name)
        found[f"{name} / bits"] = curve.per_step
        for part in ("low", "high", "plug_in", "null_mean", "null_high", "bias"):
            found[f"{name} {part.replace('_', ' ')} / bits"] = getattr(curve, part)
        found[f"{name} z"], found[f"{name} p"] = curve.z, curve.p
    for name, curve in flow.entropies.items():
        found[f"{name} / bits"] = curve
    for name, (inwards, outwards) in flow.controls.items():
        found[f"infil {name} / bits"], found[f"exfil {name} / bits"] = inwards, outwards
    return found


def plots_of(flow: BoundaryFlow) -> tuple[Plot, ...]:
    """Return what the four plots show."""
    infil, exfil, blanket = flow.infil, flow.exfil, flow.static_blanket
    entropies = flow.entropies

    def room(key: str, role: str, dash: tuple[float, ...] = ()) -> tuple[Shown, ...]:
        return (Shown(entropies[key], role, key, dash),) if key in entropies else ()

    return (
        Plot("Infil", infil.formula, (Shown(infil.per_step, "category_0", "Infil"),), infil),
        Plot("Exfil", exfil.formula, (Shown(exfil.per_step, "category_2", "Exfil"),), exfil),
        Plot(
            "Static blanket", blanket.formula,
            (Shown(blanket.per_step, "text", "Static blanket"),), blanket,
        ),
        Plot(
            "Room for flow", "what Infil and Exfil cannot exceed",
            (*room("H(E|V,A,P)", "category_0"), *room("H(V|A,P,E)", "category_2", (1.6, 0.9))),
        ),
    )  # fmt: skip


def _box(
    plot: Plot,
    flow: BoundaryFlow,
    left: float,
    top: float,
    width: float,
    height: float,
    options: FigureOptions,
) -> Axes:
    font = options.font_mm
    first, last = float(flow.times[0]), float(flow.times[-1])
    if last <= first:
        first, last = first - 1.0, first + 1.0
    return Axes(
        left + 4.6 * font, top + 3.9 * font,
        max(width - 5.8 * font, 5.0), max(height - 7.0 * font, 5.0),
        (first, last), _range(plot),
    )  # fmt: skip


def _range(plot: Plot) -> tuple[float, float]:
    """Return ends that hold all that is drawn, with some air; 0 is always in sight."""
    parts = [shown.values for shown in plot.lines]
    if plot.curve is not None:
        curve = plot.curve
        parts += [curve.low, curve.high, curve.null_high - curve.null_mean]
    known = np.concatenate([np.asarray(each)[np.isfinite(each)] for each in parts] or [[0.0]])
    low, high = min(0.0, *known.tolist(), 0.0), max(0.0, *known.tolist(), 0.0)
    high = high if high - low > 1e-6 else low + 0.01
    air = 0.08 * (high - low)
    return (low if low == 0.0 else low - air), high + air


def _plot(
    plot: Plot, flow: BoundaryFlow, box: Axes, options: FigureOptions, chosen: int | None
) -> list[Item]:
    times = np.asarray(flow.times, dtype=np.float64)
    items: list[Item] = [*box.ticks_of_y(options)]
    if plot.curve is not None:
        items += _null_band(plot.curve, times, box, options)
        items += _interval(plot.curve, plot.lines[0].role, times, box, options)
    if chosen is not None:
        x = box.at(times[chosen], 0.0)[0]
        items.append(
            Line(x, box.top, x, box.bottom, options.palette["muted_text"], options.line_mm)
        )
    for shown in plot.lines:
        items += _line(shown, plot.curve, times, box, options)
    items += [*box.frame(options), *box.ticks_of_x(options)]
    return [*items, *_words(plot, box, options, chosen)]


def _words(plot: Plot, box: Axes, options: FigureOptions, chosen: int | None) -> list[Item]:
    font, size, colours = options.font_mm, options.font_pt, options.palette
    left = box.left - 3.9 * font
    room = box.right - left
    value = ""
    if chosen is not None:
        value = ", ".join(bits_text(float(shown.values[chosen])) for shown in plot.lines) + " bits"
    items: list[Item] = [
        Text(left, box.top - 2.3 * font, plot.title, size, colour=colours["text"], bold=True,
             max_width_mm=0.5 * room),
        Text(box.right, box.top - 2.3 * font, value, size, "end", colour=colours["text"],
             bold=True, max_width_mm=0.5 * room),
        Text(left, box.top - 0.8 * font, "bits", size, colour=colours["muted_text"]),
        Text(box.right, box.bottom + 1.7 * font, "generation", size, "end", "top",
             colours["muted_text"]),
    ]  # fmt: skip
    if len(plot.lines) < 2:
        items.append(
            Text(box.right, box.top - 0.8 * font, plot.formula, size, "end",
                 colour=colours["muted_text"], max_width_mm=room - 3 * font)
        )  # fmt: skip
        return items
    right = box.right
    for shown in reversed(plot.lines):
        colour = colours[shown.role]
        items.append(Text(right, box.top - 0.8 * font, shown.name, size, "end", colour=colour))
        right -= approximate_width(shown.name, font)
        y = box.top - 1.1 * font
        items.append(Line(right - 2.2 * font, y, right - 0.4 * font, y, colour,
                          2 * options.line_mm, shown.dash))  # fmt: skip
        right -= 3.2 * font
    return items


def _line(
    shown: Shown, curve: FlowCurve | None, times: Floats, box: Axes, options: FigureOptions
) -> list[Item]:
    known = np.isfinite(shown.values)
    if not known.any():
        return []
    colour = options.palette[shown.role]
    places = box.points(times[known], np.asarray(shown.values)[known])
    items: list[Item] = []
    if len(places) > 1:
        items.append(Polyline(places, colour, 2 * options.line_mm, shown.dash))
    if len(places) > 60 or (curve is None and len(places) > 1):
        return items
    is_sure = [True] * len(places) if curve is None else (curve.p[known] <= SURE).tolist()
    radius = 3.0 * options.line_mm
    ground = options.palette["canvas"]
    for at, sure in zip(places, is_sure, strict=True):
        fill = colour if sure else ground
        items.append(Ellipse(*at, radius, radius, colour, 1.4 * options.line_mm, fill=fill))
    return items


def _null_band(curve: FlowCurve, times: Floats, box: Axes, options: FigureOptions) -> list[Item]:
    """Return where 95 % of the shuffles lie, less their mean as the curve is."""
    reach = np.asarray(curve.null_high) - np.asarray(curve.null_mean)
    fill = f"#{FAINT}{options.palette['category_7'][1:]}"
    return _band(np.zeros_like(reach), reach, fill, times, box)


def _interval(
    curve: FlowCurve, role: str, times: Floats, box: Axes, options: FigureOptions
) -> list[Item]:
    fill = f"#{TRANSPARENT}{options.palette[role][1:]}"
    return _band(np.asarray(curve.low), np.asarray(curve.high), fill, times, box)


def _band(low: Floats, high: Floats, fill: str, times: Floats, box: Axes) -> list[Item]:
    known = np.isfinite(low) & np.isfinite(high)
    if not known.any():
        return []
    x, low, high = times[known], low[known], high[known]
    if len(x) == 1:
        half = 0.04 * (box.x[1] - box.x[0])
        x, low, high = np.array([x[0] - half, x[0] + half]), np.repeat(low, 2), np.repeat(high, 2)
    points = (*box.points(x, high), *reversed(box.points(x, low)))
    return [Polyline(points, None, 0.0, fill=fill, closed=True)]


def _key(options: FigureOptions, top: float) -> list[Item]:
    """Return what the marks mean, as far as there is room."""
    font, size, muted = options.font_mm, options.font_pt, options.palette["muted_text"]
    middle, left = top + 0.6 * font, 0.8 * font
    colour, ground = options.palette["text"], options.palette["canvas"]
    entries = (
        (f"#{TRANSPARENT}{colour[1:]}", "95 % interval"),
        (f"#{FAINT}{options.palette['category_7'][1:]}", "95 % of the shuffles"),
        (colour, f"p ≤ {SURE:g}"),
        (ground, f"p > {SURE:g}"),
    )
    items: list[Item] = []
    for number, (fill, words) in enumerate(entries):
        width = approximate_width(words, font) + 3.4 * font
        if left + width > options.width_mm + 1.2 * font:
            break
        if number < 2:
            items.append(Rect(left, middle - 0.45 * font, 1.4 * font, 0.9 * font, 0.0, None,
                              fill=fill))  # fmt: skip
        else:
            radius = 3.0 * options.line_mm
            items.append(Ellipse(left + 0.7 * font, middle, radius, radius, colour,
                                 1.4 * options.line_mm, fill=fill))  # fmt: skip
        items.append(Text(left + 1.9 * font, middle, words, size, "start", "middle", muted))
        left += width
    return items


def _told(plot: Plot, flow: BoundaryFlow, index: int | None) -> str:
    if index is None:
        return ""
    lines = [f"{plot.title}, {plot.formula}, {generations_text(int(flow.times[index]))}:"]
    for shown in plot.lines:
        lines.append(f"{shown.name} = {bits_text(float(shown.values[index]))} bits")
    curve = plot.curve
    if curve is not None:
        lines.append(
            f"95 % interval {bits_text(float(curve.low[index]))} to "
            f"{bits_text(float(curve.high[index]))} bits, p = {float(curve.p[index]):.2g}"
        )
    return "\n".join(lines)


def _nearest(times: Sequence[int] | Floats, at: float | None) -> int | None:
    if at is None:
        return None
    return int(np.argmin(np.abs(np.asarray(times, dtype=np.float64) - at)))
