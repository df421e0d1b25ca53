"""A world as a picture: its cells after some steps, or the history of a row of cells."""

from pathlib import Path

import numpy as np

from app.cli.errors import UsageError
from app.figures.carried import LARGEST_STUDY, PNG_CHUNK, packed
from app.figures.description import Figure, FigureOptions, Image, Rect, Text
from app.figures.export import export
from app.figures.png_chunks import chunk
from core.automata.backgrounds import background_at, differing
from core.automata.errors import TooLarge
from core.automata.formats.binary_files import write_bytes
from core.automata.formats.png import png_of_states
from core.automata.pictures import picture_of_cells
from core.automata.stepper import make_stepper
from core.automata.world import World
from core.progress import Progress

SUFFIXES = (".png", ".svg", ".pdf")
LARGEST_PICTURE = 2**26
LARGEST_SIDE = 4096
"""Larger patterns on the plane are drawn with several cells a pixel."""

SMALLEST_SIDE = 512
"""Small worlds are drawn with several pixels a cell, so that they can be seen."""


def draw_world(
    world: World, steps: int, path: Path, precision: str, progress: Progress | None = None
) -> None:
    """Write the picture with the study inside, its ending says how.

    A PNG has whole pixels for every cell; SVG and PDF are figures for a column of print.
    """
    states, palette = _picture(world, steps, precision, progress)
    colours = np.array([[*bytes.fromhex(each[1:]), 255] for each in palette], np.uint8)
    study = _study_of(world, world.generation + steps)
    if path.suffix.lower() == ".png":
        factor = max(1, min(16, SMALLEST_SIDE // max(states.shape)))
        states = states.repeat(factor, axis=0).repeat(factor, axis=1)
        data = png_of_states(states, palette)
        if study is not None:
            data = data[:-12] + chunk(PNG_CHUNK, packed(study)) + data[-12:]  # before the end
        write_bytes(path, data)
        return
    try:
        export(_figure(world, colours[states], steps), path, study=study)
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        raise UsageError(f"{path} could not be written: {reason}.") from error


def _figure(world: World, picture: np.ndarray, steps: int) -> Figure:
    """Return the picture as wide as a column, narrower where it is high, with what it shows."""
    options = FigureOptions()
    rows, columns = picture.shape[:2]
    width = min(options.width_mm, options.width_mm * columns / rows)
    height = width * rows / columns
    line, gap = options.line_mm, 0.6 * options.font_mm
    name = world.title or world.name
    rule = world.rule.text if len(world.rule.text) <= 60 else world.rule.text[:59] + "…"
    first, last = f"{world.generation:,}", f"{world.generation + steps:,}"
    is_history = world.rule.dimensions == 1
    told = f"generations {first} to {last}" if is_history else f"generation {last}"
    caption = Text(
        0.0,
        height + gap,
        f"{rule}, {told}",
        size_pt=options.font_pt,
        baseline="top",
        colour=options.palette["text"],
        max_width_mm=options.width_mm,
    )
    border = options.palette["border"]
    edge = Rect(line / 2, line / 2, width - line, height - line, colour=border, width_mm=line)
    return Figure(
        width_mm=options.width_mm,
        height_mm=height + gap + 1.4 * options.font_mm,
        items=(Image(0.0, 0.0, width, height, np.ascontiguousarray(picture)), edge, caption),
        background=options.palette["canvas"],
        title=name,
        description=f"{name}: {rule}, {told}",
        font_family=options.font_family,
    )


def _study_of(world: World, generation: int) -> bytes | None:
    """Return a study with the world in it, None where it is too large to be carried."""
    from app.catalogue import KINDS
    from app.shell.opening import study_around
    from app.study.store import study_bytes
    from core.automata.world_subject import WorldSubject

    subject = WorldSubject(world, shown=generation)
    data = study_bytes(study_around("world", world.name or "world", subject), KINDS)
    return data if len(data) <= LARGEST_STUDY else None


def _picture(
    world: World, steps: int, precision: str, progress: Progress | None
) -> tuple[np.ndarray, tuple[str, ...]]:
    stepper = make_stepper(world, precision=precision)
    if world.rule.dimensions > 1:
        stepper.step(steps, progress)
        box = None if world.is_field or world.topology.is_bounded else stepper.bounding_box()
        if box is not None and box[2] * box[3] > LARGEST_PICTURE // 4:
            x, y, width, height = box
            shrink = -(-max(width, height) // LARGEST_SIDE)
            cells = stepper.frame(x, y, -(-width // shrink), -(-height // shrink), shrink)
            return picture_of_cells(cells, world.rule, world.palette)
        background = background_at(world.rule, world.topology, stepper.generation)
        cells = differing(stepper.cells(), background)
        if cells.size == 0 and world.rule.states:
            cells = np.zeros((1, 1), dtype=np.uint8)
        if cells.size > LARGEST_PICTURE:
            raise TooLarge(f"A picture of {cells.size} cells is too large; choose a smaller world.")
        return picture_of_cells(cells, world.rule, world.palette)
    width = max(1, np.asarray(world.array).shape[-1])
    if (steps + 1) * (width + 2 * steps * (not world.topology.is_bounded)) > LARGEST_PICTURE:
        raise TooLarge(f"A history of {steps} steps is too large a picture; choose fewer.")
    rows = []
    for step in range(steps + 1):
        if step:
            stepper.step(1, progress)
        rows.append((np.atleast_2d(stepper.cells())[0], stepper.origin()[0]))
    left = min(start for _, start in rows)
    right = max(start + len(row) for row, start in rows)
    history = np.zeros((steps + 1, max(1, right - left)), dtype=rows[0][0].dtype)
    for line, (row, start) in zip(history, rows, strict=True):
        line[start - left : start - left + len(row)] = row
    if world.is_field:
        return picture_of_cells(history[None], world.rule)
    return picture_of_cells(history, world.rule, world.palette)
