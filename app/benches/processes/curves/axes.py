"""Axes of a small plot as items of a figure: ticks, labels, and places of data in millimetres."""

from collections.abc import Sequence
from math import ceil, floor, log10

from app.figures.description import Figure, FigureOptions, Item, Line, Text

Points = tuple[tuple[float, float], ...]


class Axes:
    """Maps data into a box of the sheet; `left`, `top`, `width` and `height` are millimetres."""

    def __init__(
        self,
        box: tuple[float, float, float, float],
        x: tuple[float, float],
        y: tuple[float, float],
        options: FigureOptions,
    ) -> None:
        self.left, self.top, self.width, self.height = box
        self._x, self._y = x, (y[0], y[1] if y[1] > y[0] else y[0] + 1.0)
        self._options = options
        self._colours = options.palette

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a value is on the sheet."""
        (x0, x1), (y0, y1) = self._x, self._y
        return (
            self.left + (x - x0) / (x1 - x0) * self.width,
            self.top + self.height - (y - y0) / (y1 - y0) * self.height,
        )

    def x_at(self, left: float) -> float:
        """Return the value at a place along the horizontal axis."""
        (x0, x1) = self._x
        return x0 + (left - self.left) / self.width * (x1 - x0)

    def points(self, x: Sequence[float], y: Sequence[float]) -> Points:
        """Return the places of several values."""
        return tuple(self.at(a, b) for a, b in zip(x, y, strict=True))

    def items(self, title: str, x_label: str, whole: Sequence[int]) -> list[Item]:
        """Return frame, ticks and words; `whole` are the ticks of the horizontal axis."""
        items: list[Item] = []
        line, font = self._options.line_mm, self._options.font_mm
        bottom, right = self.top + self.height, self.left + self.width
        ink, muted, grid = (self._colours[role] for role in ("text", "muted_text", "grid"))
        for value in nice_ticks(*self._y):
            y = self.at(self._x[0], value)[1]
            items.append(Line(self.left, y, right, y, grid, line))
            items.append(
                self._text(self.left - 0.4 * font, y, f"{value:g}", muted, "end", "middle")
            )
        for tick in whole:
            x = self.at(tick, self._y[0])[0]
            items.append(Line(x, bottom, x, bottom + 0.3 * font, muted, line))
            items.append(self._text(x, bottom + 0.5 * font, str(tick), muted, "middle", "top"))
        items.append(Line(self.left, bottom, right, bottom, muted, line))
        items.append(Line(self.left, self.top, self.left, bottom, muted, line))
        items.append(self._text(self.left, self.top - 0.7 * font, title, ink))
        items.append(self._text(right, bottom + 1.7 * font, x_label, muted, "end", "top"))
        return items

    def _text(
        self,
        x: float,
        y: float,
        text: str,
        colour: str,
        anchor: str = "start",
        baseline: str = "alphabetic",
    ) -> Text:
        size = self._options.font_pt
        return Text(x, y, text, size, anchor, baseline, colour)


def nice_ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Return round numbers between two others."""
    raw = (high - low) / wanted
    power = 10.0 ** floor(log10(raw))
    step = next(power * each for each in (1, 2, 2.5, 5, 10) if power * each >= raw * 0.999)
    first = ceil(low / step - 1e-9)
    last = floor(high / step + 1e-9)
    return [round(i * step, 12) for i in range(first, last + 1)]


def plot_figure(items: list[Item], options: FigureOptions, height: float, title: str) -> Figure:
    """Return a figure of plots, `height` mm high and as wide as the options say."""
    return Figure(
        options.width_mm,
        height,
        tuple(items),
        background=options.palette["canvas"],
        title=title,
        description=title,
        font_family=options.font_family,
    )
