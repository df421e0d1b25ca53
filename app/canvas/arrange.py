"""Aligning and distributing nodes: boxes in, new centres out."""

from collections.abc import Callable, Mapping
from operator import itemgetter

from app.canvas.arc_geometry import Box

Positions = dict[str, tuple[float, float]]


def _keep_x(boxes: Mapping[str, Box], y_of: Callable[[Box], float]) -> Positions:
    return {name: (box.x, y_of(box)) for name, box in boxes.items()}


def _keep_y(boxes: Mapping[str, Box], x_of: Callable[[Box], float]) -> Positions:
    return {name: (x_of(box), box.y) for name, box in boxes.items()}


def align_left(boxes: Mapping[str, Box]) -> Positions:
    """Return centres that put all left edges on the leftmost one."""
    edge = min((box.x - box.width / 2 for box in boxes.values()), default=0.0)
    return _keep_y(boxes, lambda box: edge + box.width / 2)


def align_right(boxes: Mapping[str, Box]) -> Positions:
    """Return centres that put all right edges on the rightmost one."""
    edge = max((box.x + box.width / 2 for box in boxes.values()), default=0.0)
    return _keep_y(boxes, lambda box: edge - box.width / 2)


def align_centre(boxes: Mapping[str, Box]) -> Positions:
    """Return centres on one vertical line through the middle of them all."""
    edges = [(box.x - box.width / 2, box.x + box.width / 2) for box in boxes.values()]
    middle = _middle(edges)
    return _keep_y(boxes, lambda box: middle)


def align_top(boxes: Mapping[str, Box]) -> Positions:
    """Return centres that put all upper edges on the highest one."""
    edge = min((box.y - box.height / 2 for box in boxes.values()), default=0.0)
    return _keep_x(boxes, lambda box: edge + box.height / 2)


def align_bottom(boxes: Mapping[str, Box]) -> Positions:
    """Return centres that put all lower edges on the lowest one."""
    edge = max((box.y + box.height / 2 for box in boxes.values()), default=0.0)
    return _keep_x(boxes, lambda box: edge - box.height / 2)


def align_middle(boxes: Mapping[str, Box]) -> Positions:
    """Return centres on one horizontal line through the middle of them all."""
    edges = [(box.y - box.height / 2, box.y + box.height / 2) for box in boxes.values()]
    middle = _middle(edges)
    return _keep_x(boxes, lambda box: middle)


def distribute_horizontally(boxes: Mapping[str, Box]) -> Positions:
    """Return centres with equal gaps between neighbours from left to right, the ends kept."""
    places = {name: (box.x, box.width) for name, box in boxes.items()}
    spread = _distributed(places)
    return {name: (spread[name], box.y) for name, box in boxes.items()}


def distribute_vertically(boxes: Mapping[str, Box]) -> Positions:
    """Return centres with equal gaps between neighbours from top to bottom, the ends kept."""
    places = {name: (box.y, box.height) for name, box in boxes.items()}
    spread = _distributed(places)
    return {name: (box.x, spread[name]) for name, box in boxes.items()}


def _middle(edges: list[tuple[float, float]]) -> float:
    if not edges:
        return 0.0
    return (min(map(itemgetter(0), edges)) + max(map(itemgetter(1), edges))) / 2


def _distributed(places: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """Return centres with equal gaps; with fewer than three boxes they stay."""
    order = sorted(places, key=lambda name: places[name][0])
    if len(order) < 3:
        return {name: centre for name, (centre, _) in places.items()}
    first, last = places[order[0]], places[order[-1]]
    between = (last[0] - last[1] / 2) - (first[0] + first[1] / 2)
    gap = (between - sum(places[name][1] for name in order[1:-1])) / (len(order) - 1)
    result = {order[0]: first[0], order[-1]: last[0]}
    edge = first[0] + first[1] / 2
    for name in order[1:-1]:
        extent = places[name][1]
        result[name] = edge + gap + extent / 2
        edge += gap + extent
    return result


WAYS: dict[str, tuple[str, Callable[[Mapping[str, Box]], Positions]]] = {
    "align_left": ("Align left", align_left),
    "align_centre": ("Align centres", align_centre),
    "align_right": ("Align right", align_right),
    "align_top": ("Align top", align_top),
    "align_middle": ("Align middles", align_middle),
    "align_bottom": ("Align bottom", align_bottom),
    "distribute_horizontally": ("Distribute horizontally", distribute_horizontally),
    "distribute_vertically": ("Distribute vertically", distribute_vertically),
}
"""Title and function of each way to arrange some nodes."""
