"""Files written aside and renamed, so that a failed export leaves the old file as it was."""

import contextlib
import os
import tempfile
from pathlib import Path

from app.figures.errors import FigureFileError


def write_aside(path: Path, data: bytes) -> None:
    """Write `data` beside `path` and rename it into place once all of it is on the disk."""
    try:
        _write(path, data)
    except OSError as error:
        reason = error.strerror or "the folder cannot be written"
        raise FigureFileError(f"{path} could not be written: {reason}.") from error


def _write(path: Path, data: bytes) -> None:
    handle, aside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(aside, _mode(path))
        os.replace(aside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(aside)
        raise


def _mode(path: Path) -> int:
    """Return the permissions the file had, or those that the user's mask gives to a new one."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
