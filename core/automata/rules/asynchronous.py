"""Any discrete rule stepped alpha-asynchronously.

Source: Fates and Morvan, An experimental study of robustness to asynchronism for elementary
cellular automata (2005).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from core.automata.errors import UnreadableRule
from core.automata.rules.rule import Rule
from core.automata.rules.settings_text import number_text, require_between
from core.automata.rules.wrapped_text import read_wrapped


@dataclass(frozen=True, slots=True)
class Asynchronous:
    """Each cell takes its new state with probability `alpha`, else keeps the old one."""

    rule: Rule
    alpha: float

    def __post_init__(self) -> None:
        require_between("asynchronous", "alpha", self.alpha, 0, 1)
        if self.rule.states < 2:
            raise UnreadableRule(f"{self.rule.text} is no rule on states; use its mask rate.")

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
        """The rule as ``asynchronous(0.5):B3/S23``."""
        return f"asynchronous({number_text(self.alpha)}):{self.rule.text}"

    @classmethod
    def from_text(cls, text: str, rule_of: Callable[[str], Rule]) -> Self:
        """Return the rule of a text; `rule_of` reads the rule within."""
        alpha, inner = read_wrapped(text, "asynchronous")
        return cls(rule_of(inner), alpha)
