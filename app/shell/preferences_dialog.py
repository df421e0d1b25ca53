"""The dialog of preferences; every choice takes effect at once and is kept."""

from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices, QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFontComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.shell.actions import ActionRegistry
from app.shell.preferences import Preferences
from app.shell.shortcut_editor import ShortcutEditor
from app.shell.theme import CHOICES, Theme

THEME_TITLES = {"system": "Like the system", "light": "Light", "dark": "Dark"}
FIGURE_THEMES = {"print": "Print", "light": "Light", "dark": "Dark"}


class PreferencesDialog(QDialog):
    """Three pages: general, figures, shortcuts."""

    def __init__(
        self,
        preferences: Preferences,
        theme: Theme,
        registry: ActionRegistry,
        autosave_folder: Path | None,
        over: QWidget | None = None,
    ) -> None:
        super().__init__(over)
        self.setWindowTitle("Preferences")
        self._preferences, self._theme = preferences, theme
        self._autosave_folder = autosave_folder
        tabs = QTabWidget(self)
        tabs.setDocumentMode(True)
        tabs.addTab(self._general(), "General")
        tabs.addTab(self._figures(), "Figures")
        self.shortcuts = ShortcutEditor(registry, self)
        tabs.addTab(_padded(self.shortcuts), "Shortcuts")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(12)
        column.addWidget(tabs, 1)
        column.addWidget(buttons)
        self.resize(640, 520)

    def _general(self) -> QWidget:
        self.theme = QComboBox()
        for name in CHOICES:
            self.theme.addItem(THEME_TITLES[name], name)
        self.theme.setCurrentIndex(self.theme.findData(self._theme.choice))
        self.theme.currentIndexChanged.connect(self._on_theme)
        self.reduced_motion = QCheckBox("Move things at once instead of gliding")
        self.reduced_motion.setChecked(self._preferences.get("reduced_motion"))
        self.reduced_motion.toggled.connect(self._on_motion)
        page, form = _form()
        form.addRow("Theme", self.theme)
        form.addRow("Motion", self.reduced_motion)
        if self._autosave_folder is not None:
            form.addRow("Working copies", self._autosave_row(self._autosave_folder))
        return page

    def _autosave_row(self, folder: Path) -> QWidget:
        row = QWidget()
        where = QLineEdit(str(folder))
        where.setReadOnly(True)
        where.setToolTip("Every change is kept here at once, so that a crash loses nothing")
        show = QPushButton("Show")
        show.setAutoDefault(False)
        show.clicked.connect(self._on_show_folder)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(where, 1)
        across.addWidget(show)
        return row

    def _figures(self) -> QWidget:
        self.width_mm = QDoubleSpinBox()
        self.width_mm.setRange(20, 400)
        self.width_mm.setDecimals(1)
        self.width_mm.setSuffix(" mm")
        self.width_mm.setToolTip("86 mm fits one column, 178 mm two columns")
        self.width_mm.setValue(self._preferences.get("figure_width_mm"))
        self.width_mm.valueChanged.connect(self._on_width)
        self.font_pt = QDoubleSpinBox()
        self.font_pt.setRange(4, 24)
        self.font_pt.setDecimals(1)
        self.font_pt.setSuffix(" pt")
        self.font_pt.setToolTip("Size of the letters on paper; most journals ask for 6 pt or more")
        self.font_pt.setValue(self._preferences.get("figure_font_pt"))
        self.font_pt.valueChanged.connect(self._on_font_size)
        self.font = QFontComboBox()
        self.font.setCurrentFont(QFont(self._preferences.get("figure_font") or "DejaVu Sans"))
        self.font.currentFontChanged.connect(self._on_font)
        self.figure_theme = QComboBox()
        for name, title in FIGURE_THEMES.items():
            self.figure_theme.addItem(title, name)
        chosen = self.figure_theme.findData(self._preferences.get("figure_theme"))
        self.figure_theme.setCurrentIndex(max(chosen, 0))
        self.figure_theme.currentIndexChanged.connect(self._on_figure_theme)
        for number in (self.width_mm, self.font_pt):
            number.lineEdit().setTextMargins(4, 0, 0, 0)
        page, form = _form()
        form.addRow("Width", self.width_mm)
        form.addRow("Font", self.font)
        form.addRow("Font size", self.font_pt)
        form.addRow("Theme", self.figure_theme)
        note = QLabel("The export dialog starts with these.")
        note.setProperty("role", "muted")
        form.addRow("", note)
        return page

    @Slot()
    def _on_theme(self) -> None:
        self._preferences.set("theme", self.theme.currentData())
        self._theme.set_choice(self.theme.currentData())

    @Slot(bool)
    def _on_motion(self, reduced: bool) -> None:
        self._preferences.set("reduced_motion", reduced)

    @Slot(float)
    def _on_width(self, width_mm: float) -> None:
        self._preferences.set("figure_width_mm", width_mm)

    @Slot(float)
    def _on_font_size(self, font_pt: float) -> None:
        self._preferences.set("figure_font_pt", font_pt)

    @Slot(QFont)
    def _on_font(self, font: QFont) -> None:
        self._preferences.set("figure_font", font.family())

    @Slot()
    def _on_figure_theme(self) -> None:
        self._preferences.set("figure_theme", self.figure_theme.currentData())

    @Slot()
    def _on_show_folder(self) -> None:
        assert self._autosave_folder is not None
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._autosave_folder)))


def _form() -> tuple[QWidget, QFormLayout]:
    page = QWidget()
    form = QFormLayout(page)
    form.setContentsMargins(16, 16, 16, 16)
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(12)
    return page, form


def _padded(widget: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 8, 16, 16)
    column.addWidget(widget)
    return page
