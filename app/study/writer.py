"""The thread that brings a working file up to date with the newest snapshot."""

import logging
import threading
import time
from collections.abc import Callable

from app.study.working_file import Snapshot, WorkingFile

logger = logging.getLogger(__name__)

REST = 4.0
"""While a drag lasts, a write is followed by a rest this many times as long as itself."""

LONGEST_REST = 0.25


class WorkingWriter:
    """Takes snapshots from the window's thread and writes the newest from a thread of its own.

    A snapshot that nobody wrote before the next one came is skipped, so a slow disk never makes a
    queue. `offer` waits a moment for its snapshot: a small one is on its way to the disk when the
    edit returns, and a large one costs the window that moment and no more.
    """

    def __init__(self, file: WorkingFile, on_trouble: Callable[[Exception], None]) -> None:
        self._file = file
        self._on_trouble = on_trouble
        self._changed = threading.Condition()
        self._newest: Snapshot | None = None
        self._offered = 0
        self._handled = 0
        self._may_rest = False
        self._is_closing = False
        self._thread: threading.Thread | None = None

    def offer(self, snapshot: Snapshot, *, wait: float, may_rest: bool = False) -> bool:
        """Ask for `snapshot` to be written; return whether it was within `wait` seconds."""
        with self._changed:
            if self._is_closing:
                return False
            self._newest = snapshot
            self._offered += 1
            self._may_rest = may_rest
            self._start()
            self._changed.notify_all()
            return self._wait_for(self._offered, wait)

    def hurry(self, wait: float) -> bool:
        """End any rest; return whether everything offered was handled within `wait` seconds."""
        with self._changed:
            self._may_rest = False
            self._changed.notify_all()
            return self._wait_for(self._offered, wait)

    def close(self) -> None:
        """Write what was offered and end the thread."""
        with self._changed:
            self._is_closing = True
            self._may_rest = False
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _wait_for(self, serial: int, wait: float) -> bool:
        return self._changed.wait_for(lambda: self._handled >= serial, timeout=wait)

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="working copy", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        rest_until = 0.0
        while (taken := self._take(rest_until)) is not None:
            snapshot, serial = taken
            start = time.monotonic()
            try:
                self._file.write(snapshot)
            except Exception as error:
                logger.warning("the working copy was not written", exc_info=True)
                self._on_trouble(error)
            end = time.monotonic()
            rest_until = end + min(REST * (end - start), LONGEST_REST)
            with self._changed:
                self._handled = serial
                self._changed.notify_all()
        self._file.close()

    def _take(self, rest_until: float) -> tuple[Snapshot, int] | None:
        """Wait for the next snapshot; None when closing with nothing left to write."""
        with self._changed:
            while True:
                rest = rest_until - time.monotonic() if self._may_rest else 0.0
                if self._newest is not None and rest <= 0:
                    snapshot, self._newest = self._newest, None
                    return snapshot, self._offered
                if self._newest is None and self._is_closing:
                    return None
                self._changed.wait(rest if self._newest is not None else None)
