"""The four parts that a boundary divides a world into: letters, names and colours; no Qt.

Source: Critch, boundaries as approximate directed Markov blankets (2022).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One part.

    Attributes
    ----------
    number : int
        In the mask of a region.
    role : str
        Of its colour in every palette. The four were chosen to be told apart by colour-blind
        readers (Okabe and Ito 2008); letters say the same without colours.
    """

    number: int
    letter: str
    title: str
    meaning: str
    role: str


PARTS = (
    Part(1, "V", "viscera", "The inside, which the boundary shields.", "category_0"),
    Part(2, "A", "active boundary", "What the inside acts through.", "category_1"),
    Part(3, "P", "passive boundary", "What the outside reaches the inside through.", "category_3"),
    Part(4, "E", "environment", "All that is outside.", "category_2"),
)
"""From the inside out."""

BY_NUMBER = {part.number: part for part in PARTS}
