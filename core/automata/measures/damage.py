"""Spreading of damage: how many cells differ between a world of states and a twin with one flipped.

Both are stepped with the same random numbers. Source: Derrida and Stauffer, Phase transitions in
two-dimensional Kauffman cellular automata (1986).
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError
from core.automata.measures.board import setting_of
from core.automata.stepper import Stepper, make_stepper
from core.automata.world import World
from core.progress import Progress


@dataclass(frozen=True, eq=False, slots=True)
class Damage:
    """How the damage of one flipped cell spread.

    Attributes
    ----------
    flipped : (x, y)
    cells : int64[steps + 1]
        How many cells differ at each step, 1 at first.
    """

    flipped: tuple[int, int]
    cells: npt.NDArray[np.int64]

    @property
    def healed(self) -> bool:
        """Whether nothing differs at the end."""
        return bool(self.cells[-1] == 0)

    @property
    def exponent(self) -> float:
        """Slope of log(cells) against log(step), 0 where damage stays, nan where it healed.

        In d dimensions damage that fills a growing disc has d. Taken over the last three quarters.
        """
        steps = np.arange(len(self.cells))
        chosen = steps >= max(1, len(self.cells) // 4)
        if self.healed or chosen.sum() < 3:
            return np.nan
        return float(np.polyfit(np.log(steps[chosen]), np.log(self.cells[chosen]), 1)[0])


def spread_damage(
    world: World,
    steps: int = 200,
    flipped: tuple[int, int] | None = None,
    progress: Progress | None = None,
) -> Damage:
    """Return how damage spreads from one cell (x, y), by default one in the middle of what lives.

    Raises
    ------
    AutomataError
        For a world of real numbers.
    """
    if setting_of(world).family != "states":
        raise AutomataError("Damage is that of states; ask for the Lyapunov exponent of a field.")
    one, other = make_stepper(world), make_stepper(replace(world))
    x, y = flipped if flipped is not None else _middle(one)
    state = _state_at(other, x, y)
    other.paste(np.array([[0 if state else 1]], dtype=np.uint8), x, y, "copy")
    found = np.empty(steps + 1, dtype=np.int64)
    found[0] = _difference(one, other)
    for step in range(1, steps + 1):
        if progress is not None:
            progress.report(step / steps, f"Step {step:,}")
        one.step()
        other.step()
        found[step] = _difference(one, other)
    return Damage((x, y), found)


def _middle(stepper: Stepper) -> tuple[int, int]:
    box = stepper.bounding_box()
    return (0, 0) if box is None else (box[0] + box[2] // 2, box[1] + box[3] // 2)


def _state_at(stepper: Stepper, x: int, y: int) -> int:
    cells, (left, top) = np.atleast_2d(stepper.cells()), stepper.origin()
    row, column = y - top, x - left
    inside = 0 <= row < cells.shape[0] and 0 <= column < cells.shape[1]
    return int(cells[row, column]) if inside else 0


def _difference(one: Stepper, other: Stepper) -> int:
    """Return in how many cells two worlds differ, wherever their arrays begin."""
    a, b = np.atleast_2d(one.cells()), np.atleast_2d(other.cells())
    (ax, ay), (bx, by) = one.origin(), other.origin()
    if a.shape == b.shape and (ax, ay) == (bx, by):
        return int(np.count_nonzero(a != b))
    left, top = min(ax, bx), min(ay, by)
    right = max(ax + a.shape[1], bx + b.shape[1])
    bottom = max(ay + a.shape[0], by + b.shape[0])
    both = np.zeros((2, bottom - top, right - left), dtype=np.uint8)
    both[0, ay - top : ay - top + a.shape[0], ax - left : ax - left + a.shape[1]] = a
    both[1, by - top : by - top + b.shape[0], bx - left : bx - left + b.shape[1]] = b
    return int(np.count_nonzero(both[0] != both[1]))
