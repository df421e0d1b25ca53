"""Where nodes go in a figure of a given width, so that text keeps its size and boxes stay apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.canvas.geometry import NodeLayout, node_layout
from app.canvas.graph import GraphNode

MARGIN = 8.0
"""Free room around the net, in canvas units; arcs may bow into it."""

GAP_X, GAP_Y = 12.0, 22.0
"""Least distances between boxes that a narrow figure pushes apart, in canvas units."""

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
        boxes that would touch move down instead.
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
        scale = min(smallest, width_mm / widest)
        centres = _pressed(centres, layouts, width_mm / scale - 2 * MARGIN)
    return _on_sheet(centres, layouts, width_mm, scale)


def _on_sheet(
    centres: Mapping[str, Point], layouts: Mapping[str, NodeLayout], width_mm: float, scale: float
) -> PlacedNet:
    width = width_mm / scale
    left, right = _sides(centres, layouts, 0)
    top, bottom = _sides(centres, layouts, 1)
    dx, dy = width / 2 - (left + right) / 2, MARGIN - top
    moved = {name: (x + dx, y + dy) for name, (x, y) in centres.items()}
    return PlacedNet(moved, layouts, width, bottom - top + 2 * MARGIN, scale)


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
    """Return centres within `room` units sideways, in the order of before from top to bottom."""
    left, right = _sides(centres, layouts, 0)
    done: dict[str, Point] = {}
    for name in sorted(centres, key=lambda each: (centres[each][1], centres[each][0])):
        half = layouts[name].width / 2
        free_before = (right - left) - 2 * half
        share = 0.5 if free_before <= 0 else (centres[name][0] - left - half) / free_before
        x = half + share * (room - 2 * half)
        done[name] = (x, _free_height(x, centres[name][1], layouts[name], done, layouts))
    return done


def _free_height(
    x: float,
    wanted: float,
    layout: NodeLayout,
    done: Mapping[str, Point],
    layouts: Mapping[str, NodeLayout],
) -> float:
    """Return the first height from `wanted` down at which the box touches none of `done`."""
    y, moved = wanted, True
    while moved:
        moved = False
        for name, (other_x, other_y) in done.items():
            beside = (layout.width + layouts[name].width) / 2 + GAP_X
            apart = (layout.height + layouts[name].height) / 2 + GAP_Y
            if abs(x - other_x) < beside and abs(y - other_y) < apart - 1e-9:
                y, moved = other_y + apart, True
    return y
