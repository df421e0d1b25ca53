"""Engine of cyclic automata and Greenberg-Hastings models."""

from core.automata.rules.cyclic import Cyclic
from core.automata.rules.greenberg_hastings import GreenbergHastings
from core.automata.state_board import PaddedBoard, StateBoard
from core.automata.stepper import Stepper
from core.automata.world import World


class ExcitableBoard(StateBoard):
    """A board whose cells count the neighbours in one state."""

    def __init__(self, world: World) -> None:
        assert isinstance(world.rule, Cyclic | GreenbergHastings)
        super().__init__(world)
        self._excitable = world.rule
        self._padded = PaddedBoard(world.topology, world.rule.reach)

    def _advance(self, steps: int) -> None:
        from core.automata.kernels_stochastic import step_excitable

        rule = self._excitable
        for _ in range(steps):
            step_excitable(
                self._padded.around(self._board),
                rule.reach,
                rule.neighbourhood == "N",
                rule.threshold,
                rule.states,
                isinstance(rule, Cyclic),
                self._board,
            )


def make(world: World, *, precision: str, threads: int) -> Stepper | None:
    """Return the engine of an excitable rule on a bounded board, else None."""
    del precision, threads  # states are exact
    fits = isinstance(world.rule, Cyclic | GreenbergHastings) and world.topology.is_bounded
    if not fits or world.array.size == 0:
        return None
    return ExcitableBoard(world)
