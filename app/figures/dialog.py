"""The export dialog: a live preview of the very sheet, its choices, and the way into a file."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.figures.choices import ExportChoices
from app.figures.choices_form import ChoicesForm
from app.figures.description import (
    SMALLEST_LEGIBLE_PT,
    Figure,
    FigureOptions,
    smallest_text_pt,
)
from app.figures.export_work import ExportWork, Snapshot
from app.figures.png_file import size_in_pixels
from app.figures.preview import FigurePreview
from app.figures.table_file import TABLE_SUFFIXES
from app.figures.work import Done, NewestWork, Run, Running, Work, run_here
from core.progress import Progress
from resources import palette

AskPath = Callable[[str, str, str], Path | None]
_PREVIEW_DELAY_MS = 120
_POLL_MS = 100
_FORM_WIDTH = 340
_LEAST_HEIGHT = 570
"""So high that the sentences about a figure take no room from the form."""


class ExportDialog(QDialog):
    """Lets the user export one view of what `take` returns; `exported` tells the path written.

    `take` is asked on the GUI thread whenever something is to be drawn; the drawing and writing
    are done by `run`. `ask_path` takes a title, a suggested path and Qt's file filters and returns
    where to write, or None. `remembered` are the choices of the last time, `remembered_choices()`
    those to keep.
    """

    exported = Signal(object)

    def __init__(
        self,
        take: Callable[[], Snapshot],
        *,
        ask_path: AskPath,
        run: Run = run_here,
        remembered: Mapping[str, Any] | None = None,
        suggested: Path | str = "figure",
        theme: str = "light",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._take = take
        self._ask_path = ask_path
        self._run = run
        self._drawings = NewestWork(run, self)
        self._leaving: Running | None = None
        self._suggested = Path(suggested)
        self._colours = palette(theme)
        self._figure: Figure | None = None
        self._shown: tuple[str, FigureOptions] | None = None
        self._is_refused = False
        self.setWindowTitle("Export figure")
        now = take()
        self._make_widgets(now)
        self._lay_out()
        self._connect()
        self.form.set_can_carry(now.study_bytes is not None)
        self.form.set_choices(ExportChoices.from_record(remembered or {}))
        self._refresh()

    def _make_widgets(self, now: Snapshot) -> None:
        names = [(view.id, view.title) for view in now.views]
        tables = {view.id for view in now.views if view.table is not None}
        self.form = ChoicesForm(names, tables, self._colours)
        self.preview = FigurePreview(self._run)
        self.size_line = QLabel()
        self.warning = self._sentence("warning")
        self.problem = self._sentence("danger")
        self.success = self._sentence("success")
        self.copy_button = QPushButton("&Copy to clipboard")
        self.copy_button.setAutoDefault(False)
        self.copy_button.setShortcut(QKeySequence("Ctrl+Shift+C"))
        self.copy_button.setToolTip("Copy the figure as SVG and as a picture (Ctrl+Shift+C).")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.export_button = self.buttons.addButton(
            "&Export…", QDialogButtonBox.ButtonRole.ActionRole
        )
        self.export_button.setDefault(True)
        self.export_button.setToolTip("Choose where the file goes, and write it.")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.stage = QLabel()
        self.cancel_button = QPushButton("C&ancel")
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.setToolTip("Stop before anything is written.")
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PREVIEW_DELAY_MS)

    def _sentence(self, role: str) -> QLabel:
        label = QLabel()
        label.setWordWrap(True)
        label.setStyleSheet(f"color: {self._colours[role]};")
        label.hide()
        return label

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(12)
        side.addWidget(self.form)
        side.addWidget(self.size_line)
        side.addWidget(self.warning)
        side.addWidget(self.problem)
        side.addWidget(self.success)
        side.addStretch(1)
        side.addWidget(self._work_row())
        side.addWidget(self.copy_button)
        side.addWidget(self.buttons)
        panel = QWidget()
        panel.setLayout(side)
        panel.setFixedWidth(_FORM_WIDTH)
        panel.setMinimumHeight(_LEAST_HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.preview, 1)
        row.addWidget(panel)
        side.setContentsMargins(16, 16, 16, 16)
        self.resize(2 * _FORM_WIDTH + 80, _LEAST_HEIGHT)

    def _work_row(self) -> QWidget:
        """Return what is seen while a figure is on its way out: how far it is, and Cancel."""
        told = QVBoxLayout()
        told.setSpacing(4)
        told.addWidget(self.stage)
        told.addWidget(self.progress)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(told, 1)
        row.addWidget(self.cancel_button)
        self.work_row = QWidget()
        self.work_row.setLayout(row)
        self.work_row.hide()
        return self.work_row

    def _connect(self) -> None:
        self.form.changed.connect(self._on_changed)
        self._timer.timeout.connect(self._refresh)
        self._poll.timeout.connect(self._on_poll)
        self.cancel_button.clicked.connect(self._cancel)
        self.copy_button.clicked.connect(self._copy)
        self.export_button.clicked.connect(self._export)
        self.buttons.rejected.connect(self.reject)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.file_format.setFocus()

    def done(self, result: int) -> None:
        """Close, and stop everything that is under way for this dialog."""
        self._timer.stop()
        self._poll.stop()
        self._drawings.cancel()
        self.preview.stop()
        if self._leaving is not None:
            self._leaving.cancel()
        super().done(result)

    def choices(self) -> ExportChoices:
        """Return what the fields say now."""
        return self.form.choices()

    def remembered_choices(self) -> dict[str, Any]:
        """Return the choices as JSON, for the next time."""
        return self.choices().to_record()

    @Slot()
    def _on_changed(self) -> None:
        self._say()
        self._timer.start()
        self._describe()

    @property
    def is_leaving(self) -> bool:
        """Whether a figure is on its way into a file or to the clipboard."""
        return self._leaving is not None and self._leaving.state == "running"

    @Slot()
    def _refresh(self) -> None:
        """Have the figure made anew where a choice that it depends on has changed."""
        self._timer.stop()
        wanted = self._wanted()
        if wanted == self._shown and self._figure is not None:
            return
        view_id, options = wanted
        make = self._take().view(view_id).make

        def work(progress: Progress) -> Figure:
            progress.check()
            return make(options)

        def made(figure: Figure) -> None:
            self._show(figure, wanted)

        def refused(error: Exception) -> None:
            self._show(None, None, str(error))

        if self._figure is None:
            self.preview.show_figure(None, "Drawing the figure…")
        self._drawings.want("Figure for the preview", work, made, refused)
        self._describe()

    def _wanted(self) -> tuple[str, FigureOptions]:
        choices = self.choices()
        return choices.view, choices.figure_options()

    def _show(
        self, figure: Figure | None, shown: tuple[str, FigureOptions] | None, note: str = ""
    ) -> None:
        self._figure, self._shown = figure, shown
        self._is_refused = figure is None
        self.preview.show_figure(figure, note)
        self._describe()

    def _describe(self) -> None:
        """Say how large the file will be and what may go wrong with it."""
        choices = self.choices()
        is_table = choices.suffix in TABLE_SUFFIXES
        is_busy = self.is_leaving
        self.export_button.setEnabled(not is_busy and (is_table or not self._is_refused))
        self.copy_button.setEnabled(not (is_busy or is_table or self._is_refused))
        self.work_row.setVisible(is_busy)
        figure = self._figure
        if figure is None or is_table:
            self.size_line.setText("")
            self.warning.hide()
            return
        wide, high = choices.width_mm, figure.height_mm * choices.width_mm / figure.width_mm
        size = f"{wide:.1f} × {high:.1f} mm"
        if choices.format.has_dpi:
            size += " · {} × {} pixels".format(*size_in_pixels(wide, high, choices.dpi))
        self.size_line.setText(size)
        self._warn_of_small_letters(figure)

    def _warn_of_small_letters(self, figure: Figure) -> None:
        smallest = smallest_text_pt(figure.items)
        too_small = smallest is not None and smallest < SMALLEST_LEGIBLE_PT - 1e-6
        self.warning.setVisible(too_small)
        if too_small:
            self.warning.setText(
                f"The smallest letters are {smallest:.1f} pt; most journals ask for at least"
                f" {SMALLEST_LEGIBLE_PT:g} pt. Choose a larger font or a wider figure."
            )

    def _say(self, *, problem: str = "", done: str = "") -> None:
        for label, sentence in ((self.problem, problem), (self.success, done)):
            label.setText(sentence)
            label.setVisible(bool(sentence))

    @Slot()
    def _copy(self) -> None:
        if self.copy_button.isEnabled():
            self._leave("Copy the figure", self._work().copy, self._on_copied)

    @Slot()
    def _export(self) -> None:
        work = self._work()
        suffix, title = work.choices.suffix, work.choices.format.title
        suggested = str(self._suggested.with_name(self._suggested.name + suffix))
        path = self._ask_path("Export figure", suggested, f"{title} (*{suffix})")
        if path is None:
            return
        if path.suffix.lower() != suffix:
            path = path.with_name(path.name + suffix)

        def write(progress: Progress) -> Path:
            return work.write(path, progress)

        self._leave(f"Export {path.name}", write, self._on_exported)

    def _work(self) -> ExportWork:
        """Return the figure of the choices now, drawn already if it is the one that is shown."""
        figure = self._figure if self._wanted() == self._shown else None
        return ExportWork(self._take(), self.choices(), figure)

    def _leave(self, title: str, work: Work, done: Done) -> None:
        self._say()
        self._leaving = None
        self._leaving = self._run(title, work, done, self._on_failed, quiet=False, owner=self)
        if self.is_leaving:
            self._on_poll()
            self._poll.start()
        self._describe()

    @Slot()
    def _on_poll(self) -> None:
        """Tell how far the work is; it may also have been cancelled from elsewhere."""
        leaving = self._leaving
        if leaving is None or leaving.state != "running":
            self._poll.stop()
            if leaving is not None and leaving.state == "cancelled":
                self._end(problem="The work was cancelled, and nothing was written.")
            return
        self.progress.setValue(round(100 * leaving.fraction))
        self.stage.setText(leaving.message or "Drawing the figure")

    @Slot()
    def _cancel(self) -> None:
        if self._leaving is not None:
            self._leaving.cancel()
        self._on_poll()

    def _end(self, *, problem: str = "", done: str = "") -> None:
        self._poll.stop()
        self._leaving = None
        self._say(problem=problem, done=done)
        self._describe()

    def _on_failed(self, error: Exception) -> None:
        self._end(problem=str(error))

    def _on_copied(self, mime: QMimeData) -> None:
        QGuiApplication.clipboard().setMimeData(mime)
        self._end(done="The figure is on the clipboard.")

    def _on_exported(self, path: Path) -> None:
        self._end()
        self.exported.emit(path)
        self.accept()
