"""How much lives and where its middle is: measured for the eye, as often as it costs nothing."""

import time
from collections import deque
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from core.automata.backgrounds import seen
from core.automata.run import Run
from core.automata.stepper import Stepper

Place = tuple[float, float]

LONGEST_TRAIL = 600
PIXELS = 2**16
"""The middle is taken from a picture of about so many pixels."""

REST = 20.0
"""After signs that took t seconds nothing is measured for this many times t."""


@dataclass(frozen=True)
class Signs:
    """Population, live box, middle of mass, radius of the disc that spreads alike, and its trail.

    The trail has a `Place` for each frame, by generation; `generation` is the one measured at.
    """

    generation: int
    population: int | float
    box: tuple[int, int, int, int] | None
    middle: Place | None
    radius: float
    trail: tuple[Place, ...]


class VitalSigns:
    """Keeps the newest signs and the trail of a run."""

    def __init__(self) -> None:
        self._signs: Signs | None = None
        self._next = 0.0
        self._trail: deque[tuple[int, Place]] = deque(maxlen=LONGEST_TRAIL)

    def forget(self) -> None:
        """Measure anew at the next frame."""
        self._signs = None

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
        while self._trail and self._trail[-1][0] >= generation:
            self._trail.pop()
        box = stepper.bounding_box()
        topology = run.world.topology
        sides = (0, 0)
        if topology.kind == "torus":
            sides = (topology.width, topology.height)
        middle, radius = (None, 0.0) if box is None else middle_of(stepper, box, sides)
        if middle is not None:
            self._trail.append((generation, middle))
        trail = tuple(place for _, place in self._trail)
        return Signs(generation, stepper.population(), box, middle, radius, trail)


def middle_of(
    stepper: Stepper, box: tuple[int, int, int, int], sides: tuple[int, int]
) -> tuple[Place | None, float]:
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
