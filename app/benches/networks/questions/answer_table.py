"""The table in which answers are read, walked through by keys, and copied."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from app.benches.networks.questions.answer_model import AnswerModel
from app.benches.networks.questions.columns import Column

ROW_HEIGHT = 24
SAMPLE_ROWS = 200
"""Columns are made as wide as the widest text of so many rows."""


class AnswerTable(QTableView):
    """Shows rows of an answer; Ctrl+C copies the selected rows, or all, for a spreadsheet."""

    row_chosen = Signal(object)
    """A row became the current one."""
    row_activated = Signal(object)
    """Enter or a double-click on a row."""

    def __init__(self, name: str, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.model_ = AnswerModel(self)
        self.setModel(self.model_)
        self.setAccessibleName(name)
        self.setStyleSheet("QTableView::item { padding: 0 6px; border: none; }")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(36)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.activated.connect(self._on_activated)

    @property
    def rows(self) -> tuple[Any, ...]:
        """The rows shown."""
        return self.model_.rows

    def set_answer(
        self, columns: Sequence[Column], rows: Sequence[Any], *, keep: Any = None
    ) -> None:
        """Show other rows; `keep` is the row to be at, if it is among them."""
        self.model_.set_answer(columns, rows)
        header = self.horizontalHeader()
        for number, column in enumerate(columns):
            mode = (
                QHeaderView.ResizeMode.Stretch
                if column.width < 0
                else (QHeaderView.ResizeMode.Interactive)
            )
            header.setSectionResizeMode(number, mode)
            if column.width >= 0:
                self.setColumnWidth(number, column.width or self._fitting(number))
        if keep is not None and keep in self.model_.rows:
            self.choose(self.model_.rows.index(keep))

    def widen(self, column: int) -> None:
        """Let a column take the room that is left, or more where what it shows needs it."""
        header = self.horizontalHeader()
        others = sum(self.columnWidth(k) for k in range(len(self.model_.columns)) if k != column)
        wanted = max(self.sizeHintForColumn(column), self.viewport().width() - others)
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        self.setColumnWidth(column, wanted)

    def set_delegate(self, column: int, delegate: QStyledItemDelegate | None) -> None:
        """Let a column be drawn in another way."""
        self.setItemDelegateForColumn(column, delegate)

    def choose(self, row: int) -> None:
        """Be at a row."""
        self.selectRow(row)

    def chosen(self) -> Any:
        """Return the row that the keyboard is at, None when there is none."""
        index = self.currentIndex()
        return self.model_.rows[index.row()] if index.isValid() else None

    def copied_text(self) -> str:
        """Return the selected rows, or all, with the head, tabs between the columns."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
        columns, rows = self.model_.columns, self.model_.rows
        places = chosen if len(chosen) > 1 else range(len(rows))
        lines = [[column.title for column in columns]]
        lines += [[column.clipboard_text(rows[place]) for column in columns] for place in places]
        return "\n".join("\t".join(_one_line(cell) for cell in line) for line in lines) + "\n"

    @Slot()
    def copy(self) -> None:
        """Copy the selected rows, or all where at most one is selected."""
        QApplication.clipboard().setText(self.copied_text())

    def keyPressEvent(self, press: QKeyEvent) -> None:
        """Copy with the usual keys."""
        if press.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(press)

    def currentChanged(self, now: QModelIndex, before: QModelIndex) -> None:
        """Say which row is the current one."""
        super().currentChanged(now, before)
        if now.isValid() and now.row() != before.row():
            self.row_chosen.emit(self.model_.rows[now.row()])

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.row_activated.emit(self.model_.rows[index.row()])

    @Slot(QPoint)
    def _on_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction("Copy rows")
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setEnabled(bool(self.model_.rows))
        copy.triggered.connect(self.copy)
        menu.popup(self.viewport().mapToGlobal(where))

    def _fitting(self, number: int) -> int:
        """Return the width of the widest text among the head and the first rows."""
        column, metrics = self.model_.columns[number], self.fontMetrics()
        texts = [column.title, *(column.text(row) for row in self.model_.rows[:SAMPLE_ROWS])]
        return min(260, max(metrics.horizontalAdvance(text) for text in texts) + 22)


def _one_line(text: str) -> str:
    return " ".join(text.split())
