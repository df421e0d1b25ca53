"""The flow across a boundary as a figure with the study inside, or its curves as a table."""

from pathlib import Path

from app.cli.errors import UsageError
from core.boundaries.ensemble_subject import EnsembleSubject
from core.boundaries.flow_result import BoundaryFlow

SUFFIXES = (".svg", ".pdf", ".png", ".csv", ".npz")
WIDTH_MM = 178.0
"""Two columns of print, so that region and flow stand side by side."""


def check_ending(path: Path) -> None:
    """Raise `UsageError` for an ending that neither figures nor tables have."""
    if path.suffix.lower() not in SUFFIXES:
        name = path.name or repr("")
        raise UsageError(
            f"{name} has an ending that is not written here; use {', '.join(SUFFIXES)}."
        )


def write_boundary(subject: EnsembleSubject, flow: BoundaryFlow, path: Path) -> None:
    """Write region and flow as a figure, or all curves as CSV or NPZ."""
    from app.benches.boundaries.figure import whole_figure
    from app.benches.boundaries.plots.flow_figure import flow_table
    from app.catalogue import KINDS
    from app.figures.description import FigureOptions
    from app.figures.export import export
    from app.shell.opening import study_around
    from app.study.store import study_bytes

    name = subject.ensemble.name or "ensemble"
    figure = whole_figure(subject.ensemble, flow, FigureOptions(WIDTH_MM))
    study = study_bytes(study_around("ensemble", name, subject), KINDS)
    export(figure, path, study=study, table=flow_table(flow))
