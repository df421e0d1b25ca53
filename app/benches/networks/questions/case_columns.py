"""The first rows of a table of cases as an answer table shows them."""

import csv
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from app.benches.networks.questions.columns import Column
from core.networks.questions.case_files import CaseError

ROWS_SHOWN = 100
COLUMNS_SHOWN = 60
"""Further columns are in the file but not in the preview."""


def case_columns(names: Sequence[str], *, is_number: bool = False) -> tuple[Column, ...]:
    """Return a column for each of the first names, for rows that are tuples of texts."""
    shown = [
        Column(
            name,
            lambda row, k=k: row[k],
            tip=lambda row, k=k, name=name: f"{name}: {row[k] or 'missing'}",
            is_number=is_number,
        )
        for k, name in enumerate(names[:COLUMNS_SHOWN])
    ]
    return (Column("", lambda row: str(row[-1]), "Number of the case", is_number=True), *shown)


def numbered(rows: Sequence[Sequence[str]], width: int) -> list[tuple[str, ...]]:
    """Return the rows at full width, each with its number at its end."""
    return [
        (*row[:width], *[""] * (width - len(row)), str(number))
        for number, row in enumerate(rows, start=1)
    ]


def first_rows(path: Path) -> tuple[list[str], list[list[str]]]:
    """Return the head and the first rows of a CSV file.

    Raises
    ------
    CaseError
        When the file cannot be read as CSV.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            head = next(rows, [])
            return head, [row for row in islice(rows, ROWS_SHOWN) if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CaseError(f"The cases {path.name} could not be read: {error}.") from error
