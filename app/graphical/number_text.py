"""Numbers as people and spreadsheets write them: decimal commas, percents, fractions, grids."""

import re
from collections.abc import Sequence

from core.errors import MacroscopeError


class NumberTextError(MacroscopeError):
    """A text that should be a probability, or a grid of them, is not one."""


def number(text: str) -> float:
    """Return the number written as ``0.25``, ``0,25``, ``25 %`` or ``1/4``.

    Raises
    ------
    NumberTextError
        When the text is none of these, or negative or not finite.
    """
    cleaned = text.strip().replace("\u00a0", "").replace("\u2212", "-")
    scale = 1.0
    if cleaned.endswith("%"):
        cleaned, scale = cleaned[:-1].strip(), 0.01
    try:
        above, _, below = cleaned.replace(",", ".").partition("/")
        value = float(above) / (float(below) if below else 1.0) * scale
    except (ValueError, ZeroDivisionError):
        raise NumberTextError(
            f"{text.strip()!r} is not a number; write it as 0.25, 0,25, 25 % or 1/4."
        ) from None
    if not 0.0 <= value < float("inf"):
        raise NumberTextError(f"{text.strip()} cannot be used; entries are numbers from 0 to 1.")
    return value


def grid(text: str) -> list[list[float]]:
    """Return the rows of numbers in a text copied from a spreadsheet, a file or a page.

    Cells are parted by tabs, else semicolons, else commas or spaces. A comma inside a cell is a
    decimal comma; between cells parted by nothing else it parts them, unless that would leave a
    piece after the comma that reads as digits of a fraction.

    Raises
    ------
    NumberTextError
        When a cell is not a number or the rows differ in length.
    """
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    rows = [_cells(line, text) for line in lines if line.strip()]
    if not rows:
        raise NumberTextError("The clipboard holds no numbers.")
    if len({len(row) for row in rows}) > 1:
        raise NumberTextError("The rows of the pasted numbers differ in length.")
    return [[number(cell) for cell in row] for row in rows]


def _cells(line: str, whole: str) -> list[str]:
    if "\t" in whole:
        return line.split("\t")
    if ";" in whole:
        return [cell for cell in line.split(";") if cell.strip()]
    if "," in whole and not _commas_are_decimal(whole):
        return [cell for cell in re.split(r"[,\s]+", line.strip()) if cell]
    return line.split()


def _commas_are_decimal(text: str) -> bool:
    """Whether the commas of a text without tabs or semicolons are decimal commas."""
    if "." in text or re.search(r",\s", text):
        return False
    words = text.split()
    if any(word.count(",") > 1 for word in words):
        return False
    tails = [word.partition(",")[2] for word in words if "," in word]
    return any(tail not in ("0", "1") for tail in tails)


def tab_separated(rows: Sequence[Sequence[float]]) -> str:
    """Return the numbers with tabs and line ends, each with all the digits it has."""
    return "\n".join("\t".join(repr(float(value)) for value in row) for row in rows)


def shown(value: float) -> str:
    """Return a probability in at most six significant digits, as cells show it."""
    if value in (0.0, 1.0):
        return str(int(value))
    return f"{value:.6g}"
