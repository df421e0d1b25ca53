"""The field as a figure in millimetres: the picture, its edge, and a line that says what it is."""

import re
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from app.benches.automata import dots
from app.benches.automata.colouring import Colouring
from app.benches.automata.long_numbers import shortened
from app.benches.automata.palettes import colouring_of
from app.benches.automata.world_frame import WorldFrame
from app.figures.description import (
    MM_PER_PT,
    Ellipse,
    Figure,
    FigureOptions,
    Image,
    Item,
    Rect,
    Table,
    Text,
)
from core.automata.backgrounds import background_at, differing
from core.automata.rules.elementary import Elementary
from core.automata.rules.particle_lenia import ParticleLeniaRule
from core.automata.world_subject import WorldSubject

THUMBNAIL_ROWS = 96
THUMBNAIL_SIDE = 192
THUMBNAIL_RIM = 8
LEAST_SEEN = 0.02
"""Smaller values of a field are not told from 0 by eye."""

CAPTION_DIGITS = 6
MOST_CAPTION_LINES = 4
CHARACTER = 0.62
"""About how wide a character of a caption is, in heights of the font."""


def field_figure(
    frame: WorldFrame, colouring: Colouring, layer: str, name: str, options: FigureOptions
) -> Figure:
    """Return what a frame shows, `options.width_mm` wide."""
    shown = frame.values if frame.seen is None else frame.seen
    picture = colouring.picture(shown, layer)
    rows, columns = picture.shape
    width, height = options.width_mm, options.width_mm * rows / columns
    line = options.line_mm
    items: list[Item] = [Image(0.0, 0.0, width, height, rgba_of(picture))]
    if frame.points is not None:
        items += _dots(frame, width / columns)
    items.append(
        Rect(
            line / 2,
            line / 2,
            width - line,
            height - line,
            colour=options.palette["border"],
            width_mm=line,
        )
    )
    gap, pitch = 0.6 * options.font_mm, 1.25 * options.font_mm
    lines = caption_lines(frame, int(width / (CHARACTER * options.font_mm)))
    for place, caption in enumerate(lines):
        items.append(
            Text(
                0.0,
                height + gap + place * pitch,
                caption,
                size_pt=options.font_mm / MM_PER_PT,
                baseline="top",
                colour=options.palette["text"],
                max_width_mm=width,
            )
        )
    return Figure(
        width_mm=width,
        height_mm=height + gap + (len(lines) - 1) * pitch + 1.4 * options.font_mm,
        items=tuple(items),
        background=options.palette["canvas"],
        title=name,
        description=f"{name}: {shortened(frame.rule.text, CAPTION_DIGITS)}, {_when(frame)}",
        font_family=options.font_family,
    )


def caption_lines(frame: WorldFrame, longest: int) -> list[str]:
    """Return the rule and the generation in lines of at most so many characters.

    A line ends after a number of the rule; a rule that needs many lines ends in dots.
    """
    lines = [""]
    rule = shortened(frame.rule.text, CAPTION_DIGITS)
    for part in [*re.split(r"(?<=[,;])", f"{rule},"), f" {_when(frame)}"]:
        if lines[-1] and len(lines[-1]) + len(part) > longest:
            lines.append("")
        lines[-1] += part if lines[-1] else part.lstrip()
    if len(lines) > MOST_CAPTION_LINES:
        last = lines[MOST_CAPTION_LINES - 2].rstrip(",;")
        lines = [*lines[: MOST_CAPTION_LINES - 2], f"{last} …", _when(frame)]
    return lines


def _when(frame: WorldFrame) -> str:
    if frame.is_space_time:
        first = max(frame.viewport.y, frame.start)
        return f"generations {first:,} to {frame.generation:,}"
    return f"generation {frame.generation:,}"


def value_table(frame: WorldFrame) -> Table:
    """Return the numbers behind a picture: the cells that are not 0 with their values."""
    view = frame.viewport
    values = frame.values if frame.values.ndim == 3 else frame.values[None]
    shown = np.argwhere(values.any(axis=0))
    header = ("x", "y", *(f"channel {n}" for n in range(len(values))))
    if frame.values.ndim == 2:
        header = ("x", "y", "state")
    rows = tuple(
        (
            round(view.x + column * view.pixel, 6),
            round(view.y + row * view.pixel, 6),
            *(float(each) if values.dtype.kind == "f" else int(each) for each in here),
        )
        for row, column in shown.tolist()
        for here in [values[:, row, column]]
    )
    return Table(header, rows)


