"""Engine of the Ising model: heat bath on a checkerboard.

Sources: Glauber (1963); Onsager (1944) for what it is compared with.
"""

import math

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError
from core.automata.rules.ising import Ising
from core.automata.seeds import step_key
from core.automata.state_board import StateBoard, renew_rim
from core.automata.stepper import Stepper
from core.automata.world import World

KINDS = ("torus", "plane", "reflecting", "fixed")


class IsingBoard(StateBoard):
    """Spins; on a plane those at the edge have fewer neighbours, and fixed sides hold spins."""

    def __init__(self, world: World) -> None:
        assert isinstance(world.rule, Ising)
        super().__init__(world)
        height, width = self._board.shape
        if self._is_joined and (height % 2 or width % 2):
            raise AutomataError(
                f"The Ising model on a torus needs even sides, not {width} by {height}: its two "
                "halves are stepped in turn like the colours of a checkerboard."
            )
        self._spins = np.zeros((height + 2, width + 2), dtype=np.int8)
        if world.topology.kind == "fixed":
            left, right, top, bottom = (1 if each else -1 for each in world.topology.border)
            self._spins[:, 0], self._spins[:, -1] = left, right
            self._spins[0], self._spins[-1] = top, bottom
        self._ising = world.rule
        self._chances = chances_of_up(world.rule)

    def _advance(self, steps: int) -> None:
        from core.automata.kernels_stochastic import sweep_spins

        self._take_spins()
        for step in range(steps):
            key = step_key(self._stream, self.generation + step)
            for is_odd in (0, 1):
                if is_odd:
                    renew_rim(self._spins, self._topology.kind)
                sweep_spins(self._spins, self._chances, is_odd, key)
            renew_rim(self._spins, self._topology.kind)
        np.greater(self._spins[1:-1, 1:-1], 0, out=self._board, casting="unsafe")

    def _take_spins(self) -> None:
        self._spins[1:-1, 1:-1] = 2 * self._board.astype(np.int8) - 1
        renew_rim(self._spins, self._topology.kind)

    def energy(self) -> float:
        """Return the energy, each bond counted once, those to fixed sides too."""
        self._take_spins()
        spins = self._spins.astype(np.int64)
        inner = spins[1:-1, 1:-1]
        bonds = (inner * (spins[1:-1, 2:] + spins[2:, 1:-1])).sum()
        if self._topology.kind == "fixed":
            bonds += (inner[:, 0] * spins[1:-1, 0]).sum() + (inner[0] * spins[0, 1:-1]).sum()
        if self._topology.kind == "reflecting":  # a spin is no neighbour of itself
            bonds -= inner.shape[0] + inner.shape[1]
        return float(-self._ising.coupling * bonds - self._ising.field * inner.sum())

    def magnetisation(self) -> float:
        """Return the mean spin, from -1 to 1."""
        return 2 * self.population() / self._board.size - 1


def chances_of_up(rule: Ising) -> npt.NDArray[np.uint64]:
    """Return uint64[9], 2^32 times the chance of up for sums of neighbours from -4 to 4."""
    chances = np.empty(9, dtype=np.uint64)
    for total in range(-4, 5):
        gain = 2 * (rule.coupling * total + rule.field)
        if rule.temperature > 0 and abs(gain) < 700 * rule.temperature:
            chance = 1 / (1 + math.exp(-gain / rule.temperature))
        else:
            chance = 0.5 + 0.5 * ((gain > 0) - (gain < 0))
        chances[total + 4] = round(chance * 2**32)
    return chances


def make(world: World, *, precision: str, threads: int) -> Stepper | None:
    """Return the engine of the Ising model on a bounded board, else None."""
    del precision, threads  # states are exact, and the numbers drawn do not depend on threads
    topology = world.topology
    fits = isinstance(world.rule, Ising) and topology.kind in KINDS and topology.is_bounded
    if not fits or topology.shift or world.array.size == 0:
        return None
    return IsingBoard(world)
