"""Widths of text without a font engine, so that a figure and the canvas lay out alike.

The advances are those of DejaVu Sans, the widest face in common use, in thousandths of the font
size; text in another face therefore fits into the room kept for it.
"""

from collections.abc import Callable

Measure = Callable[[str, float, bool], float]
"""Returns the width of (text, font size, bold) in the unit of the font size."""

_ADVANCES = {
    275: "'",
    278: "ijl",
    295: "IJ",
    318: " ,.·",
    337: "/:;\\|",
    352: "f",
    361: "-",
    390: "()[]",
    392: "t",
    401: "!",
    411: "r",
    460: '"',
    500: "*_`",
    521: "s",
    525: "z",
    531: "?",
    550: "c",
    557: "L",
    575: "F",
    579: "k",
    592: "vxyγ",
    603: "P",
    611: "TY",
    614: "aoe",
    632: "E",
    635: "Sbdgpqhnu",
    636: "$0123456789{}β",
    656: "K",
    684: "AV",
    686: "BXZ",
    697: "CR",
    732: "U",
    750: "HN",
    772: "DG",
    780: "&",
    787: "OQ",
    818: "w",
    838: "#+<=>^~→≤≥×",
    863: "M",
    950: "%",
    974: "m",
    989: "W",
    1000: "@…",
}
_WIDTH = {letter: width / 1000 for width, letters in _ADVANCES.items() for letter in letters}
_BOLD = 1.15
_WIDE_FROM = 0x2E80


def approximate_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of `text` at font size `size`, in the unit of `size`."""
    total = 0.0
    for letter in text:
        width = _WIDTH.get(letter)
        total += width if width is not None else 1.0 if ord(letter) >= _WIDE_FROM else 0.64
    return total * size * (_BOLD if bold else 1.0)


def elided(
    text: str, size: float, room: float, *, bold: bool = False, measure: Measure | None = None
) -> str:
    """Return `text`, or its beginning and an ellipsis when it is wider than `room`."""
    measure = measure or approximate_width
    if measure(text, size, bold) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip() + "…", size, bold) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"
