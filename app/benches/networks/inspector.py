"""The inspector of a network: the selected node, its table, and the evidence, as three tabs."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTabWidget, QWidget

from app.benches.networks.network_document import NetworkDocument
from app.benches.networks.node_panel import NodePanel
from app.benches.networks.table_editor import TableEditor
from app.graphical.beliefs import Beliefs
from app.graphical.evidence_panel import EvidencePanel
from app.shell.bench import BenchContext


class NetworkInspector(QTabWidget):
    """Shows what the canvas has selected."""

    def __init__(
        self,
        document: NetworkDocument,
        context: BenchContext,
        action: Callable[[str], QAction],
        owner: QWidget | None = None,
    ) -> None:
        super().__init__(owner)
        self.setDocumentMode(True)
        self.node_panel = NodePanel(document, context.dialogs, self)
        self.table_editor = TableEditor(
            document, context.preferences, context.dialogs, action, self
        )
        self.evidence_panel = EvidencePanel(document, context.dialogs, self)
        self.addTab(self.node_panel, "Node")
        self.addTab(self.table_editor, "Table")
        self.addTab(self.evidence_panel, "Evidence")
        self.setMinimumWidth(330)

    def show_selection(self, names: list[str]) -> None:
        """Show the selected nodes."""
        self.node_panel.show_nodes(names)
        self.table_editor.show_table(names[0] if len(names) == 1 else None)

    def show_beliefs(self, beliefs: Beliefs) -> None:
        """Show what the evidence says; a conflict is marked on the tab as well."""
        self.evidence_panel.show_beliefs(beliefs)
        is_wrong = beliefs.conflict is not None or bool(beliefs.problem)
        self.setTabText(2, "Evidence ⚠" if is_wrong else "Evidence")

    def show_tab(self, part: QWidget) -> None:
        """Bring one of the panels to the front."""
        self.setCurrentWidget(part)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.node_panel.apply_palette(palette)
        self.table_editor.apply_palette(palette)
        self.evidence_panel.apply_palette(palette)
