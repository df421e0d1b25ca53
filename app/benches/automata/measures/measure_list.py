"""The list of measures: which are plotted, and their present values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.benches.automata.measures.drawing import value_text

if TYPE_CHECKING:
    from core.automata.measures.registry import Measure


class MeasureList(QTreeWidget):
    """A row for each measure, checked where it is taken."""

    choice_changed = Signal()

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.setColumnCount(3)
        self.setHeaderLabels(["Measure", "Value", "Unit"])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAccessibleName("Measures and their values")
        self.setMinimumWidth(260)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        header.resizeSection(1, 74)
        self._rows: dict[str, QTreeWidgetItem] = {}
        self._measures: tuple[Measure, ...] = ()
        self.itemChanged.connect(self._on_changed)

    def show_measures(self, measures: Sequence[Measure], chosen: Sequence[str]) -> None:
        """Offer measures, some of them chosen."""
        self.blockSignals(True)
        self.clear()
        self._measures = tuple(measures)
        self._rows = {}
        for measure in measures:
            row = QTreeWidgetItem(self, [measure.title, "", measure.unit])
            state = Qt.CheckState.Checked if measure.name in chosen else Qt.CheckState.Unchecked
            row.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            row.setCheckState(0, state)
            row.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            tip = f"{measure.symbol}: {measure.explanation}"
            for column in range(3):
                row.setToolTip(column, tip)
            self._rows[measure.name] = row
        self.blockSignals(False)

    def chosen(self) -> tuple[str, ...]:
        """Return the names of the checked measures, in order."""
        return tuple(
            name for name, row in self._rows.items() if row.checkState(0) == Qt.CheckState.Checked
        )

    def set_chosen(self, name: str, *, is_chosen: bool) -> None:
        """Check a measure, or no longer."""
        state = Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked
        self._rows[name].setCheckState(0, state)

    def show_values(self, values: Mapping[str, float]) -> None:
        """Show the values of a sample; measures that are not taken have none."""
        self.blockSignals(True)
        for measure in self._measures:
            numbers = [values[name] for name in measure.series if name in values]
            is_taken = self._rows[measure.name].checkState(0) == Qt.CheckState.Checked
            text = ", ".join(value_text(each) for each in numbers) if is_taken else ""
            if self._rows[measure.name].text(1) != text:
                self._rows[measure.name].setText(1, text)
        self.blockSignals(False)

    @Slot(QTreeWidgetItem, int)
    def _on_changed(self, row: QTreeWidgetItem, column: int) -> None:
        if column == 0:
            self.choice_changed.emit()
