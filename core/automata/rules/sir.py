"""An epidemic on a lattice: susceptible, infected, recovered.

Source: Grassberger, On the critical behavior of the general epidemic process and dynamical
percolation (1983).
"""

from dataclasses import asdict, dataclass
from typing import ClassVar, Self

from core.automata.errors import UnreadableRule
from core.automata.rules.settings_text import read_settings, require_between, settings_text


@dataclass(frozen=True, slots=True)
class Sir:
    """States 0 susceptible, 1 infected, 2 recovered, all cells stepped at once.

    Each infected neighbour infects with probability `infection`; the infected recover with
    probability `recovery`, and the recovered become susceptible again with probability `waning`.
    With recovery 1, waning 0 and neighbourhood V it is bond percolation, critical at infection 1/2.
    """

    infection: float = 0.5
    recovery: float = 1.0
    waning: float = 0.0
    neighbourhood: str = "V"

    states: ClassVar[int] = 3
    dimensions: ClassVar[int] = 2

    def __post_init__(self) -> None:
        for key in ("infection", "recovery", "waning"):
            require_between("sir", key, getattr(self, key), 0, 1)
        if self.neighbourhood not in ("M", "V"):
            raise UnreadableRule(f"The neighbourhood of sir is M or V, not {self.neighbourhood}.")

    @property
    def text(self) -> str:
        """The rule as ``sir:infection=0.5,recovery=1,waning=0,neighbourhood=V``."""
        return settings_text("sir", asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the rule of a text; raises `UnreadableRule`."""
        return read_settings(text, "sir", cls)
