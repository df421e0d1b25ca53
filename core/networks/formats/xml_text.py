"""The text of an XML file of unknown origin, whatever its encoding.

The encoding is that of the byte order mark, else the one declared; where the bytes do not fit it,
UTF-8 and then Latin-1 are tried, for many programs declare one and write another.
"""

import codecs
import re
from pathlib import Path

from core.files.errors import FormatError
from core.files.text_file import read_bytes, with_plain_line_ends

MAX_BYTES = 64 * 2**20
"""Larger files are refused; the elements of a file take many times the room of its text."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_KNOWN = re.compile(r"(utf-8|ascii|iso8859-|cp\d|koi8-|mac-|gb|big5|shift_jis|euc_)")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read_xml_text(path: Path) -> str:
    """Return the text of the XML file `path`, gzipped or not, with plain line feeds.

    Raises
    ------
    FormatError
        When the file cannot be read, is too large, is damaged or is not text.
    """
    return decoded_xml(read_bytes(path, MAX_BYTES), path.name)


def decoded_xml(data: bytes, source: str) -> str:
    """Return the text of an XML file; `source` names the file in errors."""
    text = with_plain_line_ends(_decoded(data, source))
    wrong = _NOT_TEXT.search(text)
    if wrong is not None:
        reason = f"it is not text, for it has the character U+{ord(wrong[0]):04X} here."
        raise FormatError.at(wrong.start(), text, reason, source)
    return text


def _decoded(data: bytes, source: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                name = encoding.upper().removesuffix("-SIG")
                raise FormatError(
                    f"it begins as {name} and is not; save it anew.", source
                ) from None
    for encoding in (_declared(data, source), "utf-8"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _declared(data: bytes, source: str) -> str:
    found = _DECLARED.match(data[:1000])
    if found is None:
        return "utf-8"
    name = found[1].decode("latin-1")
    if name.lower().startswith(("utf-16", "utf-32")):
        return "utf-8"  # without a byte order mark or zeros it is neither
    try:
        encoding = codecs.lookup(name).name
    except (LookupError, ValueError):
        encoding = ""
    if not _KNOWN.match(encoding):
        raise FormatError.at(
            found.start(1),
            data[:1000].decode("latin-1"),
            f"its encoding, {name[:30]!r}, is not known; save it as UTF-8.",
            source,
        )
    return encoding
