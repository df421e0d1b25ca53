"""The entries of a factor, a message or a joint, in a table with a title."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.benches.networks.levels.moments import ShownTable
from app.benches.networks.levels.numbers import entry

MOST_ROWS = 4096
"""Longer tables show so many rows and say so."""

MOST_ROWS_FITTED = 256
"""Columns are fitted to their contents in tables of up to so many rows."""

LEAST_STATE, WIDEST_STATE, LEAST_NUMBER = 36, 110, 62
"""Widths of columns in pixels."""


class TableModel(QAbstractTableModel):
    """One row for each configuration: the states, then the numbers."""

    def __init__(self, owner: QWidget, palette: Mapping[str, str]) -> None:
        super().__init__(owner)
        self.shown: ShownTable | None = None
        self._palette = dict(palette)
        self._sizes: tuple[int, ...] = ()
        self._numbers: list[np.ndarray] = []
        self._rows = 0

    def show_table(self, table: ShownTable | None, palette: Mapping[str, str]) -> None:
        """Show another table."""
        self.beginResetModel()
        self.shown, self._palette = table, dict(palette)
        columns = table.columns if table is not None else ()
        self._sizes = tuple(map(len, table.states)) if table is not None else ()
        self._numbers = [np.asarray(values).reshape(-1) for _, values in columns]
        self._rows = min(self._numbers[0].size, MOST_ROWS) if self._numbers else 0
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        if parent.isValid() or self.shown is None:
            return 0
        return len(self.shown.names) + len(self._numbers)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.shown is None:
            return None
        names, row = len(self.shown.names), index.row()
        is_number = index.column() >= names
        if role == Qt.ItemDataRole.TextAlignmentRole and is_number:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if not is_number:
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                state = np.unravel_index(row, self._sizes)[index.column()]
                return self.shown.states[index.column()][int(state)]
            return None
        value = float(self._numbers[index.column() - names][row])
        if role == Qt.ItemDataRole.DisplayRole:
            return entry(value)
        if role == Qt.ItemDataRole.ToolTipRole:
            return repr(value)
        if role == Qt.ItemDataRole.ForegroundRole and value == 0:
            was = float(self._numbers[0][row])
            return QColor(self._palette["danger" if was != 0 else "muted_text"])
        return None

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self.shown is None or way != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_number = section >= len(self.shown.names)
            side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            heads = (*self.shown.names, *(head for head, _ in self.shown.columns))
            return heads[section] if section < len(heads) else None
        return None


class TablePane(QWidget):
    """A title over the entries; a hint where nothing is picked."""

    def __init__(self, palette: Mapping[str, str], owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._palette = dict(palette)
        self.title = QLabel(self)
        self.title.setProperty("role", "heading")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setMinimumWidth(40)
        self.note = QLabel(self)
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.model = TableModel(self, palette)
        self.view = QTableView(self)
        self.view.setModel(self.model)
        self.view.setAccessibleName("Entries of the factor")
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setWordWrap(False)
        self.view.setShowGrid(False)
        self.view.setTabKeyNavigation(False)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(22)
        self.view.verticalHeader().setMinimumSectionSize(18)
        self.view.horizontalHeader().setHighlightSections(False)
        self.view.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.horizontalHeader().setStretchLastSection(True)
        self.view.horizontalHeader().setMinimumSectionSize(34)
        self.view.setStyleSheet("QHeaderView::section { padding: 3px 5px; }")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.note)
        layout.addWidget(self.view, 1)
        self.setMinimumWidth(130)
        self.show_table(None)

    def show_table(self, table: ShownTable | None, hint: str = "") -> None:
        """Show a table, or a hint in its place."""
        self.model.show_table(table, self._palette)
        title = "" if table is None else table.title
        self.title.setText(title)
        self.title.setToolTip(title)
        self.title.setVisible(bool(title))
        note = hint if table is None else table.note
        if table is not None and table.columns and table.columns[0][1].size > MOST_ROWS:
            note = f"The first {MOST_ROWS:,} of {table.columns[0][1].size:,} rows."
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.view.setVisible(self.model.rowCount() > 0)
        self._fit_columns()

    def resizeEvent(self, resize: QResizeEvent) -> None:
        """Give the columns the room that there is now."""
        super().resizeEvent(resize)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give numbers the room that they need, and states what is left of it."""
        shown = self.model.shown
        if shown is None or not 0 < self.model.rowCount() <= MOST_ROWS_FITTED:
            return
        self.view.resizeColumnsToContents()
        states, columns = len(shown.names), self.model.columnCount()
        numbers = sum(max(self.view.columnWidth(k), LEAST_NUMBER) for k in range(states, columns))
        room = self.view.viewport().width() - numbers
        widest = min(max(room // max(states, 1), LEAST_STATE), WIDEST_STATE)
        for column in range(states):
            if self.view.columnWidth(column) > widest:
                self.view.setColumnWidth(column, widest)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._palette = dict(palette)
        self.model.show_table(self.model.shown, palette)


def beside_table(
    left: QWidget, table: TablePane, widths: tuple[int, int], owner: QWidget
) -> QSplitter:
    """Return what is drawn with a table on its right, which takes less of a growing width."""
    splitter = QSplitter(Qt.Orientation.Horizontal, owner)
    splitter.addWidget(left)
    splitter.addWidget(table)
    splitter.setStretchFactor(0, 3)
    splitter.setStretchFactor(1, 2)
    splitter.setSizes(list(widths))
    splitter.setChildrenCollapsible(False)
    return splitter
