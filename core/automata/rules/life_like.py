"""Life-like rules: births and survivals by the number, or the shape, of living neighbours.

Sources: Gardner, The fantastic combinations of John Conway's new solitaire game "life" (1970);
Hensel's letters for rules that look at the shape.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from core.automata.errors import UnreadableRule
from core.automata.rules.isotropic import CENTRE, LETTERS, configurations
from core.labels import quoted

NEIGHBOURS = {"M": 0b111101111, "V": 0b010101010, "H": 0b110101011}
"""The neighbours of a Moore, von Neumann and hexagonal rule among the nine cells around.

Nine bits in reading order, the cell at the upper left the highest. The hexagonal neighbourhood
leaves out the upper right and the lower left.
"""

_PART = re.compile(r"([0-8])(-?)([a-z]*)")


@dataclass(frozen=True, slots=True)
class LifeLike:
    """A rule on two states, ``LifeLike("3", "23")`` for Life.

    Attributes
    ----------
    born, survive : str
        Numbers of living neighbours, each with Hensel's letters where only some shapes count:
        ``"2ce3"``, ``"23-a"``. They are kept in canonical form.
    neighbourhood : str
        ``"M"`` for the eight cells around, ``"V"`` for the four that share a side, ``"H"`` for six.
    """

    born: str
    survive: str
    neighbourhood: str = "M"

    states: ClassVar[int] = 2
    dimensions: ClassVar[int] = 2

    def __post_init__(self) -> None:
        if self.neighbourhood not in NEIGHBOURS:
            raise UnreadableRule(f"There is no neighbourhood {quoted(self.neighbourhood)}.")
        for name in ("born", "survive"):
            shapes = _shapes(getattr(self, name), self.neighbourhood)
            object.__setattr__(self, name, _canonical(shapes))

    @property
    def text(self) -> str:
        """The rule as B and S: ``B3/S23``, ``B2/S34H``."""
        suffix = "" if self.neighbourhood == "M" else self.neighbourhood
        return f"B{self.born}/S{self.survive}{suffix}"

    @property
    def is_totalistic(self) -> bool:
        """Whether only numbers of neighbours matter, not their shape."""
        return (self.born + self.survive).isdigit() or not (self.born + self.survive)

    @property
    def birth_counts(self) -> tuple[int, ...]:
        """The numbers of living neighbours that give birth; only of a totalistic rule."""
        return _counts(self.born)

    @property
    def survival_counts(self) -> tuple[int, ...]:
        """The numbers of living neighbours with which a cell lives on; likewise."""
        return _counts(self.survive)

    @property
    def table(self) -> npt.NDArray[np.uint8]:
        """uint8[512], the new state for nine cells in reading order, upper left in bit 8.

        The cell itself is bit 4. It is read-only, and the same array for equal rules.
        """
        return _table(self)

    @property
    def has_lightning(self) -> bool:
        """Whether an empty plane does not stay empty (B0)."""
        return "0" in self.born


def _counts(part: str) -> tuple[int, ...]:
    if not (part.isdigit() or not part):
        raise UnreadableRule(f"B or S {quoted(part)} looks at shapes, not at numbers alone.")
    return tuple(int(digit) for digit in part)


def _shapes(part: str, neighbourhood: str) -> dict[int, frozenset[str]]:
    """Return for each number of neighbours the letters that count, ``{""}`` for 0 and 8."""
    limit = NEIGHBOURS[neighbourhood].bit_count()
    found: dict[int, frozenset[str]] = {}
    offset = 0
    while offset < len(part):
        each = _PART.match(part, offset)
        if each is None:
            raise UnreadableRule(
                f"{quoted(part)} has {quoted(part[offset])} where a number of neighbours from 0 "
                "to 8 is expected."
            )
        count, letters = int(each[1]), each[3]
        if count > limit:
            raise UnreadableRule(f"{quoted(part)} has {count} of {limit} neighbours.")
        if letters and neighbourhood != "M":
            raise UnreadableRule(f"{quoted(part)} has letters, which only eight neighbours have.")
        known = frozenset(LETTERS[count] or [""])
        for letter in letters:
            if letter not in LETTERS[count]:
                raise UnreadableRule(
                    f"{quoted(part)} has the letter {letter!r}, which {count} neighbours cannot "
                    f"have; they have {LETTERS[count] or 'none'}."
                )
        if each[2] and not letters:
            raise UnreadableRule(f"{quoted(part)} has a minus with no letter after it.")
        chosen = known if not letters else frozenset(letters)
        found[count] = found.get(count, frozenset()) | (known - chosen if each[2] else chosen)
        offset = each.end()
    return {count: found[count] for count in sorted(found) if found[count]}


def _canonical(shapes: dict[int, frozenset[str]]) -> str:
    return "".join(f"{count}{_letters(count, chosen)}" for count, chosen in shapes.items())


def _letters(count: int, chosen: frozenset[str]) -> str:
    known = LETTERS[count]
    if len(chosen) == max(len(known), 1):
        return ""
    kept = "".join(sorted(chosen))
    left_out = "".join(sorted(set(known) - chosen))
    return kept if len(kept) <= len(left_out) + 1 else f"-{left_out}"


@cache
def _table(rule: LifeLike) -> npt.NDArray[np.uint8]:
    neighbours = NEIGHBOURS[rule.neighbourhood]
    table = np.zeros(512, dtype=np.uint8)
    for centre, part in ((0, rule.born), (CENTRE, rule.survive)):
        wanted: set[int] = set()
        counts: set[int] = set()
        for count, letters in _shapes(part, rule.neighbourhood).items():
            if rule.neighbourhood == "M":
                for letter in sorted(letters):
                    wanted.update(configurations(count, letter))
            else:
                counts.add(count)
        for around in range(512):
            if bool(around & CENTRE) == bool(centre):
                seen = around & neighbours
                if seen in wanted or seen.bit_count() in counts:
                    table[around] = 1
    table.setflags(write=False)
    return table


LIFE = LifeLike("3", "23")
