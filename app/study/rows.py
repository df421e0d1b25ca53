"""Subjects as rows: how one subject, its record and its arrays enter and leave the tables."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from app.study.arrays import ArrayDamage, array_from, digest_of, npy_bytes
from app.study.kinds import KindRegistry
from app.study.model import Study, SubjectEntry
from app.study.packing import LARGEST_ARRAY, PART_BYTES, packed, unpacked


def as_json(value: Any) -> str:
    """Return compact ASCII JSON; the order of keys is kept."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def study_values(study: Study) -> dict[str, str]:
    """Return the rows of the table `study` that hold what is not a subject."""
    settings = dict(sorted(study.settings.items()))
    return {
        "notes": as_json(study.notes),
        "settings": as_json(settings),
        "title": as_json(study.title),
    }


def put_value(connection: sqlite3.Connection, key: str, text: str) -> None:
    """Write one row of the table `study`."""
    connection.execute("INSERT OR REPLACE INTO study VALUES (?, ?)", (key, text))


class SubjectWriter:
    """Writes subjects into open tables and each different array once.

    It remembers the digest of every array of a subject's last record, so that an edit which
    leaves most arrays alone encodes only those that changed.
    """

    def __init__(self, connection: sqlite3.Connection, kinds: KindRegistry) -> None:
        self._connection = connection
        self._kinds = kinds
        self._stored: set[str] = set()
        self._digests: dict[str, dict[str, tuple[np.ndarray, str]]] = {}

    def write(self, entry: SubjectEntry, position: int) -> None:
        """Insert or replace one subject; arrays that nothing refers to any more stay."""
        kind = self._kinds.get(entry.kind)
        record, arrays = kind.to_record(entry.value)
        row = (entry.id, position, kind.id, kind.version, entry.name, as_json(record))
        execute = self._connection.execute
        execute("DELETE FROM subject_arrays WHERE subject = ?", (entry.id,))
        execute("INSERT OR REPLACE INTO subjects VALUES (?, ?, ?, ?, ?, ?)", row)
        before = self._digests.get(entry.id, {})
        now: dict[str, tuple[np.ndarray, str]] = {}
        for name in sorted(arrays):
            known = before.get(name)
            same = known is not None and known[0] is arrays[name]
            digest = known[1] if same else self._store(arrays[name])
            now[name] = (arrays[name], digest)
            row = (entry.id, as_json(name), digest)
            execute("INSERT INTO subject_arrays VALUES (?, ?, ?)", row)
        self._digests[entry.id] = now

    def move(self, subject_id: str, position: int) -> None:
        """Give a written subject another place."""
        query = "UPDATE subjects SET position = ? WHERE id = ?"
        self._connection.execute(query, (position, subject_id))

    def remove(self, subject_id: str) -> None:
        """Delete a subject; its arrays stay until `sweep`."""
        self._connection.execute("DELETE FROM subjects WHERE id = ?", (subject_id,))
        self._connection.execute("DELETE FROM subject_arrays WHERE subject = ?", (subject_id,))
        self._digests.pop(subject_id, None)

    def sweep(self) -> None:
        """Delete the arrays that no subject refers to."""
        used = {digest for arrays in self._digests.values() for _, digest in arrays.values()}
        for digest in self._stored - used:
            self._connection.execute("DELETE FROM arrays WHERE digest = ?", (digest,))
        self._stored &= used

    def _store(self, array: np.ndarray) -> str:
        npy = npy_bytes(array)
        digest = digest_of(npy)
        if digest not in self._stored:
            for part, start in enumerate(range(0, len(npy), PART_BYTES)):
                whole = npy[start : start + PART_BYTES]
                row = (digest, part, packed(whole), len(whole))
                self._connection.execute("INSERT INTO arrays VALUES (?, ?, ?, ?)", row)
            self._stored.add(digest)
        return digest


def subject_rows(connection: sqlite3.Connection) -> Iterator[tuple[str, str, int, str, str]]:
    """Yield (id, kind, kind version, name, JSON) in the order of the outline."""
    return connection.execute(
        "SELECT id, kind, kind_version, name, json FROM subjects ORDER BY position, id"
    )


def arrays_of(connection: sqlite3.Connection, subject_id: str) -> dict[str, np.ndarray]:
    """Return a subject's arrays by name, each checked against its digest."""
    query = "SELECT name, digest FROM subject_arrays WHERE subject = ? ORDER BY name"
    rows = connection.execute(query, [subject_id]).fetchall()
    return {_array_name(name): _array(connection, digest) for name, digest in rows}


def _array_name(text: str) -> str:
    """Return the name in its JSON form; JSON, as a name may hold what UTF-8 cannot."""
    name = json.loads(text)
    if not isinstance(name, str):
        raise ArrayDamage("an array has no name")
    return name


def _array(connection: sqlite3.Connection, digest: str) -> np.ndarray:
    query = "SELECT total(bytes) FROM arrays WHERE digest = ?"
    if not connection.execute(query, [digest]).fetchone()[0] <= LARGEST_ARRAY:
        raise ArrayDamage("an array is too large")
    query = "SELECT npy, bytes FROM arrays WHERE digest = ? ORDER BY part"
    parts = [unpacked(part, length) for part, length in connection.execute(query, [digest])]
    if not parts:
        raise ArrayDamage("an array is missing")
    npy = parts[0] if len(parts) == 1 else b"".join(parts)
    if digest_of(npy) != digest:
        raise ArrayDamage("an array does not match its checksum")
    return array_from(npy)


def values_of(connection: sqlite3.Connection) -> Mapping[str, str]:
    """Return the table `study` as a dictionary of JSON texts."""
    return dict(connection.execute("SELECT key, json FROM study"))
