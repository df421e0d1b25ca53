"""The tables of a study file, one schema for each version of the format, and the ways between."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping

APPLICATION_ID = 0x4D435350
"""The letters MCSP at byte 68 of every study file."""

FORMAT_VERSION = 2
"""The version this program writes, kept in SQLite's user_version."""

_TABLES = (
    "CREATE TABLE study (key TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE subjects (id TEXT PRIMARY KEY, position INTEGER NOT NULL, "
    "kind TEXT NOT NULL, kind_version INTEGER NOT NULL, name TEXT NOT NULL, "
    "json TEXT NOT NULL)",
    "CREATE TABLE subject_arrays (subject TEXT NOT NULL, name TEXT NOT NULL, "
    "digest TEXT NOT NULL, PRIMARY KEY (subject, name)) WITHOUT ROWID",
)

SCHEMAS: Mapping[int, tuple[str, ...]] = {
    1: (
        *_TABLES,
        "CREATE TABLE arrays (digest TEXT NOT NULL, part INTEGER NOT NULL, npy BLOB NOT NULL, "
        "PRIMARY KEY (digest, part))",
    ),
    2: (
        *_TABLES,
        "CREATE TABLE arrays (digest TEXT NOT NULL, part INTEGER NOT NULL, npy BLOB NOT NULL, "
        "bytes INTEGER NOT NULL, PRIMARY KEY (digest, part))",
    ),
}
"""What `sqlite_master` must say for each version, so a file brings no triggers, views or more."""

Migration = Callable[[sqlite3.Connection], None]


def _tell_lengths(connection: sqlite3.Connection) -> None:
    """Since version 2 parts of arrays may be deflated; `bytes` is how long each is as it was."""
    connection.execute("ALTER TABLE arrays ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0")
    connection.execute("UPDATE arrays SET bytes = length(npy)")


MIGRATIONS: Mapping[int, Migration] = {1: _tell_lengths}
"""Version → function that turns tables of that version into the next."""

_SEALED = (
    "SELECT * FROM study WHERE key NOT IN ('seal', 'working_copy') ORDER BY key",
    "SELECT * FROM subjects ORDER BY id",
    "SELECT * FROM subject_arrays ORDER BY subject, name",
    "SELECT digest, max(part) FROM arrays GROUP BY digest ORDER BY digest",
)


def create(connection: sqlite3.Connection) -> None:
    """Make the empty tables of the newest version in an empty database, in one transaction."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
    for statement in SCHEMAS[FORMAT_VERSION]:
        connection.execute(statement)


def has_schema(connection: sqlite3.Connection, version: int) -> bool:
    """Whether the database has exactly the tables of `version` and nothing else."""
    rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    return sorted(sql for (sql,) in rows) == sorted(SCHEMAS[version])


def seal(connection: sqlite3.Connection) -> str:
    """Return one digest over everything in the tables; arrays enter through their own digests."""
    digest = hashlib.sha256()
    for query in _SEALED:
        for row in connection.execute(query):
            digest.update(json.dumps(row).encode() + b"\n")
    return digest.hexdigest()


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring tables of an older `version` up to the newest."""
    for old in range(version, FORMAT_VERSION):
        MIGRATIONS[old](connection)
