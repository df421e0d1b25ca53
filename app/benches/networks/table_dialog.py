"""What the dialogs that make a whole table have in common: a preview of it and two buttons."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app.graphical.table_header import head_height
from app.graphical.table_model import TableModel
from app.graphical.table_view import ConditionalTableView
from core.errors import MacroscopeError
from core.networks.model import BayesNet, Node, Table


class TableDialog(QDialog):
    """Shows the table that the settings make, as they are changed, and hands it on."""

    chosen = Signal(object)
    """The table, when the user accepts it."""

    def __init__(
        self, net: BayesNet, node: Node, palette: Mapping[str, str], owner: QWidget | None
    ) -> None:
        super().__init__(owner)
        self.net = net
        self.node = node
        self._table: Table | None = None
        self._model = TableModel(self)
        self._preview = ConditionalTableView(self._model, self, editable=False)
        if palette:
            self._preview.apply_palette(palette)
        self._problem = QLabel(self)
        self._problem.setProperty("role", "danger")
        self._problem.setWordWrap(True)
        kinds = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)

    def make_table(self) -> Table:
        """Return the table for the settings as they are; overridden."""
        return self.node.table

    def lay_out(self, title: str, explanation: str, settings: QWidget, lines: int) -> None:
        """Put the settings, so many lines of them, above the preview."""
        self.setWindowTitle(title)
        words = QLabel(explanation, self)
        words.setWordWrap(True)
        words.setProperty("role", "muted")
        height = 215 + 36 * lines + 26 * len(self.node.states) + head_height(len(self.node.parents))
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(words)
        layout.addWidget(settings, 3)
        self.resize(620, min(height, 760))
        layout.addWidget(QLabel("Preview", self))
        layout.addWidget(self._preview, 2)
        layout.addWidget(self._problem)
        layout.addWidget(self._buttons)
        self.preview()
        self._preview.setMinimumHeight(min(self._preview.maximumHeight(), 240))

    @Slot()
    def preview(self) -> None:
        """Make the table anew and show it, or say why it cannot be made."""
        problem = ""
        try:
            self._table = self.make_table()
        except MacroscopeError as error:
            self._table, problem = None, str(error)
        if self._table is not None:
            self._model.show(self.net, replace(self.node, table=self._table))
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(self._table is not None)

    @Slot()
    def _accept(self) -> None:
        table = self._table
        self.accept()
        if table is not None:
            self.chosen.emit(table)
