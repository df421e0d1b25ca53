"""Places of states: their outlines, and the whole machine laid out; no Qt."""

from collections.abc import Iterable
from math import cos, pi, sin

import numpy as np

from app.benches.processes.presentation import bundles
from app.canvas.arc_geometry import Box
from app.canvas.geometry import node_size
from core.processes.model import HiddenMarkovModel
from core.processes.process_subject import ProcessSubject

MOST_ON_A_CIRCLE = 7
NEIGHBOURS = 175.0
"""Distance of neighbours on the circle, in canvas units: room for a label between them."""

FOUR = ((-0.85, -0.5), (0.85, -0.5), (0.45, 0.5), (-0.45, 0.5))
"""Four states make no square, whose diagonals would cross where their labels stand."""

ROOM = 60.0
"""How much further apart for every line more than two between the same states."""

STACK_ROOM = 46.0
"""How much further apart for every row more than one in a stack of labels."""

CROSSING_ROOM = 0.16
"""By what share further apart for every state more than four, when all pairs are joined."""

UNIT = (190.0, 165.0)


def node_boxes(subject: ProcessSubject, states: Iterable[str] | None = None) -> dict[str, Box]:
    """Return the outline of every state, or of some, as the canvas draws it."""
    chosen = subject.model.states if states is None else states
    return {
        state: Box(*subject.position(state), *node_size(state, shape="circle"), "ellipse")
        for state in chosen
    }


def arranged(subject: ProcessSubject) -> ProcessSubject:
    """Return the subject with few states on a circle, and many so that neighbours are near."""
    model = subject.model
    if model.n <= MOST_ON_A_CIRCLE:
        places = _circle(model.n, _distance(model))
        return subject.moved(dict(zip(model.states, places, strict=True)))
    from app.canvas.stress_layout import stress_positions

    edges = [(edge.source, edge.target) for edge in model.edges()]
    sizes = {state: node_size(state, shape="circle") for state in model.states}
    return subject.moved(stress_positions(model.states, edges, sizes, unit=UNIT))


def placed(subject: ProcessSubject) -> ProcessSubject:
    """Return the subject as it is, or laid out when its file gave no places."""
    return subject if subject.is_placed else arranged(subject)


def _distance(model: HiddenMarkovModel) -> float:
    """Return how far neighbours on the circle stand apart, for all labels to have room."""
    counts = (model.T != 0).sum(axis=0)
    bundled = bool(bundles(model))
    lines = np.minimum(counts, 1) if bundled else counts
    between = lines + lines.T
    np.fill_diagonal(between, 0)
    np.fill_diagonal(counts, 0)
    rows = int(counts.max(initial=1)) if bundled else 1
    apart = NEIGHBOURS + ROOM * max(int(between.max(initial=0)) - 2, 0) + STACK_ROOM * (rows - 1)
    joined = np.count_nonzero(between) / max(model.n * (model.n - 1), 1)
    return apart * (1.0 + CROSSING_ROOM * max(model.n - 4, 0) * joined)


def _circle(n: int, apart: float) -> list[tuple[float, float]]:
    if n <= 1:
        return [(0.0, 0.0)] * n
    if n == 4:
        return [(x * apart, y * apart) for x, y in FOUR]
    radius = apart / (2 * sin(pi / n)) if n > 2 else apart / 2
    start = pi if n == 2 else -pi / 2
    angles = [start + 2 * pi * i / n for i in range(n)]
    return [(float(round(radius * cos(a))), float(round(radius * sin(a)))) for a in angles]
