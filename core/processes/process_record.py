"""A process as plain JSON with its matrices beside it, and back, with every field checked.

Studies keep this record, and the JSON file format is the same record with the matrices inside.
"""

from collections.abc import Mapping
from math import isfinite
from typing import Any

import numpy as np
import numpy.typing as npt

from core.files.json_place import Place
from core.labels import is_colour, quoted
from core.processes.matrices import Matrices
from core.processes.model import HiddenMarkovModel
from core.processes.process_subject import ProcessSubject
from core.processes.record_fields import (
    MATRICES,
    RecordError,
    is_number,
    read_field,
    read_labels,
)

Arrays = Mapping[str, npt.NDArray[np.float64]]

RECORD_FORMAT = "macroscope-process"


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
        "convention": subject.convention,
        "projection": {state: list(at) for state, at in subject.projection.items()},
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
        read_field(record, "convention", str, ""),
        {s: _pair(at, ("projection", s)) for s, at in _mapping(record, "projection", model)},
    )


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
    if not is_number(value):
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
    if not isinstance(value, str) or not is_colour(value):
        raise RecordError("a colour such as #1f4e9c is expected here.", place)
    return value
