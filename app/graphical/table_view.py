"""The grid in which a conditional table is typed, with its head, its corner and its keys."""

from collections.abc import Mapping

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.graphical.table_header import GroupedHeader, ParentCorner, head_height
from app.graphical.table_model import IS_BAD_ROLE, IS_SUM_ROLE, VALUE_ROLE, TableModel

MIN_COLUMN, MAX_COLUMN = 48, 140
SAMPLED_COLUMNS = 200


class ProbabilityDelegate(QStyledItemDelegate):
    """Draws a number over a faint bar of its length, and marks columns that do not sum to 1."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.colours: Mapping[str, str] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        if self.colours:
            self._draw_ground(painter, option, index)
        super().paint(painter, option, index)

    def _draw_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        is_bad, rect = bool(index.data(IS_BAD_ROLE)), option.rect
        painter.fillRect(rect, QColor(self.colours["surface"]))
        if index.data(IS_SUM_ROLE):
            painter.fillRect(rect, QColor(self.colours["window"]))
        elif not option.state & QStyle.StateFlag.State_Selected:
            share = min(max(float(index.data(VALUE_ROLE) or 0.0), 0.0), 1.0)
            bar = QColor(self.colours["bar"])
            bar.setAlphaF(0.16)
            width = round((rect.width() - 2) * share)
            painter.fillRect(QRect(rect.left() + 1, rect.top() + 1, width, rect.height() - 2), bar)
        if is_bad:
            mark = QColor(self.colours["danger"])
            mark.setAlphaF(0.12)
            painter.fillRect(rect, mark)


class ConditionalTableView(QTableView):
    """A grid with the parents' states above and the node's states beside the numbers."""

    copy_requested = Signal()
    paste_requested = Signal()
    parents_reordered = Signal(object)

    def __init__(self, model: TableModel, owner: QWidget, *, editable: bool = True) -> None:
        super().__init__(owner)
        self._table = model
        self._head = GroupedHeader(self)
        self.setHorizontalHeader(self._head)
        self.setModel(model)
        self._delegate = ProbabilityDelegate(self)
        self.setItemDelegate(self._delegate)
        self.corner = ParentCorner(self)
        self.corner.setVisible(True)
        self.corner.setEnabled(editable)
        self.corner.reordered.connect(self.parents_reordered)
        self._head.group_pressed.connect(self._select_columns)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            _TRIGGERS if editable else QAbstractItemView.EditTrigger.NoEditTriggers
        )
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(26)
        model.modelReset.connect(self.fit)
        model.dataChanged.connect(self._fit_columns)
        self.setAccessibleName("Conditional probability table")

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._delegate.colours = palette
        self.setStyleSheet(f"QTableView {{ background: {palette['window']}; }}")
        self._table.set_danger_colour(palette["danger"])
        self._head.apply_palette(palette)
        self.corner.apply_palette(palette)
        self.viewport().update()

    @Slot()
    def fit(self) -> None:
        """Give head, corner and columns the room that their labels need."""
        node = self._table.node
        parents = node.parents if node is not None else ()
        metrics = self.fontMetrics()
        self.corner.show_parents(parents)
        self._head.setFixedHeight(head_height(len(parents)))
        names = [*parents, *(node.states if node is not None else ())]
        width = max((metrics.horizontalAdvance(name) for name in names), default=40) + 24
        self.verticalHeader().setFixedWidth(min(max(width, 64), 160))
        self._fit_columns()
        rows = self._table.rowCount() * self.verticalHeader().defaultSectionSize()
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setMaximumHeight(self._head.height() + rows + bar + 2 * self.frameWidth())
        self.updateGeometries()

    @Slot()
    def _fit_columns(self) -> None:
        """Make columns as wide as their numbers and the last parent's states, all alike."""
        model, node, net = self._table, self._table.node, self._table.net
        if node is None or net is None:
            return
        labels = list(net[node.parents[-1]].states) if node.parents else []
        for column in range(min(model.columnCount(), SAMPLED_COLUMNS)):
            rows = range(min(model.rowCount(), 50))
            labels += [str(model.data(model.index(row, column))) for row in rows]
        widest = max(map(self.fontMetrics().horizontalAdvance, labels), default=0) + 14
        self._head.setDefaultSectionSize(min(max(widest, MIN_COLUMN), MAX_COLUMN))

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "corner"):
            frame = self.frameWidth()
            size = (self.verticalHeader().width(), self._head.height())
            self.corner.setGeometry(frame, frame, *size)
            self.corner.raise_()

    def selected_cells(self) -> list[tuple[int, int]]:
        """Return (state, column) of the selected cells, sums left out, by row then column."""
        cells = [(i.row(), i.column()) for i in self.selectionModel().selectedIndexes()]
        return sorted(cell for cell in cells if not self._table.is_sum(cell[0]))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # while a cell is typed its field passes the key on to us, and closes by itself
            if self.state() != QAbstractItemView.State.EditingState:
                self._step_down()
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _is_ours(event: QKeyEvent) -> bool:
        keys = QKeySequence.StandardKey
        ours = (keys.Copy, keys.Paste, keys.Cut, keys.SelectAll, keys.Delete, keys.Backspace)
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        return any(event.matches(key) for key in ours) or (plain and bool(event.text().strip()))

    def closeEditor(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:
        """After Return the next cell of the column is current, as in a spreadsheet."""
        super().closeEditor(editor, hint)
        if hint == QStyledItemDelegate.EndEditHint.SubmitModelCache:
            self._step_down()

    def _step_down(self) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        row, column = index.row() + 1, index.column()
        if row == self._table.rowCount() or self._table.is_sum(row):
            row, column = 0, (column + 1) % self._table.columnCount()
        self.setCurrentIndex(self._table.index(row, column))

    @Slot(int, int, bool)
    def _select_columns(self, first: int, last: int, adds: bool) -> None:
        bottom = self._table.rowCount() - (2 if self._table.has_sums else 1)
        chosen = QItemSelection(self._table.index(0, first), self._table.index(bottom, last))
        flags = QItemSelectionModel.SelectionFlag
        flag = flags.Select if adds else flags.ClearAndSelect
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.selectionModel().select(chosen, flag)
        self.selectionModel().setCurrentIndex(self._table.index(0, first), flags.NoUpdate)


_TRIGGERS = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.AnyKeyPressed
    | QAbstractItemView.EditTrigger.EditKeyPressed
)
