"""Alignment of a moving box with its neighbours, and the guides that show it."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.canvas.arc_geometry import Box

Segment = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Snap:
    """The correction to add to the move, and the guide lines (x1, y1, x2, y2) to draw."""

    dx: float
    dy: float
    guides: tuple[Segment, ...]


def snap(box: Box, neighbours: Iterable[Box], reach: float) -> Snap:
    """Return how to shift `box` by less than `reach` so that it lines up with neighbours."""
    others = list(neighbours)
    dx = _best(_lines(box.x, box.width), [_lines(o.x, o.width) for o in others], reach)
    dy = _best(_lines(box.y, box.height), [_lines(o.y, o.height) for o in others], reach)
    guides: list[Segment] = []
    if dx is not None:
        guides.extend(_vertical_guides(box, others, dx, dy or 0.0))
    if dy is not None:
        guides.extend(_horizontal_guides(box, others, dx or 0.0, dy))
    return Snap(dx or 0.0, dy or 0.0, tuple(guides))


def _lines(middle: float, extent: float) -> tuple[float, float, float]:
    return (middle, middle - extent / 2, middle + extent / 2)


def _best(
    own: tuple[float, float, float], others: list[tuple[float, float, float]], reach: float
) -> float | None:
    """Return the smallest shift that lines up; centres win over edges when about as near."""
    best: float | None = None
    weight = reach
    for other in others:
        for k in range(3):
            shift = other[k] - own[k]
            cost = abs(shift) + (0.0 if k == 0 else 1.0)
            if abs(shift) <= reach and cost < weight:
                best, weight = shift, cost
    return best


def _vertical_guides(box: Box, others: list[Box], dx: float, dy: float) -> Iterable[Segment]:
    for k, x in enumerate(_lines(box.x + dx, box.width)):
        lined = [o for o in others if abs(_lines(o.x, o.width)[k] - x) < 0.01]
        if lined:
            tops = [o.y - o.height / 2 for o in lined] + [box.y + dy - box.height / 2]
            ends = [o.y + o.height / 2 for o in lined] + [box.y + dy + box.height / 2]
            yield (x, min(tops), x, max(ends))
            return


def _horizontal_guides(box: Box, others: list[Box], dx: float, dy: float) -> Iterable[Segment]:
    for k, y in enumerate(_lines(box.y + dy, box.height)):
        lined = [o for o in others if abs(_lines(o.y, o.height)[k] - y) < 0.01]
        if lined:
            lefts = [o.x - o.width / 2 for o in lined] + [box.x + dx - box.width / 2]
            ends = [o.x + o.width / 2 for o in lined] + [box.x + dx + box.width / 2]
            yield (min(lefts), y, max(ends), y)
            return
