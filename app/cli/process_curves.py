"""The entropy curves of a process in a file: a table, arrays, or a picture."""

from pathlib import Path

from app.benches.processes.curves.figure import curves_figure, curves_table
from app.figures.description import FigureOptions
from app.figures.export import SUFFIXES, export
from core.processes.measures import measures
from core.processes.model import HiddenMarkovModel
from core.progress import Progress

__all__ = ["SUFFIXES", "write_curves"]

WIDTH_MM = 178.0


def write_curves(
    model: HiddenMarkovModel, max_length: int, path: Path, progress: Progress | None = None
) -> None:
    """Write L, H(L), h(L) and E(L) up to `max_length`, or the figure of them."""
    found = measures(model, max_length=max_length, progress=progress)
    figure = curves_figure(found, FigureOptions(width_mm=WIDTH_MM))
    export(figure, path, table=curves_table(found))
