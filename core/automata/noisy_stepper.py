"""Noise and chance on top of the engine of another rule.

Whatever engine steps the rule, the same cells are changed: the mask of a generation depends on the
seed, the generation, the probability and the size of the board alone.
"""

from abc import abstractmethod
from dataclasses import replace
from time import perf_counter
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from core.automata.bit_rows import rows_of_words
from core.automata.rules.asynchronous import Asynchronous
from core.automata.rules.noisy import Noisy
from core.automata.rules.rule import Rule
from core.automata.seeds import Words, random_bits, step_key, stream_of
from core.automata.stepper import Stepper, make_stepper
from core.automata.world import World
from core.progress import Progress

CHECK_SECONDS = 0.02
MASKS, STATES = 1, 2
"""Purposes of random numbers; the rule within has its own. Two more for each layer of chance."""


@runtime_checkable
class BitEngine(Protocol):
    """An engine of two-state cells that takes masks of bits, as `random_bits` makes them."""

    def flip(self, bits: Words) -> None:
        """Change the cells of a mask."""

    def words(self) -> Words:
        """Return the board as a mask of its living cells."""


class ChanceStepper:
    """Steps another engine one step at a time and then lets chance change its state."""

    def __init__(self, inner: Stepper, world: World, probability: float) -> None:
        self.inner = inner
        self._height, self._width = np.atleast_2d(world.array).shape
        self._probability = probability
        self._states = world.rule.states
        # chance upon chance draws from streams of its own
        self._masks = stream_of(world.seed, MASKS + 2 * _depth(world.rule))
        self._others = stream_of(world.seed, STATES + 2 * _depth(world.rule))

    @property
    def generation(self) -> int:
        """Steps made since the beginning."""
        return self.inner.generation

    @generation.setter
    def generation(self, generation: int) -> None:
        self.inner.generation = generation

    @abstractmethod
    def _step(self) -> None:
        """Make one step."""

    def step(self, steps: int = 1, progress: Progress | None = None) -> None:
        """Make steps, each of them followed by chance."""
        checked = 0.0
        for done in range(steps):
            if progress is not None and perf_counter() - checked > CHECK_SECONDS:
                progress.report(done / steps)
                checked = perf_counter()
            self._step()

    def _mask(self) -> Words:
        """Return the mask of the generation that was just reached."""
        key = step_key(self._masks, self.generation)
        return random_bits(key, self._width, self._height, self._probability)

    def cells(self) -> npt.NDArray[Any]:
        """Return a copy of the state."""
        return self.inner.cells()

    def origin(self) -> tuple[int, int]:
        """Return where the state begins."""
        return self.inner.origin()

    def replace(self, cells: npt.NDArray[Any], origin: tuple[int, int] = (0, 0)) -> None:
        """Put another state in place of the present one."""
        self.inner.replace(cells, origin)

    def paste(self, cells: npt.NDArray[Any], x: int, y: int, mode: str = "copy") -> None:
        """Put a patch on the board."""
        self.inner.paste(cells, x, y, mode)

    def population(self) -> int | float:
        """Return the number of cells not in state 0."""
        return self.inner.population()

    def bounding_box(self) -> tuple[int, int, int, int] | None:
        """Return (x, y, width, height) of the cells not in state 0."""
        return self.inner.bounding_box()

    def frame(self, x: int, y: int, width: int, height: int, shrink: int = 1) -> npt.NDArray[Any]:
        """Return what a view shows."""
        return self.inner.frame(x, y, width, height, shrink)

    def snapshot(self) -> object:
        """Return the exact state; chance needs none of its own."""
        return self.inner.snapshot()

    def restore(self, snapshot: object) -> None:
        """Go back to a state that `snapshot` returned."""
        self.inner.restore(snapshot)


class NoisyStepper(ChanceStepper):
    """After each step some cells take another state."""

    def _step(self) -> None:
        self.inner.step()
        bits = self._mask()
        if isinstance(self.inner, BitEngine):
            self.inner.flip(bits)
            return
        from core.automata.kernels_stochastic import change_states

        cells = self.inner.cells()
        key = step_key(self._others, self.generation)
        change_states(np.atleast_2d(cells), bits, self._states, key)
        self.inner.replace(cells)


class AsynchronousStepper(ChanceStepper):
    """At each step only some cells are updated."""

    def _step(self) -> None:
        if isinstance(self.inner, BitEngine):
            old = self.inner.words()
            self.inner.step()
            self.inner.flip((self.inner.words() ^ old) & ~self._mask())
            return
        before = self.inner.cells()
        self.inner.step()
        cells = self.inner.cells()
        kept = rows_of_words(self._mask(), self._width).reshape(cells.shape) == 0
        cells[kept] = before[kept]
        self.inner.replace(cells)


def make(world: World, *, precision: str, threads: int) -> Stepper | None:
    """Return the engine of a rule with noise or chance on a bounded board, else None."""
    rule = world.rule
    if not isinstance(rule, Noisy | Asynchronous) or not world.topology.is_bounded:
        return None
    if world.array.size == 0:
        return None
    within = make_stepper(replace(world, rule=rule.rule), precision=precision, threads=threads)
    if isinstance(rule, Noisy):
        return NoisyStepper(within, world, rule.flip)
    return AsynchronousStepper(within, world, rule.alpha)


def _depth(rule: Rule) -> int:
    """Return how many layers of chance lie within the outermost one."""
    within = rule.rule if isinstance(rule, Noisy | Asynchronous) else rule
    return 1 + _depth(within) if isinstance(within, Noisy | Asynchronous) else 0
