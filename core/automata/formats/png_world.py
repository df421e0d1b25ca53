"""Worlds read from the pictures that this program writes, one cell a pixel.

Source: Portable Network Graphics (ISO/IEC 15948), sections 9 and 11.
"""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from core.automata.errors import UnreadablePattern
from core.automata.formats.carried_world import CARRIED, world_of_carried
from core.automata.formats.placement import require_cells
from core.automata.formats.png import SIGNATURE
from core.automata.world import World
from core.files.text_file import read_bytes

LARGEST_TEXT = 2**26


def is_flat(world: World) -> bool:
    """Whether a picture shows every value of a field: one channel over a row or a plane."""
    shape = np.asarray(world.array).shape
    is_particles = type(world.rule).__name__ == "ParticleLeniaRule"
    return world.is_field and not is_particles and len(shape) in (2, 3) and shape[0] == 1


def world_of_png(path: Path) -> World | None:
    """Return the world of a picture that carries one; None for every other picture.

    States are exact, values of a field are 255ths.

    Raises
    ------
    UnreadablePattern
        When the picture or what it carries is damaged, or is of another picture.
    """
    data = read_bytes(path)
    if not data.startswith(SIGNATURE):
        return None
    chunks = list(_chunks(data, path.name))
    told = b"zTXt", CARRIED + b"\0\0"
    text = next((body for kind, body in chunks if (kind, body[: len(told[1])]) == told), None)
    if text is None:
        return None
    states = _states(chunks, path.name)
    if states is None:
        return None
    return world_of_carried(_inflated(text[len(told[1]) :], LARGEST_TEXT), states, path.name)


def _chunks(data: bytes, source: str) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and body of the chunks, checked, so that what reads on finds no damage."""
    at, kind = len(SIGNATURE), b""
    while kind != b"IEND":
        if at + 12 > len(data):
            raise UnreadablePattern("it ends before its pixels do.", source)
        (length,) = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        (check,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length].rjust(4, b"\0"))
        if check != zlib.crc32(kind + body):
            raise UnreadablePattern("it is damaged: a checksum in it is wrong.", source)
        yield kind, body
        at += length + 12


def _states(chunks: list[tuple[bytes, bytes]], source: str) -> npt.NDArray[np.uint8] | None:
    """Return the indices of the pixels, None of a picture that another program has rewritten."""
    head = next((body for kind, body in chunks if kind == b"IHDR"), b"")
    if len(head) != 13 or head[8:] != bytes([8, 3, 0, 0, 0]):
        return None
    width, height = struct.unpack(">II", head[:8])
    require_cells(width, height, source)
    size = height * (width + 1)
    raw = _inflated(b"".join(body for kind, body in chunks if kind == b"IDAT"), size)
    if len(raw) != size:
        raise UnreadablePattern("it ends before its pixels do.", source)
    rows = np.frombuffer(raw, dtype=np.uint8).reshape(height, width + 1)
    return None if rows[:, 0].any() else np.ascontiguousarray(rows[:, 1:])


def _inflated(data: bytes, most: int) -> bytes:
    """Return at most so many bytes; what is damaged gives fewer."""
    try:
        return zlib.decompressobj().decompress(data, most)
    except zlib.error:
        return b""
