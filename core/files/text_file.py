"""Text files of unknown origin: read whole, within limits, whatever their encoding."""

import gzip
import os
import re
import zlib
from pathlib import Path

from core.files.errors import FormatError

MAX_BYTES = 256 * 2**20
"""Files that are larger, or become larger when decompressed, are refused."""

_GZIP_MAGIC = b"\x1f\x8b"
_NOT_TEXT = re.compile(b"[\x00-\x08\x0e-\x1f\x7f]")
_NOT_LATIN = re.compile(b"[\x80-\x9f]")
_CHUNK = 2**20


def read_text(path: Path, limit: int = MAX_BYTES) -> str:
    """Return the text of `path`, decompressed if it is gzipped, with plain line feeds.

    UTF-8 is tried first and Latin-1 second.

    Raises
    ------
    FormatError
        When the file cannot be read, is damaged, larger than `limit` bytes, or is not text.
    """
    return _decoded(read_bytes(path, limit), path.name)


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of `path`, decompressed if it is gzipped.

    Raises
    ------
    FormatError
        When the file cannot be read, is damaged, or larger than `limit` bytes.
    """
    data = _read_bytes(path, limit)
    return _decompressed(data, path.name, limit) if data.startswith(_GZIP_MAGIC) else data


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8, gzipped when the name ends in ``.gz``, aside first and then renamed.

    The same text gives the same bytes.
    """
    data = text.encode("utf-8")
    if path.suffix == ".gz":
        data = gzip.compress(data, mtime=0)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise FormatError(f"it cannot be written ({_reason(error)}).", path.name) from None


def _read_bytes(path: Path, limit: int) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise FormatError("it is not a file.", path.name)
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise FormatError(f"it cannot be read ({_reason(error)}).", path.name) from None
    if len(data) > limit:
        raise _too_large(path.name, limit)
    return data


def _decompressed(data: bytes, source: str, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while data:
        member = zlib.decompressobj(wbits=31)
        try:
            while not member.eof:
                part = member.decompress(data, _CHUNK)
                data = member.unconsumed_tail
                if not part and not member.eof:
                    raise FormatError("it ends in the middle of its compressed data.", source)
                parts.append(part)
                size += len(part)
                if size > limit:
                    raise _too_large(source, limit)
        except zlib.error:
            raise FormatError("its compressed data is damaged.", source) from None
        data = member.unused_data.lstrip(b"\x00")
    return b"".join(parts)


def _decoded(data: bytes, source: str) -> str:
    wrong = _NOT_TEXT.search(data)
    if wrong is None:
        try:
            return with_plain_line_ends(data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            wrong = _NOT_LATIN.search(data)
            if wrong is None:
                return with_plain_line_ends(data.decode("latin-1"))
    before = with_plain_line_ends(data[: wrong.start()].decode("latin-1"))
    reason = f"it is not text, for it has the byte 0x{wrong[0][0]:02x} here."
    raise FormatError.at(len(before), before, reason, source)


def with_plain_line_ends(text: str) -> str:
    """Return `text` with a line feed at the end of each line."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _too_large(source: str, limit: int) -> FormatError:
    return FormatError(f"it is larger than {limit / 2**20:g} MiB, the most that is read.", source)


def _reason(error: Exception) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text[:1].lower() + text[1:]
