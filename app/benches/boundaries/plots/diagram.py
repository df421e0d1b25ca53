"""The four parts as a diagram: which way influence may go, and what goes past it; no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.benches.boundaries.parts import PARTS
from app.benches.boundaries.plots.drawing import Drawing
from app.benches.boundaries.plots.key import key_height, key_of_parts
from app.benches.boundaries.words import bits_text
from app.canvas.contrast import legible_on
from app.figures.description import (
    Arrow,
    Ellipse,
    Figure,
    FigureOptions,
    Item,
    Text,
    straight,
)

if TYPE_CHECKING:
    from core.boundaries.flow_result import BoundaryFlow

TITLE = "Parts and flow"
SHAPE = 0.7
"""Height of the diagram over its width."""

PLACES = {"V": (0.16, 0.5), "A": (0.5, 0.16), "P": (0.5, 0.84), "E": (0.84, 0.5)}
"""Shares of the width and the height."""

ALLOWED = (("V", "A"), ("A", "E"), ("E", "P"), ("P", "V"))
"""The loop of acting and sensing; all other influence within a side is allowed too."""


def diagram_drawing(
    flow: BoundaryFlow | None,
    amounts: Mapping[str, str],
    caption: str,
    options: FigureOptions,
    height_mm: float | None = None,
) -> Drawing:
    """Return the diagram, with mean Infil and Exfil on the arrows that a boundary forbids."""
    font, colours = options.font_mm, options.palette
    shown = [(part, amounts[part.letter]) for part in PARTS if part.letter in amounts]
    foot = key_height(len(shown), options) + (2.4 * font if caption else 0.0)
    height = height_mm if height_mm is not None else SHAPE * options.width_mm + foot
    body = min(height - foot, SHAPE * options.width_mm)
    radius = min(2.1 * font, 0.11 * body)

    def place(letter: str) -> tuple[float, float]:
        x, y = PLACES[letter]
        return x * options.width_mm, y * body

    items: list[Item] = []
    for source, target in ALLOWED:
        steps = _between(place(source), place(target), radius, 0.0)
        items.append(Arrow(steps, colours["muted_text"], 2 * options.line_mm))
    for source, target, role, name, lift in (
        ("E", "V", "category_0", "Infil", -1.35 * font),
        ("V", "E", "category_2", "Exfil", 1.35 * font),
    ):
        steps = _between(place(source), place(target), 1.25 * radius, lift)
        items.append(Arrow(steps, colours[role], 2 * options.line_mm, (1.4, 0.9)))
        curve = None if flow is None else getattr(flow, name.lower())
        words = name if curve is None else f"{name} {bits_text(curve.mean.value)} bits"
        y = place("V")[1] + 0.46 * lift
        items.append(
            Text(options.width_mm / 2, y, words, options.font_pt, "middle", "middle", colours[role])
        )
    for part in PARTS:
        x, y = place(part.letter)
        ground = colours[part.role]
        items.append(Ellipse(x, y, radius, radius, None, fill=ground))
        ink = legible_on(ground, "#000000", "#ffffff")
        items.append(Text(x, y, part.letter, options.font_pt, "middle", "middle", ink, bold=True))
    margin = 0.8 * font
    items += key_of_parts(shown, margin, body, options.width_mm - 2 * margin, options)
    items.append(
        Text(0.8 * font, body + foot - 1.6 * font, caption, options.font_pt, baseline="top",
             colour=colours["muted_text"], max_width_mm=options.width_mm - 1.6 * font)
    )  # fmt: skip
    figure = Figure(
        options.width_mm, height, tuple(items), background=colours["canvas"], title=TITLE,
        description=f"{TITLE}: {caption}", font_family=options.font_family,
    )  # fmt: skip

    def told(x: float, y: float) -> str:
        for part in PARTS:
            at = place(part.letter)
            if (x - at[0]) ** 2 + (y - at[1]) ** 2 <= (1.2 * radius) ** 2:
                return f"{part.letter}, {part.title}. {part.meaning}"
        return ""

    return Drawing(figure, told=told)


def diagram_height(options: FigureOptions) -> float:
    """Return how high the diagram with its key is where only its width is given."""
    return SHAPE * options.width_mm + key_height(len(PARTS), options) + 2.4 * options.font_mm


def _between(
    source: tuple[float, float], target: tuple[float, float], radius: float, lift: float
) -> tuple:
    (x1, y1), (x2, y2) = source, target
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    dx, dy, gap = (x2 - x1) / length, (y2 - y1) / length, radius * 1.2
    return straight(x1 + gap * dx, y1 + gap * dy + lift, x2 - gap * dx, y2 - gap * dy + lift)
