"""The I-map check: whether what the arcs state holds in the table, and which arcs could go."""

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLabel

from app.benches.networks.panel import CanvasDecoration, PanelContext
from app.benches.networks.questions.answer_table import AnswerTable
from app.benches.networks.questions.columns import Column, exact, short
from app.benches.networks.questions.page import QuestionPage
from app.graphical.amounts import counted
from core.networks.model import BayesNet
from core.networks.questions.independence_map import (
    TOLERANCE_NATS,
    IndependenceMap,
    check_independence_map,
)
from core.networks.subject import NetworkSubject

OWN_TABLE = "This net's own table"


@dataclass(frozen=True)
class Finding:
    """A statement of the arcs that fails, or an arc that says nothing."""

    what: str
    text: str
    information: float | None
    nodes: tuple[str, ...]
    arc: tuple[str, str] | None = None


COLUMNS = (
    Column("Finding", lambda row: row.what),
    Column("Statement", lambda row: row.text, tip=lambda row: row.text, width=-1),
    Column(
        "Information (nats)",
        lambda row: _amount(row.information),
        help="Conditional mutual information in the table: 0 where the independence holds",
        copied=lambda row: "0" if row.information is None else exact(row.information),
        is_number=True,
        width=140,
    ),
)


class MapPage(QuestionPage):
    """Checks the arcs against the joint table of this net or of another one in the study."""

    title = "I-map"
    help = "Whether every independence that the arcs state holds in a joint table"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        label = QLabel("Against", self)
        label.setProperty("role", "heading")
        self.against = QComboBox(self)
        self.against.setAccessibleName("The table that the arcs are checked against")
        self.against.setToolTip("Another net of the study over the same nodes, or this one")
        self.findings = AnswerTable("Violated statements and removable arcs", self)
        self.result: IndependenceMap | None = None
        self._chosen: Finding | None = None
        for part in (label, self.against):
            self.controls.addWidget(part)
        self.controls.addStretch(1)
        self.answer.addWidget(self.findings)
        self.against.activated.connect(self.refresh_soon)
        self.findings.row_chosen.connect(self._on_row)

    def refresh(self) -> None:
        self._chosen = self.result = None
        if len(self.net) < 2:
            self.show_hint("Draw at least two nodes: a single one states no independence.")
            return
        self._list_tables()
        net, other = self.net, self.against.currentData()
        self.run(
            "I-map check",
            lambda progress: check_independence_map(net, other, progress),
            self._on_checked,
        )

    def decoration(self) -> CanvasDecoration:
        if self.result is None:
            return CanvasDecoration()
        arcs = dict.fromkeys(self.result.removable, "warning")
        chosen = self._chosen
        nodes = dict.fromkeys(chosen.nodes, "warning") if chosen is not None else {}
        if chosen is not None and chosen.arc is not None:
            arcs[chosen.arc] = "refused"
        return CanvasDecoration(node_emphasis=nodes, arc_emphasis=arcs)

    def _list_tables(self) -> None:
        """Offer the nets of the study over the same nodes."""
        surroundings, chosen = self.surroundings, self.against.currentText()
        mine, own = set(self.net.names), surroundings.document.subject_id
        self.against.clear()
        self.against.addItem(OWN_TABLE, None)
        for entry in surroundings.context.document.study.subjects:
            if isinstance(entry.value, NetworkSubject) and entry.id != own:
                net: BayesNet = entry.value.net
                if set(net.names) == mine:
                    self.against.addItem(entry.name, net)
        self.against.setCurrentIndex(max(0, self.against.findText(chosen)))

    def _on_checked(self, result: IndependenceMap) -> None:
        self.result = result
        rows = [
            Finding(
                "does not hold",
                each.text,
                each.information,
                (each.node, *each.others, *each.given),
            )
            for each in result.violations
        ]
        rows += [
            Finding("removable arc", f"{parent} → {child}", None, (parent, child), (parent, child))
            for parent, child in result.removable
        ]
        failed = set(result.violations)
        rows += [
            Finding("holds", each.text, each.information, (each.node, *each.others, *each.given))
            for each in result.statements
            if each not in failed
        ]
        self.show_answer(_verdict(result))
        self.findings.set_answer(COLUMNS, rows)

    @Slot(object)
    def _on_row(self, row: Finding) -> None:
        self._chosen = row
        self.decoration_changed.emit()


def _amount(information: float | None) -> str:
    return "0" if information is None or information < TOLERANCE_NATS else short(information)


def _verdict(result: IndependenceMap) -> str:
    checked = counted(len(result.statements), "statement")
    if not result.is_map:
        return (
            f"Not an I-map: {len(result.violations):,} of {checked} of independence fail in the "
            "table."
        )
    if result.is_minimal:
        return f"A minimal I-map: all {checked} hold, and no arc could go."
    spare = counted(len(result.removable), "arc")
    return f"An I-map: all {checked} hold. {spare} could go, each by itself."
