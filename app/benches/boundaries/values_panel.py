"""The list of values; a click shows how one was obtained, with the numbers in."""

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

from app.benches.boundaries.ensemble_document import EnsembleDocument
from app.benches.boundaries.measuring import Measuring
from app.benches.boundaries.values import Row, groups_of

ROW_ROLE = Qt.ItemDataRole.UserRole
HINT = "Click a value to see how it was obtained, with the numbers in."
AT_FIRST = "infil.mean"
FORMULA_HEIGHT = 200


class ValuesPanel(QWidget):
    """Follows the measuring; values under other settings than those of now are shown faintly."""

    def __init__(
        self, document: EnsembleDocument, measuring: Measuring, owner: QWidget | None = None
    ) -> None:
        super().__init__(owner)
        self._document, self._measuring = document, measuring
        self._palette: Mapping[str, str] = {}
        self._shown: object = None
        self._items: dict[str, QTreeWidgetItem] = {}
        self.tree = QTreeWidget(self)
        self.tree.setHeaderLabels(["Quantity", "Bits", "95 % interval", "p"])
        self.tree.setAccessibleName("What the ensemble says about its boundary")
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(6)
        self.tree.setUniformRowHeights(True)
        head = self.tree.header()
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(24)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.formula = QLabel(HINT, self)
        self.formula.setWordWrap(True)
        self.formula.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.formula.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.formula.setMinimumHeight(FORMULA_HEIGHT)
        self.formula.setAccessibleName("How the selected value was obtained")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.formula)
        self.tree.currentItemChanged.connect(self._show_formula)
        self.tree.itemDoubleClicked.connect(self._copy)
        measuring.updated.connect(self.refresh)
        self.refresh()

    def row(self, row_id: str) -> Row:
        """Return a row by its id, such as "infil.mean"."""
        row: Row = self._items[row_id].data(0, ROW_ROLE)
        return row

    def choose(self, row_id: str) -> None:
        """Select a value, as a click does."""
        self.tree.setCurrentItem(self._items[row_id])

    @Slot()
    def refresh(self) -> None:
        """Show what is known now."""
        flow = self._measuring.measured.flow
        if flow is not None and flow is not self._shown:
            self._shown = flow
            self._fill()
        self._dress()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._dress()

    def _fill(self) -> None:
        flow = self._measuring.measured.flow
        assert flow is not None
        current = self.tree.currentItem()
        chosen = current.data(0, ROW_ROLE) if current is not None else None
        self.tree.clear()
        self._items = {}
        for group in groups_of(flow, self._document.ensemble):
            heading = QTreeWidgetItem(self.tree, [group.title])
            heading.setFirstColumnSpanned(True)
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = heading.font(0)
            font.setBold(True)
            heading.setFont(0, font)
            for row in group.rows:
                self._items[row.id] = _item(heading, row)
        self.tree.expandAll()
        is_known = chosen is not None and chosen.id in self._items
        self.choose(chosen.id if is_known else AT_FIRST)

    def _dress(self) -> None:
        if not self._palette:
            return
        ink = "muted_text" if self._measuring.measured.is_stale else "text"
        brush = QBrush(QColor(self._palette[ink]))
        for item in self._items.values():
            for column in range(self.tree.columnCount()):
                item.setForeground(column, brush)

    @Slot()
    def _show_formula(self) -> None:
        item = self.tree.currentItem()
        row = None if item is None else item.data(0, ROW_ROLE)
        self.formula.setText(HINT if row is None else row.formula)

    @Slot(object)
    def _copy(self, item: QTreeWidgetItem) -> None:
        """Copy a value with all its digits."""
        row = item.data(0, ROW_ROLE)
        if row is not None and row.number is not None:
            QGuiApplication.clipboard().setText(repr(row.number))


def _item(heading: QTreeWidgetItem, row: Row) -> QTreeWidgetItem:
    item = QTreeWidgetItem(heading, [row.title, row.text, row.interval, row.p])
    item.setData(0, ROW_ROLE, row)
    if not row.text:
        item.setFirstColumnSpanned(True)
    for column in (1, 2, 3):
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    first = row.formula.partition("\n")[0]
    item.setToolTip(0, f"{first} Double-click copies the value.")
    item.setToolTip(1, first)
    item.setToolTip(2, "95 % interval in bits, by resampling whole trajectories")
    item.setToolTip(3, "Share of the shuffles that give as much")
    return item
