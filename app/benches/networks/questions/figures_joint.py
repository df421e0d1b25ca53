"""A joint table as a figure: a matrix of shaded cells with their numbers; no Qt."""

from app.benches.networks.questions.joint_answer import JointAnswer
from app.figures.description import Figure, FigureOptions, Item, Rect, Text

ROWS_IN_FIGURE = 40
LEAST_SHADED = 0.004


def joint_figure(answer: JointAnswer, options: FigureOptions) -> Figure:
    """Return the first lines, the states of the last variable side by side."""
    rows, colours, em = answer.rows()[:ROWS_IN_FIGURE], options.palette, options.font_mm
    leading, states = len(answer.variables) - 1, answer.labels[-1]
    column = options.width_mm / (0.75 * leading + len(states))
    label = 0.75 * column
    row_height, top = 1.8 * em, 4.2 * em
    left = label * leading
    items: list[Item] = [
        _text(0.3 * em, em, answer.heading, options.width_mm - em, options, "text"),
        _text(left + 0.3 * em, 2.4 * em, answer.variables[-1], 9e9, options, "muted_text"),
    ]
    for k, name in enumerate(answer.variables[:-1]):
        items.append(_text(k * label + 0.3 * em, 3.5 * em, name, label, options, "muted_text"))
    for k, state in enumerate(states):
        x = left + (k + 1) * column - 0.6 * em
        items.append(_text(x, 3.5 * em, state, column - em, options, "muted_text", "end"))
    for number, row in enumerate(rows):
        middle = top + (number + 0.5) * row_height
        for k, text in enumerate(row.states):
            items.append(_text(k * label + 0.3 * em, middle, text, label - em, options, "text"))
        for k, value in enumerate(row.values):
            x = left + k * column
            items.append(
                Rect(
                    x + 0.15 * em,
                    middle - 0.75 * em,
                    column - 0.3 * em,
                    1.5 * em,
                    0.0,
                    None,
                    fill=colours["bar_track"],
                )
            )
            shown = "—" if value != value else f"{value:.4g}"
            if value > LEAST_SHADED:
                wide = (column - 0.3 * em) * min(value, 1.0)
                fill = "#66" + colours["bar"].lstrip("#")
                items.append(
                    Rect(x + 0.15 * em, middle - 0.75 * em, wide, 1.5 * em, 0.0, None, fill=fill)
                )
            right = x + column - 0.6 * em
            items.append(_text(right, middle, shown, column, options, "text", "end"))
    return Figure(
        width_mm=options.width_mm,
        height_mm=top + row_height * len(rows) + 0.6 * em,
        items=tuple(items),
        background=colours["canvas"],
        title=answer.heading,
        description=f"{answer.heading}, {len(rows)} of {answer.line_count} lines",
        font_family=options.font_family,
    )


def _text(
    x: float,
    y: float,
    text: str,
    room: float,
    options: FigureOptions,
    role: str,
    anchor: str = "start",
) -> Text:
    return Text(
        x,
        y,
        text,
        size_pt=options.font_pt,
        anchor=anchor,
        baseline="middle",
        colour=options.palette[role],
        max_width_mm=min(room, options.width_mm),
        fit="shrink",
    )
