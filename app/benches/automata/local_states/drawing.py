"""The field of local causal states as a figure: a slice or all rows, with what colours mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from app.benches.automata.colouring import between
from app.benches.automata.ensembles.axes import Axes, nice_ticks
from app.benches.automata.figure import rgba_of
from app.benches.automata.local_states.colours import (
    COMPLEXITY_SCALE,
    state_colours,
    state_picture,
    value_picture,
)
from app.benches.automata.local_states.fields import Fields
from app.benches.automata.palettes import SCALES
from app.figures.description import Figure, FigureOptions, Image, Item, Line, Rect, Text

if TYPE_CHECKING:
    from core.crossings.local_states import WorldLocalStates

TITLE = "Local causal states"
SHOWN = {
    "complexity": "Local complexity",
    "state": "State",
    "cells": "Cells",
    "sensitivity": "Sensitivity",
}
UNITS = {"complexity": "bits", "cells": "value", "sensitivity": "cells"}
LEGEND_MM, NARROW_LEGEND_MM = 20.0, 11.0
NAMED = 8
"""States in a legend; the rest are told of in a line."""


@dataclass(frozen=True)
class Look:
    """What of the findings is drawn.

    Attributes
    ----------
    shown : str
        A key of `SHOWN`.
    place : int
        Of the slice, in worlds of two dimensions.
    chosen : int or None
        A state beside which the others fade.
    is_on_screen : bool
        Whether the panel tells the rest: then there are no names of states and no line below, and
        a space-time diagram fills its room.
    """

    shown: str = "complexity"
    place: int = 0
    chosen: int | None = None
    is_on_screen: bool = False


def local_states_figure(
    fields: Fields, look: Look, options: FigureOptions, height_mm: float | None = None
) -> Figure:
    """Return the field, cells as squares where the height is free."""
    found = fields.found
    axes = field_axes(found, look, options, height_mm)
    font, colours = options.font_mm, options.palette
    height = height_mm if height_mm is not None else axes.top + axes.height + 4.6 * font
    pixels = rgba_of(_picture(fields, look, options.theme))
    bottom, muted = axes.top + axes.height, colours["muted_text"]
    items: list[Item] = [
        Image(axes.left, axes.top, axes.width, axes.height, pixels),
        *_ticks(axes, options),
        *_legend(fields, look, axes, options),
    ]
    if not look.is_on_screen:
        items.append(
            Text(axes.left, bottom + 1.9 * font, _caption(found, look), options.font_pt, "start",
                 "top", muted, max_width_mm=options.width_mm - axes.left)
        )  # fmt: skip
    return Figure(
        options.width_mm,
        height,
        tuple(items),
        background=colours["canvas"],
        title=TITLE,
        description=f"{TITLE}, coloured by {SHOWN[look.shown].lower()}. {_caption(found, look)}",
        font_family=options.font_family,
    )


def field_axes(
    found: WorldLocalStates, look: Look, options: FigureOptions, height_mm: float | None = None
) -> Axes:
    """Return where the field is on the sheet; y runs down, as generations or as rows."""
    font, block = options.font_mm, found.block
    x, y, columns, rows = block.box
    down = (float(y), float(y + rows))
    if block.values.ndim == 2:
        rows = len(block.values)
        down = (float(block.start), float(block.start + rows * block.every))
    legend = NARROW_LEGEND_MM * (look.shown != "state") if look.is_on_screen else LEGEND_MM
    left, top = 4.6 * font, 0.8 * font
    width = max(options.width_mm - left - legend - font, 8.0)
    below = 2.2 * font if look.is_on_screen else 4.2 * font
    height = width * rows / columns if height_mm is None else max(height_mm - top - below, 6.0)
    if not look.is_on_screen or block.values.ndim == 3:
        scale = min(width / columns, height / rows)
        width, height = scale * columns, scale * rows
    return Axes(left, top, width, height, (float(x), float(x + columns)), down[::-1])


def cell_at(found: WorldLocalStates, axes: Axes, look: Look, left: float, top: float) -> (
    tuple[int, ...] | None
):  # fmt: skip
    """Return the place in the block under a place on the sheet, None beside the field."""
    if not axes.holds(left, top):
        return None
    shape = found.block.values.shape
    column = min(int((left - axes.left) / axes.width * shape[-1]), shape[-1] - 1)
    row = min(int((top - axes.top) / axes.height * shape[-2]), shape[-2] - 1)
    return (row, column) if len(shape) == 2 else (look.place, row, column)


def told_at(found: WorldLocalStates, place: tuple[int, ...]) -> str:
    """Return in words where a cell is, its state and its complexity."""
    block, states = found.block, found.states
    generation = block.generation(place[0])
    where = f"x {block.box[0] + place[-1]:,}"
    if len(place) == 3:
        where += f", y {block.box[1] + place[1]:,}"
    label = int(states.labels[place])
    value = block.values[place]
    held = f"{int(value)}" if block.states else f"{float(value):.3f}"
    text = f"generation {generation:,}, {where}: cell {held}"
    if label < 0:
        return f"{text}, no whole cone"
    text += f", state {label}, {states.complexities[label]:.2f} bits"
    if found.sensitivity is not None:
        text += f", a change changes {int(found.sensitivity[place])} cells"
    return text


def _picture(fields: Fields, look: Look, theme: str) -> npt.NDArray[np.uint32]:
    field = fields.seen if look.is_on_screen else fields.whole
    values = field(look.shown, look.place)
    if look.shown == "state":
        return state_picture(values, fields.found.states.n, theme, look.chosen)
    return value_picture(values, fields.highest[look.shown], theme)


def _caption(found: WorldLocalStates, look: Look) -> str:
    states, cones = found.states, found.states.cones
    count = "1 state" if states.n == 1 else f"{states.n} states"
    text = f"{count}, Cμ {states.C_mu:.2f} bits"
    if found.block.values.ndim == 3:
        return f"generation {found.block.generation(look.place):,}: {text}"
    return f"{text}, past {cones.past}, future {cones.future}"


def _ticks(axes: Axes, options: FigureOptions) -> list[Item]:
    items: list[Item] = list(axes.frame(options)) + axes.ticks_of_x(options)
    font, muted = options.font_mm, options.palette["muted_text"]
    first, last = axes.y[1], axes.y[0]
    for value in nice_ticks(first, last, max(1, min(5, int(axes.height / (2.2 * font))))):
        y = axes.at(axes.x[0], value)[1]
        items.append(Line(axes.left - 0.3 * font, y, axes.left, y, muted, options.line_mm))
        items.append(
            Text(axes.left - 0.5 * font, y, f"{value:,.0f}", options.font_pt, "end", "middle",
                 muted)
        )  # fmt: skip
    return items


def _legend(fields: Fields, look: Look, axes: Axes, options: FigureOptions) -> list[Item]:
    if look.shown == "state":
        return [] if look.is_on_screen else _names(fields.found, axes, options)
    highest = fields.highest[look.shown]
    font, colours = options.font_mm, options.palette
    left = axes.left + axes.width + 1.2 * font
    tall = max(min(axes.height - 1.8 * font, 14 * font), 3.0)
    scale = between(SCALES[COMPLEXITY_SCALE])
    column = rgba_of(np.ascontiguousarray(scale[::-1].reshape(-1, 1)))
    bar = Axes(left, axes.top + 1.6 * font, 1.1 * font, tall, (0.0, 1.0), (0.0, highest))
    items: list[Item] = [
        Text(left, axes.top + 0.8 * font, UNITS[look.shown], options.font_pt,
             colour=colours["muted_text"]),
        Image(bar.left, bar.top, bar.width, bar.height, column),
    ]  # fmt: skip
    for value in nice_ticks(0.0, highest, max(1, min(5, int(tall / (2 * font))))):
        y = bar.at(1.0, value)[1]
        items.append(
            Text(left + 1.6 * font, y, f"{value:g}", options.font_pt, "start", "middle",
                 colours["text"])
        )  # fmt: skip
    return items


def _names(found: WorldLocalStates, axes: Axes, options: FigureOptions) -> list[Item]:
    font, palette = options.font_mm, options.palette
    left, side, step = axes.left + axes.width + 1.2 * font, 1.1 * font, 1.6 * font
    states = found.states
    table = state_colours(states.n, options.theme)
    room = max(1, int((axes.height + 0.4 * font) / step))
    named = min(states.n, NAMED, room if states.n <= room else room - 1)
    items: list[Item] = []
    for state in range(named):
        top = axes.top + state * step
        colour = f"#{int(table[state]) & 0xFFFFFF:06x}"
        items.append(
            Rect(left, top, side, side, 0.0, palette["border"], options.line_mm, fill=colour)
        )
        text = f"{state}  {states.shares[state]:.1%}"
        items.append(
            Text(left + 1.6 * font, top + side / 2, text, options.font_pt, "start", "middle",
                 palette["text"])
        )  # fmt: skip
    if named < states.n:
        items.append(
            Text(left, axes.top + named * step + side / 2, f"{states.n - named} more",
                 options.font_pt, "start", "middle", palette["muted_text"])
        )  # fmt: skip
    return items
