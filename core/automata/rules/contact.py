"""The contact process: an infection that recovers by itself and spreads to neighbours.

Source: Harris, Contact interactions on a lattice (1974).
"""

from dataclasses import asdict, dataclass
from typing import ClassVar, Self

from core.automata.rules.settings_text import read_settings, require_between, settings_text


@dataclass(frozen=True, slots=True)
class Contact:
    """State 1 is infected. Recovery has rate 1, infection rate `rate` spread over the neighbours.

    An infected cell tries one neighbour, drawn at random, at the total rate `rate`. A step is as
    many draws of a cell as there are cells: 1 / (1 + rate) units of time. It is critical at
    rate = 3.29785 in one dimension (two neighbours) and 1.64877 in two (four neighbours).
    """

    rate: float = 2.0
    dimensions: int = 2

    states: ClassVar[int] = 2

    def __post_init__(self) -> None:
        require_between("contact", "rate", self.rate, 0, 1e6)
        require_between("contact", "dimensions", self.dimensions, 1, 2)

    @property
    def text(self) -> str:
        """The rule as ``contact:rate=2,dimensions=2``."""
        return settings_text("contact", asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the rule of a text; raises `UnreadableRule`."""
        return read_settings(text, "contact", cls)
