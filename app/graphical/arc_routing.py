"""Arcs of a figure led round the nodes in their way, so that none seems to start or end there.

A straight arc behind a third node reads as two arcs, to that node and from it. Where a straight
arc would be hidden, the cubic that is hidden least is taken, of those the one that bends least.
"""

from collections.abc import Sequence

import numpy as np

from app.canvas.arc_geometry import Box, Point

CLEARANCE = 4.0
"""Least distance of an arc from a node it only passes, in canvas units."""

BOWS = np.array([0.0, *(side * k * 12.0 for k in range(1, 17) for side in (1, -1))])
"""How far a control point may lie beside the straight arc, the straight one first."""

WEAVING = np.flatnonzero(BOWS % 24.0 == 0)
"""The bows that are tried in pairs, where the same bow at both ends leaves an arc hidden."""

MOST_TO_WEAVE_BETWEEN = 60
"""With more nodes near an arc it only bows to one side, for time is short as well."""

MOST_TO_CLEAR = 120
"""Among more nodes no single cubic comes through unhidden, and the arc runs straight."""

_MOMENTS = np.linspace(0.02, 0.98, 33)
_BENDING = 0.06
"""What a unit of bending costs, in units of hidden length: of clear arcs the straightest wins."""

_TURNING_BACK = 0.5
"""What a unit of length above the upper or below the lower end costs, likewise."""

_OFF_THE_SHEET = 100.0

Curve = tuple[Point, Point, Point, Point]


def routed(source: Box, target: Box, others: Sequence[Box], width: float) -> Curve | None:
    """Return the cubic of an arc on a sheet of `width` canvas units; None where it runs straight.

    The cubic goes from rim to rim. `others` are the nodes to keep clear of.
    """
    ends = np.array([[source.x, source.y], [target.x, target.y]])
    along = ends[1] - ends[0]
    length = float(np.hypot(*along))
    near = _within_reach(ends, others)
    if length < 1e-9 or not 0 < len(near) <= MOST_TO_CLEAR:
        return None
    beside = np.array([along[1], -along[0]]) / length
    first = ends[0] + along / 3 + BOWS[:, None] * beside
    second = ends[1] - along / 3 + BOWS[:, None] * beside
    straight = _costs(ends, first[:1], second[:1], near, width)[0]
    if straight == 0:
        return None
    one = two = np.arange(len(BOWS))
    costs = _costs(ends, first, second, near, width)
    best = int(np.argmin(costs))
    is_clear = costs[best] <= 2 * _BENDING * abs(BOWS[best]) + 1e-9
    if not is_clear and len(near) <= MOST_TO_WEAVE_BETWEEN:
        one, two = (WEAVING[each.ravel()] for each in np.indices((len(WEAVING), len(WEAVING))))
        costs = _costs(ends, first[one], second[two], near, width)
        best = int(np.argmin(costs))
    if costs[best] >= straight:
        return None
    points = np.stack([ends[0], first[one[best]], second[two[best]], ends[1]])
    return _between_rims(points, source, target)


def _within_reach(ends: np.ndarray, others: Sequence[Box]) -> list[Box]:
    """Return the nodes that an arc could meet."""
    reach = float(BOWS.max()) + CLEARANCE
    low, high = ends.min(axis=0) - reach, ends.max(axis=0) + reach
    return [
        box
        for box in others
        if low[0] < box.x + box.width / 2
        and high[0] > box.x - box.width / 2
        and low[1] < box.y + box.height / 2
        and high[1] > box.y - box.height / 2
    ]


def _costs(
    ends: np.ndarray, first: np.ndarray, second: np.ndarray, near: Sequence[Box], width: float
) -> np.ndarray:
    """Return what each pair of control points costs, in canvas units of hidden length."""
    start, end = (np.broadcast_to(each, first.shape) for each in ends)
    x, y = np.einsum("km,kci->icm", _bernstein(_MOMENTS), np.stack([start, first, second, end]))
    hidden = np.zeros(x.shape, bool)
    for box in near:
        hidden |= _is_inside(box, x, y, CLEARANCE)
    back = (y < ends[:, 1].min()) | (y > ends[:, 1].max())
    outside = (x < CLEARANCE) | (x > width - CLEARANCE)
    share = hidden + _TURNING_BACK * back + _OFF_THE_SHEET * outside
    along = ends[1] - ends[0]
    bows = np.hypot(*(first - ends[0] - along / 3).T) + np.hypot(*(second - ends[1] + along / 3).T)
    return share.mean(axis=1) * float(np.hypot(*along)) + _BENDING * bows


def _bernstein(moments: np.ndarray) -> np.ndarray:
    """Return the weights of a cubic's four points at each moment, as (4, moments)."""
    t, s = moments, 1 - moments
    return np.stack([s**3, 3 * t * s**2, 3 * t**2 * s, t**3])


def _is_inside(box: Box, x: np.ndarray, y: np.ndarray, margin: float = 0.0) -> np.ndarray:
    u = (x - box.x) / (box.width / 2 + margin)
    v = (y - box.y) / (box.height / 2 + margin)
    return u * u + v * v < 1 if box.shape == "ellipse" else np.maximum(abs(u), abs(v)) < 1


def _between_rims(points: np.ndarray, source: Box, target: Box) -> Curve | None:
    """Return the part of a cubic that lies between the two nodes, if there is one."""
    moments = np.linspace(0.0, 1.0, 1001)
    x, y = points.T @ _bernstein(moments)
    leaves = int(np.flatnonzero(_is_inside(source, x, y)).max(initial=0))
    enters = int(np.flatnonzero(_is_inside(target, x, y)).min(initial=len(moments) - 1))
    if leaves >= enters:
        return None
    _, tail = _split(points, moments[leaves])
    head, _ = _split(tail, (moments[enters] - moments[leaves]) / (1 - moments[leaves]))
    start, one, two, tip = ((float(px), float(py)) for px, py in head)
    return (start, one, two, tip)


def _split(points: np.ndarray, at: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the two halves of a cubic cut at the parameter `at` (de Casteljau)."""
    levels = [points]
    while len(levels[-1]) > 1:
        levels.append(levels[-1][:-1] * (1 - at) + levels[-1][1:] * at)
    left = np.stack([level[0] for level in levels])
    right = np.stack([level[-1] for level in reversed(levels)])
    return left, right
