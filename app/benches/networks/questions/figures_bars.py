"""Sorted bars as a figure: labels, bars on one scale, numbers; no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.benches.networks.questions.figure_axes import ticks
from app.figures.description import Figure, FigureOptions, Item, Line, Rect, Table, Text

ROWS_SHOWN = 30
LABEL_SHARE = 0.28
ROW_EMS = 1.7


@dataclass(frozen=True)
class BarRow:
    """One bar: its label, its value, and a remark at its end."""

    label: str
    value: float
    remark: str = ""


def bars_figure(heading: str, rows: Sequence[BarRow], options: FigureOptions) -> Figure:
    """Return the first rows as horizontal bars from 0, with an axis below them."""
    rows, colours, em = rows[:ROWS_SHOWN], options.palette, options.font_mm
    row_height, top = ROW_EMS * em, 2.2 * em
    left = LABEL_SHARE * options.width_mm
    right = options.width_mm - 0.5 * em
    remark = 0.24 * options.width_mm if any(row.remark for row in rows) else 0.0
    room = right - remark - left
    most = max((row.value for row in rows), default=0.0) or 1.0
    bottom = top + row_height * max(len(rows), 1)
    items: list[Item] = [
        Text(
            0.5 * em,
            em,
            heading,
            size_pt=options.font_pt,
            baseline="middle",
            colour=colours["text"],
            max_width_mm=options.width_mm - em,
            fit="shrink",
        )
    ]
    for value in ticks(0.0, most):
        x = left + room * value / most
        items.append(Line(x, top, x, bottom, colours["grid"], options.line_mm * 0.7))
        items.append(_tick(x, bottom + 0.8 * em, value, options))
    for number, row in enumerate(rows):
        middle = top + (number + 0.5) * row_height
        items.append(_label(left - 0.5 * em, middle, row.label, left - em, options))
        wide = max(0.0, room * row.value / most)
        if wide > 0:
            items.append(
                Rect(left, middle - 0.4 * em, wide, 0.8 * em, 0.0, None, fill=colours["bar"])
            )
        if row.remark:
            items.append(_remark(right, middle, row.remark, remark - 0.4 * em, options))
    items.append(Line(left, top, left, bottom, colours["node_border"], options.line_mm))
    return Figure(
        width_mm=options.width_mm,
        height_mm=bottom + 1.8 * em,
        items=tuple(items),
        background=colours["canvas"],
        title=heading,
        description=f"{heading}; {len(rows)} bars",
        font_family=options.font_family,
    )


def bars_table(header: tuple[str, ...], rows: Sequence[BarRow]) -> Table:
    """Return the numbers behind the bars."""
    return Table(header, tuple((row.label, row.value, row.remark) for row in rows))


def _tick(x: float, y: float, value: float, options: FigureOptions) -> Text:
    return Text(
        x,
        y,
        f"{value:.4g}",
        size_pt=options.font_pt * 0.85,
        anchor="middle",
        baseline="middle",
        colour=options.palette["muted_text"],
    )


def _label(x: float, y: float, text: str, room: float, options: FigureOptions) -> Text:
    return Text(
        x,
        y,
        text,
        size_pt=options.font_pt,
        anchor="end",
        baseline="middle",
        colour=options.palette["text"],
        max_width_mm=room,
    )


def _remark(x: float, y: float, text: str, room: float, options: FigureOptions) -> Text:
    return Text(
        x,
        y,
        text,
        size_pt=options.font_pt * 0.85,
        anchor="end",
        baseline="middle",
        colour=options.palette["muted_text"],
        max_width_mm=room,
        fit="shrink",
    )
