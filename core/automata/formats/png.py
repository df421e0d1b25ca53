"""Frames as PNG files with a palette, one cell a pixel.

Source: Portable Network Graphics (ISO/IEC 15948), section 11.
"""

import struct
import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.automata.formats.carried_world import CARRIED

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def png_of_states(
    states: npt.NDArray[np.uint8], palette: Sequence[str], carried: bytes | None = None
) -> bytes:
    """Return a PNG of uint8[height, width]; `palette` names ``#rrggbb`` for each state.

    `carried` is a text in ASCII that goes along with it, compressed (a chunk ``zTXt``).
    """
    height, width = states.shape
    rows = np.zeros((height, width + 1), dtype=np.uint8)
    rows[:, 1:] = states
    colours = b"".join(bytes.fromhex(colour[1:]) for colour in palette)
    text = b"" if carried is None else CARRIED + b"\0\0" + zlib.compress(carried)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return b"".join(
        (
            SIGNATURE,
            _chunk(b"IHDR", head),
            _chunk(b"PLTE", colours),
            _chunk(b"zTXt", text) if text else b"",
            _chunk(b"IDAT", zlib.compress(rows.tobytes(), 6)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)
