"""A lock that the operating system takes back when its process ends, however it ends."""

import os
from pathlib import Path

if os.name == "nt":
    import msvcrt
else:
    import fcntl


class FileLock:
    """An exclusive lock on a small file beside the thing it guards.

    A process number alone can be given to another process; a lock vanishes with its holder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether this object holds the lock."""
        return self._handle is not None

    def acquire(self) -> bool:
        """Take the lock if nobody else has it, in this process or another."""
        if self._handle is not None:
            return True
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
        except OSError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def release(self, *, delete: bool = False) -> None:
        """Give the lock back and, if asked, remove its file."""
        if self._handle is None:
            return
        if delete and os.name != "nt":
            self.path.unlink(missing_ok=True)
        os.close(self._handle)
        self._handle = None
        if delete and os.name == "nt":
            _unlink_quietly(self.path)


def _unlink_quietly(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def _lock(handle: int) -> None:
    if os.name == "nt":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
