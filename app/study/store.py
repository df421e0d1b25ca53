"""Study files: one SQLite database each, written aside and renamed, read without trust."""

import contextlib
import logging
import os
import secrets
import sqlite3
import struct
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from app.study import schema
from app.study.errors import StudyFileError
from app.study.kinds import KindRegistry
from app.study.model import Study
from app.study.reading import Damage, study_in
from app.study.rows import SubjectWriter, as_json, put_value, study_values
from core.errors import MacroscopeError

logger = logging.getLogger(__name__)

SUFFIX = ".macroscope"
_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100


def write_study(study: Study, path: Path | str, kinds: KindRegistry) -> None:
    """Write the study beside `path`, flush it to the disk, and rename it into place.

    Whatever goes wrong raises `StudyFileError` and leaves a file that was there untouched.
    """
    path = Path(path)
    try:
        _write(study, Path(os.path.realpath(path)), kinds)
    except OSError as error:
        raise StudyFileError(f"{path.name} was not saved: {_reason(error)}.", path) from error
    except sqlite3.Error as error:
        raise StudyFileError(f"{path.name} was not saved: {error}.", path) from error


def read_study(path: Path | str, kinds: KindRegistry) -> Study:
    """Return the study in the file at `path`, which is opened read-only and never changed.

    Anything but a sound study of a known version raises `StudyFileError` with one sentence.
    """
    path = Path(path)
    return _read(path, path.name or str(path), kinds)


def study_bytes(study: Study, kinds: KindRegistry) -> bytes:
    """Return the study as the bytes of its file; equal studies give equal bytes."""
    with tempfile.TemporaryDirectory(prefix="macroscope-") as folder:
        path = Path(folder) / "study"
        write_study(study, path, kinds)
        return path.read_bytes()


def study_from_bytes(data: bytes, kinds: KindRegistry, name: str = "The study inside") -> Study:
    """Return the study whose file has the bytes `data`; `name` stands for it in sentences."""
    with tempfile.TemporaryDirectory(prefix="macroscope-") as folder:
        path = Path(folder) / "study"
        path.write_bytes(data)
        return _read(path, name, kinds)


# -- writing -------------------------------------------------------------------------------------


def _write(study: Study, target: Path, kinds: KindRegistry) -> None:
    if target.is_dir():
        raise IsADirectoryError(None, "a folder has that name")
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(None, "the file is read-only")
    aside = target.parent / f".macroscope-{secrets.token_hex(8)}.part"
    os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
    try:
        with closing(sqlite3.connect(aside, isolation_level=None)) as connection:
            _fill(connection, study, kinds, target.name)
        _flush(aside)
        if target.exists():
            with contextlib.suppress(OSError):
                os.chmod(aside, target.stat().st_mode & 0o777)
        os.replace(aside, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(aside)
        raise
    _flush_folder(target.parent)


def _fill(connection: sqlite3.Connection, study: Study, kinds: KindRegistry, name: str) -> None:
    connection.execute("PRAGMA page_size = 4096")
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    schema.create(connection)
    for key, text in study_values(study).items():
        put_value(connection, key, text)
    writer = SubjectWriter(connection, kinds)
    for position, entry in enumerate(study.subjects):
        try:
            writer.write(entry, position)
        except (sqlite3.Error, OSError):
            raise
        except Exception as error:
            logger.exception("the subject %s cannot be written", entry.id)
            raise StudyFileError(
                f"{name} was not saved: the subject {entry.name!r} cannot be written ({error})."
            ) from error
    put_value(connection, "seal", as_json(schema.seal(connection)))
    connection.execute("COMMIT")


def _flush(path: Path) -> None:
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the new name durable where folders can be opened (not on Windows)."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _reason(error: OSError) -> str:
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]


# -- reading -------------------------------------------------------------------------------------


def _read(path: Path, name: str, kinds: KindRegistry) -> Study:
    try:
        version = _checked_version(path, name)
        with _opened(path, version) as connection:
            return study_in(connection, version, kinds)
    except StudyFileError:
        raise
    except OSError as error:
        raise StudyFileError(f"{name} cannot be opened: {_reason(error)}.", path) from error
    except Damage as error:
        raise StudyFileError(f"{name} is damaged: {error}.", path) from error
    except MacroscopeError as error:
        raise StudyFileError(f"{name} cannot be read: {error}", path) from error
    except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError, MemoryError) as error:
        raise StudyFileError(f"{name} is damaged: {_plain(error)}.", path) from error


def _checked_version(path: Path, name: str) -> int:
    """Return the format version from the header, before any database code sees the file."""
    if path.is_dir():
        raise StudyFileError(f"{name} is a folder, not a study.", path)
    with path.open("rb") as stream:
        header = stream.read(_HEADER_BYTES)
    if not header:
        raise StudyFileError(f"{name} is empty, so there is no study in it.", path)
    if not header.startswith(_MAGIC):
        raise StudyFileError(f"{name} is not a Macroscope study.", path)
    if len(header) < _HEADER_BYTES:
        raise StudyFileError(f"{name} is damaged: it ends within its first lines.", path)
    version, application = struct.unpack(">i4xi", header[60:72])
    if application != schema.APPLICATION_ID:
        raise StudyFileError(f"{name} is a database of another program, not a study.", path)
    if version > schema.FORMAT_VERSION:
        raise StudyFileError(
            f"{name} was saved by a newer Macroscope (format {version}; this one reads up to "
            f"{schema.FORMAT_VERSION}), so open it with that version.",
            path,
        )
    if version not in schema.SCHEMAS:
        raise StudyFileError(f"{name} is damaged: its format version {version} is unknown.", path)
    return version


@contextlib.contextmanager
def _opened(path: Path, version: int) -> Iterator[sqlite3.Connection]:
    """Open the file without writing, locking, or believing what its schema says."""
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        distrust(connection, path.stat().st_size)
        if connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
            raise Damage("the check of its tables failed")
        yield connection


def distrust(connection: sqlite3.Connection, file_bytes: int) -> None:
    """Set a connection up for a file from anywhere: no code from its schema, no value above it."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA query_only = ON")
    limit = min(max(file_bytes, 2**20), 10**9)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limit)


def _plain(error: Any) -> str:
    text = str(error).strip().rstrip(".") or type(error).__name__
    return " ".join(text.split())
