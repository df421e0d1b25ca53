"""The Ising model with heat-bath dynamics.

Sources: Ising (1925); Onsager, Crystal statistics (1944); Glauber (1963).
"""

from dataclasses import asdict, dataclass
from typing import ClassVar, Self

from core.automata.rules.settings_text import read_settings, require_between, settings_text

CRITICAL_TEMPERATURE = 2.269185314213022
"""2 / ln(1 + sqrt 2), of the square lattice without a field, in units of the coupling."""


@dataclass(frozen=True, slots=True)
class Ising:
    """Spins on a square lattice, state 1 up and state 0 down.

    A step draws every spin anew from its equilibrium among its four neighbours: first the cells
    with even x + y, then the odd ones. Energy is ``-coupling * sum of s t over bonds - field *
    sum of s``, and the temperature is in the same unit.
    """

    temperature: float = CRITICAL_TEMPERATURE
    field: float = 0.0
    coupling: float = 1.0

    states: ClassVar[int] = 2
    dimensions: ClassVar[int] = 2

    def __post_init__(self) -> None:
        require_between("ising", "temperature", self.temperature, 0, 1e9)
        require_between("ising", "field", self.field, -1e9, 1e9)
        require_between("ising", "coupling", self.coupling, -1e9, 1e9)

    @property
    def text(self) -> str:
        """The rule as ``ising:temperature=2.3,field=0,coupling=1``."""
        return settings_text("ising", asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the rule of a text; raises `UnreadableRule`."""
        return read_settings(text, "ising", cls)
