"""Engine of block automata, forwards and, where the rule is reversible, backwards.

Source: Toffoli and Margolus, Cellular Automata Machines (1987).
"""

import numpy as np

from core.automata.errors import AutomataError
from core.automata.rules.margolus import Margolus
from core.automata.state_board import StateBoard
from core.automata.stepper import Stepper
from core.automata.world import World


class MargolusBoard(StateBoard):
    """Blocks on a torus, or on a plane where those that the edge cuts stay as they are."""

    def __init__(self, world: World) -> None:
        assert isinstance(world.rule, Margolus)
        super().__init__(world)
        height, width = self._board.shape
        if self._is_joined and (height % 2 or width % 2):
            raise AutomataError(
                f"Blocks of two by two cells fill a torus of even sides, not {width} by {height}."
            )
        self._margolus = world.rule
        self._table = np.array(world.rule.table, dtype=np.uint8)

    def _advance(self, steps: int) -> None:
        from core.automata.kernels_margolus import step_blocks

        for at in range(self.generation, self.generation + steps):
            step_blocks(self._board, self._table, at % 2, self._is_joined)

    def step_back(self, steps: int = 1) -> None:
        """Undo steps exactly, before generation 0 too.

        Raises
        ------
        UnreadableRule
            When the rule maps two blocks to one.
        """
        from core.automata.kernels_margolus import step_blocks

        inverse = np.array(self._margolus.inverse.table, dtype=np.uint8)
        for _ in range(steps):
            self.generation -= 1
            step_blocks(self._board, inverse, self.generation % 2, self._is_joined)


def make(world: World, *, precision: str, threads: int) -> Stepper | None:
    """Return the engine of a block automaton on a torus or a bounded plane, else None."""
    del precision, threads  # states are exact
    topology = world.topology
    fits = isinstance(world.rule, Margolus) and topology.kind in ("torus", "plane")
    if not fits or not topology.is_bounded or topology.shift or world.array.size == 0:
        return None
    return MargolusBoard(world)
