"""One plot of the flow: a curve with its interval over the band of chance; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.benches.boundaries.plots.axes import Axes, Floats
from app.benches.boundaries.words import bits_text
from app.canvas.text_width import approximate_width
from app.figures.description import Ellipse, FigureOptions, Item, Line, Polyline, Rect, Text

if TYPE_CHECKING:
    from core.boundaries.flow_result import FlowCurve

SURE = 0.05
"""Points with a larger p are hollow."""

MOST_STRETCHES = 120
"""A curve of more times is drawn by the extremes of so many stretches; more would not be seen."""

MOST_POINTS = 60
"""Curves of more times are drawn without points."""

NOTHING = "real values have no bound in bits"
"""In place of entropies, which only symbols have."""

KEY_LINE = 1.6
"""Height of a line of the key in sizes of the font."""

EXACT_DASH = (1.2, 0.8)
"""Of what is exact, so that the estimate is seen below."""

INTERVAL_ALPHA, NULL_ALPHA = "55", "38"


@dataclass(frozen=True)
class Shown:
    """One line of a plot: its curve, the role of its colour, and what it is called.

    Attributes
    ----------
    short : str
        The name where there is little room; the usual one unless given.
    """

    values: Floats
    role: str
    name: str
    dash: tuple[float, ...] = ()
    short: str = ""


@dataclass(frozen=True)
class Plot:
    """What one of the plots shows; with a curve, also how sure it is, and what is exact."""

    title: str
    formula: str
    times: Floats
    lines: tuple[Shown, ...]
    curve: FlowCurve | None = None
    is_pooled: bool = False
    exact: Floats | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(np.isfinite(shown.values).any() for shown in self.lines)

    @property
    def span(self) -> tuple[float, float]:
        """The ends of the axis of time."""
        first, last = float(self.times[0]), float(self.times[-1])
        return (first, last) if last > first else (first - 1.0, first + 1.0)

    @property
    def range(self) -> tuple[float, float]:
        """Ends that hold all that is drawn, with some air; 0 is always in sight."""
        parts = [shown.values for shown in self.lines]
        if self.curve is not None:
            parts += [self.curve.low, self.curve.high, null_reach(self.curve)]
        if self.exact is not None:
            parts.append(self.exact)
        known = np.concatenate(
            [np.asarray(each)[np.isfinite(each)] for each in parts] or [np.zeros(1)]
        )
        low, high = min(known.min(initial=0.0), 0.0), max(known.max(initial=0.0), 0.0)
        high = high if high - low > 1e-6 else low + 0.01
        air = 0.08 * (high - low)
        return float(low if low == 0.0 else low - air), float(high + air)


def null_reach(curve: FlowCurve) -> Floats:
    """Return how far shuffles reach: their 95 % quantile, less their mean as the curve is."""
    return np.asarray(curve.null_high) - np.asarray(curve.null_mean)


def plot_items(plot: Plot, box: Axes, options: FigureOptions) -> list[Item]:
    """Return the plot with its axes and words."""
    items: list[Item] = [*box.ticks_of_y(options)]
    if plot.curve is not None:
        reach, colours = null_reach(plot.curve), options.palette
        fill = f"#{NULL_ALPHA}{colours['category_7'][1:]}"
        items += _band(np.zeros_like(reach), reach, fill, plot.times, box)
        fill = f"#{INTERVAL_ALPHA}{colours[plot.lines[0].role][1:]}"
        items += _band(plot.curve.low, plot.curve.high, fill, plot.times, box)
    for shown in plot.lines:
        items += _line(shown, plot, box, options)
    if plot.exact is not None:
        kept = _extremes(plot.exact)
        points = box.points(plot.times[kept], plot.exact[kept])
        colour, width = options.palette["text"], 2 * options.line_mm
        items.append(Polyline(points, colour, width, EXACT_DASH))
    ticks = [] if plot.is_pooled else box.ticks_of_x(options)
    return [*items, *box.frame(options), *ticks, *_words(plot, box, options)]


def reading_items(plot: Plot, index: int, box: Axes, options: FigureOptions) -> list[Item]:
    """Return a line at one of the times, a point on each curve, and the values above."""
    colours, font = options.palette, options.font_mm
    x = box.at(float(plot.times[index]), 0.0)[0]
    values = [float(shown.values[index]) for shown in plot.lines]
    told = f"{', '.join(bits_text(each) for each in values)} bits"
    room = box.width + 2.9 * font - approximate_width(plot.title, font, bold=True)
    items: list[Item] = [
        Line(x, box.top, x, box.bottom, colours["muted_text"], options.line_mm),
        Text(box.right, box.top - 2.3 * font, told, options.font_pt, "end", colour=colours["text"],
             bold=True, max_width_mm=room),
    ]  # fmt: skip
    radius = 4.0 * options.line_mm
    for shown, value in zip(plot.lines, values, strict=True):
        if np.isfinite(value):
            y = box.at(0.0, value)[1]
            items.append(Ellipse(x, y, radius, radius, None, fill=colours[shown.role]))
    return items


def key_items(options: FigureOptions, bottom: float, *, has_exact: bool = False) -> list[Item]:
    """Return what the marks mean, in as many lines as it takes above a place."""
    font, muted = options.font_mm, options.palette["muted_text"]
    items: list[Item] = []
    lines = _key_lines(options, has_exact)
    for number, line in enumerate(lines):
        middle = bottom - (len(lines) - number) * KEY_LINE * font + 0.6 * font
        left = 0.8 * font
        for fill, words, mark in line:
            if mark == "line":
                end, width = left + 1.5 * font, 2 * options.line_mm
                items.append(Line(left, middle, end, middle, fill, width, EXACT_DASH))
            elif mark == "band":
                high = 0.9 * font
                items.append(
                    Rect(left, middle - high / 2, 1.4 * font, high, colour=None, fill=fill)
                )
            else:
                colour = options.palette["text"]
                items.append(_point(left + 0.7 * font, middle, colour, fill, options))
            items.append(
                Text(left + 1.9 * font, middle, words, options.font_pt, "start", "middle", muted)
            )
            left += approximate_width(words, font) + 3.4 * font
    return items


def key_height(options: FigureOptions, *, has_exact: bool = False) -> float:
    """Return how high the key is."""
    return (KEY_LINE * len(_key_lines(options, has_exact)) + 0.4) * options.font_mm


def _key_lines(options: FigureOptions, has_exact: bool) -> list[list[tuple[str, str, str]]]:
    """Return the entries of each line: colour, words, and whether a band, a point or a line."""
    colours, font = options.palette, options.font_mm
    entries = (
        (f"#{INTERVAL_ALPHA}{colours['text'][1:]}", "95 % interval", "band"),
        (f"#{NULL_ALPHA}{colours['category_7'][1:]}", "95 % of the shuffles", "band"),
        (colours["text"], f"p ≤ {SURE:g}", "point"),
        (colours["canvas"], f"p > {SURE:g}", "point"),
        *(((colours["text"], "exact", "line"),) if has_exact else ()),
    )
    lines: list[list[tuple[str, str, str]]] = [[]]
    left = 0.8 * font
    for entry in entries:
        width = approximate_width(entry[1], font) + 3.4 * font
        if lines[-1] and left + width > options.width_mm + 1.2 * font:
            lines.append([])
            left = 0.8 * font
        lines[-1].append(entry)
        left += width
    return lines


def _words(plot: Plot, box: Axes, options: FigureOptions) -> list[Item]:
    font, size, colours = options.font_mm, options.font_pt, options.palette
    left, muted = box.left - 3.9 * font, colours["muted_text"]
    items: list[Item] = [
        Text(left, box.top - 2.3 * font, plot.title, size, colour=colours["text"], bold=True),
        Text(left, box.top - 0.8 * font, "bits", size, colour=muted),
        Text(box.right, box.bottom + 1.7 * font, _axis(plot), size, "end", "top", muted),
    ]
    if plot.is_empty:
        middle = box.left + box.width / 2, box.top + box.height / 2
        items.append(Text(*middle, NOTHING, size, "middle", "middle", muted))
    if len(plot.lines) < 2:
        room = box.right - left - 3 * font
        items.append(
            Text(box.right, box.top - 0.8 * font, plot.formula, size, "end", colour=muted,
                 max_width_mm=room)
        )  # fmt: skip
        return items
    room = box.right - left - approximate_width("bits", font) - 0.6 * font
    return [*items, *_key_of_lines(plot.lines, box, options, room)]


def _key_of_lines(
    lines: tuple[Shown, ...], box: Axes, options: FigureOptions, room: float
) -> list[Item]:
    """Return the name of each line beside a piece of it, in so many millimetres."""
    font, items = options.font_mm, list[Item]()
    names, stroke, gap = [shown.name for shown in lines], 1.8 * font, 1.0 * font
    if sum(approximate_width(name, font) + stroke + gap + 0.4 * font for name in names) > room:
        names, stroke, gap = [shown.short or shown.name for shown in lines], 1.2 * font, 0.6 * font
    right, y = box.right, box.top - 1.1 * font
    for shown, name in reversed(list(zip(lines, names, strict=True))):
        colour = options.palette[shown.role]
        place = box.top - 0.8 * font
        items.append(Text(right, place, name, options.font_pt, "end", colour=colour))
        right -= approximate_width(name, font) + 0.4 * font
        width = 2 * options.line_mm
        items.append(Line(right - stroke, y, right, y, colour, width, shown.dash))
        right -= stroke + gap
    return items


def _axis(plot: Plot) -> str:
    return "all generations as one sample" if plot.is_pooled else "generation"


def _line(shown: Shown, plot: Plot, box: Axes, options: FigureOptions) -> list[Item]:
    known = np.flatnonzero(np.isfinite(shown.values))
    if not known.size:
        return []
    kept = known[_extremes(np.asarray(shown.values)[known])]
    colour = options.palette[shown.role]
    places = box.points(plot.times[kept], np.asarray(shown.values)[kept])
    items: list[Item] = []
    if len(places) > 1:
        items.append(Polyline(places, colour, 2 * options.line_mm, shown.dash))
    if known.size > MOST_POINTS or (plot.curve is None and len(places) > 1):
        return items
    p = np.zeros(len(shown.values)) if plot.curve is None else plot.curve.p
    for at, is_sure in zip(places, (p[kept] <= SURE).tolist(), strict=True):
        fill = colour if is_sure else options.palette["canvas"]
        items.append(_point(*at, colour, fill, options))
    return items


def _point(x: float, y: float, colour: str, fill: str, options: FigureOptions) -> Ellipse:
    radius = 3.0 * options.line_mm
    return Ellipse(x, y, radius, radius, colour, 1.4 * options.line_mm, fill=fill)


def _band(low: Floats, high: Floats, fill: str, times: Floats, box: Axes) -> list[Item]:
    known = np.isfinite(low) & np.isfinite(high)
    if not known.any():
        return []
    x, low, high = _stretches(times[known], np.asarray(low)[known], np.asarray(high)[known])
    if len(x) == 1:
        half = 0.04 * (box.x[1] - box.x[0])
        x, low, high = np.array([x[0] - half, x[0] + half]), np.repeat(low, 2), np.repeat(high, 2)
    points = (*box.points(x, high), *reversed(box.points(x, low)))
    return [Polyline(points, None, 0.0, fill=fill, closed=True)]


def _extremes(values: Floats) -> list[int]:
    """Return the places of the smallest and the largest value of each stretch, in their order."""
    if len(values) <= 2 * MOST_STRETCHES:
        return list(range(len(values)))
    kept: set[int] = set()
    for part in np.array_split(np.arange(len(values)), MOST_STRETCHES):
        kept |= {int(part[np.argmin(values[part])]), int(part[np.argmax(values[part])])}
    return sorted(kept)


def _stretches(x: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the middle of each stretch with its smallest and its largest value."""
    if len(x) <= MOST_STRETCHES:
        return x, low, high
    begins = np.linspace(0, len(x), MOST_STRETCHES, endpoint=False).astype(np.int64)
    counts = np.diff(np.append(begins, len(x)))
    middle = np.add.reduceat(x, begins) / counts
    middle[0], middle[-1] = x[0], x[-1]
    return middle, np.minimum.reduceat(low, begins), np.maximum.reduceat(high, begins)
