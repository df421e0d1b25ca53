"""The history of one cell of an automaton as a sequence of symbols, and as a process.

The states of the cell, step by step, are the symbols; a field is read in levels of equal width.
What the process says holds for the run it was read from: an automaton decides its own future, but
a cell alone does not know it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError
from core.automata.measures.board import setting_of
from core.automata.stepper import make_stepper
from core.automata.world import World
from core.processes.reconstruction import Reconstruction, reconstruct
from core.progress import Progress

MOST_STEPS = 10_000_000
USUAL_STEPS = 20_000
LEVELS = 2


@dataclass(frozen=True, eq=False, slots=True)
class ColumnHistory:
    """What a cell did.

    Attributes
    ----------
    cell : (x, y)
    start : int
        Generation of the first symbol.
    symbols : int64[steps]
        Numbers of the states, or of the levels.
    alphabet : tuple of str
    """

    cell: tuple[int, int]
    start: int
    symbols: npt.NDArray[np.int64]
    alphabet: tuple[str, ...]

    @property
    def text(self) -> str:
        """The symbols in one line, with blanks between where one is longer than a character."""
        names = [self.alphabet[each] for each in self.symbols.tolist()]
        return ("" if len(self.alphabet) <= 10 else " ").join(names)


def column_history(
    world: World,
    x: int,
    y: int = 0,
    steps: int = USUAL_STEPS,
    *,
    skip: int = 0,
    levels: int = LEVELS,
    channel: int = 0,
    progress: Progress | None = None,
) -> ColumnHistory:
    """Return what the cell (x, y) does for some steps, after `skip` steps.

    Raises
    ------
    AutomataError
        For particles, for a cell beyond the world, and for too many steps.
    """
    setting = setting_of(world)
    if setting.family == "particles":
        raise AutomataError("Particles have no cells whose history could be followed.")
    if not 1 <= steps <= MOST_STEPS:
        raise AutomataError(f"A cell is followed for 1 to {MOST_STEPS:,} steps, not {steps:,}.")
    if not 2 <= levels <= 16:
        raise AutomataError(f"Values are told apart in 2 to 16 levels, not {levels}.")
    width, height = setting.sides
    if setting.area and not (0 <= x < width and 0 <= y < max(height, 1)):
        raise AutomataError(
            f"There is no cell ({x}, {y}) in a world of {width:g} by {max(height, 1):g} cells."
        )
    stepper = make_stepper(world)
    stepper.step(skip, progress)
    start = stepper.generation
    found = np.empty(steps, dtype=np.int64)
    for step in range(steps):
        if progress is not None and step % 64 == 0:
            progress.report(step / steps, f"Following the cell, step {step:,}")
        seen = stepper.frame(x, y, 1, 1)
        if setting.states:
            found[step] = int(seen[-1, -1])
        else:
            found[step] = min(int(float(seen[channel, 0, 0]) * levels), levels - 1)
        if step + 1 < steps:
            stepper.step()
    count = setting.states or levels
    return ColumnHistory((x, y), start, found, tuple(str(each) for each in range(count)))


def column_process(
    column: ColumnHistory,
    *,
    history: int | None = None,
    name: str = "",
    progress: Progress | None = None,
) -> Reconstruction:
    """Return the machine estimated from the history of a cell; see `reconstruct`."""
    return reconstruct(
        column.symbols, column.alphabet, history=history, name=name, progress=progress
    )
