"""What differs from a background that changes with every step, for eyes; numbers stay exact.

Under Critters, or a life-like rule with B0 and without S8, empty space fills and empties in turn.
Such a world on a board is shown as what differs from that space, so that it does not flash. Engines
of the plane without end keep their cells so already.

Sources: Toffoli and Margolus, Cellular Automata Machines (1987), who show Critters so; Golly's
treatment of B0.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from core.automata.rules.generations import Generations
from core.automata.rules.larger_than_life import LargerThanLife
from core.automata.rules.life_like import LifeLike
from core.automata.rules.margolus import Margolus
from core.automata.rules.noisy import Noisy
from core.automata.rules.rule import Rule
from core.automata.stepper import Stepper
from core.automata.topology import Topology

FULL_BLOCK = 15
CELLS_AT_ONCE = 2**22
"""So many cells are looked at together where a pixel shows several."""


def background_at(rule: Rule, topology: Topology, generation: int) -> int:
    """Return the state that an empty board has become, 0 where it stays empty or full."""
    if not topology.is_bounded:
        return 0
    states = _cycle(rule)
    return states[generation % len(states)]


def differing(states: npt.NDArray[Any], background: int) -> npt.NDArray[Any]:
    """Return states with the background and 0 exchanged, themselves where it is 0."""
    if not background:
        return states
    exchange = np.arange(256, dtype=np.uint8)
    exchange[[0, background]] = background, 0
    shown: npt.NDArray[np.uint8] = exchange[states]
    return shown


def seen(stepper: Stepper, rule: Rule, topology: Topology) -> Any:
    """Return what eyes see of a stepper: itself, or what differs from its background now."""
    background = background_at(rule, topology, stepper.generation)
    return Differing(stepper, topology, background) if background else stepper


class Differing:
    """The population, live box and picture of what differs from a background other than 0."""

    def __init__(self, stepper: Stepper, topology: Topology, background: int) -> None:
        self._stepper, self._topology, self._background = stepper, topology, background

    def population(self) -> int:
        """Return the number of cells that differ."""
        return int(np.count_nonzero(self._stepper.cells() != self._background))

    def bounding_box(self) -> tuple[int, int, int, int] | None:
        """Return (x, y, width, height) of the cells that differ, None when there are none."""
        others = self._stepper.cells() != self._background
        rows, columns = np.flatnonzero(others.any(axis=1)), np.flatnonzero(others.any(axis=0))
        if not rows.size:
            return None
        x, y = int(columns[0]), int(rows[0])
        return x, y, int(columns[-1]) + 1 - x, int(rows[-1]) + 1 - y

    def frame(
        self, x: int, y: int, width: int, height: int, shrink: int = 1
    ) -> npt.NDArray[np.uint8]:
        """Return what `Stepper.frame` does, 0 where nothing in a pixel differs."""
        shown = np.zeros((height, width), dtype=np.uint8)
        strip = max(1, CELLS_AT_ONCE // max(1, width * shrink * shrink))
        for top in range(0, height, strip):
            rows = min(strip, height - top)
            part = self._part(x, y + top * shrink, width * shrink, rows * shrink)
            blocks = part.reshape(rows, shrink, width, shrink)
            shown[top : top + rows] = blocks.max(axis=(1, 3))
        return shown

    def _part(self, x: int, y: int, width: int, height: int) -> npt.NDArray[Any]:
        """Return what differs, cell by cell; beyond the board there is nothing."""
        cells = self._stepper.frame(x, y, width, height)
        part = differing(cells, self._background)
        below, right = max(0, self._topology.height - y), max(0, self._topology.width - x)
        part[: max(0, -y)], part[below:] = 0, 0
        part[:, : max(0, -x)], part[:, right:] = 0, 0
        return part


def _cycle(rule: Rule) -> tuple[int, ...]:
    """Return the states that empty space goes through until it is empty, (0,) where it never is."""
    states = [0]
    while len(states) <= rule.states:
        after = _after(rule, states[-1])
        if after == 0:
            return tuple(states)
        if after is None or after in states:
            break
        states.append(after)
    return (0,)


def _after(rule: Rule, state: int) -> int | None:
    """Return what a board of one state becomes, None where it is not of one state any more."""
    match rule:
        case Noisy():
            return _after(rule.rule, state)
        case Margolus():
            block = rule.table[FULL_BLOCK if state else 0]
            return {0: 0, FULL_BLOCK: 1}.get(block)
        case LifeLike():
            return int(rule.table[511 if state else 0])
        case Generations():
            around = 511 if state == 1 else 0
            return _aged(state, bool(rule.table[around]), rule.states)
        case LargerThanLife():
            return _aged(state, _lives(rule, state), rule.states)
        case _:
            return 0


def _aged(state: int, lives: bool, states: int) -> int:
    """Return the next state of a cell that dies slowly."""
    if state == 0:
        return int(lives)
    if state == 1 and lives:
        return 1
    return (state + 1) % states


def _lives(rule: LargerThanLife, state: int) -> bool:
    if state == 0:
        return rule.born[0] <= 0
    area = sum(2 * half + 1 for half in rule.half_widths)
    count = area if rule.counts_itself else area - 1
    return rule.survive[0] <= count <= rule.survive[1]
