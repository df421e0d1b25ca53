"""A plot on the sheet: a box in millimetres, its ranges, ticks and words; no Qt."""

from dataclasses import dataclass
from math import ceil, floor, log10

from app.figures.description import FigureOptions, Item, Line, Text


@dataclass(frozen=True)
class Axes:
    """Maps data into a box of the sheet.

    Attributes
    ----------
    left, top, width, height : float
        In millimetres.
    x, y : (float, float)
        Values at the ends.
    """

    left: float
    top: float
    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a value is on the sheet."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return self.left + across * self.width, self.top + self.height * (1.0 - up)

    def value(self, left: float, top: float) -> tuple[float, float]:
        """Return the value at a place on the sheet."""
        across, up = (left - self.left) / self.width, 1.0 - (top - self.top) / self.height
        return (
            self.x[0] + across * (self.x[1] - self.x[0]),
            self.y[0] + up * (self.y[1] - self.y[0]),
        )

    def holds(self, left: float, top: float) -> bool:
        """Whether a place is in the box."""
        inside = 0.0 <= left - self.left <= self.width
        return inside and 0.0 <= top - self.top <= self.height

    def frame(self, options: FigureOptions) -> list[Item]:
        """Return the two axes."""
        colour, bottom = options.palette["muted_text"], self.top + self.height
        return [
            Line(self.left, bottom, self.left + self.width, bottom, colour, options.line_mm),
            Line(self.left, self.top, self.left, bottom, colour, options.line_mm),
        ]

    def ticks_of_x(self, options: FigureOptions) -> list[Item]:
        """Return ticks with their numbers below."""
        items: list[Item] = []
        font, muted, bottom = options.font_mm, options.palette["muted_text"], self.top + self.height
        for value in nice_ticks(*self.x, max(1, min(6, int(self.width / (6 * font))))):
            x = self.at(value, self.y[0])[0]
            items.append(Line(x, bottom, x, bottom + 0.3 * font, muted, options.line_mm))
            text = f"{value:g}"
            place = bottom + 0.5 * font
            items.append(Text(x, place, text, options.font_pt, "middle", "top", muted))
        return items

    def ticks_of_y(self, options: FigureOptions, *, has_grid: bool = False) -> list[Item]:
        """Return ticks with their numbers to the left, and lines across where asked."""
        items: list[Item] = []
        font, colours = options.font_mm, options.palette
        for value in nice_ticks(*self.y, max(1, min(5, int(self.height / (2.2 * font))))):
            y = self.at(self.x[0], value)[1]
            end = self.left + self.width if has_grid else self.left - 0.3 * font
            colour = colours["grid"] if has_grid else colours["muted_text"]
            items.append(Line(self.left, y, end, y, colour, options.line_mm))
            place = self.left - 0.5 * font
            items.append(
                Text(place, y, f"{value:g}", options.font_pt, "end", "middle",
                     colours["muted_text"])
            )  # fmt: skip
        return items


def nice_ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Return round numbers between two others."""
    raw = (high - low) / wanted
    power = 10.0 ** floor(log10(raw))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= raw * 0.999)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [round(i * step, 12) for i in range(first, last + 1)]
