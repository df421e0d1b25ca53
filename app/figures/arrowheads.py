"""The geometry of an arrow: a shaft that ends inside its head, and the head as a polygon."""

import math

from app.figures.description import Arrow, Cubic, Move, Step, To

Point = tuple[float, float]
_NOTCH = 0.22  # how deep the head's back is cut, as a part of its length


def shaft_and_head(arrow: Arrow) -> tuple[tuple[Step, ...], tuple[Point, ...]]:
    """Return the steps of the shortened shaft and the corners of the head, both in millimetres."""
    tip, before = _last_points(arrow.steps)
    length = math.hypot(tip[0] - before[0], tip[1] - before[1])
    if length == 0.0:
        return arrow.steps, ()
    ux, uy = (tip[0] - before[0]) / length, (tip[1] - before[1]) / length
    half = arrow.head_width_mm / 2
    back = (tip[0] - ux * arrow.head_length_mm, tip[1] - uy * arrow.head_length_mm)
    inset = arrow.head_length_mm * (1 - _NOTCH)
    notch = (tip[0] - ux * inset, tip[1] - uy * inset)
    head = (
        tip,
        (back[0] - uy * half, back[1] + ux * half),
        notch,
        (back[0] + uy * half, back[1] - ux * half),
    )
    return _ending_at(arrow.steps, notch, tip), head


def _last_points(steps: tuple[Step, ...]) -> tuple[Point, Point]:
    """Return the tip and the nearest different point that the path leaves towards it."""
    trail: list[Point] = []
    for step in steps:
        if isinstance(step, Cubic):
            trail += [(step.x1, step.y1), (step.x2, step.y2), (step.x, step.y)]
        elif isinstance(step, Move | To):
            trail.append((step.x, step.y))
    tip = trail[-1]
    before = next((point for point in reversed(trail) if point != tip), tip)
    return tip, before


def _ending_at(steps: tuple[Step, ...], end: Point, tip: Point) -> tuple[Step, ...]:
    last = steps[-1]
    if isinstance(last, Cubic):
        dx, dy = end[0] - tip[0], end[1] - tip[1]
        short = Cubic(last.x1, last.y1, last.x2 + dx, last.y2 + dy, end[0], end[1])
        return (*steps[:-1], short)
    return (*steps[:-1], To(*end))
