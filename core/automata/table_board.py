"""The engine of discrete rules on any topology, one byte a cell."""

from core.automata.errors import AutomataError
from core.automata.growing_board import GrowingBoard
from core.automata.state_board import PaddedBoard, StateBoard
from core.automata.state_kernels import StateKernel, state_kernel
from core.automata.stepper import Stepper
from core.automata.world import World


class TableBoard(StateBoard):
    """A bounded board whose rim is filled by how its sides are joined."""

    def __init__(self, world: World, kernel: StateKernel) -> None:
        super().__init__(world)
        self._kernel = kernel
        self._padded = PaddedBoard(world.topology, kernel.reach)
        self._is_joined = world.topology.kind == "torus" and not world.topology.shift

    def _advance(self, steps: int) -> None:
        for _ in range(steps):
            self._kernel.step(self._padded.around(self._board), self._board)


def table_board(world: World, *, precision: str, threads: int) -> Stepper | None:
    """Return the engine of a discrete rule on whatever topology, None of other rules."""
    del precision, threads  # states are exact
    kernel = state_kernel(world.rule)
    if kernel is None or (world.topology.is_bounded and world.array.size == 0):
        return None
    if world.topology.is_bounded:
        return TableBoard(world, kernel)
    if not kernel.keeps_empty:
        raise AutomataError(
            f"Empty space does not stay empty under {world.rule.text}, so an unbounded world has "
            "no end of cells; give it a size, as in :T200,200."
        )
    return GrowingBoard(world, kernel)
