"""The inspector of a Markov network: what is selected, its table, and the evidence."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTabWidget, QWidget

from app.benches.markov.evidence_panel import MarkovEvidencePanel
from app.benches.markov.markov_document import MarkovDocument
from app.benches.markov.part_panel import PartPanel
from app.benches.markov.potential_editor import PotentialEditor
from app.graphical.beliefs import Beliefs
from app.shell.bench import BenchContext


class MarkovInspector(QTabWidget):
    """Shows what the canvas has selected."""

    def __init__(
        self,
        document: MarkovDocument,
        context: BenchContext,
        action: Callable[[str], QAction],
        owner: QWidget | None = None,
    ) -> None:
        super().__init__(owner)
        self.setDocumentMode(True)
        self._document = document
        self.part_panel = PartPanel(document, context.dialogs, self)
        self.potential_editor = PotentialEditor(document, action, self)
        self.evidence_panel = MarkovEvidencePanel(document, context.dialogs, self)
        self.addTab(self.part_panel, "Node")
        self.addTab(self.potential_editor, "Table")
        self.addTab(self.evidence_panel, "Evidence")
        self.setMinimumWidth(330)

    def show_selection(self, names: list[str]) -> None:
        """Show the selected parts; of a variable or an edge the table that joins it, if only one.

        In a Markov graph, which shows no potentials, two variables select what is over both.
        """
        self.part_panel.show_parts(names)
        self.potential_editor.show_table(self._potential_of(names))

    def _potential_of(self, names: list[str]) -> str | None:
        net = self._document.net
        chosen = [name for name in names if net.is_potential(name)]
        if chosen:
            return chosen[0] if len(names) == 1 else None
        variables = [name for name in names if name in net]
        if not variables:
            return None
        over = [
            potential
            for potential in net.potentials_over(variables[0])
            if set(net.potential(potential).scope) == set(variables)
        ]
        return over[0] if len(over) == 1 else None

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
        self.potential_editor.apply_palette(palette)
        self.evidence_panel.apply_palette(palette)
