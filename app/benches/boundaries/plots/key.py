"""The key of the four parts: a letter on its colour, and what it stands for; no Qt."""

from collections.abc import Sequence

from app.benches.boundaries.parts import Part
from app.canvas.contrast import legible_on
from app.figures.description import FigureOptions, Item, Rect, Text

BADGE = 1.25
"""Side of a letter's ground in sizes of the font."""

LINE = 1.6
"""Height of a line of the key in sizes of the font."""


def badge(part: Part, x: float, y: float, options: FigureOptions, share: float = 1.0) -> list[Item]:
    """Return the letter of a part on its colour, around a place; `share` of the usual size."""
    ground, font = options.palette[part.role], share * options.font_mm
    size = BADGE * font
    ink = legible_on(ground, "#000000", "#ffffff")
    return [
        Rect(x - size / 2, y - size / 2, size, size, 0.3 * font, None, fill=ground),
        Text(x, y, part.letter, share * options.font_pt, "middle", "middle", ink, bold=True),
    ]


def key_of_parts(
    amounts: Sequence[tuple[Part, str]],
    left: float,
    top: float,
    width: float,
    options: FigureOptions,
) -> list[Item]:
    """Return a line for each part with what there is of it."""
    items: list[Item] = []
    font = options.font_mm
    for line, (part, amount) in enumerate(amounts):
        middle = top + (LINE * line + 0.7) * font
        items += badge(part, left + BADGE / 2 * font, middle, options)
        items.append(
            Text(
                left + 1.9 * font, middle, f"{part.title}, {amount}", options.font_pt, "start",
                "middle", options.palette["text"], max_width_mm=width - 1.9 * font,
            )
        )  # fmt: skip
    return items


def key_height(lines: int, options: FigureOptions) -> float:
    """Return how high a key is."""
    return LINE * lines * options.font_mm
