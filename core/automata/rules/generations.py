"""Generations: life-like rules whose dying cells grow old through more states.

Source: Brian Silverman's Brian's Brain; Wojtowicz, MCell, for the family.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from core.automata.errors import UnreadableRule
from core.automata.rules.life_like import LifeLike


@dataclass(frozen=True, slots=True)
class Generations:
    """A rule on `states` states: 0 dead, 1 alive, 2 and above dying, one older each step.

    Only cells in state 1 count as neighbours. ``Generations("2", "", 3)`` is Brian's Brain.

    Attributes
    ----------
    born, survive, neighbourhood : str
        As of `LifeLike`, letters included.
    states : int
        3 to 256.
    """

    born: str
    survive: str
    states: int
    neighbourhood: str = "M"

    dimensions: ClassVar[int] = 2

    def __post_init__(self) -> None:
        if not 3 <= self.states <= 256:
            raise UnreadableRule(
                f"A Generations rule has 3 to 256 states, not {self.states}; two states are a "
                "rule such as B3/S23."
            )
        alike = LifeLike(self.born, self.survive, self.neighbourhood)
        object.__setattr__(self, "born", alike.born)
        object.__setattr__(self, "survive", alike.survive)

    @property
    def text(self) -> str:
        """The rule as S/B/C: ``/2/3``, ``345/2/4``."""
        suffix = "" if self.neighbourhood == "M" else self.neighbourhood
        return f"{self.survive}/{self.born}/{self.states}{suffix}"

    @property
    def table(self) -> npt.NDArray[np.uint8]:
        """uint8[512]: whether a cell is alive after, by who is alive (state 1) around and itself.

        The bits are those of `LifeLike.table`; a dying cell takes no part in it.
        """
        return LifeLike(self.born, self.survive, self.neighbourhood).table
