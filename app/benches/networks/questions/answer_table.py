"""The table in which answers are read, walked through by keys, and copied."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QMenu,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from app.benches.networks.questions.answer_model import AnswerModel
from app.benches.networks.questions.columns import Column

ROW_HEIGHT = 24
LEAST_FLEXIBLE = 72
MOST_SQUEEZED = 0.6
"""The least width of a column that takes what is left, and how narrow others become for it."""

LEAST_HEIGHT = 56
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
        self._wanted: list[int] = []
        self._least: dict[int, int] = {}
        self.setModel(self.model_)
        self.setAccessibleName(name)
        self.setStyleSheet("QTableView::item { padding: 0 6px; border: none; }")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.horizontalHeader().setMinimumSectionSize(30)
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
        self._least.clear()
        self._wanted = [column.width or self._fitting(k) for k, column in enumerate(columns)]
        self._share_width()
        if keep is not None and keep in self.model_.rows:
            self.choose(self.model_.rows.index(keep))

    def widen(self, column: int) -> None:
        """Let a column take the room that is left, and more where what it shows needs it."""
        self._least[column] = self.sizeHintForColumn(column)
        self._wanted[column] = -1
        self._share_width()

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

    def resizeEvent(self, resize: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(resize)
        self._share_width()

    def _share_width(self) -> None:
        """Give each column its width; a narrow table leaves some out and squeezes the others."""
        room = self.viewport().width()
        for k, column in enumerate(self.model_.columns):
            self.setColumnHidden(k, column.is_optional and room < self._comfortable)
        shown = [k for k in range(len(self._wanted)) if not self.isColumnHidden(k)]
        flexible = [k for k in shown if self._wanted[k] < 0]
        fixed = {k: self._wanted[k] for k in shown if self._wanted[k] > 0}
        least = {k: self._least.get(k, LEAST_FLEXIBLE) for k in flexible}
        squeeze = 1.0
        if flexible and fixed:
            share = (room - sum(least.values())) / sum(fixed.values())
            squeeze = min(1.0, max(MOST_SQUEEZED, share))
        for k, width in fixed.items():
            self.setColumnWidth(k, int(width * squeeze))
            room -= int(width * squeeze)
        for k in flexible:
            self.setColumnWidth(k, max(least[k], room // len(flexible)))

    @property
    def _comfortable(self) -> int:
        """The width at which every column has the room it wants."""
        return sum(width if width > 0 else LEAST_FLEXIBLE for width in self._wanted)

    def _fitting(self, number: int) -> int:
        """Return the width of the widest text among the head and the first rows."""
        column, metrics = self.model_.columns[number], self.fontMetrics()
        texts = [column.title, *(column.text(row) for row in self.model_.rows[:SAMPLE_ROWS])]
        return min(260, max(metrics.horizontalAdvance(text) for text in texts) + 22)


def _one_line(text: str) -> str:
    return " ".join(text.split())
