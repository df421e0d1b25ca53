"""Worlds as one JSON file of our own: the record, its arrays as text within."""

import base64
import binascii
import json
import zlib
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError, TooLarge, UnreadablePattern
from core.automata.formats.placement import CELL_LIMIT
from core.automata.world import World
from core.automata.world_record import RECORD_FORMAT

DTYPES = ("|u1", "|i1", "<i8", "<u8", "<f8")


def json_of_world(world: World) -> str:
    """Return the text; the arrays are compressed bytes as base64, exact to the last bit."""
    record, arrays = world.to_record()
    record["arrays"] = {name: _packed(array) for name, array in arrays.items()}
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def world_of_json(record: Any, source: str) -> World:
    """Return the world of a decoded file; raises `UnreadablePattern` where it is damaged."""
    if not isinstance(record, dict) or record.get("format") != RECORD_FORMAT:
        raise UnreadablePattern(f'its "format" is not "{RECORD_FORMAT}".', source)
    given = record.get("arrays")
    if not isinstance(given, dict):
        raise UnreadablePattern('it has no "arrays".', source)
    arrays = {name: _unpacked(value, source) for name, value in given.items()}
    try:
        return World.from_record(record, arrays)
    except UnreadablePattern:
        raise
    except AutomataError as error:
        raise UnreadablePattern(str(error), source) from None


def _packed(array: npt.NDArray[Any]) -> dict[str, Any]:
    plain = np.ascontiguousarray(array)
    plain = plain.astype(plain.dtype.newbyteorder("<"))
    data = base64.b64encode(zlib.compress(plain.tobytes(), 6)).decode("ascii")
    return {"dtype": plain.dtype.str, "shape": list(plain.shape), "data": data}


def _unpacked(value: Any, source: str) -> npt.NDArray[Any]:
    wrong = UnreadablePattern("an array of it is damaged.", source)
    if not isinstance(value, dict) or value.get("dtype") not in DTYPES:
        raise wrong
    shape, data = value.get("shape"), value.get("data")
    if not isinstance(shape, list) or not isinstance(data, str) or len(shape) > 5:
        raise wrong
    if not all(type(side) is int and 0 <= side < 2**40 for side in shape):
        raise wrong
    dtype = np.dtype(value["dtype"])
    count = 1
    for side in shape:
        count *= side
    if count > 2 * CELL_LIMIT:
        raise TooLarge(f"{source}: an array of {count} numbers is too large.")
    size = count * dtype.itemsize
    try:
        raw = zlib.decompressobj().decompress(base64.b64decode(data, validate=True), size + 1)
    except (binascii.Error, zlib.error, ValueError):
        raise wrong from None
    if len(raw) != size:
        raise wrong
    return np.frombuffer(raw, dtype=dtype).reshape(shape)
