"""The fields of the export dialog: what they offer, what they mean, and why one is switched off."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFontComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from app.figures import choices as limits
from app.figures.choices import FORMATS, ExportChoices
from app.figures.description import DOUBLE_COLUMN_MM, SINGLE_COLUMN_MM
from app.figures.table_file import TABLE_SUFFIXES

_WIDTHS = (
    ("Single column", SINGLE_COLUMN_MM),
    ("Double column", DOUBLE_COLUMN_MM),
    ("Other width", None),
)
_NUMBER_INSET = 4
"""Pixels that bring a number under the text of the lists; a stylesheet cannot move it."""

_SIZE_WIDTH = 88
_SHORT = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_THEME_TITLES = {"print": "Print", "light": "Light screen", "dark": "Dark screen"}


class ChoicesForm(QWidget):
    """Edits one `ExportChoices`; `changed` tells of every change the user makes."""

    changed = Signal()

    def __init__(
        self,
        views: list[tuple[str, str]],
        tables: set[str],
        colours: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tables = tables
        self._colours = colours
        self._can_carry = True
        self._make_fields(views)
        self._lay_out(len(views))
        self._connect()

    def _make_fields(self, views: list[tuple[str, str]]) -> None:
        self.view = _combo(views, "What is drawn.")
        titles = [(known.suffix, f"{known.title} ({known.suffix})") for known in FORMATS]
        self.file_format = _combo(titles, "The kind of file.")
        self.preset = _combo(
            [(index, title) for index, (title, _) in enumerate(_WIDTHS)],
            "Widths of most journals: 86 mm for one column, 178 mm for two.",
        )
        self.width_field = QDoubleSpinBox()
        self.width_field.setRange(limits.NARROWEST_MM, limits.WIDEST_MM)
        self.width_field.setDecimals(1)
        self.width_field.setSuffix(" mm")
        self.font_family = QFontComboBox()
        self.font_family.setFontFilters(QFontComboBox.FontFilter.ScalableFonts)
        self.font_family.setSizeAdjustPolicy(_SHORT)
        self.font_family.setMinimumContentsLength(8)
        self.font_pt = QDoubleSpinBox()
        self.font_pt.setRange(limits.SMALLEST_PT, limits.LARGEST_PT)
        self.font_pt.setDecimals(1)
        self.font_pt.setSingleStep(0.5)
        self.font_pt.setSuffix(" pt")
        self.theme = _combo(list(_THEME_TITLES.items()), "Colours for paper or for a screen.")
        self.dpi = QSpinBox()
        self.dpi.setRange(limits.LOWEST_DPI, limits.HIGHEST_DPI)
        self.dpi.setSingleStep(50)
        self.dpi.setSuffix(" dpi")
        letters = [(False, "Text (editable, needs the font)"), (True, "Outlines (same everywhere)")]
        self.letters = _combo(letters, "")
        self.carry = QCheckBox("Carry the study inside")
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setStyleSheet(f"color: {self._colours['muted_text']};")

    def _lay_out(self, view_count: int) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("&View", self.view)
        form.setRowVisible(self.view, view_count > 1)
        form.addRow("&Format", self.file_format)
        form.addRow("", self.hint)
        form.addRow("&Width", self.preset)
        form.addRow("", self.width_field)
        fonts = QHBoxLayout()
        fonts.setSpacing(8)
        fonts.addWidget(self.font_family, 1)
        fonts.addWidget(self.font_pt)
        self.font_pt.setMaximumWidth(_SIZE_WIDTH)
        form.addRow("Fo&nt", fonts)
        form.labelForField(fonts).setBuddy(self.font_family)
        form.addRow("C&olours", self.theme)
        form.addRow("&Resolution", self.dpi)
        form.addRow("&Letters", self.letters)
        form.addRow("", self.carry)
        for field, name in (
            (self.width_field, "Width in millimetres"),
            (self.font_pt, "Font size in points"),
        ):
            field.setAccessibleName(name)
        for number in (self.width_field, self.font_pt, self.dpi):
            number.lineEdit().setTextMargins(_NUMBER_INSET, 0, 0, 0)

    def _connect(self) -> None:
        for combo in (self.view, self.file_format, self.theme, self.letters):
            combo.currentIndexChanged.connect(self._tell)
        self.preset.currentIndexChanged.connect(self._take_preset)
        self.width_field.valueChanged.connect(self._name_preset)
        for number in (self.width_field, self.font_pt, self.dpi):
            number.setKeyboardTracking(False)
            number.valueChanged.connect(self._tell)
        self.font_family.currentFontChanged.connect(self._tell)
        self.font_family.activated.connect(self._show_family_from_its_start)
        self.carry.toggled.connect(self._tell)

    def choices(self) -> ExportChoices:
        """Return what the fields say."""
        return ExportChoices(
            view=self.view.currentData() or "",
            suffix=self.file_format.currentData(),
            width_mm=self.width_field.value(),
            font_family=self.font_family.currentFont().family(),
            font_pt=self.font_pt.value(),
            theme=self.theme.currentData(),
            dpi=self.dpi.value(),
            outlines=self.letters.currentData(),
            carry_study=self.carry.isChecked(),
        )

    def set_choices(self, choices: ExportChoices) -> None:
        """Fill the fields without telling anyone."""
        blocker = QSignalBlocker(self)
        _choose(self.view, choices.view)
        _choose(self.file_format, choices.suffix)
        self.width_field.setValue(choices.width_mm)
        self.font_family.setCurrentFont(QFont(choices.font_family))
        self.font_family.lineEdit().setCursorPosition(0)
        self.font_pt.setValue(choices.font_pt)
        _choose(self.theme, choices.theme)
        self.dpi.setValue(choices.dpi)
        _choose(self.letters, choices.outlines)
        self.carry.setChecked(choices.carry_study)
        self._show_family_from_its_start()
        self._name_preset()
        self._switch_fields()
        blocker.unblock()

    def set_can_carry(self, can_carry: bool) -> None:
        """Say whether there is a study that a figure could carry at all."""
        self._can_carry = can_carry
        self._switch_fields()

    @Slot()
    def _show_family_from_its_start(self) -> None:
        """Put the cursor before the name: a long one is otherwise scrolled to its end."""
        self.font_family.lineEdit().setCursorPosition(0)

    @Slot()
    def _tell(self) -> None:
        self._switch_fields()
        self.changed.emit()

    @Slot(int)
    def _take_preset(self, index: int) -> None:
        width = _WIDTHS[index][1]
        if width is None:
            self.width_field.setFocus()
            self.width_field.selectAll()
        else:
            self.width_field.setValue(width)

    @Slot()
    def _name_preset(self) -> None:
        """Show the preset whose width the field holds, or the last entry for any other."""
        value = round(self.width_field.value(), 1)
        names = [index for index, (_, width) in enumerate(_WIDTHS) if width == value]
        blocker = QSignalBlocker(self.preset)
        self.preset.setCurrentIndex(names[0] if names else len(_WIDTHS) - 1)
        blocker.unblock()

    def _switch_fields(self) -> None:
        """Switch off what the format has no use for, with the reason as tooltip."""
        has_table = (self.view.currentData() or "") in self._tables
        for place, known in enumerate(FORMATS):
            if known.suffix in TABLE_SUFFIXES:
                table_item = self.file_format.model().item(place)
                table_item.setEnabled(has_table)
                table_item.setToolTip("" if has_table else "This view has no table of numbers.")
        if not has_table and self.file_format.currentData() in TABLE_SUFFIXES:
            _choose(self.file_format, ".svg")
        chosen = self.choices().format
        self.hint.setText(chosen.hint)
        reason = "" if chosen.has_style else "A table holds numbers alone and has no look."
        self._switch(self.preset, reason, "Widths of most journals: 86 mm and 178 mm.")
        self._switch(self.width_field, reason, "Width of the figure on paper, in millimetres.")
        self._switch(self.theme, reason, "Colours for paper or for a screen.")
        self._switch(self.font_pt, reason, "Size of the letters on paper, in points (1/72 inch).")
        fonts = reason or ("" if chosen.suffix != ".tex" else "LaTeX uses your paper's own font.")
        self._switch(self.font_family, fonts, "The font of all letters.")
        dots = "" if chosen.has_dpi else "Only a PNG is made of dots; this format has none."
        self._switch(self.dpi, dots, "Dots per inch; 300 for print, 600 for fine line art.")
        shapes = "" if chosen.has_outlines else "Only SVG and PDF can hold letters either way."
        self._switch(self.letters, shapes, "Letters as text, or as shapes that need no font.")
        self._switch(self.carry, self._why_not_carried(), _CARRY_HELP)

    def _why_not_carried(self) -> str:
        if not self._can_carry:
            return "There is no study here to carry."
        carries = self.choices().format.carries_study
        return "" if carries else "Only SVG, PDF and PNG files can carry a study."

    @staticmethod
    def _switch(field: QWidget, reason: str, help_text: str) -> None:
        field.setEnabled(not reason)
        field.setToolTip(reason or help_text)


_CARRY_HELP = "Dropping the file on Macroscope then opens the study that made it."


def _combo(entries: list[tuple[object, str]], help_text: str) -> QComboBox:
    combo = QComboBox()
    for value, title in entries:
        combo.addItem(title, value)
    combo.setToolTip(help_text)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    combo.setSizeAdjustPolicy(_SHORT)
    combo.setMinimumContentsLength(8)
    return combo


def _choose(combo: QComboBox, value: object) -> None:
    index = combo.findData(value)
    if index >= 0:
        combo.setCurrentIndex(index)
