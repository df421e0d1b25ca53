"""The words of a BIF file.

A word is text in double quotes, or a run of characters up to white space, a comment or one of
``, ; { } ( ) |``: labels such as ``Asy/Patch``, ``<5``, ``>=7.5`` and ``12+`` are words.
"""

import re
from typing import NoReturn

from core.files.errors import FormatError
from core.networks.errors import quoted

BARE_WORD = r"(?:(?!//|/\*)[^\s,;{}()|\"])++"

# every repetition is possessive, so that no text, however hostile, is scanned twice

_SPACE = re.compile(r"(?:\s++|//[^\n]*+|/\*.*?\*/)*+", re.DOTALL)
_SPACE_AND_COMMAS = re.compile(r"(?:[\s,]++|//[^\n]*+|/\*.*?\*/)*+", re.DOTALL)
_WORD = re.compile(rf'"((?:[^"\\\n]++|\\.)*+)"|({BARE_WORD})')
_KEYWORD = re.compile(r"[A-Za-z]+")
_DIGITS = re.compile(r"[0-9]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\Z")
_UNTIL_SEMICOLON = re.compile(r'((?:"(?:[^"\\\n]++|\\.)*+"|[^";{}]++)*+);')
_UNTIL_BRACE = re.compile(
    r'(?:[^}"/]++|"(?:[^"\\\n]++|\\.)*+"?+|//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?+|[/\\])*+\}'
)
_ESCAPE = re.compile(r'\\(["\\])')


class Lexer:
    """A place in a text, moved forward word by word.

    Attributes
    ----------
    text : str
    source : str
        Name of the file, for errors.
    offset : int
        Where the next word is looked for.
    """

    def __init__(self, text: str, source: str, offset: int = 0) -> None:
        self.text = text
        self.source = source
        self.offset = offset

    def fail(self, reason: str, offset: int | None = None) -> NoReturn:
        """Raise the error for the present place, or for `offset`."""
        place = self.offset if offset is None else offset
        raise FormatError.at(place, self.text, reason, self.source)

    def skip(self, *, commas: bool = False) -> None:
        """Pass over white space and comments, and over commas if asked."""
        pattern = _SPACE_AND_COMMAS if commas else _SPACE
        found = pattern.match(self.text, self.offset)
        assert found is not None
        self.offset = found.end()
        if self.text.startswith("/*", self.offset):
            self.fail("this comment is never closed with */.")

    def at_end(self) -> bool:
        """Return whether nothing but white space and comments is left."""
        self.skip()
        return self.offset >= len(self.text)

    def takes(self, mark: str) -> bool:
        """Pass over `mark` and return True, if it comes next."""
        self.skip()
        if self.text.startswith(mark, self.offset):
            self.offset += len(mark)
            return True
        return False

    def expect(self, mark: str, where: str) -> None:
        """Pass over `mark`, which has to come next."""
        if not self.takes(mark):
            self.fail(f"“{mark}” is expected {where}, not {self.found()}.")

    def found(self) -> str:
        """Return a description of what comes next, for errors."""
        if self.at_end():
            return "the end of the file"
        word = _WORD.match(self.text, self.offset)
        return quoted(word[0] if word else self.text[self.offset], 30)

    def keyword(self) -> str:
        """Return the run of letters that comes next in lower case, or "" if there is none."""
        self.skip()
        found = _KEYWORD.match(self.text, self.offset)
        if found is None:
            return ""
        self.offset = found.end()
        return found[0].lower()

    def digits(self) -> str:
        """Return the run of digits that comes next, or "" if there is none."""
        self.skip()
        found = _DIGITS.match(self.text, self.offset)
        if found is None:
            return ""
        self.offset = found.end()
        return found[0]

    def word(self, what: str) -> str:
        """Return the word that comes next, without its quotes; `what` describes it in errors."""
        self.skip()
        found = _WORD.match(self.text, self.offset)
        if found is None:
            if self.text.startswith('"', self.offset):
                self.fail("this quotation mark is never closed on its line.")
            self.fail(f"{what} is expected, not {self.found()}.")
        self.offset = found.end()
        if found[2] is not None:
            return found[2]
        return _ESCAPE.sub(r"\1", found[1])

    def words(self, closing: str, what: str, limit: int) -> list[str]:
        """Return the words up to the mark `closing`, which is passed over."""
        result: list[str] = []
        while True:
            self.skip(commas=True)
            if self.takes(closing):
                return result
            if len(result) == limit:
                self.fail(f"there are more than {limit:,} entries here.")
            result.append(self.word(f"{what} or “{closing}”"))

    def number(self) -> float:
        """Return the number that comes next."""
        self.skip(commas=True)
        start = self.offset
        word = self.word("a number or “;”")
        if _NUMBER.match(word) is None:
            self.fail(f"a number is expected, not {quoted(word, 30)}.", start)
        return float(word)

    def until_semicolon(self) -> str:
        """Return the text up to the next semicolon outside quotes, which is passed over."""
        self.skip()
        found = _UNTIL_SEMICOLON.match(self.text, self.offset)
        if found is None:
            self.fail("this property is not closed with “;”, or has an unpaired quotation mark.")
        self.offset = found.end()
        return found[1].strip()

    def skip_block(self) -> None:
        """Pass over the next closing brace outside quotes and comments."""
        found = _UNTIL_BRACE.match(self.text, self.offset)
        if found is None:
            self.fail("the file ends before this block is closed with “}”.")
        self.offset = found.end()
