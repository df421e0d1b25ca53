"""Fonts and the measure of text, the same on every device.

All text is set at a whole number of hundredths of a millimetre per em and scaled by the painter,
without hinting. A device's own resolution therefore never enters a width.
"""

import unicodedata
from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF

from app.figures.description import MM_PER_PT, Text

UNITS_PER_MM = 100
ELLIPSIS = "\u2026"
_SMALLEST_SHRINK = 0.5


@dataclass(frozen=True)
class SetText:
    """A text as it will be drawn: the string, its font and where its baseline starts."""

    string: str
    font: QFont
    left: float  # in painter units, relative to the text's own point
    baseline: float
    width: float


def font_of(text: Text, family: str, scale: float = 1.0) -> QFont:
    """Return the font of `text`, sized in painter units."""
    font = QFont(text.family or family)
    font.setPixelSize(max(1, round(text.size_pt * MM_PER_PT * UNITS_PER_MM * scale)))
    font.setBold(text.bold)
    font.setItalic(text.italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    return font


def text_width_mm(text: Text, family: str = "DejaVu Sans") -> float:
    """Return how wide `text` is in millimetres when nothing limits it."""
    string = printable(text.text)
    return QFontMetricsF(font_of(text, family)).horizontalAdvance(string) / UNITS_PER_MM


def printable(string: str) -> str:
    """Return `string` with every character that no file may hold as text made visible or a space.

    Line breaks and tabs become spaces; control characters and lone surrogates become the
    replacement character, since XML has no way to write them.
    """
    if string.isprintable():
        return string
    return "".join(_printable_character(character) for character in string)


def _printable_character(character: str) -> str:
    if character in "\t\n\r\u2028\u2029":
        return " "
    category = unicodedata.category(character)
    noncharacter = ord(character) & 0xFFFE == 0xFFFE
    return "\ufffd" if category in ("Cc", "Cs") or noncharacter else character


def set_text(text: Text, family: str) -> SetText:
    """Return how `text` is set: shrunk or elided to its greatest width, anchored, on a baseline."""
    string = printable(text.text)
    font = font_of(text, family)
    if text.max_width_mm is not None:
        string, font = _fitted(string, text, family, text.max_width_mm * UNITS_PER_MM)
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(string)
    left = {"start": 0.0, "middle": -width / 2, "end": -width}[text.anchor]
    drop = {"alphabetic": 0.0, "middle": metrics.capHeight() / 2, "top": metrics.capHeight()}
    return SetText(string, font, left, drop[text.baseline], width)


def _fitted(string: str, text: Text, family: str, room: float) -> tuple[str, QFont]:
    font = font_of(text, family)
    width = QFontMetricsF(font).horizontalAdvance(string)
    if width <= room:
        return string, font
    if text.fit == "shrink":
        font = font_of(text, family, max(room / width, _SMALLEST_SHRINK))
        if QFontMetricsF(font).horizontalAdvance(string) <= room * 1.01:
            return string, font
    return _elided(string, QFontMetricsF(font), room), font


def _elided(string: str, metrics: QFontMetricsF, room: float) -> str:
    """Return the longest beginning of `string` that fits `room` with an ellipsis after it."""
    fits, fails = 0, len(string)
    while fails - fits > 1:
        middle = (fits + fails) // 2
        if metrics.horizontalAdvance(string[:middle].rstrip() + ELLIPSIS) <= room:
            fits = middle
        else:
            fails = middle
    return string[:fits].rstrip() + ELLIPSIS
