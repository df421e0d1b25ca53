"""A matrix of mutual information as a figure with names and a colour bar; no Qt."""

from collections.abc import Sequence

import numpy as np

from app.benches.networks.figures.colour_scale import scale_colour
from app.canvas.text_width import approximate_width
from app.figures.description import (
    MM_PER_PT,
    Figure,
    FigureOptions,
    Image,
    Item,
    Line,
    Rect,
    Table,
    Text,
)
from core.networks.node import Table as Numbers

MARGIN_MM, BAR_MM = 2.0, 3.0
LEAST_LETTERS_PT = 4.0
"""Names smaller than this are left out: too many nodes for the width."""

WIDEST_NAME_SHARE = 0.25
SHARP_PIXELS = 1000
"""Pixels along a side of the matrix at least: every pair is a square of many of them."""

BAR_STEPS, COLOURS = 64, 1024


def mutual_information_figure(
    names: Sequence[str], matrix: Numbers, options: FigureOptions, title: str = ""
) -> Figure:
    """Return the matrix in nats; the diagonal, which holds entropies, is drawn quietly."""
    colours, count = options.palette, max(len(names), 1)
    em = options.font_mm
    legend = BAR_MM + 1.0 + 4.2 * em
    longest = max((approximate_width(name, em) for name in names), default=0.0)
    head = min(longest, WIDEST_NAME_SHARE * options.width_mm) + 1.0
    side = (options.width_mm - 2 * MARGIN_MM - head - legend - 2.0) / count
    letters_pt = min(options.font_pt, side / MM_PER_PT * 0.9)
    if letters_pt < LEAST_LETTERS_PT:
        head, letters_pt = 0.0, 0.0
        side = (options.width_mm - 2 * MARGIN_MM - legend - 2.0) / count
    left = top = MARGIN_MM + head
    extent = side * count
    largest = _largest(matrix)
    items: list[Item] = [Image(left, top, extent, extent, _pixels(matrix, largest, options))]
    items.append(Rect(left, top, extent, extent, 0.0, colours["border"], options.line_mm))
    if letters_pt:
        words = {"size_pt": letters_pt, "colour": colours["text"], "baseline": "middle"}
        room = head - 1.0
        for k, name in enumerate(names):
            middle = (k + 0.5) * side
            items += [
                Text(left - 1.0, top + middle, name, anchor="end", max_width_mm=room, **words),
                Text(
                    left + middle, top - 1.0, name, rotation_deg=-90.0, max_width_mm=room,
                    **words,
                ),
            ]  # fmt: skip
    items += _colour_bar(left + extent + 2.0, top, extent, largest, options)
    return Figure(
        options.width_mm,
        top + max(extent, 4 * em) + MARGIN_MM,
        tuple(items),
        colours["canvas"],
        title,
        f"Mutual information of {len(names)} variables in nats, at most {largest:.4g}",
        options.font_family,
    )


def mutual_information_table(names: Sequence[str], matrix: Numbers) -> Table:
    """Return one row for each pair, and the entropy of each variable as its pair with itself."""
    rows = tuple(
        (names[a], names[b], float(matrix[a, b]))
        for a in range(len(names))
        for b in range(a, len(names))
    )
    return Table(("variable", "other variable", "mutual information (nats)"), rows)


def _largest(matrix: Numbers) -> float:
    if len(matrix) < 2:
        return 1.0
    off = matrix[~np.eye(len(matrix), dtype=bool)]
    return float(off.max()) if off.max() > 0 else 1.0


def _pixels(matrix: Numbers, largest: float, options: FigureOptions) -> np.ndarray:
    count = max(len(matrix), 1)
    levels = np.zeros((count, count), dtype=np.intp)
    if len(matrix):
        levels = (np.clip(matrix / largest, 0.0, 1.0) * (COLOURS - 1)).round().astype(np.intp)
    scale = np.array([_rgb(scale_colour(k / (COLOURS - 1))) for k in range(COLOURS)], np.uint8)
    pixels = np.full((count, count, 4), 255, dtype=np.uint8)
    pixels[:, :, :3] = scale[levels]
    diagonal = np.arange(count)
    pixels[diagonal, diagonal, :3] = _rgb(options.palette["bar_track"])
    # Readers of SVG blur an enlarged image, and neighbouring pairs have nothing in common.
    side = -(-SHARP_PIXELS // max(count, 1))
    return pixels.repeat(side, axis=0).repeat(side, axis=1)


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[k : k + 2], 16) for k in (1, 3, 5))


def _colour_bar(
    left: float, top: float, height: float, largest: float, options: FigureOptions
) -> list[Item]:
    colours, em = options.palette, options.font_mm
    height = max(height, 3 * em)
    pixels = np.full((BAR_STEPS, 1, 4), 255, dtype=np.uint8)
    for k in range(BAR_STEPS):
        pixels[k, 0, :3] = _rgb(scale_colour(1.0 - (k + 0.5) / BAR_STEPS))
    items: list[Item] = [
        Image(left, top, BAR_MM, height, pixels),
        Rect(left, top, BAR_MM, height, 0.0, colours["border"], options.line_mm),
    ]
    words = {"size_pt": options.font_pt * 0.85, "colour": colours["text"], "baseline": "middle"}
    for share in (1.0, 0.5, 0.0):
        y = top + (1.0 - share) * height
        items.append(
            Line(left + BAR_MM, y, left + BAR_MM + 0.8, y, colours["border"], options.line_mm)
        )
        inset = {1.0: 0.35 * em, 0.0: -0.35 * em}.get(share, 0.0)
        items.append(Text(left + BAR_MM + 1.2, y + inset, f"{largest * share:.3g}", **words))
    items.append(Text(left + BAR_MM + 1.2, top + 1.6 * em, "nats", **words))
    return items
