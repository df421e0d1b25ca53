"""Any discrete rule with noise: after each step some cells take another state."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from core.automata.errors import UnreadableRule
from core.automata.rules.rule import Rule
from core.automata.rules.settings_text import number_text, require_between
from core.automata.rules.wrapped_text import read_wrapped


@dataclass(frozen=True, slots=True)
class Noisy:
    """The rule, after which each cell, with probability `flip`, takes one of the other states."""

    rule: Rule
    flip: float

    def __post_init__(self) -> None:
        require_between("noise", "probability", self.flip, 0, 1)
        if self.rule.states < 2:
            raise UnreadableRule(f"{self.rule.text} has no states that noise could change.")

    @property
    def states(self) -> int:
        """Those of the rule."""
        return self.rule.states

    @property
    def dimensions(self) -> int:
        """Those of the rule."""
        return self.rule.dimensions

    @property
    def text(self) -> str:
        """The rule as ``noisy(0.01):B3/S23``."""
        return f"noisy({number_text(self.flip)}):{self.rule.text}"

    @classmethod
    def from_text(cls, text: str, rule_of: Callable[[str], Rule]) -> Self:
        """Return the rule of a text; `rule_of` reads the rule within."""
        flip, inner = read_wrapped(text, "noisy")
        return cls(rule_of(inner), flip)
