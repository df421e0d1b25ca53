"""A world as a picture: its cells after some steps, or the history of a row of cells."""

import base64
from pathlib import Path

import numpy as np

from core.automata.errors import TooLarge
from core.automata.formats.binary_files import write_bytes
from core.automata.formats.png import png_of_states
from core.automata.pictures import picture_of_cells
from core.automata.stepper import make_stepper
from core.automata.world import World
from core.progress import Progress

SUFFIXES = (".png", ".svg")
LARGEST_PICTURE = 2**26
LARGEST_SIDE = 4096
"""Larger patterns on the plane are drawn with several cells a pixel."""

SMALLEST_SIDE = 512
"""Small worlds are drawn with several pixels a cell, so that they can be seen."""


def draw_world(
    world: World, steps: int, path: Path, precision: str, progress: Progress | None = None
) -> None:
    """Write the picture, its ending says how; an SVG holds the cells as an image."""
    states, palette = _picture(world, steps, precision, progress)
    height, width = states.shape
    if path.suffix.lower() == ".png":
        factor = max(1, min(16, SMALLEST_SIDE // max(height, width)))
        states = states.repeat(factor, axis=0).repeat(factor, axis=1)
        write_bytes(path, png_of_states(states, palette))
        return
    image = base64.b64encode(png_of_states(states, palette)).decode("ascii")
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="86mm" height="{86 * height / width:g}mm" '
        f'viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" '
        'style="image-rendering:pixelated" preserveAspectRatio="none" '
        f'href="data:image/png;base64,{image}"/></svg>\n'
    )
    write_bytes(path, text.encode("utf-8"))


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
        cells = stepper.cells()
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
