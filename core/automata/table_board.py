"""The engine of discrete rules on any topology, one byte a cell."""

from core.automata.errors import AutomataError
from core.automata.growing_board import GrowingBoard
from core.automata.halo import halo
from core.automata.state_board import StateBoard, padded
from core.automata.state_kernels import StateKernel, state_kernel
from core.automata.stepper import Stepper
from core.automata.world import World


class TableBoard(StateBoard):
    """A bounded board whose rim is filled by how its sides are joined."""

    def __init__(self, world: World, kernel: StateKernel) -> None:
        super().__init__(world)
        self._kernel = kernel
        self._padded = padded(world, kernel.reach)
        self._rim, self._source = halo(world.topology, kernel.reach)
        self._is_joined = world.topology.kind == "torus" and not world.topology.shift

    def _advance(self, steps: int) -> None:
        reach = self._kernel.reach
        height, width = self._board.shape
        flat = self._padded.reshape(-1)
        for _ in range(steps):
            self._padded[reach : reach + height, reach : reach + width] = self._board
            flat[self._rim] = flat[self._source]
            self._kernel.step(self._padded, self._board)


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
