"""Overlays, history and legend as items of a figure: the window and the sheet draw the same."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from app.benches.processes.simplex.overlays import Edge, Overlays
from app.figures.description import (
    Arrow,
    Cubic,
    Ellipse,
    Item,
    Line,
    Move,
    Polyline,
    Rect,
    Text,
)

Sheet = Callable[[np.ndarray], np.ndarray]
"""From places in the plane to millimetres on the sheet."""

CATEGORIES = 8
RING_MM = 0.75
LINE_MM = 0.25
BAND_MM = 1.5
"""Height of an image of the interval, which is drawn below the line."""
STEP_MM = 2.6
"""How far apart the steps of a history on the interval are."""
NEWEST = 60


def symbol_colour(palette: Mapping[str, str], x: int) -> str:
    """Return the colour that a symbol has everywhere on the bench."""
    return palette[f"category_{x % CATEGORIES}"]


def overlay_items(
    overlays: Overlays, sheet: Sheet, palette: Mapping[str, str], *, is_interval: bool
) -> list[Item]:
    """Return the shapes of the overlays, those that cover most at the bottom."""
    items: list[Item] = []
    for row, (x, corners) in enumerate(overlays.images):
        colour = symbol_colour(palette, x)
        places = sheet(corners)
        if is_interval:
            items.append(_band(places, row, colour))
        else:
            items.append(_area(places, colour, f"#22{colour[1:]}"))
    if overlays.hull is not None and len(overlays.hull):
        places = sheet(overlays.hull)
        items.append(
            Polyline(_points(places), palette["muted_text"], 0.35, (1.2, 0.8), closed=True)
        )
    for edges in (overlays.machine, overlays.mixed):
        items += _edges(edges, sheet, palette)
    if overlays.transient is not None:
        for a, b in sheet(overlays.transient).tolist():
            items.append(Ellipse(a, b, RING_MM, RING_MM, palette["muted_text"], LINE_MM, fill=None))
    return items


def history_items(
    places: np.ndarray, palette: Mapping[str, str], *, is_interval: bool
) -> list[Item]:
    """Return the way of a belief, given on the sheet: the start as a square, the end as a dot."""
    places = places[-NEWEST:].copy()
    if is_interval:
        places[:, 1] -= STEP_MM * np.arange(len(places))[::-1]
    ink, ground = palette["text"], palette["canvas"]
    items: list[Item] = []
    count = len(places)
    for age, (a, b) in enumerate(pairwise(places.tolist())):
        strength = round(70 + 170 * ((age + 1) / count) ** 2)
        items.append(Line(*a, *b, colour=f"#{strength:02x}{ink[1:]}", width_mm=0.3))
    for x, y in places[1:-1].tolist():
        items.append(Ellipse(x, y, 0.55, 0.55, ground, 0.15, fill=ink))
    x, y = places[0].tolist()
    items.append(Rect(x - 0.8, y - 0.8, 1.6, 1.6, 0.0, ink, 0.3, fill=ground))
    x, y = places[-1].tolist()
    items.append(Ellipse(x, y, 1.2, 1.2, ground, 0.3, fill=palette["accent"]))
    return items


def legend_items(
    entries: Sequence[tuple[str, str]],
    palette: Mapping[str, str],
    at: tuple[float, float],
    font_pt: float,
) -> list[Item]:
    """Return a column of colours with what each stands for."""
    x, y = at
    line = font_pt * 0.3528 * 1.55
    items: list[Item] = []
    for row, (text, colour) in enumerate(entries):
        middle = y + (row + 0.5) * line
        side = line * 0.55
        items.append(Rect(x, middle - side / 2, side, side, side * 0.2, None, fill=colour))
        items.append(
            Text(
                x + side * 1.6, middle, text, font_pt, baseline="middle",
                colour=palette["muted_text"], max_width_mm=26.0,
            )
        )  # fmt: skip
    return items


def _band(places: np.ndarray, row: int, colour: str) -> Item:
    left, right = float(places[:, 0].min()), float(places[:, 0].max())
    top = float(places[0, 1]) + 0.7 + row * (BAND_MM + 0.5)
    width = max(right - left, 0.5)
    return Rect(left, top, width, BAND_MM, 0.3, colour, LINE_MM, fill=f"#66{colour[1:]}")


def _area(places: np.ndarray, colour: str, fill: str) -> Item:
    if len(places) == 1:
        x, y = places[0].tolist()
        return Ellipse(x, y, RING_MM, RING_MM, colour, LINE_MM, fill=fill)
    return Polyline(_points(places), colour, LINE_MM, fill=fill, closed=True)


def _edges(edges: Sequence[Edge], sheet: Sheet, palette: Mapping[str, str]) -> list[Item]:
    items: list[Item] = []
    met: dict[tuple[float, ...], int] = {}
    for start, end, x in edges:
        (a, b), (c, d) = sheet(np.stack([start, end])).tolist()
        lane = met[key] = met.get(key := (a, b, c, d), -1) + 1
        steps = _loop(a, b, lane) if np.hypot(c - a, d - b) < 0.3 else _arc(a, b, c, d, lane)
        items.append(
            Arrow(steps, symbol_colour(palette, x), LINE_MM, head_length_mm=1.5, head_width_mm=1.1)
        )
    return items


def _loop(x: float, y: float, lane: int) -> tuple[Move, Cubic]:
    reach = 4.0 + 1.6 * lane
    return (Move(x - 0.4, y), Cubic(x - reach, y - reach, x + reach, y - reach, x + 0.4, y - 0.1))


def _arc(a: float, b: float, c: float, d: float, lane: int) -> tuple[Move, Cubic]:
    """Return a curve that bends to its left, so that the way back is beside it."""
    bend = 0.14 + 0.09 * lane
    across, along = (d - b) * bend, (a - c) * bend
    one = (a + (c - a) / 3 + across, b + (d - b) / 3 + along)
    two = (a + 2 * (c - a) / 3 + across, b + 2 * (d - b) / 3 + along)
    return (Move(a, b), Cubic(*one, *two, c, d))


def _points(places: np.ndarray) -> tuple[tuple[float, float], ...]:
    return tuple((x, y) for x, y in places.tolist())
