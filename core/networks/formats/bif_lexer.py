"""The words of a BIF file.

A word is text in double quotes, or a run of characters up to white space, a comment or one of
``, ; { } ( ) |``: labels such as ``Asy/Patch``, ``<5``, ``>=7.5`` and ``12+`` are words.
"""

import re

from core.networks.errors import quoted
from core.networks.formats.lexer import Lexer

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


class BifLexer(Lexer):
    """A place in a BIF file."""

    shown_word = _WORD
    block = _UNTIL_BRACE

    def skip(self, *, commas: bool = False) -> None:
        """Pass over white space and comments, and over commas if asked."""
        pattern = _SPACE_AND_COMMAS if commas else _SPACE
        found = pattern.match(self.text, self.offset)
        assert found is not None
        self.offset = found.end()
        if self.text.startswith("/*", self.offset):
            self.fail("this comment is never closed with */.")

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
