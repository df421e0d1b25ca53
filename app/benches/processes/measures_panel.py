"""The list of measures with their values and how each was obtained; a click shows its formula."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QBrush, QColor, QGuiApplication
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.benches.processes.measure_names import (
    GROUPS,
    MeasureName,
    error_text,
    unit_text,
    value_text,
)
from app.benches.processes.measuring import Measuring
from app.graphical.amounts import spent
from app.graphical.callout import Callout
from core.processes.measure import Measure

ID_ROLE = Qt.ItemDataRole.UserRole
VALUE_ROLE = ID_ROLE + 1


class MeasuresPanel(QWidget):
    """Follows the measuring; values of an older machine are shown faintly until the new ones."""

    def __init__(self, measuring: Measuring, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._measuring = measuring
        self._palette: Mapping[str, str] = {}
        self._items: dict[str, QTreeWidgetItem] = {}
        self.tree = QTreeWidget(self)
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels(["Measure", "Value"])
        self.tree.setAccessibleName("Measures of the process")
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(6)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QTreeWidget.SelectionMode.SingleSelection)
        head = self.tree.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        for title, names in GROUPS:
            group = QTreeWidgetItem(self.tree, [title])
            group.setFirstColumnSpanned(True)
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            for name in names:
                self._items[name.id] = self._item(group, name)
        self.tree.expandAll()
        self.callout = Callout("Copy sentence", self)
        self.callout.button.hide()
        self.formula = QLabel(self)
        self.formula.setWordWrap(True)
        self.formula.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.formula.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.formula.setMinimumHeight(116)
        self.formula.setAccessibleName("How the selected measure was obtained")
        self.time = QLabel(self)
        self.time.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 12, 8, 12)
        layout.setSpacing(8)
        layout.addWidget(self.callout)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.formula)
        layout.addWidget(self.time)
        self.tree.currentItemChanged.connect(self._show_formula)
        self.tree.itemDoubleClicked.connect(self._copy)
        measuring.updated.connect(self.refresh)
        self.refresh()

    def measure(self, name: str) -> Measure | None:
        """Return the measure shown under a name."""
        found = self._measuring.measured.measures
        return None if found is None else found.by_name.get(name)

    def text(self, name: str) -> str:
        """Return the value as it is written in the list, without its unit."""
        return str(self._items[name].data(1, VALUE_ROLE))

    @Slot()
    def refresh(self) -> None:
        """Show what is known now."""
        measured = self._measuring.measured
        if measured.problem:
            self.callout.show_text(measured.problem)
        else:
            self.callout.hide()
        for name, item in self._items.items():
            measure = self.measure(name)
            value = "" if measure is None else value_text(measure, 5)
            has_unit = measure is not None and measure.value is not None
            item.setData(1, VALUE_ROLE, value)
            item.setText(1, f"{value} {unit_text(measure)}" if has_unit else value)
            tip = "" if measure is None else measure.method
            item.setToolTip(1, " ".join(filter(None, (tip, measure and error_text(measure)))))
        self.time.setText(
            f"measured in {spent(measured.seconds)}" if measured.measures is not None else ""
        )
        self._dress()
        self._show_formula()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.callout.apply_palette(palette)
        self._dress()

    def _dress(self) -> None:
        if not self._palette:
            return
        measured = self._measuring.measured
        is_old = bool(measured.problem) or measured.measures is None
        ink = QBrush(QColor(self._palette["muted_text" if is_old else "text"]))
        for item in self._items.values():
            item.setForeground(0, ink)
            item.setForeground(1, ink)

    @Slot()
    def _show_formula(self) -> None:
        item = self.tree.currentItem()
        name = None if item is None else item.data(0, ID_ROLE)
        if name is None:
            self.formula.setText("Select a measure to see its formula with the numbers in.")
            return
        measure = self.measure(name.id)
        lines = [f"{name.title}, {name.sign}: {name.meaning}"]
        if measure is not None:
            lines.append(measure.formula)
            lines.append(" ".join(filter(None, (measure.method, error_text(measure)))))
        self.formula.setText("\n".join(line for line in lines if line))

    @Slot(object)
    def _copy(self, item: QTreeWidgetItem) -> None:
        """Copy a value with all its digits."""
        name = item.data(0, ID_ROLE)
        measure = None if name is None else self.measure(name.id)
        if measure is not None and measure.value is not None:
            QGuiApplication.clipboard().setText(repr(float(measure.value)))

    @staticmethod
    def _item(group: QTreeWidgetItem, name: MeasureName) -> QTreeWidgetItem:
        item = QTreeWidgetItem(group, [f"{name.sign}  {name.title}"])
        item.setData(0, ID_ROLE, name)
        item.setToolTip(0, f"{name.title}: {name.meaning} Double-click copies the value.")
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item
