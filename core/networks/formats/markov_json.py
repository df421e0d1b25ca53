"""What a Markov network is in our own JSON: its record, with each potential's table inside it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from core.networks.errors import quoted
from core.networks.markov_parts import MAX_SCOPE
from core.networks.markov_subject import MarkovSubject
from core.networks.node import Table
from core.networks.record import Place, RecordError, nested_numbers, read_field, read_texts


def markov_from_json(record: Mapping[str, Any]) -> MarkovSubject:
    """Return the subject whose record, tables inside, was decoded from JSON.

    Raises
    ------
    RecordError
        For a field of the wrong kind; its place says which.
    NetworkError
        When the parts do not make a network.
    """
    return MarkovSubject.from_record(record, _tables(record))


def with_tables_inside(
    parts: Sequence[Mapping[str, Any]], tables: Mapping[str, Table]
) -> list[dict[str, Any]]:
    """Return the parts of a record with their tables as nested lists."""
    return [{**each, "table": tables[each["name"]].tolist()} for each in parts]


def _tables(record: Mapping[str, Any]) -> dict[str, npt.NDArray[Any]]:
    sizes: dict[str, int] = {}
    for place, entry in _entries(record, "variables"):
        name = read_field(entry, "name", str, place=place)
        sizes[name] = len(read_field(entry, "states", list, place=place))
    tables: dict[str, npt.NDArray[Any]] = {}
    for place, entry in _entries(record, "potentials"):
        name = read_field(entry, "name", str, place=place)
        if name in tables:
            raise RecordError(f"two potentials are called {quoted(name)}.", (*place, "name"))
        tables[name] = _table(entry, sizes, place)
    return tables


def _entries(record: Mapping[str, Any], key: str) -> list[tuple[Place, Mapping[str, Any]]]:
    found: list[tuple[Place, Mapping[str, Any]]] = []
    for index, entry in enumerate(read_field(record, key, list)):
        if not isinstance(entry, dict):
            raise RecordError("an object is expected here.", (key, index))
        found.append(((key, index), entry))
    return found


def _table(entry: Mapping[str, Any], sizes: Mapping[str, int], place: Place) -> Table:
    scope = read_texts(entry, "scope", place)
    for index, name in enumerate(scope):
        if name not in sizes:
            reason = f"there is no variable called {quoted(name)}."
            raise RecordError(reason, (*place, "scope", index))
    if len(scope) > MAX_SCOPE:
        reason = f"a potential is over at most {MAX_SCOPE} variables."
        raise RecordError(reason, (*place, "scope"))
    where = (*place, "table")
    if scope:
        table = read_field(entry, "table", list, place=place)
        return nested_numbers(table, [sizes[name] for name in scope], where)
    constant = nested_numbers([entry.get("table")], [1], where)
    return np.asarray(constant.reshape(()))
