"""A place in a text of words and marks, moved forward; the files of networks are read with it."""

import re
from typing import NoReturn

from core.files.errors import FormatError
from core.networks.errors import quoted


class Lexer:
    """Passes over marks and says what is there instead, word by word.

    A subclass says what is passed over between words, and what a word and a block are.

    Attributes
    ----------
    text : str
    source : str
        Name of the file, for errors.
    offset : int
        Where the next word is looked for.
    """

    shown_word: re.Pattern[str]
    """Matches what an error shows of the text that comes next."""
    block: re.Pattern[str]
    """Matches the text up to the next closing brace outside quotes and comments, and the brace."""

    def __init__(self, text: str, source: str, offset: int = 0) -> None:
        self.text = text
        self.source = source
        self.offset = offset

    def fail(self, reason: str, offset: int | None = None) -> NoReturn:
        """Raise the error for the present place, or for `offset`."""
        place = self.offset if offset is None else offset
        raise FormatError.at(place, self.text, reason, self.source)

    def skip(self) -> None:
        """Pass over white space and comments."""
        raise NotImplementedError

    def at_end(self) -> bool:
        """Return whether nothing but white space and comments is left."""
        self.skip()
        return self.offset >= len(self.text)

    def takes(self, mark: str) -> bool:
        """Pass over `mark` and return True, if it comes next."""
        self.skip()
        if not self.text.startswith(mark, self.offset):
            return False
        self.offset += len(mark)
        return True

    def expect(self, mark: str, where: str) -> None:
        """Pass over `mark`, which has to come next."""
        if not self.takes(mark):
            self.fail(f"“{mark}” is expected {where}, not {self.found()}.")

    def found(self) -> str:
        """Return a description of what comes next, for errors."""
        if self.at_end():
            return "the end of the file"
        word = self.shown_word.match(self.text, self.offset)
        return quoted(word[0] if word else self.text[self.offset], 30)

    def skip_block(self) -> None:
        """Pass over the next closing brace outside quotes and comments."""
        found = self.block.match(self.text, self.offset)
        if found is None:
            self.fail("the file ends before this block is closed with “}”.")
        self.offset = found.end()
