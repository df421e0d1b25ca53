"""What every rule of a cellular world can say of itself."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Rule(Protocol):
    """A frozen, hashable description of how a world steps; it computes nothing itself."""

    @property
    def text(self) -> str:
        """The canonical rule string; `core.automata.rules.reading.rule_of` reads it back."""

    @property
    def states(self) -> int:
        """How many states a cell has, or 0 where cells (or particles) are real numbers."""

    @property
    def dimensions(self) -> int:
        """How many dimensions the world has."""
