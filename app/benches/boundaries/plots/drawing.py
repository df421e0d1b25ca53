"""A figure with what a pointer over it needs to know; no Qt."""

from collections.abc import Callable
from dataclasses import dataclass

from app.benches.boundaries.plots.axes import Axes
from app.figures.description import Figure, Item


def _nothing(_left: float, _top: float) -> str:
    return ""


@dataclass(frozen=True)
class Drawing:
    """A figure and where its plots are.

    Attributes
    ----------
    told : callable
        (left, top) in millimetres → what a tooltip says there, empty for nothing.
    reading : callable or None
        A value along the horizontal axis → what is drawn over the plots to read them there.
    """

    figure: Figure
    plots: tuple[Axes, ...] = ()
    told: Callable[[float, float], str] = _nothing
    reading: Callable[[float], tuple[Item, ...]] | None = None
