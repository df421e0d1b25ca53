"""An elimination order as a figure: each variable, what is multiplied, and how large that is."""

from math import log10

from app.canvas.text_width import approximate_width
from app.figures.description import Figure, FigureOptions, Item, Line, Rect, Table, Text
from core.networks.levels.variable_elimination import EliminationRun, EliminationStep

MARGIN_MM = 2.0
ROW = 1.75
"""Height of a row in heights of the letters."""

BAR_SHARE, CELLS_EMS = 0.22, 3.6
LEAST_EMS, MOST_EMS = 3.0, 12.0


def elimination_figure(run: EliminationRun, options: FigureOptions, title: str = "") -> Figure:
    """Return one row for each step, the sizes as bars on a logarithmic scale."""
    colours, em = options.palette, options.font_mm
    steps = [step for step in run.steps if step.kind != "prune"]
    height = ROW * em
    widest = max((approximate_width(_head(step), em) for step in steps), default=0.0)
    first = min(max(widest + em, LEAST_EMS * em), MOST_EMS * em, 0.3 * options.width_mm)
    bar_width = BAR_SHARE * options.width_mm
    right = options.width_mm - MARGIN_MM
    bar_left = right - CELLS_EMS * em - bar_width
    middle_left = MARGIN_MM + first
    room = bar_left - middle_left - em
    formulas = [product_text(step) for step in steps]
    are_short = all(approximate_width(text, em) <= room for text in formulas)
    products = formulas if are_short else [_scope_text(run, step) for step in steps]
    largest = max((step.product_size for step in steps), default=1)
    small = {"baseline": "middle", "colour": colours["text"], "size_pt": options.font_pt}
    quiet = {**small, "colour": colours["muted_text"]}
    y = MARGIN_MM + height / 2
    items: list[Item] = [
        Text(MARGIN_MM, y, "Eliminated", **quiet),
        Text(middle_left, y, "Product" if are_short else "Product over", **quiet),
        Text(right, y, "cells", anchor="end", **quiet),
    ]
    below = MARGIN_MM + height
    items.append(Line(MARGIN_MM, below, right, below, colours["border"], options.line_mm))
    for k, step in enumerate(steps):
        y = below + (k + 0.5) * height
        share = log10(step.product_size + 1) / log10(largest + 1)
        items += [
            Text(MARGIN_MM, y, _head(step), max_width_mm=first - 0.5 * em, fit="shrink", **small),
            Text(middle_left, y, products[k], max_width_mm=room, **quiet),
            Rect(bar_left, y - 0.3 * em, bar_width, 0.6 * em, 0.0, None, fill=colours["bar_track"]),
            Rect(
                bar_left, y - 0.3 * em, bar_width * share, 0.6 * em, 0.0, None, fill=colours["bar"]
            ),
            Text(right, y, f"{step.product_size:,}", anchor="end", **small),
        ]
    total = run.operations
    return Figure(
        options.width_mm,
        below + len(steps) * height + MARGIN_MM,
        tuple(items),
        colours["canvas"],
        title,
        f"Variable elimination: {total.multiplications:,} multiplications, "
        f"{total.additions:,} additions, largest product {largest:,} cells",
        options.font_family,
    )


def _head(step: EliminationStep) -> str:
    return step.variable or "normalise"


def _scope_text(run: EliminationRun, step: EliminationStep) -> str:
    return ", ".join(run.names[v] for v in step.product_scope) or "a number"


def product_text(step: EliminationStep) -> str:
    """Return such as ``P(a) P(b | a) → τ(b)``."""
    factors = " ".join(view.label for view in step.factors_in)
    return factors if step.factor_out is None else f"{factors} → {step.factor_out.label}"


def elimination_table(run: EliminationRun) -> Table:
    """Return one row for each step with its sizes and operations."""
    rows = tuple(
        (
            k,
            step.variable or "",
            " ".join(view.label for view in step.factors_in),
            ", ".join(run.names[v] for v in step.product_scope),
            step.product_size,
            step.factor_out.label if step.factor_out is not None else "",
            step.factor_out.size if step.factor_out is not None else 0,
            step.operations.multiplications,
            step.operations.additions,
        )
        for k, step in enumerate(run.steps, start=1)
    )
    header = (
        "step",
        "eliminated",
        "multiplied",
        "product over",
        "product cells",
        "result",
        "result cells",
        "multiplications",
        "additions",
    )
    return Table(header, rows)
