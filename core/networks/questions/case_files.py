"""Files of cases: CSV with a row of names, then one case a row, by the labels of the states.

A cell that is empty, ``?``, ``NA`` or ``NaN`` is missing, unless the variable has such a state.
"""

import contextlib
import csv
import os
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import numpy as np
import numpy.typing as npt

from core.networks.errors import NetworkError, quoted
from core.networks.graphical_model import GraphicalModel

MISSING_CELLS = ("", "?", "NA", "NaN", "nan", "N/A", "*")

States = npt.NDArray[np.int32]


class CaseError(NetworkError):
    """A file of cases does not fit the network; the sentence names the line and the column."""


class CaseReader:
    """Reads the cases of a file a block at a time.

    Parameters
    ----------
    model : GraphicalModel
    file : TextIOWrapper
        Opened with ``newline=""``.
    name : str
        What errors call the file.

    Attributes
    ----------
    names : tuple of str
        The variables that have a column, in the order of the columns.
    """

    def __init__(self, model: GraphicalModel, file: TextIOWrapper, name: str) -> None:
        self._model, self._file, self._name = model, file, name
        # a pipe has no size
        self._size = max(1, os.fstat(file.fileno()).st_size) if file.seekable() else None
        self._reader = csv.reader(file, strict=True)
        heading = next(self._rows(), None)
        if heading is None:
            raise CaseError(f"{name} is empty; its first line has to name the variables.")
        self.names = tuple(cell if cell in model else cell.strip() for cell in heading)
        self._check_heading()
        self._codes = [self._codes_of(name) for name in self.names]

    @property
    def fraction(self) -> float:
        """How much of the file was read, 0 to 1; always 0 of a pipe."""
        if self._size is None:
            return 0.0
        return min(1.0, os.lseek(self._file.fileno(), 0, os.SEEK_CUR) / self._size)

    def blocks(self, size: int) -> Iterator[States]:
        """Yield int32[cases, columns] of at most `size` cases; -1 where a cell is missing."""
        block: list[list[int]] = []
        for row in self._rows():
            block.append(self._coded(row))
            if len(block) == size:
                yield np.array(block, dtype=np.int32)
                block = []
        if block:
            yield np.array(block, dtype=np.int32)

    def _rows(self) -> Iterator[list[str]]:
        """Yield the rows that are not blank."""
        try:
            for row in self._reader:
                if row:
                    yield row
        except csv.Error as error:
            raise CaseError(f"{self._place()}: this is not CSV ({error}).") from error
        except UnicodeDecodeError as error:
            raise CaseError(f"{self._name} is not UTF-8 text; save it as UTF-8.") from error

    def _check_heading(self) -> None:
        for column, name in enumerate(self.names, start=1):
            if name not in self._model:
                raise CaseError(
                    f"{self._place(column)}: {quoted(name)} is not a variable of "
                    f"{self._model.name}; remove the column or correct its name."
                )
            if name in self.names[: column - 1]:
                raise CaseError(f"{self._place(column)}: {quoted(name)} has two columns.")

    def _codes_of(self, name: str) -> dict[str, int]:
        codes = dict.fromkeys(MISSING_CELLS, -1)
        codes.update((state, k) for k, state in enumerate(self._model[name].states))
        return codes

    def _coded(self, row: list[str]) -> list[int]:
        if len(row) != len(self._codes):
            raise CaseError(
                f"{self._place()}: the heading names {len(self._codes)} columns and this row "
                f"has {len(row)}."
            )
        try:
            return [codes[cell] for codes, cell in zip(self._codes, row, strict=True)]
        except KeyError:
            return [self._code(column, cell) for column, cell in enumerate(row)]

    def _code(self, column: int, cell: str) -> int:
        """Return the state of a cell that may have blanks round it."""
        codes = self._codes[column]
        code = codes.get(cell, codes.get(cell.strip()))
        if code is None:
            name = self.names[column]
            states = self._model[name].states
            shown = ", ".join(states[:12]) + (", …" if len(states) > 12 else "")
            raise CaseError(
                f"{self._place(column + 1)}: {name} has no state {quoted(cell)}; "
                f"its states are {shown}."
            )
        return code

    def _place(self, column: int | None = None) -> str:
        place = f"{self._name}, line {max(1, self._reader.line_num)}"
        return place if column is None else f"{place}, column {column}"


@contextlib.contextmanager
def opened_cases(model: GraphicalModel, path: Path) -> Iterator[CaseReader]:
    """Open a file of cases; raise `CaseError` where it cannot be read."""
    try:
        file = path.open(encoding="utf-8-sig", newline="")
    except (OSError, ValueError) as error:
        raise CaseError(f"The cases {path} could not be read: {_reason(error)}.") from error
    with file:
        yield CaseReader(model, file, path.name)


@contextlib.contextmanager
def opened_for_writing(path: Path) -> Iterator[TextIO]:
    """Open a CSV file for writing aside; it takes its name once everything is written.

    A device or a pipe is written to as it is: nothing may take its place.
    """
    if _is_special(path):
        with _opened_special(path) as file:
            yield file
        return
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    aside = target.with_name(target.name + ".part")
    try:
        with aside.open("w", encoding="utf-8", newline="") as file:
            yield file
        aside.replace(target)
    except (OSError, ValueError) as error:
        raise CaseError(f"{path} could not be written: {_reason(error)}.") from error
    finally:
        with contextlib.suppress(OSError, ValueError):
            aside.unlink(missing_ok=True)


def _is_special(path: Path) -> bool:
    try:
        return path.exists() and not (path.is_file() or path.is_dir())
    except (OSError, ValueError):
        return False


@contextlib.contextmanager
def _opened_special(path: Path) -> Iterator[TextIO]:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file
    except BrokenPipeError:
        raise  # whoever read has enough
    except OSError as error:
        raise CaseError(f"{path} could not be written: {_reason(error)}.") from error


def csv_cell(text: str) -> str:
    """Return `text` as one cell of a CSV row, in quotes where it needs them."""
    if any(letter in text for letter in ',"') or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


def csv_row(line: str) -> Sequence[str]:
    """Return the cells of one CSV row; raise `CaseError` where it is none."""
    try:
        return next(csv.reader([line], skipinitialspace=True, strict=True), [])
    except csv.Error as error:
        raise CaseError(f"{quoted(line)} is not a list with commas ({error}).") from error


def _reason(error: OSError | ValueError) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return (reason or "it is not a usable name").lower()
