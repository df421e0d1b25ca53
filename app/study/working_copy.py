"""Working copies: every edit of an open study on the disk at once, and recovery after a crash."""

import logging
import sqlite3
import uuid
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from app.study.document import StudyDocument
from app.study.kinds import KindRegistry
from app.study.locks import FileLock
from app.study.model import Study
from app.study.store import read_study
from app.study.working_file import (
    SUFFIX,
    Snapshot,
    Stamp,
    WorkingFile,
    delete_database,
    read_stamp,
    settle,
)
from app.study.writer import WorkingWriter

logger = logging.getLogger(__name__)

PATIENCE = 0.005
"""Seconds that an edit waits at most for its change to be written; a small one takes under 1 ms."""

DRAG_PATIENCE = 0.002
"""The same for one tick of a drag or slider."""

LONG_PATIENCE = 10.0


@dataclass(frozen=True)
class Abandoned:
    """Unsaved work of a process that is gone."""

    path: Path
    study_path: Path | None
    title: str
    saved_at: datetime


class WorkingCopy(QObject):
    """Follows one document and keeps its working file up to date."""

    trouble = Signal(str)
    closed = Signal()
    failed = Signal(object)

    def __init__(self, folder: Path, document: StudyDocument) -> None:
        super().__init__(document)
        self._folder = folder
        self._document = weakref.ref(document)
        self._kinds = document.kinds
        self._lock: FileLock | None = None
        self._writer: WorkingWriter | None = None
        self._last_resort: weakref.finalize | None = None
        self._file: WorkingFile | None = None
        self._offered: Snapshot | None = None
        self._has_complained = False
        self.failed.connect(self._on_failed)
        document.undo_stack.indexChanged.connect(self._on_index_changed)
        document.modified_changed.connect(self._on_modified)
        document.study_replaced.connect(self._on_replaced)
        document.title_changed.connect(self._on_replaced)
        document.gesture_ended.connect(self._on_gesture_ended)

    def flush(self, wait: float = LONG_PATIENCE) -> bool:
        """Wait until everything is written; return whether it was."""
        return self._writer is None or self._writer.hurry(wait)

    def close(self) -> None:
        """Stop following the document and remove the working file: the work is safe elsewhere."""
        document = self._document()
        document.undo_stack.indexChanged.disconnect(self._on_index_changed)
        document.modified_changed.disconnect(self._on_modified)
        document.study_replaced.disconnect(self._on_replaced)
        document.title_changed.disconnect(self._on_replaced)
        document.gesture_ended.disconnect(self._on_gesture_ended)
        if self._writer is not None:
            self._last_resort.detach()
            self._writer.close()
            self._file.delete()
            self._lock.release(delete=True)
        self._writer = self._file = self._lock = None
        self.closed.emit()

    @Slot(int)
    def _on_index_changed(self, _index: int) -> None:
        self._offer()

    @Slot(bool)
    def _on_modified(self, _is_modified: bool) -> None:
        self._offer()

    @Slot()
    def _on_replaced(self) -> None:
        self._offer()

    @Slot()
    def _on_gesture_ended(self) -> None:
        if self._writer is not None:
            self._writer.hurry(PATIENCE)

    def _offer(self) -> None:
        document = self._document()
        path = None if document.path is None else str(document.path.absolute())
        snapshot = Snapshot(document.study, path, document.is_modified)
        if self._is_known(snapshot) or not self._is_open(snapshot):
            return
        self._offered = snapshot
        is_dragging = document.has_open_gesture
        wait = DRAG_PATIENCE if is_dragging else PATIENCE
        self._writer.offer(snapshot, wait=wait, may_rest=is_dragging)

    def _is_known(self, snapshot: Snapshot) -> bool:
        known = self._offered
        return (
            known is not None
            and known.study is snapshot.study
            and (known.study_path, known.is_modified) == (snapshot.study_path, snapshot.is_modified)
        )

    def _is_open(self, snapshot: Snapshot) -> bool:
        """Open the file at the first change that needs it."""
        if self._writer is not None:
            return True
        if not snapshot.is_modified:
            return False
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{uuid.uuid4().hex}{SUFFIX}"
            lock = FileLock(path.with_suffix(".lock"))
            if not lock.acquire():
                raise OSError("the lock of a new working copy is taken")
        except OSError as error:
            self._on_failed(error)
            return False
        self._lock, self._file = lock, WorkingFile(path, self._kinds)
        self._writer = WorkingWriter(self._file, _reporter(self))
        self._last_resort = weakref.finalize(self, _let_go, self._writer, lock)
        return True

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        """Say it once; the next change tries again."""
        if not self._has_complained:
            self._has_complained = True
            reason = getattr(error, "strerror", None) or str(error)
            self.trouble.emit(
                f"Your changes are not protected against a crash: the working copy in "
                f"{self._folder} cannot be written ({reason}), so save the study soon."
            )


