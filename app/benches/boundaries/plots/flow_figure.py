"""The flow across a boundary as four small plots over one axis of time; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.benches.boundaries.plots.axes import Axes, Floats
from app.benches.boundaries.plots.drawing import Drawing
from app.benches.boundaries.plots.flow_plot import (
    Plot,
    Shown,
    key_height,
    key_items,
    plot_items,
    reading_items,
)
from app.benches.boundaries.words import bits_text
from app.figures.description import Figure, FigureOptions, Item, Table

if TYPE_CHECKING:
    from core.boundaries.flow_result import BoundaryFlow

TITLE = "Flow across the boundary"
ROW_MM = 38.0
"""Height of a row of plots on paper."""
NARROW_MM = 104.0
"""On narrower sheets the plots stand one below the other."""


def flow_drawing(
    flow: BoundaryFlow, options: FigureOptions, height_mm: float | None = None
) -> Drawing:
    """Return the plots, as high as they are on paper unless a height is given."""
    columns = 1 if options.width_mm < NARROW_MM else 2
    plots, has_exact = plots_of(flow), bool(flow.exact)
    rows = -(-len(plots) // columns)
    foot = key_height(options, has_exact=has_exact)
    height = height_mm if height_mm is not None else rows * ROW_MM + foot
    width, row = options.width_mm / columns, (height - foot) / rows
    items: list[Item] = []
    boxes = []
    for place, plot in enumerate(plots):
        line, column = divmod(place, columns)
        box = _box(plot, width * column, row * line, width, row, options)
        boxes.append(box)
        items += plot_items(plot, box, options)
    items += key_items(options, height, has_exact=has_exact)
    figure = Figure(
        options.width_mm, height, tuple(items), background=options.palette["canvas"], title=TITLE,
        description=f"{TITLE} in bits against the generation, at lag {flow.lag}",
        font_family=options.font_family,
    )  # fmt: skip
    placed = list(zip(plots, boxes, strict=True))

    def told(x: float, y: float) -> str:
        for plot, box in placed:
            if box.holds(x, y):
                return _told(plot, _nearest(plot.times, box.value(x)))
        return ""

    def reading(at: float) -> tuple[Item, ...]:
        index = _nearest(plots[0].times, at)
        return tuple(
            item for plot, box in placed for item in reading_items(plot, index, box, options)
        )

    return Drawing(figure, tuple(boxes), told, reading)


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
        if name in flow.exact:
            found[f"{name} exact / bits"] = flow.exact[name]
    for name, curve in flow.entropies.items():
        found[f"{name} / bits"] = curve
    for name, (inwards, outwards) in flow.controls.items():
        found[f"infil {name} / bits"], found[f"exfil {name} / bits"] = inwards, outwards
    return found


def plots_of(flow: BoundaryFlow) -> tuple[Plot, ...]:
    """Return what the plots show; a flow has the colour of the part that it arrives in."""
    times = np.asarray(flow.times, dtype=np.float64)
    pooled = flow.settings.is_pooled
    found = [
        Plot(
            title,
            curve.formula,
            times,
            (Shown(curve.per_step, role, title),),
            curve,
            pooled,
            flow.exact.get(name),
        )
        for title, role, name, curve in (
            ("Infil", "category_0", "infil", flow.infil),
            ("Exfil", "category_2", "exfil", flow.exfil),
            ("Static blanket", "text", "static_blanket", flow.static_blanket),
        )
    ]
    room = tuple(
        Shown(flow.entropies[name], role, name, dash, short)
        for name, role, dash, short in (
            ("H(E|V,A,P)", "category_0", (), "Infil"),
            ("H(V|A,P,E)", "category_2", (1.6, 0.9), "Exfil"),
        )
        if name in flow.entropies
    )
    formula = "what Infil and Exfil cannot exceed"
    return (*found, Plot("Room for flow", formula, times, room, is_pooled=pooled))


def _box(
    plot: Plot, left: float, top: float, width: float, height: float, options: FigureOptions
) -> Axes:
    font = options.font_mm
    return Axes(
        left + 4.6 * font,
        top + 3.9 * font,
        max(width - 5.8 * font, 5.0),
        max(height - 7.0 * font, 5.0),
        plot.span,
        plot.range,
    )


def _told(plot: Plot, index: int) -> str:
    when = "all generations" if plot.is_pooled else f"generation {int(plot.times[index]):,}"
    lines = [f"{plot.title}, {plot.formula}, {when}:"]
    for shown in plot.lines:
        lines.append(f"{shown.name} = {bits_text(float(shown.values[index]))} bits")
    curve = plot.curve
    if curve is not None:
        lines.append(
            f"95 % interval {bits_text(float(curve.low[index]))} to "
            f"{bits_text(float(curve.high[index]))} bits, p = {float(curve.p[index]):.2g}"
        )
    if plot.exact is not None:
        lines.append(f"exactly, from all states: {bits_text(float(plot.exact[index]))} bits")
    return "\n".join(lines)


def _nearest(times: Floats, at: float) -> int:
    return int(np.argmin(np.abs(times - at)))
