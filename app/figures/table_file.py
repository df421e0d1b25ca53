"""The numbers behind a figure as comma-separated values or as NumPy arrays."""

import csv
import io
import re
import zipfile

import numpy as np

from app.figures.description import Table

TABLE_SUFFIXES = (".csv", ".npz")
"""Formats that hold the numbers and nothing of the picture."""

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The date in an archive, so that equal tables give equal files."""


def table_bytes(table: Table, suffix: str) -> bytes:
    """Return the file of `table` in the format of one of `TABLE_SUFFIXES`."""
    return npz_bytes(table) if suffix == ".npz" else csv_bytes(table)


def npz_bytes(table: Table) -> bytes:
    """Return `table` as arrays, one a column, called as the column without its unit.

    Numbers are float64 with NaN for None; a column with text is an array of text.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, cells in zip(_names(table.header), _columns(table), strict=True):
            array = io.BytesIO()
            np.save(array, _array(cells), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _FIXED_TIME), array.getvalue())
    return file.getvalue()


def _columns(table: Table) -> list[list[str | int | float | None]]:
    return [[row[place] for row in table.rows] for place in range(len(table.header))]


def _names(header: tuple[str, ...]) -> list[str]:
    """Return names that are good as those of files: "h(L) / bits per symbol" becomes "h_L"."""
    names: list[str] = []
    for title in header:
        plain = re.sub(r"\W+", "_", title.split(" / ")[0]).strip("_") or "column"
        name, number = plain, 1
        while name in names:
            number += 1
            name = f"{plain}_{number}"
        names.append(name)
    return names


def _array(cells: list[str | int | float | None]) -> np.ndarray:
    if any(isinstance(cell, str) for cell in cells):
        return np.array(["" if cell is None else str(cell) for cell in cells], dtype=np.str_)
    return np.array([np.nan if cell is None else float(cell) for cell in cells])


def csv_bytes(table: Table) -> bytes:
    """Return `table` as UTF-8 text with every digit of its numbers and empty cells for None."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.header)
    writer.writerows(["" if cell is None else _plain(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode()


def _plain(cell: str | int | float) -> str:
    return repr(float(cell)) if isinstance(cell, float) else str(cell)
