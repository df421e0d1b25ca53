"""Fields of decoded JSON, each checked for its kind, with its place in the text for errors."""

from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar

from core.files.json_place import Place

T = TypeVar("T")

REQUIRED = object()
"""The default of a field that has none."""

_KINDS: dict[type, str] = {
    str: "text",
    dict: "an object",
    list: "a list",
    int: "a whole number",
    bool: "true or false",
}


def place_text(place: Place) -> str:
    """Return a place as people write it: ``nodes[3].states[0]``."""
    text = ""
    for step in place:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def checked_field(
    record: Mapping[str, Any],
    key: str,
    kind: type[T],
    *,
    default: Any,
    place: Place,
    fail: Callable[[str, Place], NoReturn],
) -> T:
    """Return ``record[key]``, or `default` where there is one, after checking its kind.

    Parameters
    ----------
    fail : callable
        Raises the error of the caller for (reason, place).
    """
    if key in record:
        value = record[key]
    elif default is REQUIRED:
        fail(f'"{key}" is missing.', place)
    else:
        value = default
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        fail(f"{_KINDS[kind]} is expected here.", (*place, key))
    return value
