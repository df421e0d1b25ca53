"""The samples as small plots over one axis of time, and the curve of an instrument; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any

import numpy as np

from app.benches.automata.long_numbers import power_text
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
    from app.benches.automata.measures.instruments import Finding
    from core.automata.measures.registry import Measure
    from core.automata.measures.series import Samples

MOST_POINTS = 400
"""A plot draws the extremes of so many stretches of time; more would not be seen."""

BOLD_CHARACTER = 0.62
"""About how wide a bold character is, in heights of the font."""

NARROWEST_MM, LOWEST_MM = 38.0, 17.0
"""Of a plot on the screen."""

FOOT_MM = 10.0
"""About how much the common axis below takes there."""

MOST_TABLE_ROWS = 20_000
COLOURS = ("accent", "category_1")
"""Of the first and the second number of a measure, x and y."""


@dataclass(frozen=True)
class PlotBox:
    """A place on the sheet in millimetres and the values along its horizontal axis."""

    left: float
    top: float
    width: float
    height: float
    first: float
    last: float

    def x(self, value: float) -> float:
        """Return where a value is."""
        return self.left + (value - self.first) / (self.last - self.first) * self.width

    def value(self, x: float) -> float:
        """Return the value at a place."""
        return self.first + (x - self.left) / self.width * (self.last - self.first)

    def holds(self, x: float, y: float) -> bool:
        """Whether a place is in the plot or just beside it."""
        inside = self.left - 1 <= x <= self.left + self.width + 1
        return inside and self.top - 5 <= y <= self.top + self.height + 5


@dataclass(frozen=True)
class Drawing:
    """A figure and where its plots are."""

    figure: Figure
    plots: tuple[PlotBox, ...] = ()


def samples_drawing(
    samples: Samples,
    measures: Sequence[Measure],
    options: FigureOptions,
    height_mm: float | None = None,
    at: float | None = None,
) -> Drawing:
    """Return a plot for each measure, with the values at a generation in their titles."""
    count = max(1, len(measures))
    font = options.font_mm
    foot = 3.4 * font
    columns = _columns(count, options.width_mm, None if height_mm is None else height_mm - foot)
    rows = -(-count // columns)
    height = height_mm if height_mm is not None else rows * 24.0 + foot
    width, row = options.width_mm / columns, (height - foot) / rows
    first, last = _span(samples.generations)
    items: list[Item] = []
    plots = []
    for place, measure in enumerate(measures):
        column, line = divmod(place, rows)
        box = PlotBox(
            width * column + 5.0 * font, row * line + 2.1 * font,
            width - 6.4 * font, max(row - 2.9 * font, 1.0), first, last,
        )  # fmt: skip
        plots.append(box)
        items += _plot(samples, measure, box, options, at)
        if line == rows - 1 or place == count - 1:
            items += _time_axis(box, options)
    figure = Figure(
        options.width_mm,
        height,
        tuple(items),
        background=options.palette["canvas"],
        title="Measures of a world",
        description=", ".join(each.title for each in measures) + " against the generation",
        font_family=options.font_family,
    )
    return Drawing(figure, tuple(plots))


def samples_table(samples: Samples, measures: Sequence[Measure]) -> Table:
    """Return the samples as rows; of very many, evenly chosen ones."""
    names = [name for each in measures for name in each.series]
    units = {name: each.unit for each in measures for name in each.series}
    header = ("generation", *(f"{n} / {units[n]}" if units[n] else n for n in names))
    step = max(1, -(-len(samples.generations) // MOST_TABLE_ROWS))
    columns = [samples.column(name)[::step].tolist() for name in names]
    generations = samples.generations[::step].tolist()
    rows = tuple(
        (when, *(None if value != value else value for value in values))
        for when, *values in zip(generations, *columns, strict=True)
    )
    return Table(header, rows)


def finding_drawing(
    finding: Finding, options: FigureOptions, height_mm: float | None = None
) -> Drawing:
    """Return the curve of what an instrument found."""
    height = height_mm if height_mm is not None else 0.66 * options.width_mm
    font, colours = options.font_mm, options.palette
    x, y = (np.asarray(each, dtype=np.float64) for each in finding.curve or ([], []))
    known = np.isfinite(x) & np.isfinite(y)
    if finding.is_logarithmic:
        known &= (x > 0) & (y > 0)
        x, y = np.log10(np.where(known, x, 1.0)), np.log10(np.where(known, y, 1.0))
    x, y = x[known], y[known]
    box = PlotBox(
        6.0 * font, 2.2 * font, options.width_mm - 7.4 * font, height - 6.0 * font,
        *(_span(x) if len(x) else (0.0, 1.0)),
    )  # fmt: skip
    low, high = _range(y)
    items: list[Item] = _frame(box, options)
    items += _ticks_of_x(box, options, is_logarithmic=finding.is_logarithmic)
    items += _ticks_of_y(box, low, high, options, is_logarithmic=finding.is_logarithmic)
    places = _places(box, x, y, low, high)
    items.append(Polyline(places, colours["accent"], 2 * options.line_mm))
    if len(places) <= 40:
        radius = 2.4 * options.line_mm
        items += [Ellipse(*at, radius, radius, None, fill=colours["accent"]) for at in places]
    size, muted = options.font_pt, colours["muted_text"]
    items.append(Text(box.left, box.top - 0.8 * font, finding.y_label, size, colour=muted))
    right, bottom = box.left + box.width, box.top + box.height
    items.append(
        Text(right, bottom + 1.9 * font, finding.x_label, size, "end", "top", colour=muted)
    )
    figure = Figure(
        options.width_mm, height, tuple(items), background=colours["canvas"],
        title=finding.title, description=finding.sentence, font_family=options.font_family,
    )  # fmt: skip
    return Drawing(figure, (box,))


def finding_table(finding: Finding) -> Table:
    """Return the curve as rows."""
    x, y = finding.curve or ((), ())
    rows = tuple((float(a), float(b)) for a, b in zip(x, y, strict=True))
    return Table((finding.x_label, finding.y_label), rows)


def value_text(value: float) -> str:
    """Return a number as short as four digits allow; a dash where there is none."""
    if value != value:
        return "—"
    if value == int(value) and abs(value) < 1e9:
        return f"{int(value):,}".replace("-", "−")
    if 1e3 <= abs(value) < 1e7:
        return f"{value:,.0f}".replace("-", "−")
    return f"{value:.4g}".replace("-", "−")


def with_unit(text: str, unit: str) -> str:
    """Return a value with its unit; a sign of degrees stands close to the number."""
    return f"{text}{'' if unit.startswith('°') else ' '}{unit}".strip()


def sample_at(samples: Samples, generation: float | None) -> int | None:
    """Return the number of the last sample at or before a generation; None where there is none."""
    if not len(samples.generations):
        return None
    if generation is None:
        return len(samples.generations) - 1
    found = int(np.searchsorted(samples.generations, generation, side="right")) - 1
    return max(found, 0)


def _columns(count: int, width_mm: float, height_mm: float | None) -> int:
    """Return in how many columns the plots stand: few, as long as each is high enough."""
    if height_mm is None:
        return 1 if count <= 2 or width_mm < 110 else 2
    most = max(1, min(count, int(width_mm / NARROWEST_MM)))
    for columns in range(1, most + 1):
        if height_mm / -(-count // columns) >= LOWEST_MM:
            return columns
    return most


def _plot(
    samples: Samples, measure: Measure, box: PlotBox, options: FigureOptions, at: float | None
) -> list[Item]:
    font, colours = options.font_mm, options.palette
    columns = [samples.column(name) for name in measure.series if name in samples.columns]
    known = np.concatenate([each[np.isfinite(each)] for each in columns] or [np.zeros(0)])
    low, high = _range(known)
    items = [*_frame(box, options), *_ticks_of_y(box, low, high, options, wanted=2)]
    for values, role in zip(columns, COLOURS, strict=False):
        jump = 180.0 if measure.name == "direction" else None
        for x, y in _pieces(samples.generations, values, jump):
            places = _places(box, x, y, low, high)
            if len(places) == 1:
                radius = 1.5 * options.line_mm
                items.append(Ellipse(*places[0], radius, radius, None, fill=colours[role]))
            else:
                items.append(Polyline(places, colours[role], 1.6 * options.line_mm))
    chosen = sample_at(samples, at)
    values_text = ""
    if chosen is not None:
        when = float(samples.generations[chosen])
        shown = [value_text(float(values[chosen])) for values in columns]
        values_text = with_unit(", ".join(shown), measure.unit)
        if len(values_text) * BOLD_CHARACTER * font > 0.58 * (box.width + 4.0 * font):
            values_text = ", ".join(shown)  # the list beside it tells the unit
        x = min(max(box.x(when), box.left), box.left + box.width)
        bottom = box.top + box.height
        items.append(Line(x, box.top, x, bottom, colours["muted_text"], options.line_mm))
        for values, role in zip(columns, COLOURS, strict=False):
            if np.isfinite(values[chosen]):
                y = _places(box, np.array([when]), values[chosen : chosen + 1], low, high)[0][1]
                radius = 2.4 * options.line_mm
                items.append(Ellipse(x, y, radius, radius, None, fill=colours[role]))
    top = box.top - 0.7 * font
    room = box.width + 4.0 * font
    items.append(
        Text(box.left - 4.0 * font, top, measure.title, options.font_pt, colour=colours["text"],
             max_width_mm=0.42 * room)
    )  # fmt: skip
    items.append(
        Text(box.left + box.width, top, values_text, options.font_pt, "end",
             colour=colours["text"], bold=True, max_width_mm=0.58 * room)
    )  # fmt: skip
    return items


def _frame(box: PlotBox, options: FigureOptions) -> list[Item]:
    colour, bottom = options.palette["muted_text"], box.top + box.height
    return [
        Line(box.left, bottom, box.left + box.width, bottom, colour, options.line_mm),
        Line(box.left, box.top, box.left, bottom, colour, options.line_mm),
    ]


def _ticks_of_y(
    box: PlotBox,
    low: float,
    high: float,
    options: FigureOptions,
    wanted: int = 4,
    *,
    is_logarithmic: bool = False,
) -> list[Item]:
    items: list[Item] = []
    colours, font = options.palette, options.font_mm
    ticks = _nice_ticks(low, high, min(wanted, max(1, int(box.height / (1.6 * font)))))
    if len(ticks) < 2 and box.height >= 2 * font:  # one number tells no scale
        ticks = [low, high]
    for value in ticks:
        y = box.top + box.height * (1 - (value - low) / (high - low))
        items.append(Line(box.left, y, box.left + box.width, y, colours["grid"], options.line_mm))
        plain = value_text(value) if abs(value) < 1e6 else tick_text(value)
        text = _power_text(value) if is_logarithmic else plain
        items.append(
            Text(box.left - 0.4 * font, y, text, options.font_pt, "end", "middle",
                 colours["muted_text"], max_width_mm=4.6 * font)
        )  # fmt: skip
    return items


def _ticks_of_x(
    box: PlotBox, options: FigureOptions, *, is_logarithmic: bool = False, is_time: bool = False
) -> list[Item]:
    items: list[Item] = []
    bottom, font = box.top + box.height, options.font_mm
    wanted = max(2, min(5, int(box.width / (6 * font))))
    muted = options.palette["muted_text"]
    for value in _nice_ticks(box.first, box.last, wanted, is_whole=is_time):
        x = box.x(value)
        items.append(Line(x, bottom, x, bottom + 0.3 * font, muted, options.line_mm))
        text = _power_text(value) if is_logarithmic else tick_text(value)
        items.append(Text(x, bottom + 0.5 * font, text, options.font_pt, "middle", "top", muted))
    return items


def _time_axis(box: PlotBox, options: FigureOptions) -> list[Item]:
    right, bottom = box.left + box.width, box.top + box.height
    muted = options.palette["muted_text"]
    y = bottom + 1.7 * options.font_mm
    return [
        *_ticks_of_x(box, options, is_time=True),
        Text(right, y, "generation", options.font_pt, "end", "top", muted),
    ]


def _span(values: Any) -> tuple[float, float]:
    if not len(values):
        return 0.0, 1.0
    first, last = float(values[0]), float(values[-1])
    return first, last if last > first else first + 1.0


def _range(values: Any) -> tuple[float, float]:
    """Return ends that hold all values with some air; from 0 where that is near."""
    if not len(values):
        return 0.0, 1.0
    low, high = float(np.min(values)), float(np.max(values))
    if high - low < 1e-9 * max(abs(low), abs(high), 1e-300):
        air = 0.05 * abs(low) or 1.0
        return low - air, high + air
    if 0 < low < 0.5 * high:
        low = 0.0
    air = 0.06 * (high - low)
    return (low if low == 0 else low - air), high + air


def _pieces(
    generations: Any, values: Any, jump: float | None
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the stretches without a gap, thinned to the extremes."""
    x, y = _thinned(np.asarray(generations, dtype=np.float64), np.asarray(values))
    known = np.isfinite(y)
    cuts = np.flatnonzero(~known)
    if jump is not None and len(y) > 1:
        cuts = np.union1d(cuts, np.flatnonzero(np.abs(np.diff(y)) > jump) + 1)
    found = []
    for part in np.split(np.arange(len(y)), cuts):
        part = part[known[part]]
        if len(part):
            found.append((x[part], y[part]))
    return found


