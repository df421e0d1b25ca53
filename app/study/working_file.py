"""The file of a working copy: a study file that takes each change as one small transaction."""

import contextlib
import json
import os
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.study import schema
from app.study.kinds import KindRegistry
from app.study.model import Study, SubjectEntry
from app.study.rows import SubjectWriter, as_json, put_value, study_values

SUFFIX = ".working"
TABLES = ("study", "subjects", "subject_arrays", "arrays")


@dataclass(frozen=True)
class Snapshot:
    """What the working copy should hold: the study, its file, and whether they differ."""

    study: Study
    study_path: str | None
    is_modified: bool


class WorkingFile:
    """Writes the difference between the last snapshot and the next; used by one thread.

    SQLite keeps a write-ahead log without waiting for the disk at each commit: a killed process
    loses nothing, and a power cut loses the last changes but never the file.
    """

    def __init__(self, path: Path, kinds: KindRegistry) -> None:
        self.path = path
        self._kinds = kinds
        self._connection: sqlite3.Connection | None = None
        self._subjects: SubjectWriter | None = None
        self._written: dict[str, tuple[int, SubjectEntry]] = {}
        self._values: dict[str, str] = {}

    def write(self, snapshot: Snapshot) -> None:
        """Bring the file to `snapshot` in one transaction.

        On an error what was committed before stays, and the next call writes everything.
        """
        if self._connection is None and not snapshot.is_modified and not self.path.exists():
            return
        try:
            if self._connection is None:
                self._begin_whole()
            else:
                self._connection.execute("BEGIN IMMEDIATE")
            if snapshot.is_modified:
                self._write_study(snapshot.study)
            put_value(self._connection, "working_copy", _stamp(snapshot))
            self._connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self.close()
            raise

    def close(self) -> None:
        """Close the file and leave it in its place; an open transaction is taken back."""
        connection, self._connection, self._subjects = self._connection, None, None
        self._written, self._values = {}, {}
        if connection is not None:
            connection.close()

    def delete(self) -> None:
        """Close and remove the file."""
        self.close()
        delete_database(self.path)

    def _begin_whole(self) -> None:
        """Open the file and, in one transaction with what follows, empty it."""
        connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        self._connection = connection
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        if schema.has_schema(connection, schema.FORMAT_VERSION):
            for table in TABLES:
                connection.execute(f"DELETE FROM {table}")
        else:
            for table in TABLES:  # those of an older format, or none yet
                connection.execute(f"DROP TABLE IF EXISTS {table}")
            schema.create(connection)
        self._subjects = SubjectWriter(connection, self._kinds)

    def _write_study(self, study: Study) -> None:
        for key, text in study_values(study).items():
            if self._values.get(key) != text:
                put_value(self._connection, key, text)
                self._values[key] = text
        subjects = self._subjects
        for gone in self._written.keys() - {entry.id for entry in study.subjects}:
            subjects.remove(gone)
        for position, entry in enumerate(study.subjects):
            before = self._written.get(entry.id)
            if before is None or before[1] is not entry:
                subjects.write(entry, position)
            elif before[0] != position:
                subjects.move(entry.id, position)
        subjects.sweep()
        self._written = {entry.id: (i, entry) for i, entry in enumerate(study.subjects)}


@dataclass(frozen=True)
class Stamp:
    """Where a working copy belongs and when it last took a change."""

    title: str
    study_path: Path | None
    is_modified: bool
    saved_at: float


def settle(path: Path) -> None:
    """Fold the log of a working copy that nobody writes into its file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA journal_mode = DELETE")


def read_stamp(path: Path) -> Stamp | None:
    """Return what a settled working copy says of itself, or None if it never held a study."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            return None
        rows = dict(connection.execute("SELECT key, json FROM study"))
    stamp = json.loads(rows["working_copy"])
    study_path = None if stamp["path"] is None else Path(stamp["path"])
    title = json.loads(rows.get("title", '""')) or (study_path.stem if study_path else "")
    modified, saved_at = bool(stamp["modified"]), float(stamp["saved_at"])
    return Stamp(title or "Untitled study", study_path, modified, saved_at)


def delete_database(path: Path) -> None:
    """Remove a database with its log and index files; what cannot be removed stays."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            Path(f"{path}{suffix}").unlink(missing_ok=True)


def _stamp(snapshot: Snapshot) -> str:
    return as_json(
        {
            "path": snapshot.study_path,
            "process": os.getpid(),
            "modified": snapshot.is_modified,
            "saved_at": time.time(),
        }
    )
