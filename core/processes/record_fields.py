"""Fields of decoded JSON that describe a process, each checked, with its place in the text."""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn, TypeVar

import numpy as np

from core.files.json_fields import REQUIRED, checked_field, place_text
from core.files.json_place import Place
from core.labels import quoted
from core.processes.errors import MatrixError, ProcessError
from core.processes.matrices import Matrices, check_labels, check_sizes

V = TypeVar("V")

MATRICES = "T"
"""The field that holds the matrices."""


class RecordError(ProcessError):
    """A record has a value of the wrong kind, or lacks one.

    Attributes
    ----------
    place : tuple of (str or int)
        Where in the record; empty for the record itself.
    """

    def __init__(self, reason: str, place: Place = ()) -> None:
        self.place = place
        where = place_text(place)
        super().__init__(f"{where}: {reason}" if where else reason)


def _fail(reason: str, place: Place) -> NoReturn:
    raise RecordError(reason, place)


def read_field(
    record: Mapping[str, Any], key: str, kind: type[V], default: Any = REQUIRED, place: Place = ()
) -> V:
    """Return ``record[key]``, or `default` where there is one, after checking its kind."""
    return checked_field(record, key, kind, default=default, place=place, fail=_fail)


def is_number(value: object) -> bool:
    """Return whether a value of a record is a number, NaN included."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def read_labels(record: Mapping[str, Any], key: str, what: str) -> tuple[str, ...]:
    """Return the list of names ``record[key]`` after checking each."""
    values = read_field(record, key, list)
    for index, value in enumerate(values):
        if not isinstance(value, str):
            raise RecordError("text is expected here.", (key, index))
    try:
        check_labels(values, what, may_be_none=True)  # a drawing begins without states
    except ProcessError as error:
        raise RecordError(str(error), (key,)) from None
    return tuple(values)


def nested_matrices(value: Any, alphabet: Sequence[str], states: Sequence[str]) -> Matrices:
    """Return ``{symbol: [[...]]}``, or a list of matrices in the order of the alphabet, as T.

    Raises
    ------
    RecordError
        Where a matrix is missing or is none; the sentence names row and symbol.
    """
    check_sizes(len(alphabet), len(states))
    if isinstance(value, list) and len(value) == len(alphabet):
        places: list[Place] = [(MATRICES, x) for x in range(len(alphabet))]
        matrices = value
    elif isinstance(value, dict):
        for symbol in value:
            if symbol not in alphabet:
                raise RecordError(f"{quoted(symbol)} is not in the alphabet.", (MATRICES,))
        for symbol in alphabet:
            if symbol not in value:
                raise RecordError(f"the matrix of symbol {quoted(symbol)} is missing.", (MATRICES,))
        places = [(MATRICES, symbol) for symbol in alphabet]
        matrices = [value[symbol] for symbol in alphabet]
    else:
        raise RecordError("one matrix for each symbol of the alphabet is expected.", (MATRICES,))
    T = np.empty((len(alphabet), len(states), len(states)))
    for x, symbol in enumerate(alphabet):
        _fill(T[x], matrices[x], symbol, states, places[x])
    return T


def _fill(target: Matrices, matrix: Any, symbol: str, states: Sequence[str], place: Place) -> None:
    n = len(states)
    if not isinstance(matrix, list) or len(matrix) != n:
        found = f"there are {len(matrix)}" if isinstance(matrix, list) else "there is no list"
        raise RecordError(
            f"symbol {quoted(symbol)} needs {n} rows, one for each state, and {found}.", place
        )
    for i, row in enumerate(matrix):
        where = f"row {quoted(states[i])} of symbol {quoted(symbol)}"
        if not isinstance(row, list) or len(row) != n:
            found = f"there are {len(row)}" if isinstance(row, list) else "there is no list"
            raise RecordError(
                f"{where} needs {n} numbers, one for each next state, and {found}.", (*place, i)
            )
        for j, entry in enumerate(row):
            if not is_number(entry):
                raise RecordError(f"{where} has an entry that is no number.", (*place, i, j))
        try:
            target[i] = row
        except OverflowError:
            raise MatrixError(f"In {where} a number is too large.") from None


def rows_of_numbers(
    record: Mapping[str, Any], key: str, rows: Sequence[str], columns: Sequence[str]
) -> Matrices:
    """Return the matrix ``record[key]`` with a row for each of `rows`."""
    check_sizes(len(columns), len(rows))
    values = read_field(record, key, list)
    if len(values) != len(rows):
        raise RecordError(f"{len(rows)} rows are expected here, not {len(values)}.", (key,))
    for i, row in enumerate(values):
        if not isinstance(row, list) or len(row) != len(columns) or not all(map(is_number, row)):
            raise RecordError(f"row {quoted(rows[i])} needs {len(columns)} numbers.", (key, i))
    try:
        return np.array(values, dtype=np.float64)
    except OverflowError:
        raise MatrixError(f"{key} has a number that is too large.") from None
