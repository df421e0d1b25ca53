"""What is to be seen of the beliefs of a process, and the work of making it visible; no Qt."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import islice, product
from typing import TYPE_CHECKING

import numpy as np

from core.processes.model import HiddenMarkovModel
from core.processes.projection import (
    Projection,
    Window,
    coordinates,
    interval,
    natural_projection,
    own_projection,
    polygon,
    principal_components,
    tetrahedron,
)
from core.progress import Progress

if TYPE_CHECKING:
    from core.processes.colours import Colouring

MODES = ("density", "tree", "recurrent")
PROJECTIONS = ("natural", "pca", "coordinates", "own")
"""For 4 states or more; fewer have one that is natural."""

SAMPLED_FOR_AXES = 20_000
MOST_NODES = 30_000
MOST_STATES = 3_000
"""Nodes of the tree and mixed states that are drawn one by one."""

MOST_WORDS = 2**21
"""In the last level of a tree; of those in sight the most probable are drawn."""
DEEPEST = 20
MOST_LISTED = 9
MOST_THREADS = 4
BELOW_INTERVAL = 0.2
"""Part of the height below the interval, for images of the maps."""


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
    remembered : int
        How many last symbols decide a colour.
    own : a place for each state, for the projection "own"; empty where none was given
    overlays : ids of what is laid over the beliefs
    symbol_colours : red, green and blue of each symbol; hues of a circle where left out
    """

    model: HiddenMarkovModel
    mode: str = "density"
    colour: str = "state"
    points: int = 10**7
    depth: int = 8
    window: Window | None = None
    size: int = 512
    projection: str = "natural"
    axes: tuple[int, int] = (0, 1)
    turn: float = 0.6
    tilt: float = 0.35
    paper: tuple[float, float, float] = (1.0, 1.0, 1.0)
    ink: tuple[float, float, float] = (0.08, 0.12, 0.25)
    remembered: int = 1
    own: tuple[tuple[float, float], ...] = ()
    overlays: frozenset[str] = frozenset()
    symbol_colours: tuple[tuple[float, float, float], ...] = ()


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
    word_of : callable or None
        Gives a word that leads to a belief that is drawn.
    legend : tuple of (text, rgb)
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
    word_of: Callable[[int], tuple[str, ...]] | None = None
    legend: tuple[tuple[str, tuple[float, float, float]], ...] = ()

    @property
    def image_window(self) -> Window:
        """The part of the plane that the pixels cover: a histogram stands on its interval."""
        left, _, right, top = self.window
        return (left, 0.0, right, top) if self.projection.is_interval else self.window


def projection_of(request: SimplexRequest, progress: Progress | None = None) -> Projection:
    """Return where the states lie in the plane."""
    n = request.model.n
    if n <= 2:
        return interval(n)
    if n == 3:
        return natural_projection(3)
    if request.projection == "own" and len(request.own) == n:
        return own_projection(np.array(request.own))
    if request.projection == "pca":
        from core.processes.chaos_game import sample_beliefs

        sampled = sample_beliefs(request.model, SAMPLED_FOR_AXES, progress=progress)
        return principal_components(sampled)
    if request.projection == "coordinates":
        first, second = request.axes
        return coordinates(n, min(first, n - 1), min(second, n - 1))
    return tetrahedron(request.turn, request.tilt) if n == 4 else polygon(n)


def framed(projection: Projection, window: Window | None) -> Window:
    """Return the window; over an interval it always has the line at the same height."""
    left, bottom, right, top = window or projection.view(0.06)
    if projection.is_interval:
        width = right - left
        return (left, -BELOW_INTERVAL * width, right, (1.0 - BELOW_INTERVAL) * width)
    return (left, bottom, right, top)


def make_pictures(
    request: SimplexRequest, show: Callable[[SimplexPicture], None], progress: Progress
) -> SimplexPicture:
    """Return the picture; `show` is given coarser ones on the way."""
    request.model.require_rows()
    projection = projection_of(request, progress)
    window = framed(projection, request.window)
    if request.mode == "tree":
        return _tree(request, projection, window, progress)
    if request.mode == "recurrent":
        return _mixed_states(request, projection, window, show, progress)
    return _density(request, projection, window, show, progress)


