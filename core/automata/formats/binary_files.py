"""Worlds written as .npy and .png, which are no text."""

import io
import os
from pathlib import Path

import numpy as np

from core.automata.formats.carried_world import CARRIED, carried_text
from core.automata.formats.png import png_of_states
from core.automata.formats.png_world import is_flat
from core.automata.pictures import picture_of_cells
from core.automata.world import World
from core.files.errors import FormatError


def write_npy(world: World, path: Path) -> None:
    """Write the cells as one array, and behind its end, where no program looks, what they are of.

    NumPy and all others read as many numbers as the head of the file tells.
    """
    buffer = io.BytesIO()
    np.save(buffer, np.asarray(world.array), allow_pickle=False)
    write_bytes(path, buffer.getvalue() + CARRIED + carried_text(world))


def write_png(world: World, path: Path) -> None:
    """Write the cells as a picture, one cell a pixel, with what they are of where it holds them."""
    states, palette = picture_of_cells(world.array, world.rule, world.palette)
    if not states.size:
        states = np.zeros((1, 1), dtype=np.uint8)
    text = carried_text(world) if world.rule.states or is_flat(world) else None
    write_bytes(path, png_of_states(states, palette, text))


def write_bytes(path: Path, data: bytes) -> None:
    """Write aside first and then rename, so that no half of a file stands as the whole."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        aside.write_bytes(data)
        os.replace(aside, path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        reason = (error.strerror or "it cannot be written").lower()
        raise FormatError(f"it cannot be written ({reason}).", path.name) from None
