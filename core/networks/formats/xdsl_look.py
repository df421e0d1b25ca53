"""Names, positions, colours and notes in the part of an .xdsl file that is GeNIe's own.

A node's place is a box, ``left top right bottom`` in whole units with y downwards; its colour is
hexadecimal. What GeNIe has no place for, or would round, is kept in properties of our own, which
GeNIe keeps and passes over.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from core.networks.formats.identifiers import plain_text, to_json, true_position, true_text
from core.networks.formats.xml_tree import Element
from core.networks.model import Node

NAME, STATES, POSITION, COLOUR, NOTE, ORDER = (
    f"macroscope_{each}" for each in ("name", "states", "position", "colour", "note", "order")
)
HALF_WIDTH, HALF_HEIGHT = 40, 20
DEFAULT_COLOUR = "e5f6f7"
"""What GeNIe fills a node with unless told otherwise."""

_COLOUR = re.compile(r"[0-9a-fA-F]{6}\Z")


@dataclass(frozen=True, slots=True)
class XdslLook:
    """What the file says of a node besides its states; `name` is empty where it has none."""

    name: str = ""
    position: tuple[float, float] = (0.0, 0.0)
    colour: str | None = None
    note: str = ""


def xdsl_look(element: Element | None, properties: Mapping[str, str]) -> XdslLook:
    """Return the look in GeNIe's part of a node, with what our own properties add to it."""
    if element is None:
        return XdslLook()
    name = " ".join(_text(element, "name").split())
    note = plain_text(_text(element, "comment"))
    return XdslLook(
        true_text(properties[NAME], name) if NAME in properties else name,
        true_position(properties.get(POSITION, ""), _position(_text(element, "position"))),
        _colour(element, properties),
        true_text(properties[NOTE], note) if NOTE in properties else note,
    )


def _text(element: Element, tag: str) -> str:
    inner = element.first(tag)
    return "" if inner is None else inner.text


def _position(text: str) -> tuple[float, float]:
    try:
        left, top, right, bottom = map(float, text.split(None, 4))
    except ValueError:
        return (0.0, 0.0)
    x, y = (left + right) / 2, (top + bottom) / 2
    return (x, y) if isfinite(x) and isfinite(y) else (0.0, 0.0)


def _colour(element: Element, properties: Mapping[str, str]) -> str | None:
    inner = element.first("interior")
    colour = "" if inner is None else inner.attributes.get("color", "")
    if not _COLOUR.match(colour):
        return None
    if colour.lower() == DEFAULT_COLOUR and COLOUR not in properties:
        return None
    return f"#{colour}"


def look_properties(node: Node) -> dict[str, str]:
    """Return the properties that keep what GeNIe's part of the node does not."""
    result = {}
    if node.name != shown_name(node.name):
        result[NAME] = to_json(node.name)
    if node.position != tuple(map(float, whole_position(node))):
        result[POSITION] = to_json(list(node.position))
    if node.colour is not None and node.colour[1:].lower() == DEFAULT_COLOUR:
        result[COLOUR] = node.colour
    if node.note != plain_text(node.note):
        result[NOTE] = to_json(node.note)
    return result


def shown_name(name: str) -> str:
    """Return a name as GeNIe shows it."""
    return " ".join(plain_text(name).split())


def whole_position(node: Node) -> tuple[int, int]:
    """Return the position of `node` in whole units."""
    return round(node.position[0]), round(node.position[1])
