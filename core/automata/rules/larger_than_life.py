"""Larger than Life: birth and survival by how many live within a radius.

Source: Evans, Larger than Life: threshold-range scaling of Life's coherent structures (2003).
"""

import math
import re
from dataclasses import dataclass
from typing import ClassVar, Self

from core.automata.errors import UnreadableRule
from core.labels import quoted

LARGEST_RADIUS = 500
MOST_COUNTED = 10_000_000

_TEXT = re.compile(r"R(\d+),C(\d+),M([01]),S(\d+)\.\.(\d+),B(\d+)\.\.(\d+),N([MNC])", re.IGNORECASE)
_EVANS = re.compile(r"(\d+),(\d+),(\d+),(\d+),(\d+)")


@dataclass(frozen=True, slots=True)
class LargerThanLife:
    """A cell is born or lives on when the number of living ones around lies in an interval.

    Attributes
    ----------
    radius : int
        1 to 500.
    states : int
        2, or more where dying cells grow old as in Generations.
    counts_itself : bool
        Whether the cell is one of those counted.
    survive, born : (int, int)
        The least and the greatest number.
    neighbourhood : str
        ``"M"`` the square, ``"N"`` the diamond, ``"C"`` the disc of cells nearer than r + 1/2.
    """

    radius: int
    states: int
    counts_itself: bool
    survive: tuple[int, int]
    born: tuple[int, int]
    neighbourhood: str = "M"

    dimensions: ClassVar[int] = 2

    def __post_init__(self) -> None:
        if not 1 <= self.radius <= LARGEST_RADIUS:
            raise UnreadableRule(
                f"The radius is {self.radius}; Larger than Life has 1 to {LARGEST_RADIUS}."
            )
        if not 2 <= self.states <= 256:
            raise UnreadableRule(f"There are {self.states} states; 2 to 256 are possible.")
        if self.neighbourhood not in ("M", "N", "C"):
            raise UnreadableRule(f"There is no neighbourhood {quoted(self.neighbourhood)}.")
        for name, (least, most) in (("survival", self.survive), ("birth", self.born)):
            if least > most:
                raise UnreadableRule(f"The interval of {name} {least}..{most} is empty.")
            if most > MOST_COUNTED:
                raise UnreadableRule(
                    f"The interval of {name} ends above {MOST_COUNTED:,}, and no cell has so many "
                    "around it."
                )

    @property
    def text(self) -> str:
        """The rule as Golly writes it: ``R5,C0,M1,S34..58,B34..45,NM``."""
        states = 0 if self.states == 2 else self.states
        return (
            f"R{self.radius},C{states},M{int(self.counts_itself)},"
            f"S{self.survive[0]}..{self.survive[1]},B{self.born[0]}..{self.born[1]},"
            f"N{self.neighbourhood}"
        )

    @property
    def half_widths(self) -> tuple[int, ...]:
        """For each row from -radius to radius, how far the neighbourhood reaches to each side."""
        r = self.radius
        if self.neighbourhood == "M":
            return (r,) * (2 * r + 1)
        if self.neighbourhood == "N":
            return tuple(r - abs(dy) for dy in range(-r, r + 1))
        # dx^2 + dy^2 < (r + 1/2)^2, that is at most r^2 + r in whole numbers
        return tuple(math.isqrt(r * r + r - dy * dy) for dy in range(-r, r + 1))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the rule of a text such as that of `text`, or of Evans' five numbers.

        ``5,34,45,34,58`` names the radius, the interval of birth and the one of survival.
        """
        plain = text.strip().replace(" ", "")
        if len(plain) > 100:
            raise UnreadableRule("A rule of Larger than Life is shorter than that.")
        found = _EVANS.fullmatch(plain)
        if found is not None:
            radius, low, high, least, most = (int(each) for each in found.groups())
            return cls(radius, 2, True, (least, most), (low, high))
        found = _TEXT.fullmatch(plain)
        if found is None:
            raise UnreadableRule(f"{quoted(text)} is not like R5,C0,M1,S34..58,B34..45,NM.")
        radius, states, middle, least, most, low, high = (int(each) for each in found.groups()[:7])
        return cls(
            radius, max(states, 2), bool(middle), (least, most), (low, high), found[8].upper()
        )
