"""An XML file as a tree, within limits, and where in the file each part of it stands.

Declarations of elements and attributes are passed over; entities are never expanded, so that a
small file cannot become a large one.
"""

import re
from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

from core.files.errors import FormatError
from core.networks.errors import quoted

MAX_DEPTH = 60
MAX_ELEMENTS = 500_000
MAX_DECLARED_ATTRIBUTES = 100
MAX_TAG = 2**20
"""Bytes of one tag: millions of attributes in it would take many times their room."""

_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*\?>")
_NOT_LINE_END = re.compile(r"[^\n]")
_LONG_TAG = re.compile(rb"<(?!!)[^>]{%d}" % MAX_TAG)
_PIECE = re.compile(rb"<!--.*?-->|<!\[CDATA\[|\]\]>|<\?.*?\?>|<[^>]*>|[^\s<]+", re.DOTALL)


class Element:
    """One element: its tag, its attributes, its own text and the elements inside it.

    Attributes
    ----------
    start : int
        Where it begins, in bytes of the document; a place for `Document.fail`.
    """

    __slots__ = ("attributes", "children", "parts", "start", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], start: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.start = start
        self.children: list[Element] = []
        self.parts: list[str] = []

    @property
    def text(self) -> str:
        """The characters directly inside."""
        return "".join(self.parts)

    def all(self, tag: str) -> Iterator["Element"]:
        """Iterate over the elements `tag` directly inside."""
        return (child for child in self.children if child.tag == tag)

    def first(self, tag: str) -> "Element | None":
        """Return the first element `tag` directly inside, or None."""
        return next(self.all(tag), None)


class Document:
    """An XML text and its tree.

    Raises
    ------
    FormatError
        When the text is not well-formed, declares an entity, or is nested too deeply.
    """

    def __init__(self, text: str, source: str) -> None:
        self.source = source
        # whatever encoding it declares, it has been decoded before
        text = _DECLARATION.sub(lambda found: _NOT_LINE_END.sub(" ", found[0]), text)
        self._data = text.encode("utf-8", "replace")
        self._stack: list[Element] = []
        self._count = 0
        self._declared_attributes = 0
        self._parser = expat.ParserCreate("utf-8")
        self.root = self._parsed()

    def fail(self, reason: str, place: int) -> NoReturn:
        """Raise the error for the byte at `place`."""
        before = self._data[:place].decode("utf-8", "replace")
        raise FormatError.at(len(before), before, reason, self.source)

    def fail_at_word(self, reason: str, element: Element, word: int) -> NoReturn:
        """Raise the error for one word of the text of `element`, -1 for the element itself."""
        for piece in _PIECE.finditer(self._data, element.start):
            if word < 0:
                break
            if piece[0].startswith((b"<", b"]]>")):
                continue
            if word == 0:
                self.fail(reason, piece.start())
            word -= 1
        self.fail(reason, element.start)

    def _parsed(self) -> Element:
        parser = self._parser
        parser.buffer_text = True
        parser.specified_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._refuse_entity
        parser.SkippedEntityHandler = self._refuse_entity
        parser.AttlistDeclHandler = self._count_attribute
        top = Element("", {}, 0)
        self._stack.append(top)
        long_tag = _LONG_TAG.search(self._data)
        if long_tag is not None:
            self.fail(f"this tag is longer than {MAX_TAG:,} bytes.", long_tag.start())
        try:
            parser.Parse(self._data, True)
        except expat.ExpatError as error:
            what = expat.ErrorString(error.code) or "it is damaged"
            hint = "; in text, < is written &lt; and & is written &amp;" * (error.code in (4, 11))
            self.fail(f"this is not well-formed XML ({what}){hint}.", parser.ErrorByteIndex)
        return top.children[0]

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        place = self._parser.CurrentByteIndex
        element = Element(tag, attributes, place)
        self._count += 1
        if len(self._stack) > MAX_DEPTH:
            self.fail(f"its elements are nested more than {MAX_DEPTH} deep.", place)
        if self._count > MAX_ELEMENTS:
            self.fail(f"it has more than {MAX_ELEMENTS:,} elements.", place)
        self._stack[-1].children.append(element)
        self._stack.append(element)

    def _count_attribute(self, *_declaration: object) -> None:
        # expat goes through all that are declared for an element whenever it meets one
        self._declared_attributes += 1
        if self._declared_attributes > MAX_DECLARED_ATTRIBUTES:
            self.fail(
                f"it declares more than {MAX_DECLARED_ATTRIBUTES} attributes.",
                self._parser.CurrentByteIndex,
            )

    def _end(self, _tag: str) -> None:
        self._stack.pop()

    def _characters(self, text: str) -> None:
        self._stack[-1].parts.append(text)

    def _refuse_entity(self, name: str, *_declaration: object) -> NoReturn:
        self.fail(
            f"it uses the entity {quoted(name, 30)} of its own; files with entities are not read, "
            "so write out what it stands for.",
            self._parser.CurrentByteIndex,
        )
