"""Where arcs run: clipped at the nodes' rims, bent apart when parallel, looped at one node.

Shared by the canvas and the figures, in canvas units with y downwards.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin, sqrt

from app.canvas.geometry import CORNER_RADIUS

Point = tuple[float, float]

HEAD_LENGTH = 10.0
HEAD_WIDTH = 8.0
PARALLEL_GAP = 34.0
"""Distance between the bows of neighbouring parallel arcs at their middle, times two."""

LABELLED_GAP = 64.0
"""The same where arcs have labels, which need room between them."""

BOW_STEPS, BOW_SHRINKS = 6, 0.75
"""How often, and to what share each time, a bow shrinks that would lie on a node."""

LOOP_REACH = 38.0
LABEL_CLEARANCE = 10.0
LABEL_GAP = 2.0
"""Between a line and the patch of its label, so that the patch hides nothing of the line."""


@dataclass(frozen=True, slots=True)
class Box:
    """A node's outline: its centre, its size and whether it is a rounded "box" or an "ellipse"."""

    x: float
    y: float
    width: float
    height: float
    shape: str = "box"


@dataclass(frozen=True, slots=True)
class ArcPath:
    """One cubic from `start` to `end` (the base of the head) and the head's triangle.

    `is_straight` says that the control points may be ignored. The label stands beside
    `label_anchor`, in the direction `label_side`; `label_at` is the centre of a small one.
    """

    start: Point
    control_1: Point
    control_2: Point
    end: Point
    head: tuple[Point, Point, Point]
    label_anchor: Point
    label_side: Point
    is_straight: bool

    @property
    def tip(self) -> Point:
        """The point of the arrow, on the target's rim."""
        return self.head[0]

    @property
    def label_at(self) -> Point:
        """Centre of a label about as wide as high."""
        return self.label_centre(2 * LABEL_CLEARANCE, 2 * LABEL_CLEARANCE)

    def label_centre(self, width: float, height: float) -> Point:
        """Return the centre of a label of this size that keeps clear of the line."""
        (x, y), (nx, ny) = self.label_anchor, self.label_side
        reach = abs(nx) * width / 2 + abs(ny) * height / 2 + LABEL_GAP
        return (x + nx * reach, y + ny * reach)


def rim_point(box: Box, towards: Point) -> Point:
    """Return where the ray from the box's centre to `towards` leaves the node."""
    dx, dy = towards[0] - box.x, towards[1] - box.y
    length = hypot(dx, dy)
    if length < 1e-9:
        return (box.x, box.y + box.height / 2)
    ux, uy = dx / length, dy / length
    if box.shape == "ellipse":
        reach = 1.0 / sqrt((2 * ux / box.width) ** 2 + (2 * uy / box.height) ** 2)
    else:
        reach = _rounded_reach(box.width / 2, box.height / 2, abs(ux), abs(uy))
    return (box.x + ux * reach, box.y + uy * reach)


def _rounded_reach(a: float, b: float, ux: float, uy: float) -> float:
    """Length of the ray (ux, uy), both >= 0, inside the rounded box of half sides a and b."""
    reach = min(a / ux if ux > 1e-12 else float("inf"), b / uy if uy > 1e-12 else float("inf"))
    radius = min(CORNER_RADIUS, a, b)
    cx, cy = a - radius, b - radius
    if reach * ux <= cx or reach * uy <= cy:
        return reach
    along = ux * cx + uy * cy
    return along + sqrt(max(0.0, along * along - (cx * cx + cy * cy - radius * radius)))


def arc_path(source: Box, target: Box, bend: float = 0.0) -> ArcPath:
    """Return the path of an arc, bowed by `bend` units to its left (seen along the arc)."""
    dx, dy = target.x - source.x, target.y - source.y
    length = hypot(dx, dy)
    if length < 1e-9:
        return loop_path(source)
    nx, ny = dy / length, -dx / length
    middle = _bow(source, target, (nx, ny), bend)
    start = rim_point(source, middle if bend else (target.x, target.y))
    tip = rim_point(target, middle if bend else (source.x, source.y))
    if not bend:
        head, end = _head(tip, (dx / length, dy / length))
        half_way = ((start[0] + tip[0]) / 2, (start[1] + tip[1]) / 2)
        return ArcPath(start, start, end, end, head, half_way, (nx, ny), True)
    head, end = _head(tip, _unit(middle, tip))
    control_1, control_2 = _thirds(start, middle, end)
    top = (
        0.25 * start[0] + 0.5 * middle[0] + 0.25 * end[0],
        0.25 * start[1] + 0.5 * middle[1] + 0.25 * end[1],
    )
    side = 1.0 if bend > 0 else -1.0
    outwards = (nx * side, ny * side)
    return ArcPath(start, control_1, control_2, end, head, top, outwards, False)


