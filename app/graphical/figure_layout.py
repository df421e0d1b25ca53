"""Where nodes go in a figure of a given width, so that text keeps its size and boxes stay apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.canvas.geometry import TITLE_SIZE, NodeLayout, node_layout
from app.canvas.graph import GraphNode
from app.figures.description import FigureOptions

MARGIN = 8.0
"""Free room around the net, in canvas units; arcs may bow into it."""

GAP_X, GAP_ROW, GAP_BAND = 10.0, 14.0, 28.0
"""Distances in canvas units between boxes, rows and bands in a figure too narrow for its net."""

PAGE_MM = 270.0
"""A figure taller than the pages of a journal is of no use in a paper."""

LEAST_HEIGHT_MM = 10.0

Point = tuple[float, float]


@dataclass(frozen=True)
class PlacedNet:
    """Centres and layouts in canvas units on a sheet of `width` by `height` units.

    `mm_per_unit` makes the sheet exactly as wide as the figure.
    """

    centres: Mapping[str, Point]
    layouts: Mapping[str, NodeLayout]
    width: float
    height: float
    mm_per_unit: float


def thumbnail_options(width: float, options: FigureOptions) -> FigureOptions:
    """Return the options for a drawing `width` canvas units wide in its own proportions."""
    width_mm = max((width + 2 * MARGIN) * options.font_mm / TITLE_SIZE, options.width_mm)
    line_mm = max(options.line_mm, width_mm * 0.003)
    return replace(options, width_mm=width_mm, line_mm=line_mm)


def placed(
    nodes: Sequence[GraphNode], width_mm: float, largest: float, smallest: float
) -> PlacedNet:
    """Return the net laid out on a sheet `width_mm` wide.

    Parameters
    ----------
    nodes : sequence of GraphNode
        The drawing as it stands on the canvas.
    largest, smallest : float
        Bounds of the scale in mm per canvas unit: text grows no larger than at `largest`, and is
        legible down to `smallest`. A net too wide at `smallest` is pressed together sideways, and
        nodes that stood side by side break into several rows; where that takes more than a page,
        the drawing stays as it is and becomes smaller.
    """
    layouts = {node.id: node_layout(node.label, node.bars, node.shape) for node in nodes}
    centres = {node.id: node.position for node in nodes}
    if not nodes:
        scale = largest
        return PlacedNet({}, {}, width_mm / scale, 2 * MARGIN + 20.0, scale)
    natural = _extent(centres, layouts, 0) + 2 * MARGIN
    scale = min(largest, width_mm / natural)
    if scale < smallest:
        widest = max(layout.width for layout in layouts.values()) + 2 * MARGIN
        legible = min(smallest, width_mm / widest)
        pressed = _pressed(centres, layouts, width_mm / legible - 2 * MARGIN)
        sheet = _on_sheet(pressed, layouts, width_mm, legible)
        if sheet.height * sheet.mm_per_unit <= PAGE_MM:
            return sheet
    return _on_sheet(centres, layouts, width_mm, scale)


def _on_sheet(
    centres: Mapping[str, Point], layouts: Mapping[str, NodeLayout], width_mm: float, scale: float
) -> PlacedNet:
    width = width_mm / scale
    left, right = _sides(centres, layouts, 0)
    top, bottom = _sides(centres, layouts, 1)
    height = max(bottom - top + 2 * MARGIN, LEAST_HEIGHT_MM / scale)
    dx, dy = width / 2 - (left + right) / 2, height / 2 - (top + bottom) / 2
    moved = {name: (x + dx, y + dy) for name, (x, y) in centres.items()}
    return PlacedNet(moved, layouts, width, height, scale)


def _side(layout: NodeLayout, axis: int) -> float:
    return (layout.height if axis else layout.width) / 2


def _sides(
    centres: Mapping[str, Point], layouts: Mapping[str, NodeLayout], axis: int
) -> tuple[float, float]:
    low = min(at[axis] - _side(layouts[name], axis) for name, at in centres.items())
    high = max(at[axis] + _side(layouts[name], axis) for name, at in centres.items())
    return low, high


def _extent(centres: Mapping[str, Point], layouts: Mapping[str, NodeLayout], axis: int) -> float:
    low, high = _sides(centres, layouts, axis)
    return high - low


def _pressed(
    centres: Mapping[str, Point], layouts: Mapping[str, NodeLayout], room: float
) -> dict[str, Point]:
    """Return centres within `room` units sideways: each band of nodes breaks into rows that fit.

    Bands stay one below another, so arcs that pointed down still do.
    """
    left, right = _sides(centres, layouts, 0)
    factor = room / (right - left)
    done: dict[str, Point] = {}
    top = 0.0
    for band in _bands(centres, layouts):
        for row in _rows(band, layouts, room):
            wanted = [(centres[name][0] - left) * factor for name in row]
            widths = [layouts[name].width for name in row]
            height = max(layouts[name].height for name in row)
            for name, x in zip(row, _spread(wanted, widths, room), strict=True):
                done[name] = (x, top + height / 2)
            top += height + GAP_ROW
        top += GAP_BAND - GAP_ROW
    return done


def _bands(centres: Mapping[str, Point], layouts: Mapping[str, NodeLayout]) -> Iterator[list[str]]:
    """Yield the nodes from top to bottom in groups of about the same height, each by x."""
    near = min(layout.height for layout in layouts.values()) / 2
    band: list[str] = []
    for name in sorted(centres, key=lambda each: (centres[each][1], centres[each][0])):
        if band and centres[name][1] - centres[band[0]][1] > near:
            yield sorted(band, key=lambda each: centres[each][0])
            band = []
        band.append(name)
    yield sorted(band, key=lambda each: centres[each][0])


def _rows(
    band: Sequence[str], layouts: Mapping[str, NodeLayout], room: float
) -> list[Sequence[str]]:
    """Return the fewest rows that fit; neighbours go to different rows and so stay near."""

    def width(row: Sequence[str]) -> float:
        return sum(layouts[name].width + GAP_X for name in row) - GAP_X

    for count in range(1, len(band)):
        rows = [band[start::count] for start in range(count)]
        if max(width(row) for row in rows) <= room:
            return rows
    return [[name] for name in band]


def _spread(wanted: Sequence[float], widths: Sequence[float], room: float) -> list[float]:
    """Return centres near `wanted`, in order, that keep boxes apart and within 0 and `room`."""
    places: list[float] = []
    edge = 0.0
    for x, width in zip(wanted, widths, strict=True):
        places.append(max(x, edge + width / 2))
        edge = places[-1] + width / 2 + GAP_X
    edge = room
    for i in reversed(range(len(places))):
        places[i] = min(places[i], edge - widths[i] / 2)
        edge = places[i] - widths[i] / 2 - GAP_X
    return places
