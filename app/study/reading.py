"""From the tables of an opened study file to a study, doubting every value on the way."""

import json
import logging
import sqlite3
from contextlib import closing
from typing import Any

from app.study import schema
from app.study.arrays import ArrayDamage
from app.study.kinds import KindRegistry
from app.study.model import Study, SubjectEntry
from app.study.rows import arrays_of, subject_rows, values_of
from core.errors import MacroscopeError

logger = logging.getLogger(__name__)

_KEYS = frozenset({"notes", "settings", "title", "seal", "working_copy"})


class Damage(Exception):
    """What is wrong inside the file, to follow the words "is damaged:"."""


def study_in(connection: sqlite3.Connection, version: int, kinds: KindRegistry) -> Study:
    """Return the study in tables of any version that this program knows."""
    if not schema.has_schema(connection, version):
        raise Damage("its tables are not those of a study")
    _check_seal(connection)
    if version == schema.FORMAT_VERSION:
        return _study(connection, kinds)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        connection.backup(copy)
        schema.migrate(copy, version)
        return _study(copy, kinds)


def _check_seal(connection: sqlite3.Connection) -> None:
    """Compare the content with its digest; files written by hand may come without one."""
    row = connection.execute("SELECT json FROM study WHERE key = 'seal'").fetchone()
    try:
        if row is not None and _json(row[0]) != schema.seal(connection):
            raise Damage("its content does not match its checksum")
    except TypeError as error:
        raise Damage("a text holds bytes") from error


def _study(connection: sqlite3.Connection, kinds: KindRegistry) -> Study:
    values = values_of(connection)
    if not set(values) <= _KEYS:
        raise Damage("it has an entry this program does not know")
    title = _expect(str, _json(values.get("title", '""')), "title")
    notes = _expect(str, _json(values.get("notes", '""')), "notes")
    settings = _expect(dict, _json(values.get("settings", "{}")), "settings")
    subjects = [_subject(connection, kinds, *row) for row in subject_rows(connection)]
    return Study(tuple(subjects), title=title, notes=notes, settings=settings)


def _subject(
    connection: sqlite3.Connection,
    kinds: KindRegistry,
    subject_id: Any,
    kind_id: Any,
    version: Any,
    name: Any,
    text: Any,
) -> SubjectEntry:
    for each in (subject_id, kind_id, name):
        _expect(str, each, "subject's name")
    kind = kinds.get(kind_id)
    if _expect(int, version, "subject's version") > kind.version:
        raise MacroscopeError(
            f"the subject {name!r} was saved by a newer Macroscope, so open it with that version."
        )
    record = _expect(dict, _json(text), f"record of {name!r}")
    try:
        value = kind.value_from(record, arrays_of(connection, subject_id), version)
    except ArrayDamage as error:
        raise Damage(f"in the subject {name!r} {error}") from error
    except sqlite3.Error:
        raise
    except MacroscopeError as error:
        raise MacroscopeError(f"in the subject {name!r}: {error}") from error
    except Exception as error:
        logger.info("the record of %s is not sound", name, exc_info=True)
        raise Damage(f"the record of the subject {name!r} is not that of a {kind.title}") from error
    return SubjectEntry(subject_id, kind.id, name, value)


def _json(text: Any) -> Any:
    try:
        return json.loads(_expect(str, text, "entry"))
    except (ValueError, RecursionError) as error:
        raise Damage("an entry is not JSON") from error


def _expect(kind: type, value: Any, what: str) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise Damage(f"its {what} is of the wrong type")
    return value