def _bow(source: Box, target: Box, side: Point, bend: float) -> Point:
    """Return where an arc bows to: less far between near nodes, so that no node hides its head."""
    x, y = (source.x + target.x) / 2, (source.y + target.y) / 2
    for _ in range(BOW_STEPS if bend else 0):
        middle = (x + side[0] * bend, y + side[1] * bend)
        if not (_covers(source, middle) or _covers(target, middle)):
            break
        bend *= BOW_SHRINKS
    return (x + side[0] * bend, y + side[1] * bend)


def _covers(box: Box, point: Point) -> bool:
    """Whether a point is on a node or nearer to it than a head is long."""
    dx, dy = abs(point[0] - box.x), abs(point[1] - box.y)
    return dx < box.width / 2 + HEAD_LENGTH and dy < box.height / 2 + HEAD_LENGTH


def loop_path(box: Box, place: float = 0) -> ArcPath:
    """Return an arc from a node to itself; `place` 0, 1, 2, 3 is above, right, below, left.

    In between it leaves the node askew.
    """
    angle = -pi / 2 + (place % 4) * pi / 2
    reach = LOOP_REACH + 16.0 * (place // 4)
    spread = 0.42
    half = hypot(sin(angle) * box.height / 2, cos(angle) * box.width / 2)
    far = half + reach

    def around(turn: float, distance: float) -> Point:
        return (box.x + cos(angle + turn) * distance, box.y + sin(angle + turn) * distance)

    out, back = around(-spread, far * 1.12), around(spread, far * 1.12)
    start, tip = rim_point(box, out), rim_point(box, back)
    head, end = _head(tip, _unit(back, tip))
    top = around(0.0, half + reach * 0.75)
    return ArcPath(start, out, back, end, head, top, (cos(angle), sin(angle)), False)


def loop_places(box: Box, others: Iterable[Point], count: int) -> list[int]:
    """Return the `place` of each of `count` loops at a node: the sides with most room first."""
    angles = [atan2(y - box.y, x - box.x) for x, y in others if (x, y) != (box.x, box.y)]

    def room(place: int) -> float:
        side = -pi / 2 + place * pi / 2
        turns = (abs((angle - side + pi) % (2 * pi) - pi) for angle in angles)
        return min(turns, default=pi)

    order = sorted(range(4), key=lambda place: (-round(room(place), 3), place))
    return [order[k % 4] + 4 * (k // 4) for k in range(count)]


def bends(arcs: Sequence[tuple[str, str]], gap: float = PARALLEL_GAP) -> list[float]:
    """Return the bow of each arc (source, target): 0 for lone arcs, apart for parallel ones.

    For an arc from a node to itself the number counts its loops; `loop_places` finds them sides.
    """
    groups: dict[tuple[str, str], list[int]] = {}
    for index, (source, target) in enumerate(arcs):
        pair = (source, target) if source <= target else (target, source)
        groups.setdefault(pair, []).append(index)
    result = [0.0] * len(arcs)
    for (first, second), members in groups.items():
        for place, index in enumerate(members):
            if first == second:
                result[index] = float(place)
            else:
                offset = (place - (len(members) - 1) / 2) * gap
                result[index] = offset if arcs[index][0] == first else -offset
    return result


def path_of(source: Box, target: Box, bend: float, *, is_loop: bool) -> ArcPath:
    """Return the path for an arc whose `bend` came from `bends`."""
    return loop_path(source, int(bend)) if is_loop else arc_path(source, target, bend)


def bounds(boxes: Iterable[Box]) -> tuple[float, float, float, float]:
    """Return (left, top, right, bottom) around `boxes`, zeros when there are none."""
    boxes = list(boxes)
    if not boxes:
        return (0.0, 0.0, 0.0, 0.0)
    return (
        min(box.x - box.width / 2 for box in boxes),
        min(box.y - box.height / 2 for box in boxes),
        max(box.x + box.width / 2 for box in boxes),
        max(box.y + box.height / 2 for box in boxes),
    )


def _head(tip: Point, along: Point) -> tuple[tuple[Point, Point, Point], Point]:
    ux, uy = along
    base = (tip[0] - ux * HEAD_LENGTH, tip[1] - uy * HEAD_LENGTH)
    half = HEAD_WIDTH / 2
    left = (base[0] + uy * half, base[1] - ux * half)
    right = (base[0] - uy * half, base[1] + ux * half)
    return (tip, left, right), (tip[0] - ux * HEAD_LENGTH * 0.8, tip[1] - uy * HEAD_LENGTH * 0.8)


def _unit(start: Point, end: Point) -> Point:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy) or 1.0
    return (dx / length, dy / length)


def _thirds(start: Point, middle: Point, end: Point) -> tuple[Point, Point]:
    """Control points of the cubic that equals the quadratic over `middle`."""
    return (
        (start[0] + 2 / 3 * (middle[0] - start[0]), start[1] + 2 / 3 * (middle[1] - start[1])),
        (end[0] + 2 / 3 * (middle[0] - end[0]), end[1] + 2 / 3 * (middle[1] - end[1])),
    )
