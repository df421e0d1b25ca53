"""What leaves the export dialog, made from immutable values on whatever thread there is."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from app.figures.choices import ExportChoices
from app.figures.description import Figure, FigureOptions, Table
from app.figures.export import export
from app.figures.figure_clipboard import figure_mime
from app.figures.table_file import TABLE_SUFFIXES
from app.figures.writing import write_aside
from core.progress import Progress


class ExportView(Protocol):
    """One view that can leave as a figure, and the numbers behind it where there are any.

    `make` and `table` are called on a worker thread.
    """

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def make(self) -> Callable[[FigureOptions], Figure]: ...
    @property
    def table(self) -> Callable[[], Table] | None: ...


@dataclass(frozen=True)
class Snapshot:
    """What can be exported at one moment: views on values that no later edit changes.

    `study_bytes` gives the study of that moment as a file, or is None where there is none.
    """

    views: tuple[ExportView, ...]
    study_bytes: Callable[[], bytes] | None = None

    def view(self, view_id: str) -> ExportView:
        """Return the view of that id."""
        return next(view for view in self.views if view.id == view_id)


@dataclass(frozen=True)
class ExportWork:
    """One figure on its way out; `figure` is None where it has yet to be drawn."""

    snapshot: Snapshot
    choices: ExportChoices
    figure: Figure | None = None

    def write(self, path: Path, progress: Progress) -> Path:
        """Write the file and those beside it, unless the work is cancelled before; return `path`.

        They are made elsewhere first, so that a cancelled export leaves no file.
        """
        choices = self.choices
        is_table = choices.suffix in TABLE_SUFFIXES
        figure = Figure(choices.width_mm, choices.width_mm) if is_table else self._drawn(progress)
        table = self.snapshot.view(choices.view).table if is_table else None
        study = self._study(progress)
        progress.report(0.5, "Writing the file")
        with tempfile.TemporaryDirectory(prefix="macroscope-") as folder:
            export(
                figure,
                Path(folder) / path.name,
                dpi=choices.dpi,
                outlines=choices.outlines,
                study=study,
                table=table() if table is not None else None,
            )
            files = {made.name: made.read_bytes() for made in Path(folder).iterdir()}
        progress.report(0.9)
        for name in sorted(files, key=lambda name: name == path.name):
            write_aside(path.with_name(name), files[name])
        return path

    def copy(self, progress: Progress) -> QMimeData:
        """Return the figure for the clipboard, at home on the thread of the application."""
        choices = self.choices
        figure, study = self._drawn(progress), self._study(progress)
        progress.report(0.5, "Drawing for the clipboard")
        mime = figure_mime(figure, dpi=choices.dpi, outlines=choices.outlines, study=study)
        mime.moveToThread(QGuiApplication.instance().thread())
        return mime

    def _drawn(self, progress: Progress) -> Figure:
        progress.report(0.0, "Drawing the figure")
        if self.figure is not None:
            return self.figure
        return self.snapshot.view(self.choices.view).make(self.choices.figure_options())

    def _study(self, progress: Progress) -> bytes | None:
        progress.report(0.3, "Packing the study")
        wanted = self.choices.carry_study and self.choices.format.carries_study
        make = self.snapshot.study_bytes
        return make() if wanted and make is not None else None
