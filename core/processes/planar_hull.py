"""Convex hulls in the plane: of places, and of all beliefs that a process comes back to."""

import numpy as np
import numpy.typing as npt

from core.processes.chaos_game import sample_beliefs
from core.processes.model import HiddenMarkovModel
from core.processes.projection import Projection
from core.progress import Progress

Floats = npt.NDArray[np.float64]

SAMPLED = 5_000
ROUNDS = 40
"""Each brings the hull of the sample nearer to that of all beliefs, by the factor of the maps."""
MOST_CORNERS = 400
"""A hull with more is round for every eye; the sample has settled it."""
LEAST_MASS = SETTLED = 1e-12


def planar_hull(places: Floats) -> npt.NDArray[np.int64]:
    """Return which places are the corners of their convex hull, counterclockwise.

    Places on an edge are no corners; places all on one line have their two ends.

    Source: A. M. Andrew, Another efficient algorithm for convex hulls in two dimensions (1979).
    """
    kept = _outside_diamond(places)
    order = kept[np.lexsort((places[kept, 1], places[kept, 0]))]
    points = places[order].tolist()
    lower = _chain(points, range(len(points)))
    upper = _chain(points, range(len(points) - 1, -1, -1))
    corners = lower[:-1] + upper[:-1] or lower[:1]
    return order[np.array(corners, dtype=np.int64)]


def recurrent_hull(
    model: HiddenMarkovModel, projection: Projection, progress: Progress | None = None
) -> Floats:
    """Return the corners of the hull of the recurrent beliefs as they are projected.

    It is the hull of sampled beliefs. For up to 3 states, where the plane loses nothing, the maps
    of the symbols are then applied to its corners again and again: they take hulls to hulls, so
    the result tends to the hull of all recurrent beliefs from within.
    """
    beliefs = sample_beliefs(model, SAMPLED, progress=progress)
    corners = beliefs[planar_hull(projection.positions(beliefs))]
    if model.n <= 3 and not model.is_generalized:
        for _ in range(ROUNDS):
            if len(corners) > MOST_CORNERS:
                break
            if progress is not None:
                progress.check()
            ahead = corners[None] @ model.T
            mass = ahead.sum(axis=2)
            images = ahead[mass > LEAST_MASS] / mass[mass > LEAST_MASS, None]
            grown = np.concatenate([corners, images])
            before = corners
            corners = grown[planar_hull(projection.positions(grown).round(13))]
            if before.shape == corners.shape and np.abs(before - corners).max() < SETTLED:
                break
    return projection.positions(corners)


def _outside_diamond(places: Floats) -> npt.NDArray[np.int64]:
    """Return the places that may be corners: not well inside the four outermost ones."""
    if len(places) < 64:
        return np.arange(len(places))
    sums, differences = places.sum(axis=1), places[:, 0] - places[:, 1]
    frame = places[[sums.argmin(), differences.argmax(), sums.argmax(), differences.argmin()]]
    inside = np.ones(len(places), bool)
    for a, b in zip(frame, np.roll(frame, -1, axis=0), strict=True):
        (x, y), offset = b - a, places - a
        inside &= x * offset[:, 1] - y * offset[:, 0] > 0.0
    return np.flatnonzero(~inside)


def _chain(points: list[list[float]], order: range) -> list[int]:
    """Return the corners met on the way along `order` that turn to the left."""
    chain: list[int] = []
    for i in order:
        while len(chain) > 1 and _turn(points[chain[-2]], points[chain[-1]], points[i]) <= 0.0:
            chain.pop()
        if not chain or points[chain[-1]] != points[i]:
            chain.append(i)
    return chain


def _turn(a: list[float], b: list[float], c: list[float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
