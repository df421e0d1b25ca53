"""The words of a UAI file one after another; line ends mean nothing in it.

Whole numbers are read one at a time, tables all at once: a pattern finds how far the text is
numbers, and numpy turns that stretch into an array.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NoReturn

import numpy as np

from core.files.errors import FormatError
from core.networks.errors import quoted
from core.networks.node import Table

_SPACE = r"[ \t\n\r\f\v]"
_WORD = re.compile(r"[^ \t\n\r\f\v]+")
_WHOLE = re.compile(r"\+?[0-9]{1,18}\Z")
_NUMBER = r"[-+]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][-+]?[0-9]++)?"
_NUMBERS = re.compile(rf"(?:{_SPACE}*+{_NUMBER}(?={_SPACE}|\Z))*+{_SPACE}*+")


class Tokens:
    """Reads `text` word by word and knows where each stood.

    Parameters
    ----------
    text : str
    source : str
        The file's name, for errors.
    """

    def __init__(self, text: str, source: str) -> None:
        self.text = text
        self.source = source
        self._offset = 0
        self._last = 0

    def fail(self, reason: str, offset: int | None = None) -> NoReturn:
        """Raise `FormatError` at `offset`, or where the word read last began."""
        where = self._last if offset is None else offset
        raise FormatError.at(where, self.text, reason, self.source)

    @property
    def place(self) -> int:
        """Where the word read last began."""
        return self._last

    def is_at_end(self) -> bool:
        """Return whether only space is left."""
        return _WORD.search(self.text, self._offset) is None

    def word(self, what: str) -> str:
        """Return the next word, which should be `what`."""
        found = _WORD.search(self.text, self._offset)
        if found is None:
            self.fail(f"the file ends where {what} is expected.", len(self.text.rstrip()))
        self._last, self._offset = found.span()
        return found[0]

    def whole(self, what: str, below: int | None = None) -> int:
        """Return the next word as a whole number from 0, smaller than `below` if that is given."""
        word = self.word(what)
        if _WHOLE.match(word) is None:
            self.fail(f"{what} is expected here, a whole number from 0, and not {quoted(word)}.")
        value = int(word)
        if below is not None and value >= below:
            self.fail(f"{what} is expected here, which is less than {below}, and not {value}.")
        return value

    def numbers(self) -> "Numbers":
        """Return all words that are left, which must be numbers."""
        start = self._offset
        found = _NUMBERS.match(self.text, start)
        assert found is not None, "the pattern matches even nothing"
        if found.end() < len(self.text):
            self._offset = found.end()
            word = self.word("a number")
            self.fail(f"a number is expected here, and not {quoted(word)}.")
        self._offset = len(self.text)
        rest = self.text[start:]
        # what is only space would become the number -1
        values = np.fromstring(rest, dtype=np.float64, sep=" ") if rest.strip() else np.zeros(0)
        return Numbers(self, start, values)


class Numbers:
    """A stretch of numbers, read in order.

    Attributes
    ----------
    values : float64[n]
    """

    def __init__(self, tokens: Tokens, start: int, values: Table) -> None:
        self.values = values
        self._tokens = tokens
        self._start = start
        self._next = 0

    @property
    def left(self) -> int:
        """How many numbers have not been taken."""
        return len(self.values) - self._next

    def fail(self, reason: str, back: int = 1) -> NoReturn:
        """Raise `FormatError` where the number stands that is `back` before the next."""
        words: Iterator[re.Match[str]] = _WORD.finditer(self._tokens.text, self._start)
        word = next(islice(words, self._next - back, None), None)
        text = self._tokens.text
        self._tokens.fail(reason, len(text.rstrip()) if word is None else word.start())

    def take(self, count: int, what: str) -> Table:
        """Return the next `count` numbers."""
        if count > self.left:
            self._next = len(self.values)
            self.fail(f"the file ends in the middle of {what}.", 0)
        self._next += count
        return self.values[self._next - count : self._next]

    def whole(self, what: str) -> int:
        """Return the next number, which must be whole and not negative."""
        value = float(self.take(1, what)[0])
        if value < 0 or not value.is_integer():
            self.fail(f"{what} is expected here, a whole number from 0, and not {value:g}.")
        return int(value)
