"""Courses of labelled arcs: bundled where they would crowd, round other nodes, labels kept apart.

The arcs of a bundle, all from one node to another, share one line, and their labels are rows of
one stack beside it. Shared by the canvas and the figures, in canvas units with y downwards.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import atan2, hypot, pi
from typing import NamedTuple

import numpy as np

from app.canvas.arc_geometry import LABELLED_GAP, ArcPath, Box, Point, arc_path, bends, loop_path
from app.canvas.geometry import ROW_TEXT_SIZE
from app.canvas.graph import GraphArc
from app.canvas.text_width import approximate_width

MOST_SPREAD = 64
"""Among more lines labels stand where they fall: there is no room to choose from."""

LABEL_ROW = 14.0
LABEL_PADDING = 6.0
SWATCH = 7.0
"""Room that the colour of a symbol takes in a row of a bundle."""

BUNDLE_ROLE = "arc"
"""A line that several arcs share has the colour of none."""

MOMENTS = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.21, 0.79)
"""Where along a line its label may stand, the best place first."""

GAP, LOOP_GAP = 3.0, 6.0
"""Between a line, or a loop, and its label."""

SAMPLES = np.linspace(0.0, 1.0, 25)
CLEARANCE = 7.0
DETOURS = tuple(side * 26.0 * k for k in range(1, 9) for side in (1, -1))
TURNS = 16
ENOUGH_ROOM = 0.85
"""Radians free on both sides of a loop with which it stays above, below, or beside its node."""

ON_LABEL, ON_NODE, ON_LINE, OFF_MIDDLE, OTHER_SIDE = 12.0, 12.0, 0.16, 0.12, 0.05
"""What it costs a label to cover a whole label, a node, or a point of a line, and to go aside."""


class Course(NamedTuple):
    """Where one arc runs and its label's centre; only the lead of a bundle draws its line."""

    path: ArcPath
    label_at: Point
    label_width: float
    is_lead: bool


@dataclass(slots=True)
class _Line:
    """The arcs that share one line, by their places in the list."""

    source: str
    target: str
    members: list[int]
    width: float
    height: float


def label_width(arc: GraphArc) -> float:
    """Return the room across that the label of an arc takes."""
    if not arc.label:
        return 0.0
    text = approximate_width(arc.label, ROW_TEXT_SIZE, False)
    return text + LABEL_PADDING + (SWATCH if arc.bundled else 0.0)


def line_count(arcs: Sequence[GraphArc]) -> int:
    """Return how many lines are drawn for these arcs."""
    return sum(not arc.bundled for arc in arcs) + len(
        {(arc.source, arc.target) for arc in arcs if arc.bundled}
    )


def courses(boxes: Mapping[str, Box], arcs: Sequence[GraphArc]) -> list[Course]:
    """Return the course of every arc, in their order; `boxes` has all their ends."""
    lines = _lines(arcs)
    paths = list(_paths(lines, boxes))
    centres = _label_centres(lines, paths, list(boxes.values()))
    found: dict[int, Course] = {}
    for line, path, (x, y) in zip(lines, paths, centres, strict=True):
        top = y - line.height / 2
        for row, member in enumerate(line.members):
            middle = top + (row + 0.5) * LABEL_ROW
            found[member] = Course(path, (x, middle), line.width, row == 0)
    return [found[index] for index in range(len(arcs))]


def _lines(arcs: Sequence[GraphArc]) -> list[_Line]:
    lines: list[_Line] = []
    bundles: dict[tuple[str, str], _Line] = {}
    for index, arc in enumerate(arcs):
        line = bundles.get((arc.source, arc.target)) if arc.bundled else None
        if line is None:
            line = _Line(arc.source, arc.target, [], 0.0, 0.0)
            lines.append(line)
            if arc.bundled:
                bundles[arc.source, arc.target] = line
        line.members.append(index)
        line.width = max(line.width, label_width(arc))
        line.height = len(line.members) * LABEL_ROW
    return lines


def _paths(lines: Sequence[_Line], boxes: Mapping[str, Box]) -> Iterator[ArcPath]:
    bows = bends([(line.source, line.target) for line in lines], LABELLED_GAP)
    turns = _loop_turns(lines, boxes)
    for index, (line, bow) in enumerate(zip(lines, bows, strict=True)):
        box = boxes[line.source]
        if line.source == line.target:
            yield loop_path(box, turns[index])
            continue
        target = boxes[line.target]
        others = [each for name, each in boxes.items() if name not in (line.source, line.target)]
        yield _clear_path(box, target, bow, others)


def _clear_path(source: Box, target: Box, bow: float, others: Sequence[Box]) -> ArcPath:
    """Return the path that runs over no other node, of those the one that bends least."""
    best = arc_path(source, target, bow)
    least = _covered(best, others)
    if least:
        side = 1.0 if bow >= 0 else -1.0
        for detour in DETOURS:
            path = arc_path(source, target, bow + side * detour)
            covered = _covered(path, others)
            if covered < least:
                best, least = path, covered
            if not covered:
                break
    return best


def _covered(path: ArcPath, others: Sequence[Box]) -> int:
    points = _points(path)
    count = 0
    for box in others:
        u = (points[:, 0] - box.x) / (box.width / 2 + CLEARANCE)
        v = (points[:, 1] - box.y) / (box.height / 2 + CLEARANCE)
        count += int((u * u + v * v < 1).sum())
    return count