def thumbnail(subject: WorldSubject, options: FigureOptions) -> Figure:
    """Return the small picture of a world that the gallery shows."""
    world = subject.world
    colouring = colouring_of(world, subject.look, is_dark=options.theme != "light")
    layer = subject.look.layer if subject.look.layer == "cells" else "cells"
    if isinstance(world.rule, ParticleLeniaRule):
        picture = np.full((96, 96), 0xFF0D0F14, dtype=np.uint32)
        places = world.array[:, :2]
        low, span = places.min(axis=0), float(np.ptp(places, axis=0).max()) or 1.0
        columns, rows = ((places - low) / span * 80 + 8).astype(int).T
        for dx, dy in ((0, 0), (1, 0), (0, 1), (1, 1)):
            picture[rows + dy, columns + dx] = 0xFFF0B23A
    else:
        picture = colouring.picture(_small(subject), layer)
    rows, columns = picture.shape
    width = options.width_mm
    height = width * rows / columns
    image = Image(0.0, 0.0, width, height, rgba_of(picture))
    return Figure(
        width, height, (image,), options.palette["canvas"], world.title or world.name, world.notes
    )


def rgba_of(picture: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint8]:
    """Return uint8[rows, columns, 4] of colours ``0xaarrggbb``."""
    parts = [(picture >> shift) & np.uint32(255) for shift in (16, 8, 0, 24)]
    return np.ascontiguousarray(np.stack(parts, axis=-1).astype(np.uint8))


def _dots(frame: WorldFrame, mm_per_pixel: float) -> list[Item]:
    view = frame.viewport
    assert frame.points is not None
    usual = dots.DIAMETER / 2 / view.pixel * mm_per_pixel
    width, height = view.width * mm_per_pixel, view.height * mm_per_pixel
    drawn: list[Item] = []
    for points, colour, size in dots.layers(frame.points):
        radius = usual * size
        rim = usual * size * dots.RIM_WIDTH
        places = (points - (view.x, view.y)) / view.pixel * mm_per_pixel
        drawn += [
            Ellipse(float(x), float(y), radius, radius, colour=dots.RIM, width_mm=rim, fill=colour)
            for x, y in places
            if 0 <= x <= width and 0 <= y <= height
        ]
    return drawn


def _small(subject: WorldSubject) -> npt.NDArray[np.generic]:
    """Return cells for a small picture: a pattern with a rim, or rows of a few generations."""
    world = subject.world
    background = background_at(world.rule, world.topology, world.generation)
    cells = differing(world.array, background)
    if isinstance(world.rule, Elementary):
        return _rows(world.rule.number, cells.shape[-1])
    if world.rule.dimensions == 1:
        return np.atleast_2d(cells) if not world.is_field else cells[:, None, :].astype(np.float32)
    if world.is_field:
        field = cells.astype(np.float32)
        while field.ndim > 3:
            field = field.max(axis=1)
        return _around_life(field)
    if not world.topology.is_bounded:
        side = max(*cells.shape, 4) + 4
        below, right = side - cells.shape[0], side - cells.shape[1]
        around = ((below // 2, below - below // 2), (right // 2, right - right // 2))
        cells = np.pad(cells, around)
    step = max(1, max(cells.shape) // THUMBNAIL_SIDE)
    return np.ascontiguousarray(cells[::step, ::step])


def _around_life(field: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the square around all that lives with a rim, the whole field where it is no smaller.

    A field that lives across its seam is not looked at so closely.
    """
    alive = field.max(axis=0) > LEAST_SEEN
    rows, columns = np.flatnonzero(alive.any(axis=1)), np.flatnonzero(alive.any(axis=0))
    if not rows.size:
        return field
    side = max(np.ptp(rows), np.ptp(columns)) + 1 + 2 * THUMBNAIL_RIM
    if side >= min(field.shape[1:]):
        return field
    top, left = (
        min(max(int(each[0] + each[-1] + 1 - side) // 2, 0), length - side)
        for each, length in ((rows, field.shape[1]), (columns, field.shape[2]))
    )
    return np.ascontiguousarray(field[:, top : top + side, left : left + side])


def _rows(number: int, width: int) -> npt.NDArray[np.uint8]:
    """Return the first generations from one cell; plain, since nothing heavy may be loaded."""
    columns = min(width, 2 * THUMBNAIL_ROWS + 1)
    rows = np.zeros((THUMBNAIL_ROWS, columns), dtype=np.uint8)
    rows[0, columns // 2] = 1
    outcomes = np.array([(number >> code) & 1 for code in range(8)], dtype=np.uint8)
    for above, below in pairwise(rows):
        below[:] = outcomes[4 * np.roll(above, 1) + 2 * above + np.roll(above, -1)]
    return rows
