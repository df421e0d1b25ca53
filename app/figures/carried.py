"""The study inside a figure: how it is packed into PNG, SVG and PDF, and how it is found again.

A study travels as one zlib stream: in an ancillary chunk of a PNG, as base64 in an SVG's metadata,
as an attached file of a PDF. Reading needs neither Qt nor an XML or PDF parser: the bytes are
searched for our own mark, so nothing in a hostile file is expanded, followed or run.
"""

import base64
import binascii
import struct
import zlib
from pathlib import Path

from app.figures.errors import FigureFileError

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_CHUNK = b"msTy"  # ancillary, private, safe to copy
SVG_MARK = b'carried="macroscope-study-1"'
PDF_MARK = b"/MacroscopeStudy"
ATTACHMENT_NAME = "study.macroscope"

LARGEST_FILE = 512 * 2**20
LARGEST_STUDY = 256 * 2**20
_HEAD = 64 * 2**10
_DICTIONARY = 2**10
_MOST_CHUNKS = 2**12


def packed(study: bytes) -> bytes:
    """Return `study` as it travels: one zlib stream."""
    return zlib.compress(study, 9)


def carried_study(path: Path | str) -> bytes | None:
    """Return the study that the figure at `path` carries, or None if it carries none.

    Raises `FigureFileError` where the file cannot be read, is neither PNG, SVG nor PDF, is cut
    short, or carries a study that is damaged or larger than anything Macroscope writes.
    """
    path = Path(path)
    data = _read(path)
    if data.startswith(PNG_SIGNATURE):
        stream = _in_png(data, path)
    elif b"%PDF-" in data[:1024]:
        stream = _in_pdf(data, path)
    elif b"<svg" in data[:_HEAD]:
        stream = _in_svg(data, path)
    else:
        raise FigureFileError(
            f"{path.name} is not a PNG, SVG or PDF file, so no study can be inside."
        )
    return None if stream is None else _unpacked(stream, path)


def carries_study(path: Path | str) -> bool:
    """Whether a file is a PNG with a study inside, by a look at the heads of its chunks alone."""
    try:
        with Path(path).open("rb") as file:
            if file.read(len(PNG_SIGNATURE)) != PNG_SIGNATURE:
                return False
            for _ in range(_MOST_CHUNKS):
                head = file.read(8)
                if len(head) < 8:
                    return False
                length, kind = struct.unpack(">I4s", head)
                if kind == PNG_CHUNK:
                    return True
                file.seek(length + 4, 1)
    except OSError:
        return False
    return False


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or "the file cannot be read"
        raise FigureFileError(f"{path.name} could not be opened: {reason}.") from error
    if len(data) > LARGEST_FILE:
        limit = LARGEST_FILE // 2**20
        raise FigureFileError(f"{path.name} is larger than {limit} MiB, too large for a figure.")
    return data


def _unpacked(stream: bytes | memoryview, path: Path) -> bytes:
    """Return what `stream` holds, never inflating more than the largest study."""
    inflate = zlib.decompressobj()
    try:
        study = inflate.decompress(stream, LARGEST_STUDY + 1)
    except zlib.error as error:
        raise _damaged(path) from error
    if len(study) > LARGEST_STUDY:
        limit = LARGEST_STUDY // 2**20
        raise FigureFileError(f"The study inside {path.name} is larger than {limit} MiB.")
    if not inflate.eof:
        raise _damaged(path)
    return study


def _damaged(path: Path) -> FigureFileError:
    return FigureFileError(
        f"The study inside {path.name} is damaged; use the file as it was first exported."
    )


def _cut_short(path: Path, kind: str) -> FigureFileError:
    return FigureFileError(f"The {kind} file {path.name} is cut short; fetch it again.")


def _in_png(data: bytes, path: Path) -> memoryview | None:
    view = memoryview(data)
    place = len(PNG_SIGNATURE)
    while place + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        end = place + 12 + length
        if end > len(data):
            break
        if kind == PNG_CHUNK:
            body = view[place + 8 : end - 4]
            (checksum,) = struct.unpack_from(">I", data, end - 4)
            if zlib.crc32(body, zlib.crc32(kind)) != checksum:
                raise _damaged(path)
            return body
        if kind == b"IEND":
            return None
        place = end
    raise _cut_short(path, "PNG")


def _in_svg(data: bytes, path: Path) -> bytes | None:
    mark = data.find(SVG_MARK)
    if mark < 0:
        if b"</svg" not in data[-_HEAD:]:
            raise _cut_short(path, "SVG")
        return None
    start = data.find(b">", mark) + 1
    end = data.find(b"<", start)
    if start == 0 or end < 0:
        raise _cut_short(path, "SVG")
    try:
        return base64.b64decode(b"".join(data[start:end].split()), validate=True)
    except binascii.Error as error:
        raise _damaged(path) from error


def _in_pdf(data: bytes, path: Path) -> memoryview | None:
    mark = data.rfind(PDF_MARK)
    if mark < 0:
        if b"%%EOF" not in data[-_DICTIONARY:]:
            raise _cut_short(path, "PDF")
        return None
    keyword = data.find(b"stream", mark, mark + _DICTIONARY)
    if keyword < 0:
        raise _damaged(path)
    start = keyword + len(b"stream")
    start += 2 if data[start : start + 2] == b"\r\n" else 1
    return memoryview(data)[start:]
