"""What a drag carries onto the field: an entry of the library by its id, or a whole world."""

from PySide6.QtCore import QMimeData

from core.automata.formats.pattern_file import world_of_text
from core.automata.formats.world_json import json_of_world
from core.automata.world import World

ENTRY_MIME = "application/x-macroscope-pattern"
WORLD_MIME = "application/x-macroscope-world"


def mime_of_entry(entry_id: str, title: str) -> QMimeData:
    """Return a drag of an entry of the library."""
    return _mime(ENTRY_MIME, entry_id, title)


def mime_of_world(world: World) -> QMimeData:
    """Return a drag of a world from anywhere else, such as an archive."""
    return _mime(WORLD_MIME, json_of_world(world), world.title or world.name)


def entry_id_of(mime: QMimeData) -> str | None:
    """Return the id of the entry that a drag carries."""
    return _text(mime, ENTRY_MIME)


def world_text_of(mime: QMimeData) -> str | None:
    """Return the text of the world that a drag carries; `world_of_drag` reads it."""
    return _text(mime, WORLD_MIME)


def world_of_drag(text: str) -> World:
    """Return the world of a text; raises `MacroscopeError` where another program made it up."""
    return world_of_text(text, "What was dropped")


def is_pattern(mime: QMimeData) -> bool:
    """Whether a drag carries something that the field takes."""
    return mime.hasFormat(ENTRY_MIME) or mime.hasFormat(WORLD_MIME)


def _mime(kind: str, data: str, title: str) -> QMimeData:
    mime = QMimeData()
    mime.setData(kind, data.encode())
    mime.setText(title)
    return mime


def _text(mime: QMimeData, kind: str) -> str | None:
    if not mime.hasFormat(kind):
        return None
    return mime.data(kind).data().decode("utf-8", "replace")
