"""The numbers behind a figure as comma-separated values."""

import csv
import io

from app.figures.description import Table


def csv_bytes(table: Table) -> bytes:
    """Return `table` as UTF-8 text with every digit of its numbers and empty cells for None."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.header)
    writer.writerows(["" if cell is None else _plain(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode()


def _plain(cell: str | int | float) -> str:
    return repr(float(cell)) if isinstance(cell, float) else str(cell)
