"""What may be laid over the beliefs: images of the maps, hull, transient beliefs, edges; no Qt."""

from dataclasses import dataclass

import numpy as np

from core.processes.errors import ProcessError
from core.processes.mixed_states import MixedStates, mixed_states
from core.processes.model import HiddenMarkovModel
from core.processes.planar_hull import planar_hull, recurrent_hull
from core.processes.projection import Projection
from core.processes.simplex_images import symbol_images
from core.progress import Progress

MOST_MIXED_STATES = 1000
MOST_TRANSIENT = 400
MOST_OF_MANY = 40
MOST_EDGES = 600
MOST_STATES = 400
"""For images and hull; more corners are no picture."""

Edge = tuple[np.ndarray, np.ndarray, int]
"""From, to, symbol."""


@dataclass(frozen=True, eq=False)
class Overlays:
    """Shapes in the plane of the projection, float64[m, 2] each.

    Attributes
    ----------
    images : tuple of (symbol, corners)
        Where beliefs can lie after a symbol.
    hull : corners of the hull of all recurrent beliefs
    transient : beliefs that are passed on the way from the start
    mixed, machine : edges between mixed states, and between the corners of the simplex
    missing : tuple of str
        What was asked for and why it is not there.
    """

    images: tuple[tuple[int, np.ndarray], ...] = ()
    hull: np.ndarray | None = None
    transient: np.ndarray | None = None
    mixed: tuple[Edge, ...] = ()
    machine: tuple[Edge, ...] = ()
    missing: tuple[str, ...] = ()


NO_OVERLAYS = Overlays()


def make_overlays(
    model: HiddenMarkovModel, projection: Projection, chosen: frozenset[str], progress: Progress
) -> Overlays:
    """Return the shapes of the overlays whose ids are `chosen`."""
    missing: list[str] = []
    images: list[tuple[int, np.ndarray]] = []
    hull = transient = None
    mixed: tuple[Edge, ...] = ()
    machine: tuple[Edge, ...] = ()
    is_large = model.n > MOST_STATES
    if "images" in chosen:
        if model.is_generalized or is_large:
            missing.append("no images: the beliefs fill no simplex that could be drawn")
        else:
            for x, corners in enumerate(symbol_images(model.T)):
                if len(corners):
                    places = projection.positions(corners)
                    images.append((x, places[planar_hull(places)]))
    if "hull" in chosen:
        try:
            hull = recurrent_hull(model, projection, progress)
        except ProcessError as problem:
            missing.append(f"no hull: {problem}")
    found: MixedStates | None = None
    if chosen & {"transient", "edges"}:
        found = mixed_states(model, max_states=MOST_MIXED_STATES, progress=progress)
    if found is not None and "transient" in chosen:
        # Where beliefs are without end, those after short words stand for all that are passed.
        most = MOST_TRANSIENT if found.is_complete else MOST_OF_MANY
        beliefs = found.beliefs[~found.recurrent][:most]
        transient = projection.positions(beliefs)
    if found is not None and "edges" in chosen:
        mixed = _mixed_edges(found, projection)
        if not found.is_complete or not mixed:
            missing.append("no edges of mixed states: there are not finitely many, or too many")
    if "machine" in chosen:
        if model.edge_count() > MOST_EDGES:
            missing.append("no edges of the machine: there are too many to be told apart")
        else:
            corners = projection.vertices
            machine = tuple(
                (corners[i], corners[j], int(x)) for x, i, j in np.argwhere(model.T != 0.0)
            )
    return Overlays(tuple(images), hull, transient, mixed, machine, tuple(missing))


def _mixed_edges(found: MixedStates, projection: Projection) -> tuple[Edge, ...]:
    if not found.is_complete:
        return ()
    sources, symbols = np.nonzero((found.next >= 0) & (found.probability > 0.0))
    if len(sources) > MOST_EDGES:
        return ()
    places = projection.positions(found.beliefs)
    return tuple(
        (places[i], places[found.next[i, x]], int(x))
        for i, x in zip(sources.tolist(), symbols.tolist(), strict=True)
    )
