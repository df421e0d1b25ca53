"""The properties of a variable that are kept: its position, its colour and its note.

The format leaves properties to the programs. Positions are written as the interchange proposal of
1997 does, ``position = (73, 165)``; colour and note are our own. All other properties are dropped.
"""

import json
import re
from dataclasses import dataclass, replace
from math import isfinite

_PROPERTY = re.compile(r"([A-Za-z_]+)\s*=?\s*(.*)\Z", re.DOTALL)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")


@dataclass(frozen=True, slots=True)
class Properties:
    """What the properties of a variable say about its look."""

    position: tuple[float, float] = (0.0, 0.0)
    colour: str | None = None
    note: str = ""

    def with_text(self, text: str) -> "Properties":
        """Return the properties after the statement ``property <text>;``."""
        if text.startswith('"') and text.endswith('"'):
            text = text[1:-1]
        found = _PROPERTY.match(text)
        if found is None:
            return self
        key, value = found[1].lower(), found[2].strip()
        if key == "position":
            return self._with_position(value)
        if key in ("colour", "color") and _COLOUR.match(value.strip('"')):
            return replace(self, colour=value.strip('"'))
        if key == "note":
            return replace(self, note=_unescaped(value))
        return self

    def _with_position(self, value: str) -> "Properties":
        parts = value.strip('()" ').replace(",", " ").split()
        try:
            x, y = (float(part) for part in parts)
        except ValueError:
            return self
        if not (isfinite(x) and isfinite(y)):
            return self
        return replace(self, position=(x, y))

    def statements(self) -> list[str]:
        """Return the statements that `with_text` reads."""
        result = []
        if self.position != (0.0, 0.0):
            x, y = self.position
            result.append(f"position = ({x!r}, {y!r})")
        if self.colour is not None:
            result.append(f"colour = {self.colour}")
        if self.note:
            result.append(f"note = {_escaped(self.note)}")
        return result


def _escaped(note: str) -> str:
    """Return `note` in quotes on one line, without the marks that end a statement elsewhere."""
    parts = (json.dumps(part)[1:-1] for part in note.split('"'))
    text = '"' + "\\u0022".join(parts) + '"'
    for mark in ";{}":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def _unescaped(value: str) -> str:
    try:
        note = json.loads(value)
        note.encode("utf-8")
    except (ValueError, AttributeError, RecursionError):
        return value.strip('"')
    return str(note) if isinstance(note, str) else value
