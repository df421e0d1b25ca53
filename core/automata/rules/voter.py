"""The voter model: opinions copied from neighbours.

Sources: Clifford and Sudbury, A model for spatial conflict (1973); Holley and Liggett (1975).
"""

from dataclasses import asdict, dataclass
from typing import Self

from core.automata.rules.settings_text import read_settings, require_between, settings_text


@dataclass(frozen=True, slots=True)
class Voter:
    """A cell drawn at random takes the opinion of a neighbour drawn at random.

    A step is as many draws as there are cells. With probability `noise` a draw takes any opinion
    instead.

    Attributes
    ----------
    states : int
        Opinions, 2 to 256.
    dimensions : int
        1 (two neighbours) or 2 (four).
    """

    states: int = 2
    dimensions: int = 2
    noise: float = 0.0

    def __post_init__(self) -> None:
        require_between("voter", "states", self.states, 2, 256)
        require_between("voter", "dimensions", self.dimensions, 1, 2)
        require_between("voter", "noise", self.noise, 0, 1)

    @property
    def text(self) -> str:
        """The rule as ``voter:states=2,dimensions=2,noise=0``."""
        return settings_text("voter", asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the rule of a text; raises `UnreadableRule`."""
        return read_settings(text, "voter", cls)
