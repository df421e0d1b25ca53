"""Processes as JSON: our own files, plain matrices, and the models of sofic.

A file of our own is the record of a subject, ``"format": "macroscope-process"``, with ``"T"`` in
it: for each symbol a matrix as nested lists, a row for each state and a column for each next state.
The least that is read is ``{"alphabet": [...], "states": [...], "T": {symbol: [[...]]}}``. Numbers
are written so that they read back equal. A state-emitting model has ``"P"``, the transitions, and
``"B"``, a row of emission probabilities for each state, in place of ``"T"``; it is converted, with
``"convention"`` ``"on-arrival"`` (unless given) or ``"on-leaving"``.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.files.errors import FormatError
from core.files.json_place import offset_of
from core.files.text_file import read_text, write_text
from core.labels import quoted
from core.processes.errors import ProcessError
from core.processes.formats import sofic
from core.processes.matrices import check_sizes
from core.processes.model import HiddenMarkovModel
from core.processes.process_record import RECORD_FORMAT
from core.processes.process_subject import ProcessSubject
from core.processes.record_fields import (
    MATRICES,
    RecordError,
    nested_matrices,
    read_field,
    read_labels,
    rows_of_numbers,
)
from core.processes.state_emitting import ON_ARRIVAL, StateEmittingModel


def read(path: str | Path) -> ProcessSubject:
    """Return the process in the file `path`, gzipped or not.

    Raises
    ------
    FormatError
        With the file's name and, for what stands in it, the line and the column.
    """
    path = Path(path)
    return parse(read_text(path), path.name)


def parse(text: str, name: str = "text") -> ProcessSubject:
    """Return the process in `text`; `name` stands for the file's name in errors."""
    try:
        record = json.loads(text, object_pairs_hook=_without_repeats)
    except json.JSONDecodeError as error:
        reason = f"this is not JSON ({error.msg[:1].lower()}{error.msg[1:]})."
        raise FormatError(reason, name, error.lineno, error.colno) from None
    except RecursionError:
        raise FormatError("its lists are nested too deeply.", name) from None
    except RecordError as error:
        raise FormatError(str(error), name) from None
    except ValueError:
        raise FormatError("it holds a number with thousands of digits.", name) from None
    try:
        return subject_from_json(record, default_name(name))
    except RecordError as error:
        raise FormatError.at(offset_of(text, error.place), text, str(error), name) from None
    except ProcessError as error:
        raise FormatError(str(error), name) from None


def subject_from_json(record: Any, name: str) -> ProcessSubject:
    """Return the subject of decoded JSON in any of the forms that are read."""
    if not isinstance(record, dict):
        raise RecordError("an object is expected here.")
    if record.get("schema") == sofic.SCHEMA:
        return sofic.subject_from_sofic(record, name)
    if "P" in record and MATRICES not in record:
        return _state_emitting(record, name)
    if "format" not in record:
        model = model_from_json(record, name)
        return ProcessSubject(model.with_matrices(model.T))
    if record["format"] != RECORD_FORMAT:
        raise RecordError(f'it is not "{RECORD_FORMAT}", so this is no process.', ("format",))
    T = model_from_json(record, name).T
    plain = {key: value for key, value in record.items() if key != MATRICES}
    return ProcessSubject.from_record(plain, {MATRICES: T})


def model_from_json(record: Mapping[str, Any], name: str) -> HiddenMarkovModel:
    """Return the model in ``{"alphabet", "states", "T"}``; its rows may miss 1."""
    states = record.get("states")
    if isinstance(states, int) and not isinstance(states, bool):
        check_sizes(1, states)
        record = {**record, "states": [str(i) for i in range(states)]}
    alphabet = read_labels(record, "alphabet", "symbol")
    names = read_labels(record, "states", "state")
    T = nested_matrices(record.get(MATRICES), alphabet, names)
    return HiddenMarkovModel(
        read_field(record, "name", str, name),
        alphabet,
        names,
        T,
        read_field(record, "is_generalized", bool, False),
        is_draft=True,
    )


def _state_emitting(record: Mapping[str, Any], name: str) -> ProcessSubject:
    alphabet = read_labels(record, "alphabet", "symbol")
    states = read_labels(record, "states", "state")
    convention = read_field(record, "convention", str, ON_ARRIVAL)
    model = StateEmittingModel(
        read_field(record, "name", str, name),
        alphabet,
        states,
        rows_of_numbers(record, "P", states, states),
        rows_of_numbers(record, "B", states, alphabet),
    )
    return ProcessSubject(model.edge_emitting(convention), convention=convention)


def write(subject: ProcessSubject, path: str | Path) -> None:
    """Write `subject` to the file `path`, gzipped when its name ends in ``.gz``."""
    write_text(Path(path), json_text(subject))


def json_text(subject: ProcessSubject) -> str:
    """Return `subject` as the text of a JSON file of our own, one row of a matrix a line."""
    record, _ = subject.to_record()
    parts = [f"{_encoded(key)}: {_encoded(value)}" for key, value in record.items()]
    matrices = []
    for symbol, matrix in zip(subject.model.alphabet, subject.model.T, strict=True):
        rows = ",".join(f"\n   {_encoded(row)}" for row in matrix.tolist())
        matrices.append(f"\n  {_encoded(symbol)}: [{rows}\n  ]")
    parts.append(f'"{MATRICES}": {{{",".join(matrices)}\n }}')
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def plain_record(model: HiddenMarkovModel) -> dict[str, Any]:
    """Return the model as ``{"name", "alphabet", "states", "T"}``, which `read` takes too."""
    record: dict[str, Any] = {
        "name": model.name,
        "alphabet": list(model.alphabet),
        "states": list(model.states),
    }
    if model.is_generalized:
        record["is_generalized"] = True
    record[MATRICES] = dict(zip(model.alphabet, model.T.tolist(), strict=True))
    return record


def default_name(file_name: str) -> str:
    """Return what a process is called whose file does not say."""
    stem = file_name.split(".")[0].strip()
    return stem if stem else "process"


def _encoded(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return text.replace("\x7f", "\\u007f")  # the one control character that JSON leaves as it is


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for index, key in enumerate(keys) if key in keys[:index])
        raise RecordError(f"the key {quoted(twice)} stands twice in one object.")
    return result
