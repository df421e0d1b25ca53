"""Rules written as a name and its numbers, ``ising:temperature=2.269185,field=0``."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from core.automata.errors import UnreadableRule
from core.labels import quoted

R = TypeVar("R")


def settings_text(name: str, values: Mapping[str, float | int | str]) -> str:
    """Return ``name:key=value,key=value`` with numbers that read back exactly."""
    written = ",".join(f"{key}={number_text(value)}" for key, value in values.items())
    return f"{name}:{written}" if written else name


def number_text(value: float | int | str) -> str:
    """Return a number as short as it reads back exactly: ``2``, ``0.1``."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def read_settings(text: str, name: str, rule: type[R]) -> R:
    """Return a rule, a dataclass of numbers and words, from such a text.

    What is left out has the value that the dataclass gives it.

    Raises
    ------
    UnreadableRule
        When the text has another name, an unknown key, or something that is no number.
    """
    head, _, rest = text.strip().partition(":")
    if head.strip().lower() != name:
        raise UnreadableRule(f"{quoted(text)} is no rule of the kind {name}.")
    known: dict[str, Any] = {each.name: each.type for each in fields(rule)}  # type: ignore[arg-type]
    given: dict[str, Any] = {}
    for part in filter(None, (part.strip() for part in rest.split(","))):
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or key not in known:
            raise UnreadableRule(
                f"{name} knows no {quoted(key, 24)}; its numbers are {', '.join(known)}."
                if equals
                else f"{quoted(part, 24)} in a rule of {name} is not written as name=number, "
                f"such as {next(iter(known))}=…."
            )
        given[key] = _value(value, known[key], text)
    missing = [each.name for each in fields(rule) if each.default is MISSING]  # type: ignore[arg-type]
    if any(key not in given for key in missing):
        raise UnreadableRule(f"{quoted(text)} needs {' and '.join(missing)}.")
    return rule(**given)


def require_between(rule: str, key: str, value: float, low: float, high: float) -> None:
    """Raise `UnreadableRule` unless the value lies from `low` to `high`."""
    if not low <= value <= high:  # not a number is refused too
        raise UnreadableRule(
            f"{key} of {rule} is {value}, but lies between {number_text(low)} and "
            f"{number_text(high)}."
        )


def _value(text: str, kind: Any, rule: str) -> Any:
    try:
        if kind is int:
            return int(text)
        return float(text) if kind is float else text
    except ValueError:
        raise UnreadableRule(f"{quoted(rule)} has {quoted(text)} in place of a number.") from None
