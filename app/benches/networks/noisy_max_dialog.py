"""The dialog that makes a noisy-MAX table from what each parent does when it acts alone."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from app.benches.networks.table_dialog import TableDialog
from app.graphical.number_text import number, shown
from core.networks.errors import TableError
from core.networks.model import ROW_SUM_WARNING, BayesNet, Node, Table
from core.networks.tables import absent_state, noisy_max


class NoisyMaxDialog(TableDialog):
    """One line of probabilities for each state of each parent, and one for the leak."""

    def __init__(
        self, net: BayesNet, node: Node, palette: Mapping[str, str], owner: QWidget | None = None
    ) -> None:
        super().__init__(net, node, palette, owner)
        size = len(node.states)
        self._absent = absent_state(node.states)
        self._lines: list[tuple[str, int]] = [
            (parent, state)
            for parent in node.parents
            for state in range(len(net[parent].states))
            if state != absent_state(net[parent].states)
        ]
        self.grid = QTableWidget(len(self._lines) + 1, size, self)
        self.grid.setHorizontalHeaderLabels(list(node.states))
        labels = [f"{parent} = {net[parent].states[state]}" for parent, state in self._lines]
        self.grid.setVerticalHeaderLabels([*labels, "Leak"])
        self.grid.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for row in range(len(labels) + 1):
            self._fill(row, self._start(row, size))
        self.grid.cellChanged.connect(self._on_cell)
        self.lay_out(
            f"Noisy-MAX for {node.name}",
            f"Each line is the distribution of {node.name} when only that parent acts; the leak is "
            "its distribution when none does. Each line sums to 1; the strongest effect wins.",
            self.grid,
            len(self._lines) + 2,
        )

    def make_table(self) -> Table:
        rows = [self._line(row) for row in range(self.grid.rowCount())]
        links = []
        silent = np.eye(len(self.node.states))[self._absent]
        for parent in self.node.parents:
            link = np.tile(silent, (len(self.net[parent].states), 1))
            for row, (name, state) in enumerate(self._lines):
                if name == parent:
                    link[state] = rows[row]
            links.append(link)
        return noisy_max(links, rows[-1], absent=self._absent)

    def _start(self, row: int, size: int) -> np.ndarray:
        silent = np.eye(size)[self._absent]
        if row == len(self._lines):
            return silent
        others = np.full(size, 1.0 / max(size - 1, 1))
        others[self._absent] = 0.0
        return 0.2 * silent + 0.8 * others if size > 1 else silent

    def _fill(self, row: int, values: np.ndarray) -> None:
        for column, value in enumerate(values):
            item = QTableWidgetItem(shown(float(value)))
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.grid.setItem(row, column, item)

    def _line(self, row: int) -> np.ndarray:
        columns = range(self.grid.columnCount())
        values = np.array([number(self.grid.item(row, column).text()) for column in columns])
        # six digits are shown, so a line of thirds misses 1 a little
        if abs(values.sum() - 1.0) > 10 * ROW_SUM_WARNING:
            label = self.grid.verticalHeaderItem(row).text()
            raise TableError(f"The line {label} sums to {values.sum():.6g}, not 1.")
        return values / values.sum()

    @Slot(int, int)
    def _on_cell(self, _row: int, _column: int) -> None:
        self.preview()
