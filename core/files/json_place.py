"""Where in a JSON text a value stands, so that an error can name its line and column."""

import json
import re

Place = tuple[str | int, ...]
"""The keys and indices that lead from the whole of a JSON text to one value in it."""

_SPACE = re.compile(r"[ \t\n\r,:]*")
_DECODER = json.JSONDecoder()


def offset_of(text: str, place: Place) -> int:
    """Return the offset of the value at `place` in `text`, or of the nearest that holds it.

    `text` has been decoded before, so it is known to be JSON.
    """
    offset = _skip(text, 0)
    for step in place:
        inner = _member(text, offset, step) if isinstance(step, str) else _item(text, offset, step)
        if inner is None:
            break
        offset = inner
    return offset


def _member(text: str, offset: int, key: str) -> int | None:
    if text[offset] != "{":
        return None
    offset = _skip(text, offset + 1)
    while text[offset] != "}":
        name, offset = _DECODER.raw_decode(text, offset)
        offset = _skip(text, offset)
        if name == key:
            return offset
        offset = _after(text, offset)
    return None


def _item(text: str, offset: int, index: int) -> int | None:
    if text[offset] != "[":
        return None
    offset = _skip(text, offset + 1)
    while text[offset] != "]":
        if index == 0:
            return offset
        index -= 1
        offset = _after(text, offset)
    return None


def _after(text: str, offset: int) -> int:
    return _skip(text, _DECODER.raw_decode(text, offset)[1])


def _skip(text: str, offset: int) -> int:
    found = _SPACE.match(text, offset)
    return found.end() if found is not None else offset
