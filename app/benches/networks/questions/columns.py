"""The columns of an answer and how their numbers are written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MINUS = "−"


@dataclass(frozen=True)
class Column:
    """One column of an answer table, for rows of any kind.

    Attributes
    ----------
    title, help : str
        The head, with its unit, and what it means.
    text : callable
        From a row to what is shown.
    copied : callable or None
        From a row to what is copied, in full precision; None copies what is shown.
    tip : callable or None
        From a row to what the tip says.
    is_number : bool
        Whether it is set flush right.
    width : int
        In pixels; 0 is as wide as its text, -1 takes the room that is left.
    is_optional : bool
        Whether it is left out where the table is narrow; it is copied all the same.
    """

    title: str
    text: Callable[[Any], str]
    help: str = ""
    copied: Callable[[Any], str] | None = None
    tip: Callable[[Any], str] | None = None
    is_number: bool = False
    width: int = 0
    is_optional: bool = False

    def clipboard_text(self, row: Any) -> str:
        """Return what is copied of a row."""
        return (self.copied or self.text)(row)


def short(value: float, digits: int = 4) -> str:
    """Return a number with so many digits that count."""
    if value == 0:
        return "0"
    return f"{value:.{digits}g}".replace("-", MINUS)


def signed(value: float, digits: int = 3) -> str:
    """Return a number with its sign."""
    text = short(value, digits)
    return f"+{text}" if value > 0 else text


def exact(value: float) -> str:
    """Return a number so that reading it gives it back, as spreadsheets take it."""
    return repr(float(value))
