"""One symbol's transition matrix as a grid that can be typed into, with the sums of the rows."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor

from app.benches.processes.edges import EdgeTextError, read_edge
from app.graphical.number_text import shown
from core.processes.model import HiddenMarkovModel

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()


class MatrixModel(QAbstractTableModel):
    """Shows T[x], or with no symbol the sum of all; the last column is the sum of the row."""

    entered = Signal(str, str, float)
    """(source, target, probability typed)."""
    refused = Signal(str)

    def __init__(self, owner: object) -> None:
        super().__init__(owner)
        self._model: HiddenMarkovModel | None = None
        self._symbol: str | None = None
        self._danger = QColor("#c62f29")
        self._muted = QColor("#888888")

    def show_matrix(self, model: HiddenMarkovModel, symbol: str | None) -> None:
        """Show another matrix, or the same with other numbers."""
        before = self._model
        same = before is not None and before.states == model.states and symbol == self._symbol
        if not same:
            self.beginResetModel()
        self._model, self._symbol = model, symbol
        self._matrix = model.transition if symbol is None else model.T[model.symbol_index(symbol)]
        self._sums = model.T.sum(axis=(0, 2))
        if same:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        else:
            self.endResetModel()

    def set_colours(self, danger: str, muted: str) -> None:
        """Follow the theme."""
        self._danger, self._muted = QColor(danger), QColor(muted)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() or self._model is None else self._model.n

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() or self._model is None else self._model.n + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        can_edit = self._symbol is not None and index.column() < self.rowCount()
        return flags | Qt.ItemFlag.ItemIsEditable if can_edit else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self._model is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal and section == self._model.n:
            return "Σ row"
        return self._model.states[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._model is None:
            return None
        i, j = index.row(), index.column()
        is_sum = j == self._model.n
        value = float(self._sums[i] if is_sum else self._matrix[i, j])
        is_bad = abs(self._sums[i] - 1.0) > 1e-9
        if role == Qt.ItemDataRole.DisplayRole:
            if is_sum:
                return f"⚠ {value:.6g}" if is_bad else "1"
            return "·" if value == 0.0 else shown(value)
        if role == Qt.ItemDataRole.EditRole:
            return repr(value)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            if is_sum and is_bad:
                return QBrush(self._danger)
            return QBrush(self._muted) if is_sum or value == 0.0 else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(i, j, value, is_bad=is_bad)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or self._model is None or not index.isValid():
            return False
        try:
            typed = read_edge(f"| {value}", self._model).probability
        except EdgeTextError as problem:
            self.refused.emit(str(problem))
            return False
        i, j = index.row(), index.column()
        if typed is not None and typed != self._matrix[i, j]:
            self.entered.emit(self._model.states[i], self._model.states[j], typed)
        return True

    def _tip(self, i: int, j: int, value: float, *, is_bad: bool) -> str:
        assert self._model is not None
        state = self._model.states[i]
        if j == self._model.n:
            if is_bad:
                return f"The probabilities from {state} sum to {value:.10g} over all symbols, not 1"
            return f"The probabilities from {state} sum to 1 over all symbols"
        target = self._model.states[j]
        if self._symbol is None:
            return f"Pr(next state {target} | state {state}) = {value!r}"
        return f"Pr(symbol {self._symbol}, next state {target} | state {state}) = {value!r}"
