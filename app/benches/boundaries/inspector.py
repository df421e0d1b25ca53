"""The inspector of an ensemble: its values with the settings above, and where it came from."""

from collections.abc import Mapping

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.benches.boundaries.ensemble_document import EnsembleDocument
from app.benches.boundaries.measuring import Measuring
from app.benches.boundaries.provenance_panel import ProvenancePanel
from app.benches.boundaries.settings_form import SettingsForm
from app.benches.boundaries.values_panel import ValuesPanel
from app.graphical.panel_parts import heading


class EnsembleInspector(QTabWidget):
    """Holds two tabs."""

    def __init__(
        self, document: EnsembleDocument, measuring: Measuring, owner: QWidget | None = None
    ) -> None:
        super().__init__(owner)
        self.setDocumentMode(True)
        self.settings = SettingsForm(document)
        self.values = ValuesPanel(document, measuring)
        self.provenance = ProvenancePanel(document)
        first = QWidget(self)
        column = QVBoxLayout(first)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(heading("How it is estimated", first))
        column.addWidget(self.settings)
        column.addSpacing(4)
        column.addWidget(self.values, 1)
        self.addTab(first, "Values")
        self.addTab(self.provenance, "Ensemble")
        self.setMinimumWidth(400)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.values.apply_palette(palette)
