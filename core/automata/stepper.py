"""What every engine that steps a world offers, and the choice of the fastest that is exact."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from core.automata.engines import ENGINES
from core.automata.errors import AutomataError
from core.automata.world import World
from core.progress import Progress

PASTE_MODES = ("copy", "or", "and", "xor", "add", "maximum")
"""How a patch meets what is there; the bitwise ones take states, the last two real values too."""

DENSE_LIMIT = 2**28
"""The living part of an unbounded world is given as an array up to so many cells."""


@runtime_checkable
class Stepper(Protocol):
    """A live world. Engines differ in speed, never in what they compute."""

    generation: int

    def step(self, steps: int = 1, progress: Progress | None = None) -> None:
        """Make `steps` steps exactly, looking at `progress` at least every 30 ms or so.

        When it was cancelled, the state is that of the last whole step made.
        """

    def cells(self) -> npt.NDArray[Any]:
        """Return a copy of the state in the form of `World.cells`.

        Of an unbounded world it is the part that lives; `TooLarge` beyond `DENSE_LIMIT` cells.
        """

    def origin(self) -> tuple[int, int]:
        """Return (x, y) of ``cells()[0, 0]``; (0, 0) on a bounded board."""

    def replace(self, cells: npt.NDArray[Any], origin: tuple[int, int] = (0, 0)) -> None:
        """Put another state in place of the present one; the generation stays."""

    def paste(self, cells: npt.NDArray[Any], x: int, y: int, mode: str = "copy") -> None:
        """Put a small patch with its upper left at (x, y), in a mode of `PASTE_MODES`.

        On a joined edge the patch goes on at the other side; what leaves a bounded board is cut.
        """

    def population(self) -> int | float:
        """Return the number of cells not in state 0, or the mass of a field."""

    def bounding_box(self) -> tuple[int, int, int, int] | None:
        """Return (x, y, width, height) of the cells not in state 0, None when there are none."""

    def frame(self, x: int, y: int, width: int, height: int, shrink: int = 1) -> npt.NDArray[Any]:
        """Return what a view of `height` by `width` pixels shows, (x, y) at its upper left.

        Each pixel is `shrink` by `shrink` cells: the largest state (uint8) of them or the mean of
        a field (float32, channel first). Beyond the edge of a bounded board there is 0.
        """

    def snapshot(self) -> object:
        """Return the exact state, cheap to keep, to `restore` later."""

    def restore(self, snapshot: object) -> None:
        """Go back to a state that `snapshot` returned, generation included."""


def make_stepper(world: World, *, precision: str = "float32", threads: int = 1) -> Stepper:
    """Return the fastest exact engine for a world, in the world's state.

    Parameters
    ----------
    world : World
    precision : str
        ``"float32"`` or ``"float64"``, for worlds of real numbers.
    threads : int
        How many may be used; the numbers computed do not depend on it.

    Raises
    ------
    AutomataError
        When no engine steps that rule on that topology.
    """
    if precision not in ("float32", "float64"):
        raise AutomataError(f"There is no precision {precision!r}; use float32 or float64.")
    family = type(world.rule).__name__
    for engine in ENGINES:
        if engine.fits(family, world.topology.kind):
            stepper = _made(engine.target)(world, precision=precision, threads=max(1, threads))
            if stepper is not None:
                return stepper
    raise AutomataError(
        f"There is nothing that steps the rule {world.rule.text} on the topology "
        f"{world.topology.kind}."
    )


def _made(target: str) -> Callable[..., Stepper | None]:
    module, name = target.split(":")
    function: Callable[..., Stepper | None] = getattr(import_module(module), name)
    return function


def live(array: npt.NDArray[Any]) -> int | float:
    """Return the population of an array of states or the mass of a field."""
    if array.dtype.kind in "ui":
        return int(np.count_nonzero(array))
    return float(array.sum(dtype=np.float64))
