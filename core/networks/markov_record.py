"""A Markov network as plain JSON with its tables beside it, and back, with every field checked."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy.typing as npt

from core.networks.errors import NetworkError, quoted
from core.networks.markov_network import MarkovNetwork, Potential, Variable
from core.networks.node import Drawn, Table, frozen
from core.networks.record import (
    Place,
    RecordError,
    read_colour,
    read_field,
    read_position,
    read_texts,
)


def network_record(network: MarkovNetwork) -> tuple[dict[str, Any], dict[str, Table]]:
    """Return the variables and potentials of `network` as JSON, and the tables by their names."""
    record = {
        "variables": [{"states": list(each.states), **_look(each)} for each in network],
        "potentials": [{"scope": list(each.scope), **_look(each)} for each in network.potentials],
    }
    return record, {potential.name: potential.table for potential in network.potentials}


def network_from_record(
    record: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]
) -> MarkovNetwork:
    """Return the network that `network_record` wrote, called ``record["name"]``.

    Raises
    ------
    RecordError
        For a field of the wrong kind; its place says which.
    NetworkError
        When the parts do not make a network.
    """
    variables = [_variable(entry, place) for entry, place in _entries(record, "variables")]
    potentials = [_potential(entry, arrays, at) for entry, at in _entries(record, "potentials")]
    try:
        return MarkovNetwork(variables, potentials, read_field(record, "name", str, "network"))
    except NetworkError as error:
        raise RecordError(str(error)) from None


def _look(part: Drawn) -> dict[str, Any]:
    return {
        "name": part.name,
        "position": list(part.position),
        "colour": part.colour,
        "note": part.note,
    }


def _entries(record: Mapping[str, Any], key: str) -> Sequence[tuple[dict[str, Any], Place]]:
    found = []
    for index, entry in enumerate(read_field(record, key, list)):
        if not isinstance(entry, dict):
            raise RecordError("an object is expected here.", (key, index))
        found.append((entry, (key, index)))
    return found


def _variable(entry: Mapping[str, Any], place: Place) -> Variable:
    return Variable(
        name=read_field(entry, "name", str, place=place),
        states=read_texts(entry, "states", place),
        position=read_position(entry, place),
        colour=read_colour(entry, place),
        note=read_field(entry, "note", str, "", place),
    )


def _potential(
    entry: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]], place: Place
) -> Potential:
    name = read_field(entry, "name", str, place=place)
    if name not in arrays:
        raise RecordError(f"the table of {quoted(name)} is missing.", place)
    if arrays[name].dtype.kind not in "fiu":
        raise RecordError("a table of numbers is expected here.", (*place, "table"))
    return Potential(
        name=name,
        scope=read_texts(entry, "scope", place),
        table=frozen(arrays[name]),
        position=read_position(entry, place),
        colour=read_colour(entry, place),
        note=read_field(entry, "note", str, "", place),
    )