def _thinned(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return smallest and largest value of each stretch where there are more than can be seen."""
    if len(x) <= 2 * MOST_POINTS:
        return x, y
    size = -(-len(x) // MOST_POINTS)
    short = -len(x) % size
    rows = np.concatenate([y, np.full(short, np.nan)]).reshape(-1, size)
    places = np.concatenate([x, np.full(short, x[-1])]).reshape(-1, size)
    extremes = np.stack([np.fmin.reduce(rows, axis=1), np.fmax.reduce(rows, axis=1)], axis=1)
    return np.repeat(places[:, size // 2], 2), extremes.ravel()


def _places(
    box: PlotBox, x: np.ndarray, y: np.ndarray, low: float, high: float
) -> tuple[tuple[float, float], ...]:
    across = box.left + (x - box.first) / (box.last - box.first) * box.width
    down = box.top + box.height * (1 - (y - low) / (high - low))
    return tuple(zip(across.tolist(), down.tolist(), strict=True))


def _nice_ticks(low: float, high: float, wanted: int = 4, *, is_whole: bool = False) -> list[float]:
    raw = (high - low) / wanted
    raw = max(raw, 1.0) if is_whole else raw
    power = 10.0 ** floor(log10(raw))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= raw * 0.999)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [round(i * step, 12) for i in range(first, last + 1)]


def tick_text(value: float) -> str:
    """Return a number short enough to stand beside an axis, ``1.2 M`` for 1,200,000.

    Examples
    --------
    >>> [tick_text(each) for each in (250_000, 1_200_000, -4e6, 1.5e11)]
    ['250,000', '1.2 M', '−4 M', '1.5 × 10¹¹']
    """
    if abs(value) >= 1e9:
        return power_text(value, 4)
    if abs(value) >= 1e6:
        return f"{value / 1e6:.6g} M".replace("-", "−")
    return f"{value:,.6g}".replace("-", "−")


def _power_text(exponent: float) -> str:
    return f"{10.0**exponent:.3g}".replace("-", "−").replace("e+0", "e").replace("e−0", "e−")
