"""Models that the library sofic has written, once its JSON or YAML is decoded.

Source: sofic 0.2, serialization.py (schema ``sofic.model``, version 1): a graph of nodes and edges
with attributes; values that JSON does not know are objects with the key ``__sofic_type__``.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from core.files.json_place import Place
from core.labels import quoted
from core.processes.matrices import check_sizes
from core.processes.model import HiddenMarkovModel
from core.processes.process_subject import ProcessSubject
from core.processes.record_fields import RecordError, is_number, read_field
from core.processes.state_emitting import ON_LEAVING, StateEmittingModel

SCHEMA = "sofic.model"
VERSION = 1

_TYPE = "__sofic_type__"


def subject_from_sofic(record: Mapping[str, Any], name: str) -> ProcessSubject:
    """Return the process of a decoded file; both kinds of hidden Markov model are read.

    Raises
    ------
    RecordError
        Where the file is of another version or its model is not a hidden Markov model.
    """
    if record.get("version") != VERSION:
        raise RecordError(f"only version {VERSION} of sofic's files is read.", ("version",))
    graph = read_field(record, "graph", dict)
    nodes = read_field(graph, "nodes", list, place=("graph",))
    edges = read_field(graph, "edges", list, place=("graph",))
    places: list[Place] = [("graph", "nodes", index) for index in range(len(nodes))]
    states = [_label(node.get("id"), (*at, "id")) for node, at in zip(nodes, places, strict=True)]
    laws = [_attributes(node, at) for node, at in zip(nodes, places, strict=True)]
    links = []
    for index, edge in enumerate(edges):
        at = ("graph", "edges", index)
        if not isinstance(edge, dict):
            raise RecordError("an object is expected here.", at)
        ends = [_label(edge.get(end), (*at, end)) for end in ("source", "target")]
        links.append((ends[0], ends[1], _attributes(edge, at), at))
    if states and all("emission_dist" in law for law in laws):
        return ProcessSubject(_state_emitting(name, states, laws, links), convention=ON_LEAVING)
    return ProcessSubject(_edge_emitting(record, name, states, links))


def _edge_emitting(
    record: Mapping[str, Any], name: str, states: list[str], links: list[Any]
) -> HiddenMarkovModel:
    edges = []
    is_generalized = False
    for source, target, attributes, place in links:
        chance = attributes.get("prob", attributes.get("quasiprob"))
        if "emission" not in attributes or not is_number(chance):
            what = quoted(str(record.get("class", "")).rpartition(".")[2])
            raise RecordError(
                f"an edge without emission and probability; {what} is not read as a process.", place
            )
        is_generalized |= "quasiprob" in attributes
        edges.append((source, _label(attributes["emission"], place), target, float(chance)))
    return HiddenMarkovModel.from_edges(name, edges, states=states, is_generalized=is_generalized)


def _state_emitting(
    name: str, states: list[str], laws: list[dict[str, Any]], links: list[Any]
) -> HiddenMarkovModel:
    index = {state: i for i, state in enumerate(states)}
    alphabet = list(dict.fromkeys(symbol for law in laws for symbol in _law(law)))
    check_sizes(len(alphabet), len(states))
    P, B = np.zeros((len(states), len(states))), np.zeros((len(states), len(alphabet)))
    for i, law in enumerate(laws):
        for symbol, chance in _law(law).items():
            B[i, alphabet.index(symbol)] = chance
    for source, target, attributes, place in links:
        if source not in index or target not in index or not is_number(attributes.get("prob")):
            raise RecordError(
                "an edge between known states with a probability belongs here.", place
            )
        P[index[source], index[target]] += float(attributes["prob"])
    model = StateEmittingModel(name, tuple(alphabet), tuple(states), P, B)
    return model.edge_emitting(ON_LEAVING)


def _law(attributes: Mapping[str, Any]) -> dict[str, float]:
    place: Place = ("graph", "nodes")
    law = _mapping(attributes["emission_dist"], place)
    if not all(is_number(chance) for chance in law.values()):
        raise RecordError("a probability for each symbol is expected here.", place)
    return {symbol: float(chance) for symbol, chance in law.items()}


def _attributes(holder: Any, place: Place) -> dict[str, Any]:
    if not isinstance(holder, dict):
        raise RecordError("an object is expected here.", place)
    return _mapping(holder.get("attrs", {}), (*place, "attrs"))


def _mapping(value: Any, place: Place) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise RecordError("an object is expected here.", place)
    if value.get(_TYPE) != "dict":
        return value
    result = {}
    for item in read_field(value, "items", list, place=place):
        if not isinstance(item, dict) or "key" not in item or "value" not in item:
            raise RecordError("objects with a key and a value are expected here.", place)
        result[_label(item["key"], place)] = item["value"]
    return result


def _label(value: Any, place: Place) -> str:
    """Return a name for a state or symbol, which sofic lets be almost anything."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int | float):
        return str(value)
    if isinstance(value, dict):
        parts = value.get("items", value.get("belief"))
        if value.get(_TYPE) in ("tuple", "frozenset", "set", "mixed_state") and parts is not None:
            return "(" + ", ".join(_label(part, place) for part in parts) + ")"
    raise RecordError("a name is expected here.", place)
