"""The words of a Hugin .net file.

A word is text in double quotes, a run of characters up to white space, a comment or one of
``" % ( ) { } | = ; ,``. Commas count as white space: some writers put them into lists.
"""

import re
from collections.abc import Callable
from typing import NoReturn

from core.networks.formats.lexer import Lexer

# every repetition is possessive, so that no text, however hostile, is scanned twice

_SPACE = re.compile(r"(?:[\s,]++|%[^\n]*+)*+")
_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
_WORD = re.compile(r'[^\s,"%(){}|=;]++')
_VALUE = re.compile(r'((?:"(?:[^"\\]++|\\.)*+"|%[^\n]*+|[^";%{}]++)*+);', re.DOTALL)
_BLOCK = re.compile(r'(?:"(?:[^"\\]++|\\.)*+"|%[^\n]*+|[^"%{}]++)*+\}', re.DOTALL)
_STRING_OR_COMMENT = re.compile(r'("(?:[^"\\]++|\\.)*+")|%[^\n]*+', re.DOTALL)
_NUMBER_WORD = re.compile(r"%[^\n]*+|[()\s,]++|([^()\s,%]++)")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_MEANT = {"n": "\n", "t": "\t", "r": "\r"}


class HuginLexer(Lexer):
    """A place in a Hugin file."""

    shown_word = _WORD
    block = _BLOCK

    def skip(self) -> None:
        """Pass over white space, commas and comments."""
        found = _SPACE.match(self.text, self.offset)
        assert found is not None
        self.offset = found.end()

    def word(self, what: str) -> str:
        """Return the word or the quoted text that comes next; `what` describes it in errors."""
        if not self.at_end():
            found = _WORD.match(self.text, self.offset)
            if found is not None:
                self.offset = found.end()
                return found[0]
            if self.text.startswith('"', self.offset):
                return self._string()
        self.fail(f"{what} is expected, not {self.found()}.")

    def words(self, closing: str, what: str, limit: int) -> list[str]:
        """Return the words up to one of the marks in `closing`, which is not passed over."""
        result: list[str] = []
        while self.at_end() or self.text[self.offset] not in closing:
            if len(result) == limit:
                self.fail(f"there are more than {limit:,} entries here.")
            result.append(self.word(f"{what} or “{closing[0]}”"))
        return result

    def value(self) -> str:
        """Return the text up to the semicolon that ends an attribute, without its comments."""
        self.skip()
        found = _VALUE.match(self.text, self.offset)
        if found is None:
            self.fail("this value is not closed with “;”, or has an unpaired quotation mark.")
        self.offset = found.end()
        value = found[1]
        if "%" in value:
            value = _STRING_OR_COMMENT.sub(lambda piece: piece[1] or " ", value)
        return value.strip()

    def numbers(self) -> tuple[str, Callable[[str, int], NoReturn]]:
        """Return the words of a list of numbers up to its semicolon, and how to fail at a word."""
        self.skip()
        start = self.offset
        value = self.value()

        def fail_at_word(reason: str, word: int) -> NoReturn:
            """Raise the error for the place of a word of the list."""
            place = start
            for piece in _NUMBER_WORD.finditer(self.text, start, self.offset):
                if word < 0:
                    break
                if piece[1] is not None:
                    place = piece.start()
                    word -= 1
            self.fail(reason, place if word < 0 else start)

        return value.translate(_WITHOUT_MARKS), fail_at_word

    def _string(self) -> str:
        found = _STRING.match(self.text, self.offset)
        if found is None:
            self.fail("this quotation mark is never closed.")
        self.offset = found.end()
        return unescaped(found[1])


_WITHOUT_MARKS = str.maketrans("(),", "   ")


def unescaped(text: str) -> str:
    """Return what stands between quotation marks without its backslashes."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: _MEANT.get(found[1], found[1]), text)


def escaped(text: str) -> str:
    """Return `text` in quotation marks, on one line."""
    for letter, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(letter, written)
    return f'"{text}"'


def string_in(value: str) -> str:
    """Return the text that an attribute's value stands for, quoted or not."""
    found = _STRING.fullmatch(value)
    return unescaped(found[1]) if found is not None else value
