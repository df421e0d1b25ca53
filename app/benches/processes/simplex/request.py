"""What is to be seen of the beliefs of a process, and the work of making it visible; no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from core.processes.errors import ProcessError
from core.processes.model import HiddenMarkovModel
from core.processes.projection import (
    Projection,
    Window,
    coordinates,
    interval,
    natural_projection,
    polygon,
    principal_components,
    tetrahedron,
)
from core.progress import Progress

MODES = ("density", "tree", "recurrent")
PROJECTIONS = ("polygon", "pca", "coordinates")
"""For more than 4 states; fewer have one that is natural."""

SAMPLED_FOR_AXES = 20_000
MOST_NODES = 30_000
MOST_STATES = 3_000
"""Nodes of the tree and mixed states that are drawn one by one."""

DEEPEST = 16


@dataclass(frozen=True, eq=False)
class SimplexRequest:
    """A view of the beliefs of one machine.

    Attributes
    ----------
    mode : str
        "density" plays the chaos game, "tree" follows all words to `depth`, "recurrent" merges
        what an observer comes to believe again and again.
    colour : str
        One of `core.processes.density_image.COLOURS`.
    window : Window or None
        The part of the plane in sight, None for all of the simplex.
    size : int
        Pixels on each side.
    paper, ink : (float, float, float)
    """

    model: HiddenMarkovModel
    mode: str = "density"
    colour: str = "state"
    points: int = 10**7
    depth: int = 8
    window: Window | None = None
    size: int = 512
    projection: str = "polygon"
    axes: tuple[int, int] = (0, 1)
    turn: float = 0.6
    tilt: float = 0.35
    paper: tuple[float, float, float] = (1.0, 1.0, 1.0)
    ink: tuple[float, float, float] = (0.08, 0.12, 0.25)


@dataclass(frozen=True, eq=False)
class SimplexPicture:
    """What became visible.

    Attributes
    ----------
    rgba : uint8[size, size, 4] or None
        The density of beliefs, over `window`.
    places : float64[m, 2]
        Beliefs that are drawn one by one, with `weights` and colours `rgb` between 0 and 1.
    is_recurrent : bool[m]
        Which of them an observer comes back to.
    told : str
        How much was done.
    """

    request: SimplexRequest
    projection: Projection
    window: Window
    rgba: np.ndarray | None = None
    places: np.ndarray = field(default_factory=lambda: np.empty((0, 2)))
    weights: np.ndarray = field(default_factory=lambda: np.empty(0))
    rgb: np.ndarray = field(default_factory=lambda: np.empty((0, 3)))
    is_recurrent: np.ndarray = field(default_factory=lambda: np.empty(0, bool))
    told: str = ""
    is_done: bool = True


def projection_of(request: SimplexRequest, progress: Progress | None = None) -> Projection:
    """Return where the states lie in the plane."""
    n = request.model.n
    if n <= 2:
        return interval(n)
    if n == 3:
        return natural_projection(3)
    if n == 4:
        return tetrahedron(request.turn, request.tilt)
    if request.projection == "pca":
        from core.processes.chaos_game import sample_beliefs

        sampled = sample_beliefs(request.model, SAMPLED_FOR_AXES, progress=progress)
        return principal_components(sampled)
    if request.projection == "coordinates":
        first, second = request.axes
        return coordinates(n, min(first, n - 1), min(second, n - 1))
    return polygon(n)


def make_pictures(
    request: SimplexRequest, show: Callable[[SimplexPicture], None], progress: Progress
) -> SimplexPicture:
    """Return the picture; `show` is given coarser ones on the way."""
    request.model.require_rows()
    projection = projection_of(request, progress)
    window = request.window or projection.view(0.06)
    if request.mode == "tree":
        return _tree(request, projection, window, progress)
    if request.mode == "recurrent":
        return _mixed_states(request, projection, window, progress)
    return _density(request, projection, window, show, progress)


def _density(
    request: SimplexRequest,
    projection: Projection,
    window: Window,
    show: Callable[[SimplexPicture], None],
    progress: Progress,
) -> SimplexPicture:
    from core.processes.density import BeliefDensity
    from core.processes.density_image import Theme, colouring_for, density_image, needs_sums

    colouring = colouring_for(request.model, request.colour)
    sums = colouring if needs_sums(colouring, projection) else None
    density = BeliefDensity(
        request.model, size=request.size, projection=projection, window=window, colouring=sums
    )
    theme = Theme(request.paper, request.ink)
    last: SimplexPicture | None = None
    for drawn in density.stages(request.points, progress):
        if last is not None:
            show(last)
        progress.check()
        rgba = density_image(density, request.colour, colouring, theme)
        told = f"{density.inside:,} beliefs in sight of {drawn:,} played"
        last = SimplexPicture(
            request, projection, window, rgba, told=told, is_done=drawn >= request.points
        )
    assert last is not None, "there is always a first stage"
    return last


def _tree(
    request: SimplexRequest, projection: Projection, window: Window, progress: Progress
) -> SimplexPicture:
    from core.processes.belief_tree import tree_levels

    places, weights, beliefs = [], [], []
    nodes = depth = 0
    for level in tree_levels(request.model, request.depth, progress=progress):
        if nodes + len(level) > MOST_NODES and nodes:
            break
        nodes += len(level)
        depth = level.length
        beliefs.append(np.array(level.beliefs))
        places.append(projection.positions(beliefs[-1]))
        weights.append(np.array(level.weights))
    kept = np.concatenate(beliefs)
    told = f"{nodes:,} words of up to {depth} symbols"
    if depth < request.depth:
        told += "; longer ones would be too many to be seen"
    return SimplexPicture(
        request,
        projection,
        window,
        None,
        np.concatenate(places),
        np.concatenate(weights),
        _colours(request, kept),
        np.ones(nodes, bool),
        told,
    )


def _mixed_states(
    request: SimplexRequest, projection: Projection, window: Window, progress: Progress
) -> SimplexPicture:
    from core.processes.mixed_states import mixed_states

    found = mixed_states(request.model, max_states=MOST_STATES, progress=progress)
    beliefs = np.asarray(found.beliefs)
    recurrent = np.asarray(found.recurrent, bool)
    told = (
        f"{int(recurrent.sum()):,} recurrent and {int((~recurrent).sum()):,} transient beliefs; "
        f"{found.verdict}"
    )
    return SimplexPicture(
        request,
        projection,
        window,
        None,
        projection.positions(beliefs),
        np.full(len(beliefs), 0.02),
        _colours(request, beliefs),
        recurrent,
        told,
    )


def _colours(request: SimplexRequest, beliefs: np.ndarray) -> np.ndarray:
    """Return the colour of each belief, those of the paper's ink where no hue is wanted."""
    from core.processes.density_image import colouring_for

    name = request.colour if request.colour in ("state", "next-symbol") else "plain"
    try:
        colouring = colouring_for(request.model, name)
    except ProcessError:
        colouring = None
    if colouring is None:
        return np.broadcast_to(np.array(request.ink), (len(beliefs), 3)).copy()
    return np.clip(beliefs @ colouring.of_state, 0.0, 1.0)
