"""Greenberg-Hastings models of excitable media.

Source: Greenberg and Hastings, Spatial patterns for discrete models of diffusion in excitable media
(1978).
"""

from dataclasses import dataclass
from typing import ClassVar, Self

from core.automata.rules.excitable_text import (
    excitable_text,
    read_excitable,
    require_excitable,
)


@dataclass(frozen=True, slots=True)
class GreenbergHastings:
    """A resting cell (0) becomes excited (1) when `threshold` neighbours are excited.

    Every other state moves on by one each step, from the last one back to rest.

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
    threshold: int = 1
    states: int = 3
    neighbourhood: str = "N"

    dimensions: ClassVar[int] = 2

    def __post_init__(self) -> None:
        require_excitable(self.reach, self.threshold, self.states, self.neighbourhood)

    @property
    def text(self) -> str:
        """The rule as MCell writes it, after the name: ``greenberg-hastings:R1/T1/C3/NN``."""
        return "greenberg-hastings:" + excitable_text(
            self.reach, self.threshold, self.states, self.neighbourhood
        )

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the rule of ``greenberg-hastings:R1/T1/C3/NN``; raises `UnreadableRule`."""
        return cls(*read_excitable(text, "greenberg-hastings", is_excitable_medium=True))