def _density(
    request: SimplexRequest,
    projection: Projection,
    window: Window,
    show: Callable[[SimplexPicture], None],
    progress: Progress,
) -> SimplexPicture:
    from core.processes.density import BeliefDensity
    from core.processes.density_image import Theme, density_image, needs_sums

    colouring = colouring_of(request)
    sums = colouring if needs_sums(colouring, projection) else None
    density = BeliefDensity(
        request.model, size=request.size, projection=projection, window=window, colouring=sums
    )
    theme = Theme(request.paper, request.ink)
    threads = min(os.cpu_count() or 1, MOST_THREADS)
    for drawn in density.stages(request.points, progress, threads=threads):
        progress.check()
        if request.mode == "recurrent":  # the set itself, however often it is visited
            if density.sums.size:
                density.sums /= np.maximum(density.counts, 1)[:, :, None]
            np.minimum(density.counts, 1, out=density.counts)
        rgba = density_image(density, request.colour, colouring, theme)
        told = f"{density.inside:,} beliefs in sight of {drawn:,} played"
        picture = SimplexPicture(
            request, projection, window, rgba, told=told, is_done=drawn >= request.points,
            legend=legend_of(request, colouring),
        )  # fmt: skip
        if not picture.is_done:
            show(picture)
    return picture


def _tree(
    request: SimplexRequest, projection: Projection, window: Window, progress: Progress
) -> SimplexPicture:
    from core.processes.belief_tree import TreeLevel, tree_levels

    left, bottom, right, top = window
    kept: list[tuple[TreeLevel, np.ndarray]] = []
    places: list[np.ndarray] = []
    words = depth = 0
    for level in tree_levels(request.model, request.depth, progress=progress):
        at = projection.positions(level.beliefs)
        if projection.is_interval:  # the tree grows upwards, a row for each length
            share = 0.9 * (1.0 - BELOW_INTERVAL) * level.length / max(request.depth, 1)
            at[:, 1] = share * (right - left)
        x, y = at.T
        seen = np.flatnonzero((x >= left) & (x <= right) & (y >= bottom) & (y <= top))
        words, depth = words + len(seen), level.length
        if len(seen) > MOST_NODES:
            heaviest = np.argpartition(-level.weights[seen], MOST_NODES)[:MOST_NODES]
            seen = np.sort(seen[heaviest])
        kept.append((level, seen))
        places.append(at[seen])
        if len(level) * request.model.k > MOST_WORDS:
            break
    weights = np.concatenate([level.weights[seen] for level, seen in kept])
    beliefs = np.concatenate([level.beliefs[seen] for level, seen in kept])
    which = np.concatenate([np.full(len(seen), i) for i, (_, seen) in enumerate(kept)])
    node = np.concatenate([seen for _, seen in kept])
    drawn = np.arange(len(weights))
    if len(drawn) > MOST_NODES:
        drawn = np.sort(np.argpartition(-weights, MOST_NODES)[:MOST_NODES])
    told = f"{words:,} words of up to {depth} symbols in sight"
    if len(drawn) < words:
        told = f"the {len(drawn):,} most probable of {told}"
    if depth < request.depth:
        told += "; longer ones are too many"
    colouring = colouring_of(request)
    return SimplexPicture(
        request, projection, window, None,
        np.concatenate(places)[drawn],
        weights[drawn],
        _colours(request, colouring, beliefs[drawn]),
        np.ones(len(drawn), bool),
        told[0].upper() + told[1:],
        word_of=lambda i: kept[which[drawn[i]]][0].word(int(node[drawn[i]])),
        legend=legend_of(request, colouring),
    )  # fmt: skip


