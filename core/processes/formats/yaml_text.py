"""The part of YAML that programs write: block mappings and lists, and scalars on one line.

Anchors, tags, multi-line texts and flow collections with anything inside but scalars are refused
with their line. That is all that sofic's files need, and no more is understood than is needed.

Source: YAML 1.2, chapters 6 to 8.
"""

import json
import re
from typing import Any

from core.files.errors import FormatError

MOST_DEEP = 100

_KEY = re.compile(
    r"""((?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[^\s'"#\[\]{},&*!|>%@`-][^#]*?|-\S[^#]*?)):(?:\s+(.*))?\Z"""
)
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?\Z")
_WHOLE = re.compile(r"[-+]?\d+\Z")
_CONSTANTS = {"null": None, "~": None, "": None, "true": True, "false": False}
_NOT_READ = ("&", "*", "!", "|", ">", "%", "@", "`")

Line = tuple[int, int, str]
"""Number in the file, indentation, text without it."""


def parse_yaml(text: str, source: str) -> Any:
    """Return the value that `text` writes, as mappings, lists, texts, numbers, booleans and None.

    Raises
    ------
    FormatError
        At the first line that is not understood.
    """
    lines: list[Line] = []
    for number, raw in enumerate(text.split("\n"), 1):
        stripped = raw.strip()
        if not stripped or stripped.startswith("#") or stripped == "---":
            continue
        if "\t" in raw[: len(raw) - len(raw.lstrip())]:
            raise FormatError("lines are indented with spaces, not tabs.", source, number, 1)
        lines.append((number, len(raw) - len(raw.lstrip(" ")), stripped))
    reader = _Reader(lines, source)
    return reader.whole()


class _Reader:
    """Walks over the lines once."""

    def __init__(self, lines: list[Line], source: str) -> None:
        self._lines = lines
        self._source = source
        self._next = 0

    def whole(self) -> Any:
        """Return the value that the whole text stands for."""
        if not self._lines:
            raise FormatError("it is empty.", self._source)
        value = self._block(self._lines[0][1], 0)
        if self._next < len(self._lines):
            raise self._error("this line is indented less than what it belongs to.")
        return value

    def _block(self, indent: int, depth: int) -> Any:
        if depth > MOST_DEEP:
            raise self._error("it is nested too deeply.")
        text = self._lines[self._next][2]
        if text == "-" or text.startswith("- "):
            return self._list(indent, depth)
        if _KEY.match(text):
            return self._mapping(indent, depth)
        self._next += 1
        return self._scalar(text)

    def _list(self, indent: int, depth: int) -> list[Any]:
        result = []
        while self._is_at(indent) and (self._text() == "-" or self._text().startswith("- ")):
            number, _, text = self._lines[self._next]
            rest = text[1:].lstrip()
            if rest:
                # what follows the dash is a block of its own, indented as far as it stands
                inner = indent + len(text) - len(rest)
                self._lines[self._next] = (number, inner, rest)
                result.append(self._block(inner, depth + 1))
            else:
                self._next += 1
                result.append(self._nested(indent, depth))
        return result

    def _mapping(self, indent: int, depth: int) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        while self._is_at(indent):
            found = _KEY.match(self._text())
            if found is None:
                raise self._error("a key and a colon are expected here.")
            key = self._scalar(found[1])
            if key in result:
                raise self._error(f"the key {key!r} stands twice.")
            rest = (found[2] or "").strip()
            self._next += 1
            is_empty = not rest or rest.startswith("#")
            result[key] = self._nested(indent, depth, True) if is_empty else self._scalar(rest)
        return result

    def _nested(self, indent: int, depth: int, in_mapping: bool = False) -> Any:
        """Return the block below a key or dash; a list may stand no deeper than its key."""
        if self._next == len(self._lines):
            return None
        _, inner, text = self._lines[self._next]
        is_list = text == "-" or text.startswith("- ")
        if inner > indent or (in_mapping and inner == indent and is_list):
            return self._block(inner, depth + 1)
        return None

    def _is_at(self, indent: int) -> bool:
        if self._next == len(self._lines) or self._lines[self._next][1] < indent:
            return False
        if self._lines[self._next][1] > indent:
            raise self._error("this line is indented more than its neighbours.")
        return True

    def _text(self) -> str:
        return self._lines[self._next][2]

    def _scalar(self, text: str) -> Any:
        if text.startswith(_NOT_READ):
            raise self._error(f"this part of YAML is not read here: {text[:1]}.", back=1)
        if text in ("[]", "{}"):
            return [] if text == "[]" else {}
        if text.startswith("[") and text.endswith("]"):
            return [self._scalar(part.strip()) for part in text[1:-1].split(",")]
        if text.startswith("'"):
            if len(text) < 2 or not text.endswith("'"):
                raise self._error("a text in quotes ends on its line.", back=1)
            return text[1:-1].replace("''", "'")
        if text.startswith('"'):
            try:
                return json.loads(text)
            except ValueError:
                raise self._error("this text in quotes is not understood.", back=1) from None
        if text.startswith(("[", "{")):
            raise self._error("collections in brackets hold plain values here.", back=1)
        text = text.split(" #")[0].rstrip()
        if text.lower() in _CONSTANTS:
            return _CONSTANTS[text.lower()]
        if _WHOLE.match(text) and len(text) < 1000:
            return int(text)
        return float(text) if _NUMBER.match(text) else text

    def _error(self, reason: str, back: int = 0) -> FormatError:
        number, indent, _ = self._lines[max(min(self._next, len(self._lines) - 1) - back, 0)]
        return FormatError(reason, self._source, number, indent + 1)