class WorkingCopies(QObject):
    """The folder of working copies: new ones for open documents, old ones left by crashes."""

    trouble = Signal(str)

    def __init__(
        self, folder: Path | str, kinds: KindRegistry, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.folder = Path(folder)
        self._kinds = kinds
        self._open: list[WorkingCopy] = []
        self._claimed: dict[Path, FileLock] = {}

    def open_for(self, document: StudyDocument) -> WorkingCopy:
        """Return a working copy that follows `document` until it is closed."""
        copy = WorkingCopy(self.folder, document)
        copy.trouble.connect(self.trouble)
        copy.closed.connect(self._on_closed)
        self._open.append(copy)
        return copy

    def abandoned(self) -> list[Abandoned]:
        """Return the unsaved work of processes that are gone, the newest first.

        Copies without unsaved work are removed on the way. What is returned stays claimed by this
        process until `discard` or `close`, so no second window offers it too.
        """
        found = [self._look(path) for path in sorted(self.folder.glob(f"*{SUFFIX}"))]
        there = [each for each in found if each is not None]
        return sorted(there, key=lambda each: each.saved_at, reverse=True)

    def recover(self, abandoned: Abandoned) -> Study:
        """Return the study in an abandoned copy, which stays until `discard`."""
        return read_study(abandoned.path, self._kinds)

    def discard(self, abandoned: Abandoned) -> None:
        """Remove an abandoned copy, once what was recovered from it is in a copy of its own."""
        for copy in self._open:
            copy.flush()
        lock = self._claimed.pop(abandoned.path, None)
        if lock is not None:
            delete_database(abandoned.path)
            lock.release(delete=True)

    def close(self) -> None:
        """Close the copies of all documents and let go of abandoned ones for the next start."""
        for copy in list(self._open):
            copy.close()
        for lock in self._claimed.values():
            lock.release()
        self._claimed.clear()

    @Slot()
    def _on_closed(self) -> None:
        self._open.remove(self.sender())

    def _look(self, path: Path) -> Abandoned | None:
        """Claim one copy and read its stamp; None if its process lives or it holds nothing."""
        lock = self._claimed.get(path) or FileLock(path.with_suffix(".lock"))
        try:
            if not lock.acquire():
                return None
            stamp = _stamp_of(path) if path.exists() else None
        except OSError:
            logger.warning("the working copy %s cannot be looked at", path, exc_info=True)
            lock.release()
            return None
        if stamp is None or not stamp.is_modified:
            delete_database(path)
            lock.release(delete=True)
            return None
        self._claimed[path] = lock
        when = datetime.fromtimestamp(stamp.saved_at)
        return Abandoned(path, stamp.study_path, stamp.title, when)


def _stamp_of(path: Path) -> Stamp | None:
    """Read the stamp; a copy too damaged to say is offered all the same, under a telling title."""
    try:
        settle(path)
        return read_stamp(path)
    except (sqlite3.Error, ValueError, KeyError, TypeError):
        logger.warning("the working copy %s is damaged", path, exc_info=True)
        return Stamp("Damaged working copy", None, True, path.stat().st_mtime)


def _let_go(writer: WorkingWriter, lock: FileLock) -> None:
    """Stop following a document that was dropped without being closed; its work stays."""
    writer.close()
    lock.release()


def _reporter(copy: WorkingCopy) -> Callable[[Exception], None]:
    """Return a function that tells `copy` of an error without keeping it alive."""
    reference = weakref.ref(copy)

    def report(error: Exception) -> None:
        there = reference()
        if there is not None and shiboken6.isValid(there):
            there.failed.emit(error)

    return report