def _loop_turns(lines: Sequence[_Line], boxes: Mapping[str, Box]) -> dict[int, float]:
    """Return to which side each loop goes, in quarter turns from above: where most room is."""
    found: dict[int, float] = {}
    taken: dict[str, list[float]] = {}
    for line in lines:
        if line.source == line.target:
            continue
        for name, other in ((line.source, line.target), (line.target, line.source)):
            box, end = boxes[name], boxes[other]
            taken.setdefault(name, []).append(atan2(end.y - box.y, end.x - box.x))
    for index, line in enumerate(lines):
        if line.source == line.target:
            angles = taken.setdefault(line.source, [])
            turn = _freest(angles)
            found[index] = turn
            angles.append(-pi / 2 + turn * pi / 2)
    return found


def _freest(angles: Sequence[float]) -> float:
    def room(turn: float) -> float:
        side = -pi / 2 + turn * pi / 2
        return min((abs((angle - side + pi) % (2 * pi) - pi) for angle in angles), default=pi)

    upright = max(range(4), key=lambda turn: (round(room(turn), 3), -turn))
    if room(upright) >= ENOUGH_ROOM:
        return float(upright)
    return max(
        (k * 4 / TURNS for k in range(TURNS)), key=lambda turn: (round(room(turn), 3), -turn)
    )


def _points(path: ArcPath) -> np.ndarray:
    """Return points along the line, float64[samples, 2]."""
    t = SAMPLES[:, None]
    start, tip = np.array(path.start), np.array(path.tip)
    if path.is_straight:
        return np.asarray(start + t * (tip - start))
    c1, c2 = np.array(path.control_1), np.array(path.control_2)
    s = 1 - t
    return np.asarray(s**3 * start + 3 * s * s * t * c1 + 3 * s * t * t * c2 + t**3 * tip)


def _candidates(line: _Line, path: ArcPath, points: np.ndarray) -> tuple[list[Point], list[float]]:
    """Return where the label of a line may stand, and what going there costs in itself."""
    if line.source == line.target:
        (x, y), (nx, ny) = path.label_anchor, path.label_side
        reach = abs(nx) * line.width / 2 + abs(ny) * line.height / 2 + LOOP_GAP
        places, costs = [], []
        for aside in (0.0, 0.35, -0.35, 0.7, -0.7):
            dx, dy = -ny * aside * line.width, nx * aside * line.height
            places.append((x + nx * reach + dx, y + ny * reach + dy))
            costs.append(abs(aside) * OFF_MIDDLE)
        return places, costs
    places, costs = [], []
    last = len(points) - 1
    for moment in MOMENTS:
        k = round(moment * last)
        (x, y), before, after = points[k], points[max(k - 1, 0)], points[min(k + 1, last)]
        dx, dy = after - before
        length = hypot(dx, dy) or 1.0
        nx, ny = dy / length, -dx / length
        outwards = 1.0 if nx * path.label_side[0] + ny * path.label_side[1] >= 0 else -1.0
        reach = abs(nx) * line.width / 2 + abs(ny) * line.height / 2 + GAP
        for side in (outwards, -outwards):
            places.append((float(x + side * nx * reach), float(y + side * ny * reach)))
            costs.append(abs(moment - 0.5) * OFF_MIDDLE + (side != outwards) * OTHER_SIDE)
    return places, costs


def _label_centres(
    lines: Sequence[_Line], paths: Sequence[ArcPath], boxes: Sequence[Box]
) -> list[Point]:
    """Return the centre of each line's labels: first each by itself, then apart from the others."""
    if not lines:
        return []
    all_points = [_points(path) for path in paths]
    options = [
        _candidates(line, path, points)
        for line, path, points in zip(lines, paths, all_points, strict=True)
    ]
    if len(lines) > MOST_SPREAD:
        return [places[0] for places, _ in options]
    points = np.concatenate(all_points)
    nodes = np.array([(box.x, box.y, box.width / 2, box.height / 2) for box in boxes])
    halves = np.array([(line.width / 2, line.height / 2) for line in lines])
    spots = [np.array(places) for places, _ in options]
    own = [
        np.array(costs)
        + ON_LINE * _inside(points, each, half)
        + ON_NODE * _overlaps(each, half, nodes)
        for each, (_, costs), half in zip(spots, options, halves, strict=True)
    ]
    chosen = [int(np.argmin(costs)) for costs in own]
    for _ in range(3):
        before = tuple(chosen)
        for index, each in enumerate(spots):
            others = np.array([spots[j][chosen[j]] for j in range(len(spots)) if j != index])
            if others.size:
                boxed = np.hstack([others, np.delete(halves, index, axis=0)])
                costs = own[index] + ON_LABEL * _overlaps(each, halves[index], boxed)
                chosen[index] = int(np.argmin(costs))
        if before == tuple(chosen):
            break
    return [(float(each[k][0]), float(each[k][1])) for each, k in zip(spots, chosen, strict=True)]


def _inside(points: np.ndarray, centres: np.ndarray, half: np.ndarray) -> np.ndarray:
    """Return how many points lie under a label at each centre."""
    low, high = centres.min(axis=0) - half, centres.max(axis=0) + half
    near = points[((points > low) & (points < high)).all(axis=1)]
    away = np.abs(near[None, :, :] - centres[:, None, :])
    return np.asarray((away < half).all(axis=2).sum(axis=1))


def _overlaps(centres: np.ndarray, half: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """Return how much of boxes (x, y, half sides) a label covers at each centre, in its areas."""
    if not half.all():
        return np.zeros(len(centres))
    away = np.abs(centres[:, None, :] - boxes[None, :, :2])
    shared = np.clip(half + boxes[None, :, 2:] - away + 1.5, 0.0, None)
    deep = np.minimum(shared, 2 * np.minimum(half, boxes[None, :, 2:]))
    return np.asarray((deep[:, :, 0] * deep[:, :, 1]).sum(axis=1) / float(4 * half[0] * half[1]))
