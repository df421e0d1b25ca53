"""The parts of a PNG file, written without Qt."""

import struct
import zlib

from app.figures.carried import PNG_SIGNATURE


def chunk(kind: bytes, body: bytes) -> bytes:
    """Return one PNG chunk: length, kind, body and checksum."""
    checksum = zlib.crc32(body, zlib.crc32(kind))
    return struct.pack(">I4s", len(body), kind) + body + struct.pack(">I", checksum)


def plain_png(rgba_rows: list[bytes], columns: int) -> bytes:
    """Return rows of RGBA pixels as a PNG without Qt, for the pictures beside a TikZ file."""
    header = struct.pack(">IIBBBBB", columns, len(rgba_rows), 8, 6, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rgba_rows), 9)
    ending = chunk(b"IDAT", body) + chunk(b"IEND", b"")
    return PNG_SIGNATURE + chunk(b"IHDR", header) + ending
