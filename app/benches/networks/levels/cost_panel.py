"""What each level costs, predicted before it runs, and the counter that runs beside."""

from collections.abc import Mapping, Sequence
from math import log10

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Slot
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSpinBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.benches.networks.levels.actions import LEVEL_TITLES
from app.benches.networks.levels.colours import colours
from app.benches.networks.levels.costs import LevelCost
from app.benches.networks.levels.numbers import short_count
from core.networks.levels.operations import Operations

SHARE, COUNTED, IS_NOW = (Qt.ItemDataRole.UserRole + k for k in range(3))
THIS, MANY, PAIRS = range(3)
ROW_HEIGHT = 23
WIDE_FROM = 280
"""A narrower panel shows the column of one query alone."""
_ROWS = ("0 Naive", "1 Elimination", "2 Clique tree", "3 All pairs")
_HELP = (
    "Multiplications and additions that answer the query once",
    "Multiplications and additions for as many queries as are set above",
    "Multiplications and additions for the joint tables of all pairs of nodes",
)


class CostPanel(QWidget):
    """A row for each level, a column for each class of queries; bars on a logarithmic scale."""

    def __init__(self, palette: Mapping[str, str], owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._costs: Sequence[LevelCost | None] | None = None
        self._level = 0
        self._counted = Operations()
        self.queries = QSpinBox(self)
        self.queries.setRange(1, 1_000_000)
        self.queries.setValue(10)
        self.queries.setAccessibleName("Number of queries")
        self.queries.setToolTip("How many queries the middle column is for")
        self.queries.valueChanged.connect(self._show)
        self.table = QTableWidget(len(LEVEL_TITLES), 3, self)
        self._delegate = CostDelegate(palette, self.table)
        self.counter = QLabel(self)
        self.counter.setWordWrap(True)
        self.counter.setToolTip("Multiplications (×) and additions (+) of the steps shown so far")
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        title = QLabel("Operations", self)
        title.setProperty("role", "heading")
        title.setToolTip("Multiplications and additions, predicted before running")
        label = QLabel("&k =", self)
        label.setBuddy(self.queries)
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(label)
        top.addWidget(self.queries)
        table = self.table
        table.setItemDelegate(self._delegate)
        table.setVerticalHeaderLabels(list(_ROWS))
        table.setHorizontalHeaderLabels(["1 query", "k queries", "All pairs"])
        for column, text in enumerate(_HELP):
            table.horizontalHeaderItem(column).setToolTip(text)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setMinimumSectionSize(30)
        table.horizontalHeader().setHighlightSections(False)
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.verticalHeader().setMinimumSectionSize(20)
        table.verticalHeader().setHighlightSections(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setShowGrid(False)
        table.setStyleSheet("QHeaderView::section { padding: 3px 2px; }")
        table.setTabKeyNavigation(False)
        table.setAccessibleName("Operations of each level")
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(top)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setFrameShape(QFrame.Shape.NoFrame)
        rows = len(LEVEL_TITLES) * ROW_HEIGHT
        table.setFixedHeight(table.horizontalHeader().sizeHint().height() + rows + 2)
        layout.addWidget(table)
        layout.addWidget(self.counter)
        layout.addStretch(1)
        self.setMinimumWidth(180)

    def resizeEvent(self, resize: object) -> None:
        """Leave out the columns for which there is no room."""
        super().resizeEvent(resize)
        is_wide = self.width() >= WIDE_FROM
        for column in (MANY, PAIRS):
            self.table.setColumnHidden(column, not is_wide)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._delegate.colours = colours(palette)
        self.table.viewport().update()

    def show_costs(self, costs: Sequence[LevelCost | None]) -> None:
        """Show what was predicted."""
        self._costs = costs
        self._show()

    def show_counted(self, level: int, counted: Operations) -> None:
        """Show what the steps so far have cost."""
        self._level, self._counted = level, counted
        self._show()

    def predicted(self, level: int, column: int) -> Operations | None:
        """Return what a cell of the table stands for."""
        costs = self._costs or ()
        cost = costs[level] if level < len(costs) else None
        if cost is None:
            return None
        return (cost.of(1), cost.of(self.queries.value()), cost.pairs)[column]

    @Slot()
    def _show(self) -> None:
        known = [
            found.total
            for level in range(len(LEVEL_TITLES))
            for column in range(3)
            if (found := self.predicted(level, column)) is not None
        ]
        scale = log10(max(known, default=1) + 1) or 1.0
        for level in range(len(LEVEL_TITLES)):
            for column in range(3):
                self.table.setItem(level, column, self._item(level, column, scale))
        self._show_counter()

    def _item(self, level: int, column: int, scale: float) -> QTableWidgetItem:
        found = self.predicted(level, column)
        is_waiting = self._costs is None
        unknown = "…" if is_waiting else "–"
        item = QTableWidgetItem(unknown if found is None else short_count(found.total))
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        is_counted = level == self._level and column == (PAIRS if level == 3 else THIS)
        item.setData(IS_NOW, level == self._level)
        if found is None:
            reason = "Still being counted" if is_waiting else "Not counted for a net of this size"
            item.setToolTip(reason)
            return item
        item.setToolTip(
            f"{found.multiplications:,} multiplications and {found.additions:,} additions"
        )
        item.setData(SHARE, log10(found.total + 1) / scale)
        if is_counted:
            item.setData(COUNTED, log10(min(self._counted.total, found.total) + 1) / scale)
        return item

    def _show_counter(self) -> None:
        column = PAIRS if self._level == 3 else THIS
        found = self.predicted(self._level, column)
        text = f"Counted <b>{_said(self._counted)}</b>"
        if found is not None:
            text += f"<br>predicted {_said(found)}"
        self.counter.setText(text)


def _said(operations: Operations) -> str:
    times, plus = short_count(operations.multiplications), short_count(operations.additions)
    return f"{times}&nbsp;×&nbsp; {plus}&nbsp;+"


class CostDelegate(QStyledItemDelegate):
    """A number over a bar; what is counted already is a stronger bar."""

    def __init__(self, palette: Mapping[str, str], owner: QWidget) -> None:
        super().__init__(owner)
        self.colours = colours(palette)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colour = self.colours
        room = QRectF(option.rect).adjusted(4, 1, -4, -2)
        painter.save()
        track = QRectF(room.left(), room.bottom() - 4.0, room.width(), 4.0)
        share, counted = index.data(SHARE), index.data(COUNTED)
        painter.setPen(Qt.PenStyle.NoPen)
        if share is not None:
            painter.setBrush(colour["bar_track"])
            painter.drawRect(track)
            painter.setBrush(colour["bar_stale"])
            painter.drawRect(QRectF(track.left(), track.top(), track.width() * share, 4.0))
        if counted is not None:
            painter.setBrush(colour["accent"])
            painter.drawRect(QRectF(track.left(), track.top(), track.width() * counted, 4.0))
        is_now = bool(index.data(IS_NOW))
        font = QFont(option.font)
        font.setBold(is_now)
        painter.setFont(font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text) if is_now else colour["text"])
        text = str(index.data())
        if painter.fontMetrics().horizontalAdvance(text) > room.width():
            text = text.partition("·")[2] or text
        painter.drawText(
            room.adjusted(0, -1, 0, -5),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            text,
        )
        painter.restore()
