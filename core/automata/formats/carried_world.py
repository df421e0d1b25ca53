"""What an array or a picture does not say of the world in it, as text that goes along with it."""

import json
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError, UnreadablePattern
from core.automata.world import World
from core.automata.world_record import RECORD_FORMAT, world_record

CARRIED = b"macroscope-world"
"""Before the text in an array file, and its keyword in a picture."""


def carried_text(world: World) -> bytes:
    """Return rule, topology, generation, seed and the like as JSON in ASCII, without the cells.

    The cells are an array.
    """
    record, arrays = world_record(world)
    record["shape"] = list(arrays["cells"].shape)
    record["is_field"] = world.is_field
    return json.dumps(record).encode("ascii")


def world_of_carried(text: bytes, cells: npt.NDArray[Any], source: str) -> World:
    """Return the world of cells and of the text that came with them.

    Parameters
    ----------
    text : bytes
    cells : array
        In any shape; of a field uint8 stands for 255ths.
    source : str
        The file's name, for errors.

    Raises
    ------
    UnreadablePattern
        When the text is damaged, or is of other cells.
    """
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict) or record.get("format") != RECORD_FORMAT:
        raise UnreadablePattern("what it tells of its world is damaged.", source)
    shape = record.get("shape")
    if not isinstance(shape, list) or not all(type(side) is int and side >= 0 for side in shape):
        raise UnreadablePattern("what it tells of its world is damaged.", source)
    if 0 in shape:  # a picture has one pixel at least
        cells = np.zeros(shape, dtype=cells.dtype)
    if cells.size != np.prod([float(side) for side in shape]):
        raise UnreadablePattern("what it tells is of other cells.", source)
    values = cells.reshape(shape)
    if record.get("is_field") is True and values.dtype == np.uint8:
        values = values / 255
    record.pop("tree", None)
    try:
        return World.from_record(record, {"cells": values})
    except UnreadablePattern:
        raise
    except AutomataError as error:
        raise UnreadablePattern(str(error), source) from None
