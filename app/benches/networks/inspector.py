"""The inspector of a network: the selected node, its table, and the evidence, as three tabs."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.benches.networks.network_document import NetworkDocument
from app.benches.networks.node_panel import NodePanel
from app.benches.networks.table_editor import TableEditor
from app.graphical.evidence_panel import EvidencePanel
from app.graphical.model_inspector import ModelInspector
from app.shell.bench import BenchContext


class NetworkInspector(ModelInspector):
    """Shows what the canvas has selected of a Bayes net."""

    def __init__(
        self,
        document: NetworkDocument,
        context: BenchContext,
        action: Callable[[str], QAction],
        owner: QWidget | None = None,
    ) -> None:
        super().__init__(
            NodePanel(document, context.dialogs),
            TableEditor(document, context.preferences, context.dialogs, action),
            EvidencePanel(document, context.dialogs),
            owner,
        )
