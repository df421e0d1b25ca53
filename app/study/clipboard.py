"""Records on the system clipboard: an own MIME type for Macroscope and a text for everyone."""

from typing import Any

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

from app.study.errors import StudyFileError
from app.study.kinds import Kind, KindRegistry
from app.study.model import Study, SubjectEntry
from app.study.store import study_bytes, study_from_bytes

PREFIX = "application/x-macroscope-"
MAX_BYTES = 2**28


def mime_type(mime_kind: str) -> str:
    """Return the full MIME type of "network" or "application/x-macroscope-network" alike."""
    return mime_kind if mime_kind.startswith(PREFIX) else PREFIX + mime_kind


def put(mime_kind: str, record_bytes: bytes, text: str) -> None:
    """Place a record and its text form on the clipboard."""
    data = QMimeData()
    data.setData(mime_type(mime_kind), QByteArray(record_bytes))
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def get(mime_kind: str) -> bytes | None:
    """Return the record on the clipboard, or None if there is none of this kind."""
    if not holds(mime_kind):
        return None
    data = QGuiApplication.clipboard().mimeData()
    return bytes(data.data(mime_type(mime_kind)).data())


def holds(mime_kind: str) -> bool:
    """Whether the clipboard has a record of this kind, without reading it."""
    data = QGuiApplication.clipboard().mimeData()
    return data is not None and data.hasFormat(mime_type(mime_kind))


def text() -> str:
    """Return the text on the clipboard, empty if there is none."""
    return QGuiApplication.clipboard().text()


def put_value(kind: Kind, value: Any, text: str) -> None:
    """Place a subject of `kind` on the clipboard, arrays included."""
    study = Study((SubjectEntry("s1", kind.id, kind.title, value),))
    put(kind.id, study_bytes(study, KindRegistry([kind])), text)


def get_value(kind: Kind) -> Any | None:
    """Return the subject of `kind` on the clipboard, or None; damage raises `StudyFileError`."""
    data = get(kind.id)
    if data is None:
        return None
    name = "What is on the clipboard"
    if len(data) > MAX_BYTES:
        raise StudyFileError(f"{name} is larger than can be pasted.")
    study = study_from_bytes(data, KindRegistry([kind]), name)
    return study.subjects[0].value if study.subjects else None
