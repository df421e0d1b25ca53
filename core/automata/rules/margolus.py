"""Block automata on the Margolus neighbourhood.

Source: Toffoli and Margolus, Cellular Automata Machines (1987).
"""

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from core.automata.errors import UnreadableRule
from core.labels import quoted

NAMED = {
    "bbm": (0, 8, 4, 3, 2, 5, 9, 7, 1, 6, 10, 11, 12, 13, 14, 15),
    "critters": (15, 14, 13, 3, 11, 5, 6, 1, 7, 9, 10, 2, 12, 4, 8, 0),
    "hpp": (0, 8, 4, 12, 2, 10, 9, 14, 1, 6, 5, 13, 3, 11, 7, 15),
    "rotation": (0, 2, 8, 10, 1, 3, 9, 11, 4, 6, 12, 14, 5, 7, 13, 15),
    "swap-on-diagonal": (0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15),
    "tron": (15, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0),
}
"""Billiard balls, Critters, the lattice gas of Hardy, Pomeau and de Pazzis, and simple ones."""


@dataclass(frozen=True, slots=True)
class Margolus:
    """A table of blocks of 2 by 2 cells, each replaced by another.

    A block is a number: upper left 1, upper right 2, lower left 4, lower right 8. In even
    generations blocks begin at even x and y, in odd ones at odd x and y. Where the table is a
    permutation, every history can be run backwards.
    """

    table: tuple[int, ...]

    states: ClassVar[int] = 2
    dimensions: ClassVar[int] = 2

    def __post_init__(self) -> None:
        if len(self.table) != 16 or not all(0 <= block <= 15 for block in self.table):
            raise UnreadableRule(
                f"A Margolus rule has 16 blocks from 0 to 15, not {len(self.table)} as in "
                f"{quoted(','.join(map(str, self.table)))}."
            )

    @property
    def is_reversible(self) -> bool:
        """Whether no two blocks become the same."""
        return len(set(self.table)) == 16

    @property
    def inverse(self) -> Self:
        """The rule that undoes this one; raises `UnreadableRule` where there is none."""
        if not self.is_reversible:
            raise UnreadableRule(f"{self.text} maps two blocks to one, so it cannot be undone.")
        return type(self)(tuple(self.table.index(block) for block in range(16)))

    @property
    def text(self) -> str:
        """The rule as ``margolus:critters`` or ``margolus:0,8,4,...`` with its 16 blocks."""
        for name, table in NAMED.items():
            if table == self.table:
                return f"margolus:{name}"
        return "margolus:" + ",".join(map(str, self.table))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the rule of a name or table, or of MCell's ``MS,D0;8;4;...``."""
        plain = text.strip()
        body = re.sub(r"^(margolus:|MS,\s*D)", "", plain, flags=re.IGNORECASE).strip()
        if body.lower() in NAMED:
            return cls(NAMED[body.lower()])
        parts = [part.strip() for part in re.split("[;,]", body)]
        if not all(part.isdigit() and len(part) < 4 for part in parts):
            raise UnreadableRule(
                f"{quoted(text)} is no Margolus rule; give 16 blocks or one of {', '.join(NAMED)}."
            )
        return cls(tuple(int(part) for part in parts))
