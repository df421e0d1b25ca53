"""Cyclic cellular automata: a state is eaten by the next one.

Source: Fisch, Gravner and Griffeath, Threshold-range scaling of excitable cellular automata (1991).
"""

from dataclasses import dataclass
from typing import ClassVar, Self

from core.automata.rules.excitable_text import (
    excitable_text,
    read_excitable,
    require_excitable,
)


@dataclass(frozen=True, slots=True)
class Cyclic:
    """A cell in state s moves to s + 1 (mod `states`) when `threshold` neighbours are there.

    Attributes
    ----------
    reach : int
        Radius of the neighbourhood.
    threshold : int
    states : int
    neighbourhood : str
        ``"M"`` for the square of side 2 reach + 1, ``"N"`` for the diamond; without the cell.
    """

    reach: int = 1
    threshold: int = 3
    states: int = 3
    neighbourhood: str = "M"

    dimensions: ClassVar[int] = 2

    def __post_init__(self) -> None:
        require_excitable(self.reach, self.threshold, self.states, self.neighbourhood)

    @property
    def text(self) -> str:
        """The rule as MCell writes it, after the name: ``cyclic:R1/T3/C3/NM``."""
        return "cyclic:" + excitable_text(
            self.reach, self.threshold, self.states, self.neighbourhood
        )

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the rule of ``cyclic:R1/T3/C3/NM``; raises `UnreadableRule`."""
        return cls(*read_excitable(text, "cyclic", is_excitable_medium=False))