def _mixed_states(
    request: SimplexRequest,
    projection: Projection,
    window: Window,
    show: Callable[[SimplexPicture], None],
    progress: Progress,
) -> SimplexPicture:
    """Return the recurrent beliefs one by one; those of an uncountable set as they are played."""
    from core.processes.mixed_states import mixed_states

    found = mixed_states(request.model, max_states=MOST_STATES, progress=progress)
    if found.verdict.startswith("uncountable"):
        picture = _density(request, projection, window, show, progress)
        return replace(picture, told=f"{picture.told}; {found.verdict}")
    recurrent = np.flatnonzero(found.recurrent)
    beliefs = np.asarray(found.beliefs)[recurrent]
    parents = _parents(found.next, found.depth)
    told = (
        f"{len(recurrent):,} recurrent and {found.size - len(recurrent):,} transient beliefs; "
        f"{found.verdict}"
    )
    colouring = colouring_of(request)

    def word_of(i: int) -> tuple[str, ...]:
        word: list[str] = []
        state = int(recurrent[i])
        while state in parents:
            state, x = parents[state]
            word.append(request.model.alphabet[x])
        return tuple(reversed(word))

    return SimplexPicture(
        request, projection, window, None,
        projection.positions(beliefs),
        np.full(len(beliefs), 0.02),
        _colours(request, colouring, beliefs),
        np.ones(len(beliefs), bool),
        told,
        word_of=word_of,
        legend=legend_of(request, colouring),
    )  # fmt: skip


def _parents(following: np.ndarray, depth: np.ndarray) -> dict[int, tuple[int, int]]:
    """Return for each belief one that is a symbol nearer to the start, with that symbol."""
    parents: dict[int, tuple[int, int]] = {}
    for (i, x), j in np.ndenumerate(following):
        if j >= 0 and depth[j] == depth[i] + 1:
            parents.setdefault(int(j), (i, x))
    return parents


def colouring_of(request: SimplexRequest) -> Colouring | None:
    """Return the hues, None where the mode needs none; symbols keep the colours of the bench."""
    from core.processes.colours import Colouring, by_last_symbols, by_next_symbol, by_state, hues

    model = request.model
    symbols = np.array(request.symbol_colours) if request.symbol_colours else hues(model.k)
    if request.colour == "state":
        return by_state(model.n)
    if request.colour == "next-symbol":
        return by_next_symbol(model, symbols)
    if request.colour == "last-symbols":
        if request.remembered == 1:
            return Colouring(hues(model.n), symbols, 1)
        return by_last_symbols(model, request.remembered)
    return None


def legend_of(
    request: SimplexRequest, colouring: Colouring | None
) -> tuple[tuple[str, tuple[float, float, float]], ...]:
    """Return what the colours stand for, nothing where there are too many to be listed."""
    from core.processes.colours import hues
    from core.processes.density_image import VIRIDIS

    model = request.model
    if request.colour == "density" and request.mode == "density":
        ends = VIRIDIS[[0, 5, -1]] if sum(request.paper) < 1.5 else VIRIDIS[[-1, 5, 0]]
        return tuple(zip(("rare", "", "frequent"), _triples(ends), strict=True))
    if colouring is None:
        return ()
    if request.colour == "state":
        names, colours = list(model.states), hues(model.n)
    elif request.colour == "next-symbol":
        names = [f"{x} next" for x in model.alphabet]
        colours = np.array(request.symbol_colours) if request.symbol_colours else hues(model.k)
    else:
        between = "" if all(len(symbol) == 1 for symbol in model.alphabet) else " "
        words = product(model.alphabet, repeat=request.remembered)
        names = [f"…{between.join(word)}" for word in islice(words, MOST_LISTED + 1)]
        colours = colouring.of_code[: len(names)]
    if len(names) > MOST_LISTED:
        return ()
    return tuple(zip(names, _triples(colours), strict=True))


def _triples(colours: np.ndarray) -> list[tuple[float, float, float]]:
    return [(r, g, b) for r, g, b in colours.tolist()]


def _colours(
    request: SimplexRequest, colouring: Colouring | None, beliefs: np.ndarray
) -> np.ndarray:
    """Return the colour of each belief, that of the ink where no mixture of hues is wanted."""
    if colouring is None or colouring.remembered:
        return np.broadcast_to(np.array(request.ink), (len(beliefs), 3)).copy()
    return np.clip(beliefs @ colouring.of_state, 0.0, 1.0)
