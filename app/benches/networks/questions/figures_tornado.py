"""A tornado plot as a figure; no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.benches.networks.questions.figure_axes import ticks
from app.figures.description import Figure, FigureOptions, Item, Line, Rect, Table, Text

LABEL_SHARE = 0.46
ROW_EMS = 1.7


@dataclass(frozen=True)
class TornadoRow:
    """One parameter: the target's probability at both ends of its interval."""

    label: str
    at_start: float
    at_stop: float
    value: float
    derivative: float


class _Sheet:
    """The millimetres of a plot: where a value stands, and where a row does."""

    def __init__(self, base: float, rows: Sequence[TornadoRow], options: FigureOptions) -> None:
        self.options, self.em = options, options.font_mm
        self.row_height, self.top = ROW_EMS * self.em, 2.2 * self.em
        self.left = LABEL_SHARE * options.width_mm
        self.bottom = self.top + self.row_height * max(len(rows), 1)
        values = [base, *(v for row in rows for v in (row.at_start, row.at_stop))]
        self.low, self.high = min(values), max(values)
        right = options.width_mm - 1.5 * self.em
        self._scale = (right - self.left) / ((self.high - self.low) or 1.0)

    def place(self, value: float) -> float:
        """Return where a value stands."""
        return self.left + (value - self.low) * self._scale

    def upright(self, value: float, role: str, thickness: float = 1.0) -> Line:
        """Return the line that stands at a value."""
        x, width_mm = self.place(value), self.options.line_mm * thickness
        return Line(x, self.top, x, self.bottom, self.options.palette[role], width_mm)


def tornado_figure(
    heading: str, base: float, rows: Sequence[TornadoRow], options: FigureOptions
) -> Figure:
    """Return the ranges of the target around `base`, one bar a parameter."""
    sheet = _Sheet(base, rows, options)
    title = Text(
        0.5 * sheet.em,
        sheet.em,
        f"{heading} = {base:.4g}",
        size_pt=options.font_pt,
        baseline="middle",
        colour=options.palette["text"],
        max_width_mm=options.width_mm - sheet.em,
        fit="shrink",
    )
    items: list[Item] = [title, *_scale(sheet)]
    for number, row in enumerate(rows):
        items += _row(sheet, base, row, sheet.top + (number + 0.5) * sheet.row_height)
    items.append(sheet.upright(base, "text"))
    return Figure(
        width_mm=options.width_mm,
        height_mm=sheet.bottom + 1.8 * sheet.em,
        items=tuple(items),
        background=options.palette["canvas"],
        title=f"Sensitivity of {heading}",
        description=f"Tornado plot of {heading} over {len(rows)} parameters",
        font_family=options.font_family,
    )


def _scale(sheet: _Sheet) -> list[Item]:
    items: list[Item] = []
    for value in ticks(sheet.low, sheet.high, 4):
        number = Text(
            sheet.place(value),
            sheet.bottom + 0.8 * sheet.em,
            f"{value:.4g}",
            size_pt=sheet.options.font_pt * 0.85,
            anchor="middle",
            baseline="middle",
            colour=sheet.options.palette["muted_text"],
        )
        items += [sheet.upright(value, "grid", 0.7), number]
    return items


def _row(sheet: _Sheet, base: float, row: TornadoRow, middle: float) -> list[Item]:
    """Return the name of a parameter and its bar, from the base to either end."""
    em, colours = sheet.em, sheet.options.palette
    name = Text(
        sheet.left - 0.5 * em,
        middle,
        row.label,
        size_pt=sheet.options.font_pt * 0.9,
        anchor="end",
        baseline="middle",
        colour=colours["text"],
        max_width_mm=sheet.left - em,
        fit="shrink",
    )
    items: list[Item] = [name]
    start = sheet.place(base)
    for value, role in ((row.at_start, "category_5"), (row.at_stop, "bar")):
        x, wide = min(start, sheet.place(value)), abs(sheet.place(value) - start)
        if wide > 0:
            items.append(Rect(x, middle - 0.4 * em, wide, 0.8 * em, 0.0, None, fill=colours[role]))
    return items


def tornado_table(rows: Sequence[TornadoRow]) -> Table:
    """Return the numbers behind the plot."""
    header = ("parameter", "value", "derivative", "target_at_start", "target_at_stop")
    return Table(
        header,
        tuple((r.label, r.value, r.derivative, r.at_start, r.at_stop) for r in rows),
    )
