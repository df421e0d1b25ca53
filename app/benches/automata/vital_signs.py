"""How much lives and where its middle is: measured for the eye, as often as it costs nothing."""

import time
from collections import deque
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from core.automata.backgrounds import seen
from core.automata.live_boxes import cyclic_extent
from core.automata.run import Run
from core.automata.stepper import Stepper

Place = tuple[float, float]
Box = tuple[int, int, int, int]
"""Left, top, width and height in cells."""

LONGEST_TRAIL = 600
PIXELS = 2**16
"""The middle is taken from a picture of about so many pixels."""

MOST_CELLS = 2**24
"""On larger boards the box is not sought over the edges."""

REST = 20.0
"""After signs that took t seconds nothing is measured for this many times t."""


@dataclass(frozen=True)
class Signs:
    """Population, live box, middle of mass, radius of the disc that spreads alike, and its trail.

    The box may go on beyond the right and lower edge of a torus. The trail has a `Place` for each
    frame, by generation, in pieces that time ran through; `generation` is the one measured at.
    """

    generation: int
    population: int | float
    box: Box | None
    middle: Place | None
    radius: float
    trail: tuple[tuple[Place, ...], ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place of the trail, and whether time jumped there, so that no line leads to it."""

    generation: int
    place: Place
    is_first: bool


class VitalSigns:
    """Keeps the newest signs and the trail of a run."""

    def __init__(self) -> None:
        self._signs: Signs | None = None
        self._next = 0.0
        self._trail: deque[_Mark] = deque(maxlen=LONGEST_TRAIL)
        self._has_jumped = True

    def forget(self) -> None:
        """Measure anew at the next frame."""
        self._signs = None

    def forget_after(self, generation: int) -> None:
        """Forget what came after a generation, and measure anew."""
        self._signs = None
        while self._trail and self._trail[-1].generation > generation:
            # the next place takes over from the earliest forgotten what led to it
            self._has_jumped = self._trail.pop().is_first

    def jump(self) -> None:
        """Begin another piece of the trail: what comes next was not led to in sight."""
        self._signs, self._has_jumped = None, True

    def of(self, run: Run) -> Signs:
        """Return the signs of a run, perhaps those of some steps ago while it runs fast."""
        started = time.perf_counter()
        if self._signs is None or started >= self._next:
            self._signs = self._measured(run)
            ended = time.perf_counter()
            self._next = ended + REST * (ended - started)
        return self._signs

    def _measured(self, run: Run) -> Signs:
        stepper = seen(run.stepper, run.rule, run.world.topology)
        generation = run.generation
        self.forget_after(generation - 1)
        box = stepper.bounding_box()
        topology = run.world.topology
        sides = (0, 0)
        if topology.kind == "torus":
            sides = (topology.width, topology.height)
        middle, radius = (None, 0.0) if box is None else middle_of(stepper, box, sides)
        if middle is not None:
            self._trail.append(_Mark(generation, middle, self._has_jumped))
            self._has_jumped = False
        around = None if box is None else shortest_box(stepper, box, sides)
        return Signs(generation, stepper.population(), around, middle, radius, self._pieces())

    def _pieces(self) -> tuple[tuple[Place, ...], ...]:
        pieces: list[list[Place]] = []
        for mark in self._trail:
            if mark.is_first or not pieces:
                pieces.append([])
            pieces[-1].append(mark.place)
        return tuple(tuple(piece) for piece in pieces)


def shortest_box(stepper: Stepper, box: Box, sides: tuple[int, int]) -> Box:
    """Return the shortest box around what lives in a box, over the edges that `sides` join."""
    x, y, width, height = box
    is_across, is_down = width == sides[0], height == sides[1]
    if not (is_across or is_down) or width * height > MOST_CELLS:
        return box
    alive = np.asarray(stepper.frame(x, y, width, height)) != 0
    if alive.ndim == 3:
        alive = alive.any(axis=0)
    if is_across:
        x, width = _shortest_arc(alive.any(axis=0))
    if is_down:
        y, height = _shortest_arc(alive.any(axis=1))
    return x, y, width, height


def _shortest_arc(marks: npt.NDArray[np.bool_]) -> tuple[int, int]:
    start, length = cyclic_extent(marks) if marks.any() else (0, len(marks))
    return (start, length) if length < len(marks) else (0, length)


def middle_of(stepper: Stepper, box: Box, sides: tuple[int, int]) -> tuple[Place | None, float]:
    """Return the middle of mass in a box, and the radius of the disc that spreads as far.

    Where `sides` are not 0 the edges are joined and the middle is the circular mean.
    """
    x, y, width, height = box
    shrink = max(1, round(sqrt(width * height / PIXELS)))
    picture = stepper.frame(x, y, -(-width // shrink), -(-height // shrink), shrink)
    mass = np.asarray(picture, dtype=np.float32)
    mass = mass.sum(axis=0) if mass.ndim == 3 else (mass > 0).astype(np.float32)
    total = float(mass.sum())
    if total <= 0:
        return None, 0.0
    across = _axis(mass.sum(axis=0), x, shrink, sides[0])
    down = _axis(mass.sum(axis=1), y, shrink, sides[1])
    radius = sqrt(2 * (across[1] + down[1]))
    return (across[0], down[0]), radius


def _axis(mass: npt.NDArray[np.float32], first: int, shrink: int, side: int) -> tuple[float, float]:
    """Return mean and variance of places along an axis, on a circle of length `side` if not 0."""
    places = first + shrink * (np.arange(len(mass)) + 0.5)
    weights = mass.astype(np.float64) / float(mass.sum())
    if side:
        turns = 2 * np.pi * places / side
        middle = float(np.arctan2((weights * np.sin(turns)).sum(), (weights * np.cos(turns)).sum()))
        middle = middle % (2 * np.pi) / (2 * np.pi) * side
        away = (places - middle + side / 2) % side - side / 2
    else:
        middle = float((weights * places).sum())
        away = places - middle
    return middle, float((weights * away**2).sum())
