"""The panel where the table of the current potential is edited."""

from collections.abc import Callable, Mapping

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.benches.markov.markov_document import MarkovDocument
from app.benches.markov.potential_table import PotentialTableModel, as_node, scaled
from app.graphical import columns, table_edits
from app.graphical.number_text import grid, tab_separated
from app.graphical.table_view import ConditionalTableView
from core.errors import MacroscopeError
from core.networks.markov_network import Potential
from core.networks.node import Node, Table

BUTTONS = ("potential.scale", "potential.ones", "potential.logarithms")
MENU = (*BUTTONS, "table.fill_right", "table.copy", "table.paste")


class PotentialEditor(QWidget):
    """Edits one table; every change is one undo step of the study."""

    def __init__(
        self,
        document: MarkovDocument,
        action: Callable[[str], QAction],
        owner: QWidget | None = None,
    ) -> None:
        super().__init__(owner)
        self._document = document
        self._name: str | None = None
        self.is_logarithmic = False
        self.model = PotentialTableModel(self)
        self.view = ConditionalTableView(self.model, self)
        self.view.setAccessibleName("Table of a potential")
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._title.setProperty("role", "heading")
        self._rows = QLabel(self)
        self._rows.setWordWrap(True)
        self._rows.setProperty("role", "muted")
        self._lay_out(action)
        self.model.entered.connect(self._on_entered)
        self.model.refused.connect(document.say)
        self.view.copy_requested.connect(self.copy)
        self.view.paste_requested.connect(self.paste)
        self.view.parents_reordered.connect(self._on_reordered)
        document.changed.connect(self.refresh)
        self.show_potential(None)

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def potential(self) -> Potential | None:
        """The potential whose table is shown, or None."""
        net = self._document.net
        known = self._name is not None and net.is_potential(self._name)
        return net.potential(self._name) if known else None

    @Slot(object)
    def show_potential(self, name: str | None) -> None:
        """Show the table of another potential, or nothing."""
        self._name = name
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the table as the document has it now."""
        potential = self.potential
        self.model.show_potential(self._document.net, potential)
        self.view.setVisible(potential is not None)
        self._tools.setEnabled(potential is not None)
        self._rows.setVisible(potential is not None)
        if potential is None:
            self._title.setText("Select a potential to see and edit its table.")
            return
        self._title.setText(potential.label)
        if not potential.scope:
            self._rows.setText("A constant: it changes Z and no belief.")
        else:
            unit = "natural logarithms" if self.is_logarithmic else "numbers from 0"
            self._rows.setText(f"Rows are the states of {potential.scope[-1]}; entries are {unit}.")

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.view.apply_palette(palette)

    def focus_table(self) -> None:
        """Let the first number be typed."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.view.currentIndex().isValid() and self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0, 0))

    # -- what is done ----------------------------------------------------------------------------

    def is_enabled(self, action_id: str) -> bool:
        """Whether one of the table actions can be carried out now."""
        potential = self.potential
        if potential is None:
            return False
        return action_id != "table.fill_right" or len(potential.scope) > 1

    def trigger(self, action_id: str) -> None:
        """Carry out one of the table actions."""
        {
            "potential.scale": self.scale,
            "potential.ones": self.fill_with_ones,
            "potential.logarithms": self.toggle_logarithms,
            "table.fill_right": self.fill_right,
            "table.copy": self.copy,
            "table.paste": self.paste,
        }[action_id]()

    @Slot()
    def scale(self) -> None:
        """Divide the table by its largest entry."""
        potential = self.potential
        if potential is not None:
            self._set_table(f"Scale {potential.name}", scaled(potential.table))

    @Slot()
    def fill_with_ones(self) -> None:
        """Make the selected entries, or all, 1."""
        node, cells = self._node, self.view.selected_cells()
        if node is not None:
            rows = np.array(columns.flat(node)).T
            if cells:
                rows[tuple(zip(*cells, strict=True))] = 1.0
            else:
                rows[...] = 1.0
            self._set_rows(f"Fill {node.name} with ones", node, rows)

    @Slot()
    def toggle_logarithms(self) -> None:
        """Show logarithms in place of numbers, or numbers again."""
        self.is_logarithmic = not self.is_logarithmic
        self.model.set_logarithmic(self.is_logarithmic)
        self.refresh()

    @Slot()
    def fill_right(self) -> None:
        """Copy the first selected column to the others, or to all on its right."""
        node = self._node
        if node is not None:
            table = table_edits.filled(node, self.view.selected_cells())
            self._set_table(f"Fill right in {node.name}", table)

    @Slot()
    def copy(self) -> None:
        """Copy the selected numbers, or all of them, as tab separated text."""
        node, cells = self._node, self.view.selected_cells()
        if node is None:
            return
        rows = sorted({row for row, _ in cells}) or list(range(len(node.states)))
        chosen = table_edits.columns_of(node, cells)
        values = columns.flat(node)
        text = tab_separated([[values[column, row] for column in chosen] for row in rows])
        QGuiApplication.clipboard().setText(text)

    @Slot()
    def paste(self) -> None:
        """Put numbers from the clipboard at the first selected cell."""
        node = self._node
        if node is None:
            return
        try:
            numbers = grid(QGuiApplication.clipboard().text())
            table = table_edits.pasted(node, self.view.selected_cells(), numbers)
        except MacroscopeError as problem:
            self._document.say(str(problem))
            return
        self._set_table(f"Paste into {node.name}", table)

    @property
    def _node(self) -> Node | None:
        potential = self.potential
        return None if potential is None else as_node(self._document.net, potential)

    def _set_rows(self, text: str, node: Node, rows: np.ndarray) -> None:
        self._set_table(text, np.ascontiguousarray(rows.T).reshape(node.table.shape))

    def _set_table(self, text: str, table: Table) -> None:
        potential = self.potential
        if potential is not None:
            shaped = np.reshape(table, potential.table.shape)
            self._document.edit_net(text, lambda net: net.with_table(potential.name, shaped))

    @Slot(int, int, float)
    def _on_entered(self, row: int, column: int, value: float) -> None:
        node = self._node
        if node is not None:
            table = table_edits.entered(node, row, column, value)
            self._set_table(f"Edit {node.name}", table)

    @Slot(object)
    def _on_reordered(self, others: tuple[str, ...]) -> None:
        potential = self.potential
        if potential is not None:
            scope = (*others, potential.scope[-1])
            self._document.edit_net(
                f"Reorder the scope of {potential.name}",
                lambda net: net.with_scope_reordered(potential.name, scope),
            )

    # -- parts -----------------------------------------------------------------------------------

    def _lay_out(self, action: Callable[[str], QAction]) -> None:
        self._tools = QWidget(self)
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for action_id in BUTTONS:
            button = QToolButton(self._tools)
            button.setDefaultAction(action(action_id))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            row.addWidget(button)
        row.addStretch(1)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.view.addActions([action(each) for each in MENU])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        for part in (self._title, self._rows, self._tools):
            layout.addWidget(part)
        layout.addWidget(self.view, 1000)
        layout.addStretch(1)
