"""The inspector of a process: what is selected, its matrices, its parameters and its measures."""

from collections.abc import Mapping

from PySide6.QtWidgets import QTabWidget, QWidget

from app.benches.processes.matrix_panel import MatrixPanel
from app.benches.processes.measures_panel import MeasuresPanel
from app.benches.processes.measuring import Measuring
from app.benches.processes.process_document import ProcessDocument
from app.benches.processes.state_panel import StatePanel
from app.benches.processes.zoo_panel import ZooPanel
from app.shell.bench import BenchContext


class ProcessInspector(QTabWidget):
    """Shows what the canvas has selected, and what is known of the machine."""

    def __init__(
        self,
        document: ProcessDocument,
        measuring: Measuring,
        context: BenchContext,
        owner: QWidget | None = None,
    ) -> None:
        super().__init__(owner)
        self.setDocumentMode(True)
        self.state_panel = StatePanel(document, context.dialogs, self)
        self.matrix_panel = MatrixPanel(document, self)
        self.zoo_panel = ZooPanel(document, self)
        self.measures_panel = MeasuresPanel(measuring, self)
        self.addTab(self.measures_panel, "Measures")
        self.addTab(self.state_panel, "State")
        self.addTab(self.matrix_panel, "Matrix")
        self.addTab(self.zoo_panel, "Zoo")
        self.setMinimumWidth(386)

    def show_selection(self, states: list[str], edges: list[tuple[str, str, str]]) -> None:
        """Show the selected states or edges."""
        self.state_panel.show_selection(states, edges)
        self.matrix_panel.show_state(states[0] if len(states) == 1 else None)

    def show_tab(self, part: QWidget) -> None:
        """Bring one of the panels to the front."""
        self.setCurrentWidget(part)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.state_panel.apply_palette(palette)
        self.matrix_panel.apply_palette(palette)
        self.measures_panel.apply_palette(palette)
