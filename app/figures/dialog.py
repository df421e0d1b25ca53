"""The export dialog: a live preview of the very sheet, its choices, and the way into a file."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
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
    Table,
    smallest_text_pt,
)
from app.figures.export import export
from app.figures.figure_clipboard import copy_figure
from app.figures.png_file import size_in_pixels
from app.figures.preview import FigurePreview
from core.errors import MacroscopeError
from resources import palette

AskPath = Callable[[str, str, str], Path | None]
_PREVIEW_DELAY_MS = 120
_FORM_WIDTH = 340


class ExportView(Protocol):
    """One view that can leave as a figure, and the numbers behind it where there are any."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def make(self) -> Callable[[FigureOptions], Figure]: ...
    @property
    def table(self) -> Callable[[], Table] | None: ...


class ExportDialog(QDialog):
    """Lets the user export one of `views`; `exported` tells the path written.

    `ask_path` takes a title, a suggested path and Qt's file filters and returns where to write, or
    None. `remembered` are the choices of the last time, `remembered_choices()` those to keep.
    """

    exported = Signal(object)

    def __init__(
        self,
        views: Sequence[ExportView],
        *,
        ask_path: AskPath,
        study_bytes: Callable[[], bytes] | None = None,
        remembered: Mapping[str, Any] | None = None,
        suggested: Path | str = "figure",
        theme: str = "light",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._views = {view.id: view for view in views}
        self._ask_path = ask_path
        self._study_bytes = study_bytes
        self._suggested = Path(suggested)
        self._colours = palette(theme)
        self._figure: Figure | None = None
        self._shown: tuple[str, FigureOptions] | None = None
        self.setWindowTitle("Export figure")
        self._make_widgets()
        self._lay_out()
        self._connect()
        self.form.set_can_carry(study_bytes is not None)
        self.form.set_choices(ExportChoices.from_record(remembered or {}))
        self._refresh()

    def _make_widgets(self) -> None:
        names = [(view.id, view.title) for view in self._views.values()]
        tables = {view.id for view in self._views.values() if view.table is not None}
        self.form = ChoicesForm(names, tables, self._colours)
        self.preview = FigurePreview()
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
        side.addWidget(self.copy_button)
        side.addWidget(self.buttons)
        panel = QWidget()
        panel.setLayout(side)
        panel.setFixedWidth(_FORM_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.preview, 1)
        row.addWidget(panel)
        side.setContentsMargins(16, 16, 16, 16)

    def _connect(self) -> None:
        self.form.changed.connect(self._on_changed)
        self._timer.timeout.connect(self._refresh)
        self.copy_button.clicked.connect(self._copy)
        self.export_button.clicked.connect(self._export)
        self.buttons.rejected.connect(self.reject)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.file_format.setFocus()

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

    @Slot()
    def _refresh(self) -> None:
        """Make the figure anew where a choice that it depends on has changed."""
        self._timer.stop()
        choices = self.choices()
        wanted = choices.view, choices.figure_options()
        if wanted == self._shown and self._figure is not None:
            return
        try:
            self._figure = self._views[choices.view].make(choices.figure_options())
            self._shown = wanted
            self.preview.show_figure(self._figure)
        except MacroscopeError as error:
            self._figure = self._shown = None
            self.preview.show_figure(None, str(error))
        self._describe()

    def _describe(self) -> None:
        """Say how large the file will be and what may go wrong with it."""
        choices = self.choices()
        is_table = choices.suffix == ".csv"
        self.export_button.setEnabled(self._figure is not None or is_table)
        self.copy_button.setEnabled(self._figure is not None and not is_table)
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

    def _study(self, choices: ExportChoices) -> bytes | None:
        wanted = choices.carry_study and choices.format.carries_study
        return self._study_bytes() if wanted and self._study_bytes is not None else None

    @Slot()
    def _copy(self) -> None:
        self._refresh()
        choices = self.choices()
        if self._figure is None:
            return
        try:
            copy_figure(
                self._figure,
                dpi=choices.dpi,
                outlines=choices.outlines,
                study=self._study(choices),
            )
        except MacroscopeError as error:
            self._say(problem=str(error))
        else:
            self._say(done="The figure is on the clipboard.")

    @Slot()
    def _export(self) -> None:
        self._refresh()
        choices = self.choices()
        suggested = str(self._suggested.with_name(self._suggested.name + choices.suffix))
        filters = f"{choices.format.title} (*{choices.suffix})"
        path = self._ask_path("Export figure", suggested, filters)
        if path is None:
            return
        if path.suffix.lower() != choices.suffix:
            path = path.with_name(path.name + choices.suffix)
        try:
            self._write(path, choices)
        except MacroscopeError as error:
            self._say(problem=str(error))
            return
        self.exported.emit(path)
        self.accept()

    def _write(self, path: Path, choices: ExportChoices) -> None:
        view = self._views[choices.view]
        table = view.table() if choices.suffix == ".csv" and view.table is not None else None
        figure = self._figure or Figure(choices.width_mm, choices.width_mm)
        export(
            figure,
            path,
            dpi=choices.dpi,
            outlines=choices.outlines,
            study=self._study(choices),
            table=table,
        )
