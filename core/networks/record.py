"""A net as plain JSON with its tables beside it, and back, with every field checked.

Studies keep this record, and the JSON file format is the same record with the tables inside.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn, TypeVar

import numpy as np
import numpy.typing as npt

from core.files.json_fields import REQUIRED, checked_field, place_text
from core.files.json_place import Place
from core.networks.errors import CycleError, NetworkError, quoted
from core.networks.model import BayesNet, Node, Table, frozen
from core.networks.node import check_node

__all__ = [
    "Place",
    "RecordError",
    "check_version",
    "nested_numbers",
    "net_from_record",
    "net_record",
    "read_colour",
    "read_field",
    "read_position",
    "read_texts",
]

T = TypeVar("T")


class RecordError(NetworkError):
    """A record has a value of the wrong kind, or lacks one.

    Attributes
    ----------
    place : tuple of (str or int)
        Where in the record; empty for the record itself.
    reason : str
        What is wrong there, without the place.
    """

    def __init__(self, reason: str, place: Place = ()) -> None:
        self.place = place
        self.reason = reason
        where = place_text(place)
        super().__init__(f"{where}: {reason}" if where else reason)


def _fail(reason: str, place: Place) -> NoReturn:
    raise RecordError(reason, place)


def read_field(
    record: Mapping[str, Any], key: str, kind: type[T], default: Any = REQUIRED, place: Place = ()
) -> T:
    """Return ``record[key]``, or `default` where there is one, after checking its kind."""
    return checked_field(record, key, kind, default=default, place=place, fail=_fail)


def check_version(record: Mapping[str, Any], what: str, newest: int) -> None:
    """Raise `NetworkError` unless a record has a format version from 1 to `newest`."""
    version = read_field(record, "version", int)
    if version < 1:
        raise NetworkError(f"This {what} has the format version {version}, which never existed.")
    if version > newest:
        raise NetworkError(
            f"This {what} has the format version {version} and this Macroscope reads up to "
            f"{newest}; a newer Macroscope can open it."
        )


def net_record(net: BayesNet) -> tuple[list[dict[str, Any]], dict[str, Table]]:
    """Return the nodes of `net` without their tables, and the tables by node name."""
    nodes = [
        {
            "name": node.name,
            "states": list(node.states),
            "parents": list(node.parents),
            "position": list(node.position),
            "colour": node.colour,
            "note": node.note,
        }
        for node in net
    ]
    return nodes, {node.name: node.table for node in net}


def net_from_record(record: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]) -> BayesNet:
    """Return the net of which `net_record` wrote the nodes into ``record["nodes"]``.

    Raises
    ------
    RecordError
        For a field of the wrong kind; its place says which.
    NetworkError
        When the nodes do not make a net.
    """
    nodes = []
    for index, entry in enumerate(read_field(record, "nodes", list)):
        place: Place = ("nodes", index)
        if not isinstance(entry, dict):
            raise RecordError("an object is expected here.", place)
        name = read_field(entry, "name", str, place=place)
        if name not in arrays:
            raise RecordError(f"the table of {quoted(name)} is missing.", place)
        nodes.append(_node(entry, name, arrays[name], place))
    _check_nodes(nodes)
    try:
        return BayesNet(nodes, read_field(record, "name", str, "network"))
    except CycleError as error:
        index = [node.name for node in nodes].index(error.cycle[0])
        raise RecordError(str(error), ("nodes", index, "parents")) from None


def _check_nodes(nodes: Sequence[Node]) -> None:
    """Check each node as the net does, so that an error can say where its node stands."""
    by_name: dict[str, Node] = {}
    for index, node in enumerate(nodes):
        if node.name in by_name:
            reason = f"two nodes are called {quoted(node.name)}; names must differ."
            raise RecordError(reason, ("nodes", index, "name"))
        by_name[node.name] = node
    for index, node in enumerate(nodes):
        for number, parent in enumerate(node.parents):
            if parent not in by_name:
                reason = f"there is no node called {quoted(parent)}."
                raise RecordError(reason, ("nodes", index, "parents", number))
        try:
            check_node(node, by_name)
        except NetworkError as error:
            raise RecordError(str(error), ("nodes", index)) from None


def _node(entry: Mapping[str, Any], name: str, array: npt.NDArray[Any], place: Place) -> Node:
    if array.dtype.kind not in "fiu":
        raise RecordError("a table of numbers is expected here.", (*place, "table"))
    return Node(
        name=name,
        states=read_texts(entry, "states", place),
        parents=read_texts(entry, "parents", place, []),
        table=frozen(array),
        position=read_position(entry, place),
        colour=read_colour(entry, place),
        note=read_field(entry, "note", str, "", place),
    )


def read_colour(entry: Mapping[str, Any], place: Place) -> str | None:
    """Return ``entry["colour"]``, text or null, after checking its kind."""
    colour = entry.get("colour")
    if colour is not None and not isinstance(colour, str):
        raise RecordError("a colour as #rrggbb or null is expected here.", (*place, "colour"))
    return colour


def read_texts(
    entry: Mapping[str, Any], key: str, place: Place, default: Any = REQUIRED
) -> tuple[str, ...]:
    """Return the list of texts ``entry[key]`` after checking its kind."""
    values = read_field(entry, key, list, default, place)
    for index, value in enumerate(values):
        if not isinstance(value, str):
            raise RecordError("text is expected here.", (*place, key, index))
    return tuple(values)


def read_position(entry: Mapping[str, Any], place: Place) -> tuple[float, float]:
    """Return the two numbers ``entry["position"]``, the origin where there are none."""
    values = read_field(entry, "position", list, [0.0, 0.0], place)
    if len(values) != 2 or not all(_is_number(value) for value in values):
        raise RecordError("two numbers are expected here.", (*place, "position"))
    return float(values[0]), float(values[1])


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -1e300 < value < 1e300


def nested_numbers(value: object, shape: Sequence[int], place: Place) -> Table:
    """Return nested lists of numbers as an array of `shape`, or say where they do not fit it."""
    flat: list[float] = []
    _flatten(value, tuple(shape), place, flat)
    return np.array(flat, dtype=np.float64).reshape(shape)


def _flatten(value: object, shape: tuple[int, ...], place: Place, flat: list[float]) -> None:
    if not isinstance(value, list) or len(value) != shape[0]:
        inner = "lists" if len(shape) > 1 else "numbers"
        raise RecordError(f"a list of {shape[0]} {inner} is expected here.", place)
    for index, item in enumerate(value):
        if len(shape) > 1:
            _flatten(item, shape[1:], (*place, index), flat)
        elif not _is_number(item):
            raise RecordError("a finite number is expected here.", (*place, index))
    if len(shape) == 1:
        flat.extend(value)
