"""The table of a potential in the grid that conditional tables have, as numbers or logarithms."""

import math

import numpy as np
from PySide6.QtCore import QObject, Qt

from app.graphical.columns import described
from app.graphical.number_text import NumberTextError, number, shown
from app.graphical.table_model import (
    IS_BAD_ROLE,
    IS_SUM_ROLE,
    NO_INDEX,
    VALUE_ROLE,
    Index,
    TableModel,
)
from core.networks.markov_network import MarkovNetwork, Potential
from core.networks.node import Node, Table

CONSTANT = ("value",)
"""What the only row of a potential without variables is called."""


def as_node(net: MarkovNetwork, potential: Potential) -> Node:
    """Return the potential as the grid takes tables: its last variable's states are the rows."""
    if not potential.scope:
        return Node(potential.name, CONSTANT, (), potential.table.reshape(1))
    *others, last = potential.scope
    return Node(potential.name, net[last].states, tuple(others), potential.table)


class PotentialTableModel(TableModel):
    """Reads one potential's table; entries are any numbers from 0, or shown as logarithms."""

    has_sums = False
    lone_title = "potential"

    def __init__(self, owner: QObject | None = None) -> None:
        super().__init__(owner)
        self._is_logarithmic = False
        self._potential: Potential | None = None

    def show_potential(self, net: MarkovNetwork | None, potential: Potential | None) -> None:
        """Show another potential, or the same after a change."""
        self._potential = potential
        if net is None or potential is None:
            self.show(None, None)
        else:
            self.show(net, as_node(net, potential))

    def set_logarithmic(self, is_logarithmic: bool) -> None:
        """Show and take natural logarithms in place of the numbers, or again the numbers."""
        self._is_logarithmic = is_logarithmic
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def bad_columns(self) -> list[int]:
        return []

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._node is None:
            return None
        value = float(self._flat[index.column(), index.row()])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(value, is_exact=role == Qt.ItemDataRole.EditRole)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip_of(index.row(), index.column(), value)
        if role == VALUE_ROLE:
            return value / float(self._flat.max())
        return {IS_SUM_ROLE: False, IS_BAD_ROLE: False}.get(role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        try:
            typed = self._typed(str(value))
        except NumberTextError as problem:
            self.refused.emit(str(problem))
            return False
        if typed != self._flat[index.column(), index.row()]:
            self.entered.emit(index.row(), index.column(), typed)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else Qt.ItemFlag.ItemIsEnabled

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() or self._node is None else len(self._node.states)

    def _text(self, value: float, *, is_exact: bool) -> str:
        if self._is_logarithmic:
            return logarithm_text(value, is_exact=is_exact)
        short = shown(value)
        return repr(value) if is_exact and value != float(short) else short

    def _typed(self, text: str) -> float:
        return number_from_logarithm(text) if self._is_logarithmic else potential_number(text)

    def _tip_of(self, row: int, column: int, value: float) -> str:
        assert self._node is not None and self._net is not None and self._potential is not None
        if not self._potential.scope:
            return f"{self._node.name} = {value!r}"
        given = described(self._net, self._node, column)
        own = f"{self._potential.scope[-1]}={self._node.states[row]}"
        return f"{self._node.name}({', '.join(filter(None, (given, own)))}) = {value!r}"


def logarithm_text(value: float, *, is_exact: bool = False) -> str:
    """Return ln of a number as people read it, −∞ for 0."""
    if value == 0.0:
        return "−∞"
    log = math.log(value)
    return repr(log) if is_exact else f"{log:.6g}".replace("-", "−")


def number_from_logarithm(text: str) -> float:
    """Return the number whose logarithm is written as ``-1.5``, ``−1,5`` or ``−∞``."""
    cleaned = text.strip().replace("\u2212", "-").replace(",", ".")
    if cleaned in ("-∞", "-inf"):
        return 0.0
    try:
        value = math.exp(float(cleaned))
    except (ValueError, OverflowError):
        value = math.nan
    if not math.isfinite(value):
        raise NumberTextError(f"{text.strip()!r} is not the logarithm of a number; write −1.5.")
    return value


def potential_number(text: str) -> float:
    """Return a number as `number` reads it; a potential may be larger than 1."""
    try:
        return number(text)
    except NumberTextError:
        raise NumberTextError(
            f"{text.strip()!r} cannot be used; a potential is a number from 0 on."
        ) from None


def scaled(table: Table) -> Table:
    """Return the table divided by its largest entry, which changes no belief, only Z."""
    return np.asarray(table / table.max())
