"""Looks at the living world once, on its thread, cell by cell."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.errors import TooLarge
from core.automata.regions import Box, cropped
from core.automata.run import Run
from core.automata.world import World
from core.errors import MacroscopeError

NAME = "hands.region"
MOST_CELLS = 2**26


@dataclass(frozen=True, eq=False)
class RegionReading:
    """The cells of a box or, of the whole, the world as it is; or why they cannot be had."""

    token: int
    cells: npt.NDArray[Any] | None = None
    world: World | None = None
    problem: str = ""


class RegionProbe:
    """A probe that keeps what it first saw: a box of cells, or the whole world for None."""

    name = NAME
    every = 0

    def __init__(self, token: int, box: Box | None) -> None:
        self._token, self._box = token, box
        self._reading: RegionReading | None = None

    def observe(self, run: Run) -> None:
        """Take the cells, the first time."""
        if self._reading is not None:
            return
        try:
            if self._box is None:
                world = run.present()
                self._reading = RegionReading(self._token, world=world)
            else:
                self._reading = RegionReading(self._token, _cells(run, self._box))
        except MacroscopeError as problem:
            self._reading = RegionReading(self._token, problem=str(problem))

    def forget_after(self, generation: int) -> None:
        """Keep what was seen: it was asked for then."""

    def reading(self) -> RegionReading | None:
        """Return what was seen."""
        return self._reading


def _cells(run: Run, box: Box) -> npt.NDArray[Any]:
    stepper = run.stepper
    x, y, width, height = box
    if width * height > MOST_CELLS:
        raise TooLarge("So many cells cannot be taken at once; select fewer.")
    if hasattr(stepper, "remove"):
        particles = stepper.cells()
        inside = (particles[:, :2] >= (x, y)).all(axis=1)
        inside &= (particles[:, :2] < (x + width, y + height)).all(axis=1)
        taken: npt.NDArray[Any] = particles[inside]
        taken[:, :2] -= (x, y)
        return taken
    if not run.world.is_field and run.world.rule.dimensions == 2:
        return np.array(stepper.frame(x, y, width, height))
    cells = stepper.cells()
    if run.world.rule.dimensions == 1:
        cells = cells[..., None, :]
    return cropped(cells, box, stepper.origin())
