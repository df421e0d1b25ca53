"""A projection of one's own: two numbers for each state, read from text, CSV or NPY."""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt

from core.labels import quoted
from core.processes.errors import ProcessError

Floats = npt.NDArray[np.float64]

LARGEST_FILE = 2**22
"""Bytes; a matrix of the most states that a process may have is smaller."""


def read_matrix_text(text: str, states: Sequence[str]) -> Floats:
    """Return float64[n, 2] from rows of numbers parted by commas, semicolons, tabs or spaces.

    There is a row of two numbers for each state, in the order of the states or with the name of its
    state in front; or two rows with a number for each state.

    Raises
    ------
    ProcessError
        With the row that is wrong, and what was expected.
    """
    rows = [
        [cell.strip() for cell in re.split(r"[,;\t]|\s+", line.strip(" \t\r,[]")) if cell.strip()]
        for line in text.splitlines()
    ]
    rows = [row for row in rows if row]
    if not rows:
        raise ProcessError(f"The matrix is empty; give two numbers for each of {_count(states)}.")
    if all(len(row) == 3 and row[0] in states for row in rows) and not all(
        _is_number(row[0]) for row in rows
    ):
        rows = _in_order(rows, states)
    numbers = [[_number(cell, i) for cell in row] for i, row in enumerate(rows, 1)]
    width = len(numbers[0])
    for i, row in enumerate(numbers, 1):
        if len(row) != width:
            raise ProcessError(f"Row {i} has {len(row)} numbers and row 1 has {width}.")
    return checked_matrix(np.array(numbers), states)


def read_matrix_file(path: Path, states: Sequence[str]) -> Floats:
    """Return float64[n, 2] from an NPY file, or from a file of text such as CSV."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise ProcessError(f"{path.name} could not be read: {reason}.") from None
    if len(data) > LARGEST_FILE:
        raise ProcessError(f"{path.name} is too large to be two numbers for each state.")
    if data.startswith(b"\x93NUMPY"):
        try:
            array = np.load(BytesIO(data), allow_pickle=False)
        except (ValueError, EOFError, MemoryError):
            raise ProcessError(f"{path.name} is damaged, or holds no plain numbers.") from None
        return checked_matrix(array, states)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ProcessError(f"{path.name} is neither text nor an NPY file.") from None
    return read_matrix_text(text, states)


def checked_matrix(array: npt.NDArray[np.generic], states: Sequence[str]) -> Floats:
    """Return an array as float64[n, 2], turned if it has a column for each state."""
    n = len(states)
    if array.dtype.kind not in "fiu":
        raise ProcessError("A projection takes real numbers, which these are not.")
    if array.shape == (2, n) and n != 2:
        array = array.T
    if array.shape != (n, 2):
        shape = " by ".join(str(length) for length in array.shape) or "one number"
        raise ProcessError(
            f"The matrix is {shape}; it takes {n} rows, one for each state, of two numbers."
        )
    matrix = np.array(array, dtype=np.float64)
    bad = np.flatnonzero(~np.isfinite(matrix).all(axis=1))
    if bad.size:
        raise ProcessError(f"Row {bad[0] + 1}, of {quoted(states[bad[0]])}, is not finite.")
    if np.ptp(matrix, axis=0).max() == 0.0:
        raise ProcessError("All rows are alike, so every belief would lie at one point.")
    return matrix


def matrix_text(matrix: npt.ArrayLike) -> str:
    """Return the matrix as it can be edited and pasted, one row a line."""
    return "\n".join(f"{x!r}, {y!r}" for x, y in np.asarray(matrix, dtype=np.float64).tolist())


def _in_order(rows: list[list[str]], states: Sequence[str]) -> list[list[str]]:
    named = {row[0]: row[1:] for row in rows}
    if len(named) < len(rows):
        raise ProcessError("A state has more than one row.")
    missing = next((state for state in states if state not in named), None)
    if missing is not None:
        raise ProcessError(f"The state {quoted(missing)} has no row.")
    return [named[state] for state in states]


def _number(cell: str, row: int) -> float:
    try:
        return float(cell)
    except ValueError:
        raise ProcessError(f"Row {row} has {quoted(cell)}, which is no number.") from None


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _count(states: Sequence[str]) -> str:
    return f"{len(states)} states"
