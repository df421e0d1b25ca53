"""A plot on the sheet: a box in millimetres, its ranges, ticks and words; no Qt."""

from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np
import numpy.typing as npt

from app.figures.description import FigureOptions, Item, Line, Text

Floats = npt.NDArray[np.float64]


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

    @property
    def right(self) -> float:
        """The right end of the box."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower end of the box."""
        return self.top + self.height

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a value is on the sheet."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return self.left + across * self.width, self.top + self.height * (1.0 - up)

    def points(self, x: Floats, y: Floats) -> tuple[tuple[float, float], ...]:
        """Return where many values are."""
        return tuple(self.at(*each) for each in zip(x.tolist(), y.tolist(), strict=True))

    def value(self, left: float) -> float:
        """Return the value along the horizontal axis at a place on the sheet."""
        return self.x[0] + (left - self.left) / self.width * (self.x[1] - self.x[0])

    def holds(self, left: float, top: float, air: float = 1.0) -> bool:
        """Whether a place is in the box or just beside it."""
        inside = self.left - air <= left <= self.right + air
        return inside and self.top - air <= top <= self.bottom + air

    def frame(self, options: FigureOptions) -> list[Item]:
        """Return the two axes."""
        colour, line = options.palette["muted_text"], options.line_mm
        return [
            Line(self.left, self.bottom, self.right, self.bottom, colour, line),
            Line(self.left, self.top, self.left, self.bottom, colour, line),
        ]

    def ticks_of_x(self, options: FigureOptions) -> list[Item]:
        """Return ticks at whole numbers, with the numbers below."""
        items: list[Item] = []
        font, muted = options.font_mm, options.palette["muted_text"]
        wanted = max(2, min(6, int(self.width / (6 * font))))
        for value in nice_ticks(*self.x, wanted, is_whole=True):
            x = self.at(value, self.y[0])[0]
            items.append(Line(x, self.bottom, x, self.bottom + 0.3 * font, muted, options.line_mm))
            place = self.bottom + 0.5 * font
            items.append(Text(x, place, tick_text(value), options.font_pt, "middle", "top", muted))
        return items

    def ticks_of_y(self, options: FigureOptions) -> list[Item]:
        """Return numbers to the left, with lines across."""
        items: list[Item] = []
        font, colours = options.font_mm, options.palette
        ticks = nice_ticks(*self.y, max(1, min(4, int(self.height / (2.2 * font)))))
        if len(ticks) < 2 and self.height >= 2 * font:  # one number tells no scale
            ticks = [short_inside(*self.y, low) for low in (True, False)]
        for value in ticks:
            y = self.at(self.x[0], value)[1]
            items.append(Line(self.left, y, self.right, y, colours["grid"], options.line_mm))
            items.append(
                Text(
                    self.left - 0.5 * font, y, tick_text(value), options.font_pt, "end", "middle",
                    colours["muted_text"],
                )
            )  # fmt: skip
        return items


def nice_ticks(low: float, high: float, wanted: int = 4, *, is_whole: bool = False) -> list[float]:
    """Return round numbers between two others."""
    raw = (high - low) / wanted
    raw = max(raw, 1.0) if is_whole else raw
    power = 10.0 ** floor(log10(raw))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= raw * 0.999)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [round(i * step, 12) for i in range(first, last + 1)]


def short_inside(low: float, high: float, is_low: bool) -> float:
    """Return the number of two digits next to an end of a range, within it."""
    end = low if is_low else high
    if end == 0.0:
        return 0.0
    unit = 10.0 ** (floor(log10(abs(end))) - 1)
    steps = ceil(end / unit - 1e-9) if is_low else floor(end / unit + 1e-9)
    return round(steps * unit, 12)


def tick_text(value: float) -> str:
    """Return a number as short as it can be read back."""
    return f"{value:,.6g}".replace("-", "−")
