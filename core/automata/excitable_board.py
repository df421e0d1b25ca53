"""Engine of cyclic automata and Greenberg-Hastings models."""

from core.automata.rules.cyclic import Cyclic
from core.automata.rules.greenberg_hastings import GreenbergHastings
from core.automata.state_board import KINDS, StateBoard, padded, renew_rim
from core.automata.stepper import Stepper
from core.automata.world import World


class ExcitableBoard(StateBoard):
    """A board whose cells count the neighbours in one state."""

    def __init__(self, world: World) -> None:
        assert isinstance(world.rule, Cyclic | GreenbergHastings)
        super().__init__(world)
        self._excitable = world.rule
        self._padded = padded(world, world.rule.reach)

    def _advance(self, steps: int) -> None:
        from core.automata.kernels_stochastic import step_excitable

        rule, reach = self._excitable, self._excitable.reach
        for _ in range(steps):
            self._padded[reach:-reach, reach:-reach] = self._board
            renew_rim(self._padded, reach, self._topology.kind)
            step_excitable(
                self._padded,
                reach,
                rule.neighbourhood == "N",
                rule.threshold,
                rule.states,
                isinstance(rule, Cyclic),
                self._board,
            )


def make(world: World, *, precision: str, threads: int) -> Stepper | None:
    """Return the engine of an excitable rule on a bounded board, else None."""
    del precision, threads  # states are exact
    topology = world.topology
    fits = isinstance(world.rule, Cyclic | GreenbergHastings) and topology.kind in KINDS
    if not fits or not topology.is_bounded or topology.shift or world.array.size == 0:
        return None
    return ExcitableBoard(world)
