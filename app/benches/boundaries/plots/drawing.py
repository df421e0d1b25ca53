"""A figure with what a pointer over it needs to know; no Qt."""

from collections.abc import Callable
from dataclasses import dataclass

from app.benches.boundaries.plots.axes import Axes
from app.figures.description import Figure


def _nothing(_left: float, _top: float) -> str:
    return ""


@dataclass(frozen=True)
class Drawing:
    """A figure and where its plots are.

    Attributes
    ----------
    told : callable
        (left, top) in millimetres → what a tooltip says there, empty for nothing.
    """

    figure: Figure
    plots: tuple[Axes, ...] = ()
    told: Callable[[float, float], str] = _nothing
