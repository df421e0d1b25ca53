"""Survival curves with their intervals: a small plot for each perturbation; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from app.benches.automata.ensembles.axes import Axes
from app.figures.description import (
    Ellipse,
    Figure,
    FigureOptions,
    Item,
    Line,
    Polyline,
    Table,
    Text,
)

if TYPE_CHECKING:
    from core.automata.robustness.perturbations import Perturbation
    from core.automata.robustness.survival import Survival

NARROWEST_MM = 28.0
USUAL_MM = 34.0
"""Height of a plot on paper."""

LONG_AXIS, SHORT_AXIS = "share survived", "survived"
ROOM_OF_AXIS = 20
"""A plot of so many heights of the font has room for the long name of its vertical axis."""

AXIS_CHARACTER = 0.55
"""About how wide a character is, in heights of the font."""

TITLE = "Survival of perturbations"


def survival_figure(
    battery: Sequence[Perturbation],
    found: Sequence[Survival],
    options: FigureOptions,
    height_mm: float | None = None,
) -> Figure:
    """Return the share of runs survived against the level, for each of a battery."""
    columns = _columns(len(battery), options.width_mm, height_mm)
    rows = max(1, ceil(len(battery) / columns))
    height = height_mm if height_mm is not None else rows * USUAL_MM
    width, row = options.width_mm / columns, height / rows
    items: list[Item] = []
    for place, perturbation in enumerate(battery):
        line, column = divmod(place, columns)
        own = [each for each in found if each.perturbation == perturbation.name]
        items += _plot(perturbation, own, column * width, line * row, width, row, options)
    return Figure(
        options.width_mm,
        height,
        tuple(items),
        background=options.palette["canvas"],
        title=TITLE,
        description=f"{TITLE}: share of runs survived with Wilson's 95 % intervals.",
        font_family=options.font_family,
    )


def survival_figures_table(found: Sequence[Survival]) -> Table:
    """Return the numbers behind the curves."""
    rows = tuple(
        (each.perturbation, each.level, each.runs, each.survived, each.share, each.low, each.high)
        for each in found
    )
    header = ("perturbation", "level", "runs", "survived", "share", "low 95 %", "high 95 %")
    return Table(header, rows)


def _plot(
    perturbation: Perturbation,
    found: Sequence[Survival],
    left: float,
    top: float,
    width: float,
    height: float,
    options: FigureOptions,
) -> list[Item]:
    font, colours, line = options.font_mm, options.palette, options.line_mm
    levels = perturbation.levels
    air = 0.5
    axes = Axes(
        left + 3.6 * font, top + 2.2 * font, width - 4.8 * font, max(height - 5.6 * font, 3.0),
        (-air, len(levels) - 1 + air), (0.0, 1.0),
    )  # fmt: skip
    items: list[Item] = [*axes.ticks_of_y(options, has_grid=True), *axes.frame(options)]
    bottom = axes.top + axes.height
    muted = colours["muted_text"]
    widest = max(len(f"{level:g}") for level in levels) * 0.62 * font
    each_label = 1 if widest < axes.width / (len(levels) - 1 + 2 * air) else 2
    for place, level in enumerate(levels):
        x = axes.at(place, 0.0)[0]
        items.append(Line(x, bottom, x, bottom + 0.3 * font, muted, line))
        text, size = f"{level:g}" if place % each_label == 0 else "", options.font_pt
        items.append(Text(x, bottom + 0.5 * font, text, size, "middle", "top", muted))
    right = axes.left + axes.width
    items.append(
        Text(right, bottom + 1.7 * font, perturbation.unit, options.font_pt, "end", "top", muted)
    )
    told = LONG_AXIS if width > ROOM_OF_AXIS * font else SHORT_AXIS
    items.append(
        Text(right, axes.top - 0.8 * font, told, options.font_pt, "end", colour=muted)
    )  # fmt: skip
    items.append(
        Text(left + 0.8 * font, axes.top - 0.8 * font, perturbation.title, options.font_pt,
             colour=colours["text"], bold=True,
             max_width_mm=width - 3 * font - AXIS_CHARACTER * font * len(told))
    )  # fmt: skip
    known = [(levels.index(each.level), each) for each in found if each.level in levels]
    ink, cap = colours["accent"], 0.35 * font
    for place, each in known:
        x, low = axes.at(place, each.low)
        high = axes.at(place, each.high)[1]
        items.append(Line(x, low, x, high, ink, 1.6 * line))
        items += [Line(x - cap, y, x + cap, y, ink, 1.6 * line) for y in (low, high)]
    points = tuple(axes.at(place, each.share) for place, each in known)
    if len(points) > 1:
        items.append(Polyline(points, ink, 2 * line))
    radius = 3.0 * line
    items += [Ellipse(*at, radius, radius, None, fill=ink) for at in points]
    return items


def _columns(count: int, width_mm: float, height_mm: float | None) -> int:
    most = max(1, min(count, int(width_mm / NARROWEST_MM)))
    if height_mm is None:
        return min(most, 3)

    def room(columns: int) -> float:
        return min(width_mm / columns / 1.4, height_mm / ceil(count / columns))

    return max(range(1, most + 1), key=room)
