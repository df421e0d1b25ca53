"""Name, position, colour and note of a node among the attributes of a Hugin .net file.

Hugin's y axis points up and its positions are whole numbers; ours points down. What Hugin has no
attribute for, or would round, is kept in attributes of our own, which Hugin keeps and passes over.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from core.networks.formats.hugin_lexer import escaped, string_in
from core.networks.formats.identifiers import (
    from_json,
    identifiers,
    plain_text,
    to_json,
    true_position,
    true_text,
)
from core.networks.model import Node

NAME, POSITION, COLOUR, NOTE = (
    f"MACROSCOPE_{each}" for each in ("name", "position", "colour", "note")
)
RESERVED = frozenset(
    "net class node discrete continuous utility decision function instance potential data states "
    "label position normal inputs outputs true false".split()
)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_NUMBERS = re.compile(r"[\s(),]+")


@dataclass(frozen=True, slots=True)
class HuginLook:
    """What the attributes of a node say besides its states."""

    name: str
    position: tuple[float, float]
    colour: str | None
    note: str


def hugin_look(id: str, attributes: Mapping[str, str]) -> HuginLook:
    """Return what the attributes of the node `id` say.

    A label that `id` is the identifier of is the node's name; any other is a description, which
    goes into the note, as in Hugin the identifier is what formulas and programs use.
    """
    value = {key: string_in(text) for key, text in attributes.items()}
    label = " ".join(value.get("label", "").split())
    true = from_json(value.get(NAME, ""))
    note = value.get("HR_Desc", "")
    if isinstance(true, str) and plain_text(true).split() == label.split():
        name = true
    else:
        name = _name(id, label)
        if label not in ("", id, name):
            note = f"{label}\n{note}" if note else label
    if NOTE in value:
        note = true_text(value[NOTE], note)
    colour = value.get(COLOUR)
    return HuginLook(
        name,
        _position(value),
        colour if colour is not None and _COLOUR.match(colour) else None,
        plain_text(note) if NOTE not in value else note,
    )


def _name(id: str, label: str) -> str:
    return label if label and identifiers([label], RESERVED) == (id,) else id


def _position(value: Mapping[str, str]) -> tuple[float, float]:
    try:
        x, y = (float(word) for word in _NUMBERS.split(value.get("position", "")) if word)
    except ValueError:
        return (0.0, 0.0)
    if not (isfinite(x) and isfinite(y)):
        return (0.0, 0.0)
    return true_position(value.get(POSITION, ""), (x, -y))


def look_lines(id: str, node: Node) -> list[str]:
    """Return the attributes that `hugin_look` reads, without indentation."""
    x, y = round(node.position[0]), -round(node.position[1])
    label = " ".join(plain_text(node.name).split())
    lines = [f"label = {escaped(label)};", f"position = ({x} {y});"]
    plain = plain_text(node.note)
    if plain:
        lines.append(f"HR_Desc = {escaped(plain)};")
    if node.name != _name(id, label):
        lines.append(f"{NAME} = {escaped(to_json(node.name))};")
    if (float(x), float(-y)) != node.position:
        lines.append(f"{POSITION} = {escaped(to_json(list(node.position)))};")
    if node.colour is not None:
        lines.append(f"{COLOUR} = {escaped(node.colour)};")
    if node.note != plain:
        lines.append(f"{NOTE} = {escaped(to_json(node.note))};")
    return lines
