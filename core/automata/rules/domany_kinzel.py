"""The Domany-Kinzel automaton: directed percolation in one dimension and time.

Source: Domany and Kinzel, Equivalence of cellular automata to Ising models and directed
percolation (1984).
"""

from dataclasses import asdict, dataclass
from typing import ClassVar, Self

from core.automata.rules.settings_text import read_settings, require_between, settings_text


@dataclass(frozen=True, slots=True)
class DomanyKinzel:
    """A cell becomes 1 with probability `p1` below one living parent and `p2` below two.

    The lattice is the tilted one: the parents of cell i are i and i + 1 in even generations, i - 1
    and i in odd ones, so that nothing drifts. Without a living parent a cell becomes 0.
    """

    p1: float
    p2: float

    states: ClassVar[int] = 2
    dimensions: ClassVar[int] = 1

    def __post_init__(self) -> None:
        require_between("domany-kinzel", "p1", self.p1, 0, 1)
        require_between("domany-kinzel", "p2", self.p2, 0, 1)

    @classmethod
    def bond(cls, p: float) -> Self:
        """Return directed bond percolation, critical at p = 0.644700185."""
        return cls(p, p * (2 - p))

    @classmethod
    def site(cls, p: float) -> Self:
        """Return directed site percolation, critical at p = 0.70548515."""
        return cls(p, p)

    @property
    def text(self) -> str:
        """The rule as ``domany-kinzel:p1=0.6447,p2=0.8738``."""
        return settings_text("domany-kinzel", asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the rule of a text; raises `UnreadableRule`."""
        return read_settings(text, "domany-kinzel", cls)
