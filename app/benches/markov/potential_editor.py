"""The panel where the table of the current potential is edited."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QWidget

from app.benches.markov.markov_document import MarkovDocument
from app.benches.markov.potential_table import PotentialTableModel, as_node, scaled
from app.graphical import columns
from app.graphical.table_editor import ConditionalTableEditor
from app.graphical.table_edits import Cells
from core.networks.markov_network import Potential
from core.networks.node import Node, Table


class PotentialEditor(ConditionalTableEditor):
    """Edits the table of one potential, as numbers from 0 or as logarithms."""

    buttons = ("potential.scale", "potential.ones", "potential.logarithms")
    menu = ("table.fill_right", "table.copy", "table.paste")

    def __init__(
        self,
        document: MarkovDocument,
        action: Callable[[str], QAction],
        owner: QWidget | None = None,
    ) -> None:
        super().__init__(document, PotentialTableModel(), owner)
        self.is_logarithmic = False
        self._rows = QLabel(self)
        self._rows.setWordWrap(True)
        self._rows.setProperty("role", "muted")
        self._lay_out(action, (self._title, self._rows, self._tools))
        self.view.setAccessibleName("Table of a potential")
        self.show_table(None)

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def potential(self) -> Potential | None:
        """The potential whose table is shown, or None."""
        net = self._document.net
        known = self._name is not None and net.is_potential(self._name)
        return net.potential(self._name) if known else None

    @property
    def node(self) -> Node | None:
        """The potential as the grid takes tables, or None."""
        potential = self.potential
        return None if potential is None else as_node(self._document.net, potential)

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

    # -- what is done ----------------------------------------------------------------------------

    def _commands(self) -> dict[str, Callable[[], object]]:
        return {
            **super()._commands(),
            "potential.scale": lambda: self._apply("Scale", lambda node, cells: scaled(node.table)),
            "potential.ones": self.fill_with_ones,
            "potential.logarithms": self.toggle_logarithms,
        }

    def fill_with_ones(self) -> None:
        """Make the selected entries, or all, 1."""
        node = self.node
        if node is not None:
            self._change(f"Fill {node.name} with ones", _with_ones)

    @Slot()
    def toggle_logarithms(self) -> None:
        """Show logarithms in place of numbers, or numbers again."""
        self.is_logarithmic = not self.is_logarithmic
        self.model.set_logarithmic(self.is_logarithmic)
        self.refresh()

    def _set_table(self, text: str, table: Table) -> None:
        potential = self.potential
        if potential is not None:
            shaped = np.reshape(table, potential.table.shape)
            self._document.edit_net(text, lambda net: net.with_table(potential.name, shaped))

    @Slot(object)
    def _on_reordered(self, others: tuple[str, ...]) -> None:
        potential = self.potential
        if potential is not None:
            scope = (*others, potential.scope[-1])
            self._document.edit_net(
                f"Reorder the scope of {potential.name}",
                lambda net: net.with_scope_reordered(potential.name, scope),
            )


def _with_ones(node: Node, cells: Cells) -> Table:
    rows = np.array(columns.flat(node)).T
    if cells:
        rows[tuple(zip(*cells, strict=True))] = 1.0
    else:
        rows[...] = 1.0
    return np.ascontiguousarray(rows.T).reshape(node.table.shape)
