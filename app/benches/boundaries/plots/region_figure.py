"""The region of an ensemble: its parts in colour over a sample of the world; no Qt."""

from __future__ import annotations

from math import ceil

import numpy as np
import numpy.typing as npt

from app.benches.boundaries.parts import BY_NUMBER, PARTS
from app.benches.boundaries.plots.axes import Axes
from app.benches.boundaries.plots.drawing import Drawing
from app.benches.boundaries.plots.key import BADGE, badge, key_height, key_of_parts
from app.benches.boundaries.plots.region_picture import Mask, RegionPicture
from app.figures.description import (
    Figure,
    FigureOptions,
    Image,
    Item,
    Move,
    Path,
    Rect,
    Step,
    Table,
    Text,
    To,
)
from app.graphical.amounts import counted
from core.boundaries.ensemble import Ensemble

TINT = 0.58
"""Share of a part's colour in a cell of value 0; what is alive in it shines through."""

INK = 0.66
"""How far a cell of the largest value goes towards the colour of letters."""

MOST_EDGES = 6000
"""Lines between parts; scattered parts have more than could be told apart."""

LOWEST_MM = 9.0
"""Of a world of one row, whose cells are drawn higher than wide."""

MARGIN = 0.8
"""Around the picture, in sizes of the font."""

SMALLEST_BADGE = 0.75
"""How far a letter shrinks to fit into its part."""

TITLE = "Region"


def region_drawing(
    picture: RegionPicture,
    caption: str,
    options: FigureOptions,
    height_mm: float | None = None,
) -> Drawing:
    """Return the picture with its key below, as large as the width and the height allow."""
    font, colours = options.font_mm, options.palette
    margin, foot = MARGIN * font, _foot(picture, options)
    inner = options.width_mm - 2 * margin
    cell = inner / picture.shape[1]
    if height_mm is not None:
        cell = min(cell, max(height_mm - foot - 2 * margin, 10.0) / picture.shape[0])
    wide, high = cell * picture.shape[1], max(cell * picture.shape[0], LOWEST_MM)
    left = margin + (inner - wide) / 2
    rows, columns = picture.mask.shape
    axes = Axes(left, margin, wide, high, (0.0, columns), (rows, 0.0))
    line = options.line_mm
    items: list[Item] = [Image(left, margin, wide, high, coloured(picture, options))]
    items += _edges(picture.mask, axes, options)
    items.append(Rect(left, margin, wide, high, colour=colours["border"], width_mm=line))
    items += _letters(picture, axes, options)
    amounts = [(part, counted(count, "cell")) for part, count in picture.counts]
    items += key_of_parts(amounts, margin, axes.bottom + 0.9 * font, inner, options)
    items.append(
        Text(margin, axes.bottom + foot - font, caption, options.font_pt, baseline="top",
             colour=colours["muted_text"], max_width_mm=inner)
    )  # fmt: skip
    height = height_mm if height_mm is not None else axes.bottom + foot + margin
    figure = Figure(
        options.width_mm, height, tuple(items), background=colours["canvas"], title=TITLE,
        description=f"{TITLE}: {caption}", font_family=options.font_family,
    )  # fmt: skip

    def told(x: float, y: float) -> str:
        column, row = (x - left) // (wide / columns), (y - margin) // (high / rows)
        if not (0 <= column < columns and 0 <= row < rows):
            return ""
        return picture.told(int(column), int(row))

    return Drawing(figure, told=told)


def region_height(picture: RegionPicture, options: FigureOptions) -> float:
    """Return how high the picture with its key is where only its width is given."""
    margin = MARGIN * options.font_mm
    high = (options.width_mm - 2 * margin) * picture.shape[0] / picture.shape[1]
    return max(high, LOWEST_MM) + _foot(picture, options) + 2 * margin


