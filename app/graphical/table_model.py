"""The conditional table of one node for a table view: states as rows, configurations as columns."""

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor

from app.graphical.columns import column_count, configuration, described, flat
from app.graphical.number_text import NumberTextError, number, shown
from core.networks.model import ROW_SUM_WARNING, BayesNet, Node

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()

VALUE_ROLE = Qt.ItemDataRole.UserRole
"""The number in a cell, for the delegate's bar."""
IS_SUM_ROLE = Qt.ItemDataRole.UserRole + 1
IS_BAD_ROLE = Qt.ItemDataRole.UserRole + 2


class TableModel(QAbstractTableModel):
    """Reads one node's table lazily and asks its owner for edits; it never changes the node."""

    entered = Signal(int, int, float)
    """(state, column, value): a number was typed."""
    refused = Signal(str)
    """A typed text is no probability; the sentence says why."""

    has_sums = True
    """Whether the last row shows the sums, which should be 1."""
    lone_title = "probability"
    """What stands above the only column of a table without parents."""

    def __init__(self, owner: QObject | None = None) -> None:
        super().__init__(owner)
        self._net: BayesNet | None = None
        self._node: Node | None = None
        self._flat = np.zeros((0, 0))
        self._sums = np.zeros(0)
        self._danger = QColor("red")

    @property
    def node(self) -> Node | None:
        """The node shown, or None."""
        return self._node

    @property
    def net(self) -> BayesNet | None:
        """The net that the node is in."""
        return self._net

    def show(self, net: BayesNet | None, node: Node | None) -> None:
        """Show another node, or the same after a change; the cells keep their place if they can."""
        before = self._node
        same_shape = (
            before is not None
            and node is not None
            and (before.name, before.states, before.parents, before.table.shape)
            == (node.name, node.states, node.parents, node.table.shape)
        )
        if not same_shape:
            self.beginResetModel()
        self._net, self._node = net, node
        self._flat = flat(node) if node is not None else np.zeros((0, 0))
        self._sums = self._flat.sum(axis=1)
        if not same_shape:
            self.endResetModel()
        elif node is not None and before is not None and node.table is not before.table:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def set_danger_colour(self, colour: str) -> None:
        """Take the colour in which sums that miss 1 are written."""
        self._danger = QColor(colour)

    def bad_columns(self) -> list[int]:
        """Return the columns whose sum misses 1."""
        return [int(i) for i in np.flatnonzero(np.abs(self._sums - 1.0) > ROW_SUM_WARNING)]

    # -- what the view asks ----------------------------------------------------------------------

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        if parent.isValid() or self._node is None:
            return 0
        return len(self._node.states) + (1 if self.has_sums else 0)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() or self._node is None else column_count(self._node)

    def is_sum(self, row: int) -> bool:
        """Whether `row` is the last one and shows the sums."""
        return self.has_sums and self._node is not None and row == len(self._node.states)

    def flags(self, index: Index) -> Qt.ItemFlag:
        basic = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid() or self.is_sum(index.row()):
            return Qt.ItemFlag.ItemIsEnabled
        return basic | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._node is None:
            return None
        row, column = index.row(), index.column()
        is_sum = self.is_sum(row)
        value = float(self._sums[column] if is_sum else self._flat[column, row])
        is_bad = abs(self._sums[column] - 1.0) > ROW_SUM_WARNING
        if role == Qt.ItemDataRole.DisplayRole:
            return self._sum_text(value, is_bad) if is_sum else shown(value)
        if role == Qt.ItemDataRole.EditRole:
            return shown(value) if value == float(shown(value)) else repr(value)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        if role == Qt.ItemDataRole.ForegroundRole and is_sum and is_bad:
            return QBrush(self._danger)
        return {VALUE_ROLE: value, IS_SUM_ROLE: is_sum, IS_BAD_ROLE: bool(is_bad)}.get(role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or self.is_sum(index.row()):
            return False
        try:
            typed = number(str(value))
        except NumberTextError as problem:
            self.refused.emit(str(problem))
            return False
        if typed != self._flat[index.column(), index.row()]:
            self.entered.emit(index.row(), index.column(), typed)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self._node is None or self._net is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self._row_header(section, role)
        if role == Qt.ItemDataRole.DisplayRole:
            states = configuration(self._node, section)
            pairs = zip(self._node.parents, states, strict=True)
            return "\n".join(self._net[parent].states[state] for parent, state in pairs)
        if role == Qt.ItemDataRole.ToolTipRole:
            return described(self._net, self._node, section)
        return None

    def _row_header(self, row: int, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return "Sum" if self.is_sum(row) else self._node.states[row]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    @staticmethod
    def _sum_text(value: float, is_bad: bool) -> str:
        return f"⚠ {value:.6g}" if is_bad else "1"

    def _tip(self, row: int, column: int) -> str:
        given = described(self._net, self._node, column)
        condition = f" | {given}" if given else ""
        if self.is_sum(row):
            total = self._sums[column]
            if abs(total - 1.0) <= ROW_SUM_WARNING:
                return f"The probabilities given {given or 'nothing'} sum to 1."
            return (
                f"This column sums to {total:.6g}, not 1; normalise it or correct an entry. "
                "Inference works with the normalised column."
            )
        state = self._node.states[row]
        return f"P({self._node.name}={state}{condition}) = {self._flat[column, row]!r}"
