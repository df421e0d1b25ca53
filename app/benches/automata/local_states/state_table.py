"""The table of local causal states: how frequent, how complex, and what most likely follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.benches.automata.local_states.tips import show_left_of

HEADER = ("State", "Share", "Bits", "Likely future")
TIPS = (
    "States are numbered by frequency",
    "Share of the cells with whole cones",
    "Local statistical complexity: the surprise at the state",
    "The future cone that comes most often, slice after slice (of a plane the first), and how "
    "often",
)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class StateRow:
    """A state as the table shows it."""

    colour: str
    count: int
    share: float
    bits: float
    future: str
    chance: float


class StateModel(QAbstractTableModel):
    """A row for each state."""

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.rows: tuple[StateRow, ...] = ()
        self._ink: QColor | None = None

    def show_rows(self, rows: Sequence[StateRow]) -> None:
        """Show other states."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def fade(self, ink: QColor | None) -> None:
        """Write in another colour, None for the usual one."""
        self._ink = ink
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.ForegroundRole])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many states there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return len(HEADER)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the names of the columns, and what they mean."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return TIPS[section]
        return HEADER[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell of the table shows."""
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                str(index.row()),
                f"{row.share:.2%}",
                f"{row.bits:.2f}",
                f"{row.future}  {row.chance:.0%}",
            )[column]
        if role == Qt.ItemDataRole.DecorationRole and column == 0:
            return QColor(row.colour)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"State {index.row()}: {row.count:,} cells; {row.future} follows most often"
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (1, 2):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


class StateTable(QTableView):
    """Shows the states; the one that is selected is told of."""

    chosen = Signal(object)
    """The number of a state, or None."""

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.states = StateModel(self)
        self.setModel(self.states)
        self.setAccessibleName("Local causal states")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(22)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in enumerate((54, 60, 46)):
            header.resizeSection(column, width)
        self.selectionModel().selectionChanged.connect(self._on_selected)

    def show_rows(self, rows: Sequence[StateRow]) -> None:
        """Show other states, none of them selected."""
        self.states.show_rows(rows)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show what is told of a state beside the table."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            text = index.data(Qt.ItemDataRole.ToolTipRole) if index.isValid() else ""
            left = self.mapToGlobal(self.rect().topLeft()).x()
            show_left_of(left, event.globalPos(), text, self)
            return True
        return super().viewportEvent(event)

    def choose(self, state: int | None) -> None:
        """Select a state, or none."""
        if state is None:
            self.clearSelection()
            return
        index = self.states.index(state, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    @Slot()
    def _on_selected(self) -> None:
        rows = self.selectionModel().selectedRows()
        self.chosen.emit(rows[0].row() if rows else None)