def region_table(ensemble: Ensemble) -> Table:
    """Return the cells of all parts with their values in the sample."""
    mask = ensemble.mask
    frame = ensemble.frame if ensemble.frame.size else np.zeros_like(mask)
    rows = tuple(
        (int(x), int(y), BY_NUMBER[int(mask[y, x])].letter, float(frame[y, x]))
        for y, x in np.argwhere(mask > 0).tolist()
    )
    return Table(("x", "y", "part", "value"), rows)


def coloured(picture: RegionPicture, options: FigureOptions) -> npt.NDArray[np.uint8]:
    """Return uint8[rows, columns, 4]: parts in their colours, cells alive in that of the text."""
    shade = picture.sample.astype(np.float32)
    low, high = float(shade.min()), float(shade.max())
    shade = (shade - low) / (high - low) if high > low else np.zeros_like(shade)
    ground, ink = _rgb(options.palette["canvas"]), _rgb(options.palette["text"])
    tints = np.array([ground] * (len(PARTS) + 1))
    for part in PARTS:
        tints[part.number] = TINT * _rgb(options.palette[part.role]) + (1 - TINT) * ground
    base = tints[picture.mask]
    found = np.full((*picture.mask.shape, 4), 255, dtype=np.uint8)
    found[..., :3] = (base + INK * shade[..., None] * (ink - base)).round()
    return found


def _rgb(colour: str) -> npt.NDArray[np.float32]:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float32)


def _foot(picture: RegionPicture, options: FigureOptions) -> float:
    return key_height(len(picture.counts), options) + 2.4 * options.font_mm


def _edges(mask: Mask, axes: Axes, options: FigureOptions) -> list[Item]:
    """Return lines where one part ends and another begins, joined where they go on."""
    colour, line = options.palette["text"], 1.2 * options.line_mm
    across = [((a, y), (b, y)) for y, a, b in _runs(mask[1:] != mask[:-1])]
    down = [((x, a), (x, b)) for x, a, b in _runs((mask[:, 1:] != mask[:, :-1]).T)]
    if len(across) + len(down) > MOST_EDGES:
        return []
    steps: list[Step] = []
    for begin, end in (*across, *down):
        steps += [Move(*axes.at(*begin)), To(*axes.at(*end))]
    return [Path(tuple(steps), colour, line)] if steps else []


def _runs(is_edge: npt.NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    """Return (place after the row, begin, end) of each stretch of True in each row."""
    steps = np.diff(np.pad(is_edge.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    begins, ends = np.argwhere(steps == 1), np.argwhere(steps == -1)
    return [
        (row + 1, begin, end)
        for (row, begin), (_, end) in zip(begins.tolist(), ends.tolist(), strict=True)
    ]


def _letters(picture: RegionPicture, axes: Axes, options: FigureOptions) -> list[Item]:
    """Return a letter in each part that has room for one, in its first corner."""
    items: list[Item] = []
    rows, columns = picture.mask.shape
    cell = min(axes.width / columns, axes.height / rows)
    wanted = BADGE * options.font_mm
    side = max(1, ceil(SMALLEST_BADGE * wanted / cell))
    share = min(1.0, side * cell / wanted)
    for part, _count in picture.counts:
        place = _corner(picture.mask == part.number, side)
        if place is not None:
            middle = axes.at(place[0] + side / 2, place[1] + side / 2)
            items += badge(part, *middle, options, share)
    return items


def _corner(is_part: npt.NDArray[np.bool_], side: int) -> tuple[int, int] | None:
    """Return (column, row) of the first square of cells within a part; None for none."""
    rows, columns = is_part.shape
    if side > 1:
        tall, wide = max(rows - side + 1, 0), max(columns - side + 1, 0)
        if rows == 1:
            tall, is_part = 1, np.repeat(is_part, side, axis=0)
        fits = np.ones((tall, wide), dtype=bool)
        for down in range(side):
            for across in range(side):
                fits &= is_part[down : down + tall, across : across + wide]
        is_part = fits
    found = np.argwhere(is_part)
    return (int(found[0][1]), int(found[0][0])) if len(found) else None
