"""A process as plain JSON with its matrices beside it, and back, with every field checked.

Studies keep this record, and the JSON file format is the same record with the matrices inside.
"""

from collections.abc import Mapping, Sequence
from math import isfinite
from re import fullmatch
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from core.files.json_place import Place
from core.labels import quoted
from core.processes.errors import ProcessError
from core.processes.matrices import Matrices, check_sizes
from core.processes.model import HiddenMarkovModel
from core.processes.process_subject import ProcessSubject

T = TypeVar("T")
Arrays = Mapping[str, npt.NDArray[np.float64]]

RECORD_FORMAT = "macroscope-process"
MATRICES = "T"
"""Name of the array of matrices, and of the field that holds them in a file."""

_REQUIRED = object()
_KINDS = {str: "text", dict: "an object", list: "a list", bool: "true or false"}


class RecordError(ProcessError):
    """A record has a value of the wrong kind, or lacks one; `place` says where in it."""

    def __init__(self, reason: str, place: Place = ()) -> None:
        self.place = place
        self.reason = reason
        where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
        super().__init__(f"{where.removeprefix('.')}: {reason}" if where else reason)


def process_record(subject: ProcessSubject) -> tuple[dict[str, Any], dict[str, Matrices]]:
    """Return the subject as plain JSON and its matrices as the array ``T``."""
    model = subject.model
    return {
        "format": RECORD_FORMAT,
        "name": model.name,
        "alphabet": list(model.alphabet),
        "states": list(model.states),
        "is_generalized": model.is_generalized,
        "positions": {state: list(at) for state, at in subject.positions.items()},
        "colours": dict(subject.colours),
        "notes": dict(subject.notes),
        "zoo": subject.zoo,
        "parameters": dict(subject.parameters),
    }, {MATRICES: model.T}


def process_from_record(record: Mapping[str, Any], arrays: Arrays) -> ProcessSubject:
    """Return the subject of a record.

    Raises
    ------
    ProcessError
        When something is missing, of the wrong kind, or does not fit the rest; a `RecordError`
        knows the place.
    """
    if MATRICES not in arrays or np.asarray(arrays[MATRICES]).dtype.kind not in "fiu":
        raise RecordError("the matrices are missing or no numbers.", (MATRICES,))
    model = HiddenMarkovModel(
        read_field(record, "name", str, ""),
        read_labels(record, "alphabet", "symbol"),
        read_labels(record, "states", "state"),
        np.array(arrays[MATRICES], dtype=np.float64),
        read_field(record, "is_generalized", bool, False),
        is_draft=True,
    )
    return ProcessSubject(
        model,
        {s: _pair(at, ("positions", s)) for s, at in _mapping(record, "positions", model)},
        {s: _colour(value, ("colours", s)) for s, value in _mapping(record, "colours", model)},
        {s: _text(value, ("notes", s)) for s, value in _mapping(record, "notes", model)},
        read_field(record, "zoo", str, ""),
        {
            name: _number(value, ("parameters", name))
            for name, value in read_field(record, "parameters", dict, {}).items()
        },
    )


def read_field(
    record: Mapping[str, Any], key: str, kind: type[T], default: Any = _REQUIRED, place: Place = ()
) -> T:
    """Return ``record[key]``, or `default` where there is one, after checking its kind."""
    if key not in record:
        if default is _REQUIRED:
            raise RecordError(f'"{key}" is missing.', place)
        value = default
    else:
        value = record[key]
    if not isinstance(value, kind):
        raise RecordError(f"{_KINDS[kind]} is expected here.", (*place, key))
    return value


def read_labels(record: Mapping[str, Any], key: str, what: str) -> tuple[str, ...]:
    """Return the list of names of each `what` ("state" or "symbol")."""
    labels = read_field(record, key, list)
    for place, label in enumerate(labels):
        if not isinstance(label, str):
            raise RecordError(f"the name of a {what} is expected here.", (key, place))
    return tuple(labels)


def nested_matrices(value: object, alphabet: Sequence[str], states: Sequence[str]) -> Matrices:
    """Return ``{symbol: [[...]]}``, a row for each state, as float64[k, n, n].

    Symbols that are left out have no edges.
    """
    if not isinstance(value, dict):
        raise RecordError("an object with a matrix for each symbol is expected here.", (MATRICES,))
    n = len(states)
    check_sizes(len(alphabet), n)
    for symbol in value:
        if symbol not in alphabet:
            reason = f"there is no symbol {quoted(str(symbol))} in the alphabet."
            raise RecordError(reason, (MATRICES, symbol))
    result = np.zeros((len(alphabet), n, n))
    for x, symbol in enumerate(alphabet):
        if symbol in value:
            place: Place = (MATRICES, symbol)
            for i, row in enumerate(_listed(value[symbol], n, place)):
                for j, entry in enumerate(_listed(row, n, (*place, i))):
                    result[x, i, j] = _number(entry, (*place, i, j))
    return result


def _listed(value: object, length: int, place: Place) -> list[Any]:
    if not isinstance(value, list) or len(value) != length:
        raise RecordError(f"a list with {length} entries, one a state, is expected here.", place)
    return value


def _mapping(record: Mapping[str, Any], key: str, model: HiddenMarkovModel) -> Any:
    given = read_field(record, key, dict, {})
    for state in given:
        if state not in model.states:
            raise RecordError(f"there is no state called {quoted(str(state))}.", (key, state))
    return given.items()


def _text(value: Any, place: Place) -> str:
    if not isinstance(value, str):
        raise RecordError("text is expected here.", place)
    return value


def _number(value: Any, place: Place) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RecordError("a number is expected here.", place)
    try:
        number = float(value)
    except OverflowError:
        number = float("inf")
    if not isfinite(number):
        raise RecordError("a finite number is expected here.", place)
    return number


def _pair(value: Any, place: Place) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) != 2:
        raise RecordError("a pair of numbers is expected here.", place)
    return (_number(value[0], (*place, 0)), _number(value[1], (*place, 1)))


def _colour(value: Any, place: Place) -> str:
    if not isinstance(value, str) or not fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise RecordError("a colour such as #1f4e9c is expected here.", place)
    return value
