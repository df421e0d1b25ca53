"""A figure together with what a pointer finds on it."""

from __future__ import annotations

from dataclasses import dataclass

from app.benches.processes.curves.axes import Axes
from app.figures.description import Figure


@dataclass(frozen=True)
class Spot:
    """A place on the sheet, in millimetres, with what is told about it."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Drawing:
    """A figure, its plots and its spots.

    Attributes
    ----------
    plot : Axes or None
        The plot whose horizontal axis has a window that is dragged.
    window : (float, float) or None
        The ends of that window in data.
    """

    figure: Figure
    spots: tuple[Spot, ...] = ()
    plot: Axes | None = None
    window: tuple[float, float] | None = None
