"""The inspector of a graphical model: what is selected, its table, and the evidence, as tabs."""

from collections.abc import Mapping

from PySide6.QtWidgets import QTabWidget, QWidget

from app.graphical.beliefs import Beliefs
from app.graphical.evidence_panel import EvidencePanel
from app.graphical.part_panel import PartPanel
from app.graphical.table_editor import ConditionalTableEditor


class ModelInspector(QTabWidget):
    """Shows what the canvas has selected, and what is believed."""

    def __init__(
        self,
        part_panel: PartPanel,
        table_editor: ConditionalTableEditor,
        evidence_panel: EvidencePanel,
        owner: QWidget | None = None,
    ) -> None:
        super().__init__(owner)
        self.setDocumentMode(True)
        self.part_panel = part_panel
        self.table_editor = table_editor
        self.evidence_panel = evidence_panel
        self.addTab(part_panel, "Node")
        self.addTab(table_editor, "Table")
        self.addTab(evidence_panel, "Evidence")
        self.setMinimumWidth(330)

    def show_selection(self, names: list[str]) -> None:
        """Show what is selected, and its table where there is one."""
        self.part_panel.show_parts(names)
        self.table_editor.show_table(self._table_of(names))

    def _table_of(self, names: list[str]) -> str | None:
        """Return the name of the only table that belongs to what is selected."""
        return names[0] if len(names) == 1 else None

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
        self.part_panel.apply_palette(palette)
        self.table_editor.apply_palette(palette)
        self.evidence_panel.apply_palette(palette)
