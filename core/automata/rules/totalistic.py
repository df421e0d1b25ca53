"""One-dimensional totalistic and outer-totalistic rules with any number of colours.

Source: Wolfram, A New Kind of Science (2002), chapter 3.
"""

from dataclasses import dataclass
from typing import ClassVar, Self

from core.automata.errors import UnreadableRule
from core.automata.rules.settings_text import read_settings, require_between, settings_text

NAME = "totalistic"


@dataclass(frozen=True, slots=True)
class Totalistic:
    """The new state is a digit of `code` to the base `states`, chosen by a sum.

    The sum is that of the 2 radius + 1 cells; of an outer rule it is that of the neighbours,
    times the number of states, plus the cell itself.
    """

    code: int
    states: int = 3
    radius: int = 1
    outer: int = 0

    dimensions: ClassVar[int] = 1

    def __post_init__(self) -> None:
        require_between(NAME, "states", self.states, 2, 36)
        require_between(NAME, "radius", self.radius, 1, 20)
        require_between(NAME, "outer", self.outer, 0, 1)
        if not 0 <= self.code < self.states**self.sums:
            raise UnreadableRule(
                f"There is no totalistic code {self.code} with {self.states} states."
            )

    @property
    def sums(self) -> int:
        """How many sums there are, that is digits of the code."""
        if self.outer:
            return ((self.states - 1) * 2 * self.radius + 1) * self.states
        return (self.states - 1) * (2 * self.radius + 1) + 1

    @property
    def digits(self) -> tuple[int, ...]:
        """The new state for each sum."""
        digits, code = [], self.code
        for _ in range(self.sums):
            code, digit = divmod(code, self.states)
            digits.append(digit)
        return tuple(digits)

    @property
    def text(self) -> str:
        """The rule as ``totalistic:code=777,states=3,radius=1,outer=0``."""
        values = {"code": self.code, "states": self.states, "radius": self.radius}
        return settings_text(NAME, values | {"outer": self.outer})

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the rule of a text; raises `UnreadableRule`."""
        return read_settings(text, NAME, cls)
