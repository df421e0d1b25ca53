"""The beliefs of a process as a figure: pixels for the density, lines and letters for the rest."""

from dataclasses import replace

import numpy as np

from app.benches.processes.simplex.overlay_items import legend_items, overlay_items, symbol_colour
from app.benches.processes.simplex.overlays import make_overlays
from app.benches.processes.simplex.request import SimplexPicture, SimplexRequest, make_pictures
from app.figures.description import (
    Clip,
    Ellipse,
    Figure,
    FigureOptions,
    Group,
    Image,
    Item,
    Line,
    Text,
)
from core.progress import Progress

PIXELS_PER_MM = 12.0
LEAST_PIXELS, MOST_PIXELS = 256, 2400
MARGIN_EM = 1.6
LARGEST_NODE_MM, SMALLEST_NODE_MM = 1.6, 0.18
MOST_OUTLINED = 24


def simplex_figure(
    request: SimplexRequest, options: FigureOptions, *, pixels: int | None = None
) -> Figure:
    """Return the view drawn `options.width_mm` wide, computed anew for that size or `pixels`."""
    colours = options.palette
    margin = MARGIN_EM * options.font_mm
    side = options.width_mm - 2 * margin
    size = pixels or round(min(max(side * PIXELS_PER_MM, LEAST_PIXELS), MOST_PIXELS))
    wanted = replace(
        request,
        size=size,
        paper=_rgb(colours["canvas"]),
        ink=_rgb(colours["text"]),
        symbol_colours=tuple(_rgb(symbol_colour(colours, x)) for x in range(request.model.k)),
    )
    progress = Progress()
    picture = make_pictures(wanted, lambda _coarse: None, progress)
    overlays = make_overlays(request.model, picture.projection, request.overlays, progress)
    items: list[Item] = []
    if picture.rgba is not None:
        low = _on_sheet(picture, np.array([picture.image_window[:2]]), side)[0, 1]
        items.append(Image(0.0, 0.0, side, float(low), picture.rgba))
    places = _on_sheet(picture, picture.projection.vertices, side)
    items += _outline(picture, places, colours["border"], options.line_mm)
    items += overlay_items(
        overlays,
        lambda at: _on_sheet(picture, at, side),
        colours,
        is_interval=picture.projection.is_interval,
    )
    items += _beliefs(picture, side)
    group = Group(tuple(items), Clip(0.0, 0.0, side, side), margin, margin)
    entries = [(text, _hex(rgb)) for text, rgb in picture.legend]
    legend = legend_items(entries, colours, (1.0, 1.0), max(options.font_pt - 1.0, 6.0))
    return Figure(
        width_mm=options.width_mm,
        height_mm=side + 2 * margin,
        items=(group, *_letters(picture, places, side, options), *legend),
        background=colours["canvas"],
        title=f"Beliefs of {request.model.name}",
        description=f"Beliefs of {request.model.name}: {picture.told}",
        font_family=options.font_family,
    )


def _letters(
    picture: SimplexPicture, corners: np.ndarray, side: float, options: FigureOptions
) -> list[Item]:
    """Return the name of each state beyond its corner, of those in sight and not too many."""
    if len(corners) > MOST_OUTLINED:
        return []
    letters: list[Item] = []
    centre, margin = corners.mean(axis=0), MARGIN_EM * options.font_mm
    for state, at in zip(picture.request.model.states, corners, strict=True):
        if (at < -0.01 * side).any() or (at > 1.01 * side).any():
            continue
        along = (at - centre) / max(float(np.hypot(*(at - centre))), 1e-9)
        x, y = map(float, at + margin + along * options.font_mm)
        middle = {"anchor": "middle", "baseline": "middle"}
        colour = options.palette["text"]
        letters.append(Text(x, y, state, options.font_pt, colour=colour, **middle))
    return letters


def _on_sheet(picture: SimplexPicture, places: np.ndarray, side: float) -> np.ndarray:
    left, bottom, right, top = picture.window
    x = (places[:, 0] - left) / (right - left) * side
    y = (top - places[:, 1]) / (top - bottom) * side
    return np.stack([x, y], axis=1)


def _outline(
    picture: SimplexPicture, corners: np.ndarray, colour: str, width_mm: float
) -> list[Item]:
    n = len(corners)
    if n <= 4:
        pairs = [(i, j) for i in range(n) for j in range(i)]
    elif picture.projection.kind == "polygon" and n <= MOST_OUTLINED:
        pairs = [(i, (i + 1) % n) for i in range(n)]
    else:
        pairs = []
    return [
        Line(*map(float, (*corners[i], *corners[j])), colour=colour, width_mm=width_mm)
        for i, j in pairs
    ]


def _beliefs(picture: SimplexPicture, side: float) -> list[Item]:
    items: list[Item] = []
    is_tree = picture.request.mode == "tree"
    for place, weight, rgb in zip(
        _on_sheet(picture, picture.places, side) if len(picture.places) else (),
        picture.weights,
        picture.rgb,
        strict=True,
    ):
        radius = max(LARGEST_NODE_MM * float(weight) ** 0.5, SMALLEST_NODE_MM) if is_tree else 0.6
        colour = _hex(rgb)
        x, y = map(float, place)
        items.append(Ellipse(x, y, radius, radius, None, fill=colour))
    return items


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255.0 for i in (1, 3, 5))
    return (red, green, blue)


def _hex(rgb: object) -> str:
    return "#" + "".join(f"{round(255 * float(c)):02x}" for c in rgb)
