"""Our own JSON: a network with its tables, layout, notes, evidence and evidence sets in one file.

The file is the record of a network subject, ``"format": "macroscope-network"``, with the table of
each node inside it as nested lists: one level for each parent, in order, and the node's own states
innermost. A Markov network, ``"format": "macroscope-markov-network"``, has them in its potentials.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy.typing as npt

from core.files.errors import FormatError
from core.files.json_place import offset_of
from core.files.text_file import read_text, write_text
from core.networks.errors import NetworkError, quoted
from core.networks.formats.markov_json import markov_from_json, with_tables_inside
from core.networks.markov_subject import RECORD_FORMAT as MARKOV_FORMAT
from core.networks.markov_subject import MarkovSubject
from core.networks.record import Place, RecordError, nested_numbers, read_field
from core.networks.subject import NetworkSubject, check_format

MAX_BYTES = 64 * 2**20

_PARTS = ("nodes", "variables", "potentials")
"""Lists with one line of the file for each entry."""


def read(path: str | Path) -> NetworkSubject | MarkovSubject:
    """Return the network in the file `path`, gzipped or not.

    Raises
    ------
    FormatError
        With the file's name and, for what stands in it, the line and the column.
    """
    path = Path(path)
    return parse(read_text(path, MAX_BYTES), path.name)


def parse(text: str, name: str = "text") -> NetworkSubject | MarkovSubject:
    """Return the network in `text`; `name` stands for the file's name in errors."""
    record = _decoded(text, name)
    try:
        if isinstance(record, dict) and record.get("format") == MARKOV_FORMAT:
            return markov_from_json(record)
        check_format(record)
        return NetworkSubject.from_record(record, _tables(record))
    except RecordError as error:
        raise FormatError.at(offset_of(text, error.place), text, str(error), name) from None
    except NetworkError as error:
        raise FormatError(str(error), name) from None


def write(subject: NetworkSubject | MarkovSubject, path: str | Path) -> None:
    """Write `subject` to the file `path`, gzipped when its name ends in ``.gz``."""
    write_text(Path(path), json_text(subject))


def json_text(subject: NetworkSubject | MarkovSubject) -> str:
    """Return `subject` as the text of a JSON file with one line for each of its parts."""
    record, tables = subject.to_record()
    holder = "nodes" if isinstance(subject, NetworkSubject) else "potentials"
    record[holder] = with_tables_inside(record[holder], tables)
    lines = []
    for key, value in record.items():
        if key in _PARTS:
            parts = ",".join(f"\n  {_encoded(part)}" for part in value)
            lines.append(f"{_encoded(key)}: [{parts}\n ]")
        else:
            lines.append(f"{_encoded(key)}: {_encoded(value)}")
    return "{\n " + ",\n ".join(lines) + "\n}\n"


def _encoded(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return text.replace("\x7f", "\\u007f")  # the one control character that JSON leaves as it is


def _decoded(text: str, source: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_without_repeats, parse_constant=float)
    except json.JSONDecodeError as error:
        reason = f"this is not JSON ({error.msg[:1].lower()}{error.msg[1:]})."
        raise FormatError(reason, source, error.lineno, error.colno) from None
    except RecursionError:
        raise FormatError("its lists are nested too deeply.", source) from None
    except RecordError as error:
        raise FormatError(error.reason, source) from None
    except ValueError:
        raise FormatError("it holds a number with thousands of digits.", source) from None


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for index, key in enumerate(keys) if key in keys[:index])
        raise RecordError(f"the key {quoted(twice)} stands twice in one object.")
    return result


def _tables(record: Mapping[str, Any]) -> dict[str, npt.NDArray[Any]]:
    nodes = read_field(record, "nodes", list)
    sizes: dict[str, int] = {}
    for index, node in enumerate(nodes):
        place: Place = ("nodes", index)
        if not isinstance(node, dict):
            raise RecordError("an object is expected here.", place)
        name = read_field(node, "name", str, place=place)
        if name in sizes:
            raise RecordError(f"two nodes are called {quoted(name)}.", (*place, "name"))
        sizes[name] = len(read_field(node, "states", list, place=place))
    return {node["name"]: _table(node, sizes, ("nodes", i)) for i, node in enumerate(nodes)}


def _table(node: Mapping[str, Any], sizes: Mapping[str, int], place: Place) -> npt.NDArray[Any]:
    shape = []
    for index, parent in enumerate(read_field(node, "parents", list, [], place)):
        if not isinstance(parent, str) or parent not in sizes:
            reason = f"there is no node called {quoted(str(parent))}."
            raise RecordError(reason, (*place, "parents", index))
        shape.append(sizes[parent])
    shape.append(sizes[node["name"]])
    table = read_field(node, "table", list, place=place)
    return nested_numbers(table, shape, (*place, "table"))
