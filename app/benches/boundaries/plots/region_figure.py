"""The region of an ensemble: its parts in colour over a sample of the world; no Qt."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from app.benches.boundaries.parts import BY_NUMBER, PARTS, Part
from app.benches.boundaries.plots.drawing import Drawing
from app.benches.boundaries.plots.key import badge, key_height, key_of_parts
from app.figures.description import (
    Figure,
    FigureOptions,
    Image,
    Item,
    Line,
    Rect,
    Table,
    Text,
)
from app.graphical.amounts import counted

Mask = npt.NDArray[np.uint8]

TINT = 0.58
"""Share of a part's colour in a cell of value 0; what is alive in it shines through."""

INK = 0.66
"""How far a cell of the largest value goes towards the colour of letters."""

MOST_EDGES = 6000
"""Lines between parts; scattered parts have more than could be told apart."""

LOWEST_MM = 9.0
"""Of a world of one row, whose cells are drawn higher than wide."""

TITLE = "Region"


def region_drawing(
    mask: Mask,
    sample: npt.NDArray[Any],
    caption: str,
    options: FigureOptions,
    height_mm: float | None = None,
) -> Drawing:
    """Return the picture with its key below, as large as the width and the height allow."""
    font, colours = options.font_mm, options.palette
    margin = 0.8 * font
    foot = key_height(len(_shown(mask)), options) + 2.4 * font
    rows, columns = mask.shape
    width = options.width_mm - 2 * margin
    cell = width / columns
    if height_mm is not None:
        cell = min(cell, max(height_mm - foot - 2 * margin, 10.0) / rows)
    wide, high = cell * columns, max(cell * rows, LOWEST_MM)
    room = options.width_mm if height_mm is not None else wide + 2 * margin
    left, top = (room - wide) / 2 if height_mm is not None else margin, margin
    items: list[Item] = [Image(left, top, wide, high, picture_of(mask, sample, options))]
    items += _edges(mask, left, top, wide / columns, high / rows, options)
    items.append(Rect(left, top, wide, high, colour=colours["border"], width_mm=options.line_mm))
    items += _letters(mask, left, top, wide / columns, high / rows, options)
    counts = [(part, counted(int((mask == part.number).sum()), "cell")) for part in _shown(mask)]
    items += key_of_parts(
        counts, margin, top + high + 0.9 * font, options.width_mm - 2 * margin, options
    )
    place = top + high + foot - 1.0 * font
    items.append(
        Text(margin, place, caption, options.font_pt, colour=colours["muted_text"],
             baseline="top", max_width_mm=options.width_mm - 2 * margin)
    )  # fmt: skip
    height = height_mm if height_mm is not None else top + high + foot + margin
    figure = Figure(
        options.width_mm, height, tuple(items), background=colours["canvas"], title=TITLE,
        description=f"{TITLE}: {caption}", font_family=options.font_family,
    )  # fmt: skip

    def told(x: float, y: float) -> str:
        column, row = int((x - left) // (wide / columns)), int((y - top) // (high / rows))
        if not (x >= left and y >= top and column < columns and row < rows):
            return ""
        part = BY_NUMBER.get(int(mask[row, column]))
        where = f"cell ({column}, {row})"
        if part is None:
            return f"{where}: outside all parts"
        return f"{where}: {part.letter}, {part.title}. {part.meaning}"

    return Drawing(figure, told=told)


def region_table(mask: Mask, sample: npt.NDArray[Any]) -> Table:
    """Return the cells of all parts with their values in the sample."""
    rows = tuple(
        (int(x), int(y), BY_NUMBER[int(mask[y, x])].letter, float(sample[y, x]))
        for y, x in np.argwhere(mask > 0).tolist()
    )
    return Table(("x", "y", "part", "value"), rows)


def picture_of(
    mask: Mask, sample: npt.NDArray[Any], options: FigureOptions
) -> npt.NDArray[np.uint8]:
    """Return uint8[rows, columns, 4]: parts in their colours, cells alive in that of the text."""
    shade = np.asarray(sample, dtype=np.float64)
    low, high = float(shade.min()), float(shade.max())
    shade = (shade - low) / (high - low) if high > low else np.zeros_like(shade)
    ground, ink = _rgb(options.palette["canvas"]), _rgb(options.palette["text"])
    tints = np.array([ground] * 5)
    for part in PARTS:
        tints[part.number] = TINT * _rgb(options.palette[part.role]) + (1 - TINT) * ground
    base = tints[np.minimum(mask, 4)]
    colour = base + INK * shade[..., None] * (ink - base)
    alpha = np.full((*mask.shape, 1), 255.0)
    return np.ascontiguousarray(np.concatenate([colour, alpha], axis=-1).round().astype(np.uint8))


def _rgb(colour: str) -> npt.NDArray[np.float64]:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float64)


def _shown(mask: Mask) -> list[Part]:
    numbers = set(np.unique(mask).tolist())
    return [part for part in PARTS if part.number in numbers]


def _edges(
    mask: Mask, left: float, top: float, wide: float, high: float, options: FigureOptions
) -> list[Item]:
    """Return lines where one part ends and another begins, joined where they go on."""
    colour, line = options.palette["text"], 1.2 * options.line_mm
    across = [
        Line(left + a * wide, top + y * high, left + b * wide, top + y * high, colour, line)
        for y, a, b in _runs(mask[1:] != mask[:-1])
    ]
    down = [
        Line(left + x * wide, top + a * high, left + x * wide, top + b * high, colour, line)
        for x, a, b in _runs((mask[:, 1:] != mask[:, :-1]).T)
    ]
    found: list[Item] = [*across, *down]
    return found if len(found) <= MOST_EDGES else []


def _runs(is_edge: npt.NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    """Return (place after the row, begin, end) of each stretch of True in each row."""
    found = []
    for place, row in enumerate(is_edge, 1):
        padded = np.concatenate([[0], row.astype(np.int8), [0]])
        steps = np.diff(padded)
        begins, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
        found += [(place, int(a), int(b)) for a, b in zip(begins, ends, strict=True)]
    return found


def _letters(
    mask: Mask, left: float, top: float, wide: float, high: float, options: FigureOptions
) -> list[Item]:
    """Return a letter in each part, at its first cell with room for one."""
    items: list[Item] = []
    for part in _shown(mask):
        place = _corner(mask == part.number, 0.72 * options.font_mm / min(wide, high))
        if place is None:
            continue
        x, y = place
        at = left + (x + 0.5) * wide, top + (y + 0.5) * high
        items += badge(part, *at, options)
    return items


def _corner(is_part: npt.NDArray[np.bool_], room: float) -> tuple[int, int] | None:
    """Return the first cell of a part that has so many cells of it around; None for none."""
    left = is_part
    for _ in range(int(np.ceil(room - 0.5))):
        padded = np.pad(left, 1)
        left = left & padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    found = np.argwhere(left)
    return (int(found[0][1]), int(found[0][0])) if len(found) else None
