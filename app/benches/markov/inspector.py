"""The inspector of a Markov network: what is selected, its table, and the evidence."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.benches.markov.evidence_panel import MarkovEvidencePanel
from app.benches.markov.markov_document import MarkovDocument
from app.benches.markov.part_panel import MarkovPartPanel
from app.benches.markov.potential_editor import PotentialEditor
from app.graphical.model_inspector import ModelInspector
from app.shell.bench import BenchContext


class MarkovInspector(ModelInspector):
    """Shows what the canvas has selected of a Markov network."""

    def __init__(
        self,
        document: MarkovDocument,
        context: BenchContext,
        action: Callable[[str], QAction],
        owner: QWidget | None = None,
    ) -> None:
        super().__init__(
            MarkovPartPanel(document, context.dialogs),
            PotentialEditor(document, action),
            MarkovEvidencePanel(document, context.dialogs),
            owner,
        )
        self._document = document

    def _table_of(self, names: list[str]) -> str | None:
        """Return the only potential over what is selected: a variable's own, or that of an edge.

        In a Markov graph, which shows no potentials, two variables select what is over both.
        """
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
