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


def tornado_figure(
    heading: str, base: float, rows: Sequence[TornadoRow], options: FigureOptions
) -> Figure:
    """Return the ranges of the target around `base`, one bar a parameter."""
    colours, em = options.palette, options.font_mm
    row_height, top = ROW_EMS * em, 2.2 * em
    left, right = LABEL_SHARE * options.width_mm, options.width_mm - 1.5 * em
    values = [base, *(v for row in rows for v in (row.at_start, row.at_stop))]
    low, high = min(values), max(values)
    scale = (right - left) / ((high - low) or 1.0)
    bottom = top + row_height * max(len(rows), 1)

    def place(value: float) -> float:
        return left + (value - low) * scale

    items: list[Item] = [
        Text(
            0.5 * em,
            em,
            f"{heading} = {base:.4g}",
            size_pt=options.font_pt,
            baseline="middle",
            colour=colours["text"],
            max_width_mm=options.width_mm - em,
            fit="shrink",
        )
    ]
    for value in ticks(low, high, 4):
        x = place(value)
        items.append(Line(x, top, x, bottom, colours["grid"], options.line_mm * 0.7))
        items.append(
            Text(
                x,
                bottom + 0.8 * em,
                f"{value:.4g}",
                size_pt=options.font_pt * 0.85,
                anchor="middle",
                baseline="middle",
                colour=colours["muted_text"],
            )
        )
    for number, row in enumerate(rows):
        middle = top + (number + 0.5) * row_height
        items.append(
            Text(
                left - 0.5 * em,
                middle,
                row.label,
                size_pt=options.font_pt * 0.9,
                anchor="end",
                baseline="middle",
                colour=colours["text"],
                max_width_mm=left - em,
                fit="shrink",
            )
        )
        for value, role in ((row.at_start, "category_5"), (row.at_stop, "bar")):
            x, wide = min(place(base), place(value)), abs(place(value) - place(base))
            if wide > 0:
                items.append(
                    Rect(x, middle - 0.4 * em, wide, 0.8 * em, 0.0, None, fill=colours[role])
                )
    items.append(Line(place(base), top, place(base), bottom, colours["text"], options.line_mm))
    return Figure(
        width_mm=options.width_mm,
        height_mm=bottom + 1.8 * em,
        items=tuple(items),
        background=colours["canvas"],
        title=f"Sensitivity of {heading}",
        description=f"Tornado plot of {heading} over {len(rows)} parameters",
        font_family=options.font_family,
    )


def tornado_table(rows: Sequence[TornadoRow]) -> Table:
    """Return the numbers behind the plot."""
    header = ("parameter", "value", "derivative", "target_at_start", "target_at_stop")
    return Table(
        header,
        tuple((r.label, r.value, r.derivative, r.at_start, r.at_stop) for r in rows),
    )
