"""A pattern read on a worker, with what lives of it ready to be stamped."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.benches.automata.library.entries import Entry
from core.automata.errors import AutomataError
from core.automata.regions import trimmed
from core.automata.world import World

MOST_STAMPED = 2**24
"""Cells of the largest pattern that hangs under the pointer."""


@dataclass(frozen=True, eq=False)
class Loaded:
    """The world of an entry, and its living part or why there is none to stamp."""

    entry: Entry
    world: World
    cells: npt.NDArray[np.generic] | None
    problem: str = ""

    def body(self) -> npt.NDArray[np.generic]:
        """Return what can be stamped; raises `AutomataError`."""
        if self.cells is None:
            raise AutomataError(self.problem)
        return self.cells


def loaded(entry: Entry) -> Loaded:
    """Read an entry; raises `MacroscopeError` where it cannot be read."""
    world = entry.load()
    try:
        return Loaded(entry, world, _body(world))
    except AutomataError as problem:
        return Loaded(entry, world, None, str(problem))


def _body(world: World) -> npt.NDArray[np.generic]:
    """Return what lives of a world, particles about their middle."""
    if type(world.rule).__name__ == "ParticleLeniaRule":
        return world.array - world.array.mean(axis=0)
    if not isinstance(world.cells, np.ndarray):
        box = world.cells.bounding_box()
        if box is not None and box[2] * box[3] > MOST_STAMPED:
            raise AutomataError(
                f"The pattern is {box[2]:,} by {box[3]:,} cells, too large to be stamped."
            )
    cells = world.array
    part = trimmed(cells if cells.ndim > 1 else cells[None])[0]
    if not part.size:
        raise AutomataError("Nothing lives in this pattern.")
    if part.size > MOST_STAMPED:
        raise AutomataError("The pattern is too large to be stamped.")
    return part
