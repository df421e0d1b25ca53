"""The 256 elementary cellular automata.

Source: Wolfram, Statistical mechanics of cellular automata (1983).
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from core.automata.errors import UnreadableRule


@dataclass(frozen=True, slots=True)
class Elementary:
    """A rule on a row of bits: bit (4 l + 2 c + r) of `number` is the new value of a cell."""

    number: int

    states: ClassVar[int] = 2
    dimensions: ClassVar[int] = 1

    def __post_init__(self) -> None:
        if not 0 <= self.number <= 255:
            raise UnreadableRule(
                f"There is no elementary rule {self.number}; they go from 0 to 255."
            )

    @property
    def text(self) -> str:
        """The rule as Golly writes it, such as ``W30``."""
        return f"W{self.number}"

    @property
    def table(self) -> npt.NDArray[np.uint8]:
        """uint8[8], the new value at index 4 l + 2 c + r."""
        return np.array([self.number >> index & 1 for index in range(8)], dtype=np.uint8)
