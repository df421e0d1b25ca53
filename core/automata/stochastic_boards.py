"""Engines of the random rules: one class each, on boards of one byte a cell."""

import numpy as np
import numpy.typing as npt

from core.automata.errors import AutomataError
from core.automata.rules.contact import Contact
from core.automata.rules.domany_kinzel import DomanyKinzel
from core.automata.rules.sir import Sir
from core.automata.rules.voter import Voter
from core.automata.seeds import step_key, threshold
from core.automata.state_board import PaddedBoard, StateBoard
from core.automata.stepper import Stepper
from core.automata.world import World

Cells = npt.NDArray[np.uint8]


class DomanyKinzelBoard(StateBoard):
    """A row of the tilted lattice, joined to a ring or with dead ends."""

    def __init__(self, world: World) -> None:
        assert isinstance(world.rule, DomanyKinzel)
        super().__init__(world)
        self._p1, self._p2 = threshold(world.rule.p1), threshold(world.rule.p2)

    def _advance(self, steps: int) -> None:
        self._rows(steps)

    def rows(self, steps: int) -> Cells:
        """Make steps and return uint8[steps, width], the row after each."""
        rows = self._rows(steps)
        self.generation += steps
        return rows

    def _rows(self, steps: int) -> Cells:
        from core.automata.kernels_stochastic import advance_domany_kinzel

        rows = np.empty((steps, self._board.shape[1]), dtype=np.uint8)
        advance_domany_kinzel(
            self._board[0],
            self._is_joined,
            self._p1,
            self._p2,
            np.uint64(self._stream),
            np.uint64(self.generation),
            rows,
        )
        return rows


class ContactBoard(StateBoard):
    """The contact process on a row or a board."""

    def __init__(self, world: World) -> None:
        assert isinstance(world.rule, Contact)
        super().__init__(world)
        self._recovery = threshold(1 / (1 + world.rule.rate))

    def _advance(self, steps: int) -> None:
        from core.automata.kernels_stochastic import advance_contact

        generation, stream = np.uint64(self.generation), np.uint64(self._stream)
        advance_contact(self._board, self._is_joined, self._recovery, stream, generation, steps)


class VoterBoard(StateBoard):
    """The voter model on a row or a board."""

    def __init__(self, world: World) -> None:
        assert isinstance(world.rule, Voter)
        super().__init__(world)
        self._noise = threshold(world.rule.noise)

    def _advance(self, steps: int) -> None:
        from core.automata.kernels_stochastic import advance_voter

        advance_voter(
            self._board,
            self._is_joined,
            self._rule.states,
            self._noise,
            np.uint64(self._stream),
            np.uint64(self.generation),
            steps,
        )


class SirBoard(StateBoard):
    """An epidemic."""

    def __init__(self, world: World) -> None:
        assert isinstance(world.rule, Sir)
        super().__init__(world)
        rule = world.rule
        self._padded = PaddedBoard(world.topology, 1)
        escaped = 1 - rule.infection
        chances = [threshold(1 - escaped**near) for near in range(9)]
        self._infection = np.array(chances, dtype=np.uint64)
        self._recovery, self._waning = threshold(rule.recovery), threshold(rule.waning)
        self._is_moore = rule.neighbourhood == "M"

    def _advance(self, steps: int) -> None:
        from core.automata.kernels_stochastic import step_sir

        for step in range(steps):
            step_sir(
                self._padded.around(self._board),
                self._infection,
                self._recovery,
                self._waning,
                self._is_moore,
                step_key(self._stream, self.generation + step),
                self._board,
            )


_BOARDS: dict[str, type[StateBoard]] = {
    "DomanyKinzel": DomanyKinzelBoard,
    "Contact": ContactBoard,
    "Voter": VoterBoard,
    "Sir": SirBoard,
}


def make(world: World, *, precision: str, threads: int) -> Stepper | None:
    """Return the engine of a random rule on a bounded board, else None."""
    del precision, threads  # states are exact, and the numbers drawn do not depend on threads
    board, topology = _BOARDS.get(type(world.rule).__name__), world.topology
    if board is None or not topology.is_bounded:
        return None
    is_plain = topology.kind in ("torus", "plane") and not topology.shift
    if board is not SirBoard and not is_plain:
        return None
    if world.array.size == 0:
        raise AutomataError("A board without cells cannot be stepped.")
    return board(world)
