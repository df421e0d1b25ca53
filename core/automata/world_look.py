"""How a world is shown: colours, layer, marks; kept in the study, of no effect on the world."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.automata.errors import AutomataError
from core.labels import is_colour

LAYERS = ("cells", "potential", "growth")
"""What the colours of a field stand for."""

MARKS = ("grid", "trail", "circle", "box")
"""What can be drawn over the cells: pixel grid, trail of the middle of mass, circle, live box."""


@dataclass(frozen=True, slots=True)
class WorldLook:
    """The look of a world.

    Attributes
    ----------
    palette : str
        Name of a colour map, empty for the usual one of the rule's family.
    channel_colours : tuple of ``#rrggbb``
        Of the channels of a field in their order; empty for the usual ones.
    layer : str
        One of `LAYERS`.
    marks : tuple of str
        Those of `MARKS` that are shown.
    plane : int or None
        Of a world with depth the plane shown; None for the largest along z.
    fourth : int or None
        Likewise along the fourth dimension.
    """

    palette: str = ""
    channel_colours: tuple[str, ...] = ()
    layer: str = "cells"
    marks: tuple[str, ...] = ("grid",)
    plane: int | None = None
    fourth: int | None = None

    def __post_init__(self) -> None:
        if self.layer not in LAYERS:
            raise AutomataError(f"There is no layer {self.layer!r}; there are {', '.join(LAYERS)}.")
        strange = next((mark for mark in self.marks if mark not in MARKS), None)
        if strange is not None:
            raise AutomataError(f"There is no mark {strange!r}; there are {', '.join(MARKS)}.")
        if not all(is_colour(each) for each in self.channel_colours):
            raise AutomataError("The colours of the channels have to be written as #rrggbb.")

    def to_record(self) -> dict[str, Any]:
        """Return the look as plain JSON."""
        return {
            "palette": self.palette,
            "channel_colours": list(self.channel_colours),
            "layer": self.layer,
            "marks": list(self.marks),
            "plane": self.plane,
            **({} if self.fourth is None else {"fourth": self.fourth}),
        }

    @staticmethod
    def from_record(record: Mapping[str, Any]) -> "WorldLook":
        """Return the look of a record, checked."""
        plane, fourth = record.get("plane"), record.get("fourth")
        for shown in (plane, fourth):
            if shown is not None and (type(shown) is not int or shown < 0):
                raise AutomataError("The plane shown is no whole number from 0.")
        return WorldLook(
            _text(record.get("palette", "")),
            tuple(_text(each) for each in _list(record.get("channel_colours", []))),
            _text(record.get("layer", "cells")),
            tuple(_text(each) for each in _list(record.get("marks", []))),
            plane,
            fourth,
        )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise AutomataError("The look of a world has something where a text belongs.")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise AutomataError("The look of a world has something where a list belongs.")
    return value
