"""The Markov blanket of a node: what shields it from all other nodes."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.benches.networks.panel import NOTHING, CanvasDecoration, PanelContext
from app.benches.networks.questions.answer_table import AnswerTable
from app.benches.networks.questions.columns import Column
from app.benches.networks.questions.node_chooser import NodeChooser
from app.benches.networks.questions.page import QuestionPage
from app.benches.networks.questions.picker import Picker
from app.figures.description import Table
from app.graphical.amounts import counted
from app.shell.bench import FigureView
from core.networks.questions.markov_blanket import MarkovBlanket, markov_blanket

ROLES = {"parent": "category_0", "child": "category_2", "other parent of a child": "category_5"}


@dataclass(frozen=True)
class Member:
    """A node of the blanket and why it is there."""

    name: str
    role: str


COLUMNS = (
    Column("Node", lambda row: row.name, tip=lambda row: row.name, width=180),
    Column("Belongs to it as a", lambda row: row.role, width=-1),
)


class BlanketPage(QuestionPage):
    """Rings the blanket on the net, by the role of each member."""

    title = "Markov blanket"
    help = "Parents, children and the children's other parents: they shield a node from the rest"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self.picker = Picker(surroundings.canvas, self)
        self.chosen = NodeChooser(
            "Node",
            "The node whose blanket is sought",
            surroundings,
            self.picker,
            follows=True,
            most=1,
        )
        self.members = AnswerTable("Members of the Markov blanket", self)
        self.blanket: MarkovBlanket | None = None
        self.controls.addWidget(self.chosen)
        self.controls.addStretch(1)
        self.answer.addWidget(self.members)
        self.chosen.changed.connect(self.refresh_soon)
        self.members.row_chosen.connect(lambda row: surroundings.canvas.reveal(row.name))

    def refresh(self) -> None:
        names = self.chosen.names
        if not names:
            self.blanket = None
            self.show_hint("Select a node on the net to see what shields it from all others.")
            self.decoration_changed.emit()
            return
        self.blanket = found = markov_blanket(self.net, names[0])
        groups = zip(ROLES, (found.parents, found.children, found.others), strict=True)
        rows = [Member(name, role) for role, members in groups for name in members]
        others = len(self.net) - 1 - len(rows)
        self.show_answer(
            f"Given its blanket of {counted(len(rows), 'node')}, {names[0]} learns nothing from "
            f"the {counted(others, 'other node')}."
            if rows
            else f"{names[0]} has no neighbours, so nothing can be learnt about it."
        )
        self.members.set_answer(COLUMNS, rows)
        self.decoration_changed.emit()

    def decoration(self) -> CanvasDecoration:
        names, blanket = self.chosen.names, self.blanket
        if blanket is None or not names:
            return NOTHING
        nodes = dict.fromkeys(self.net.names, "faint")
        nodes[names[0]] = "accent"
        groups = (blanket.parents, blanket.children, blanket.others)
        for role, members in zip(ROLES.values(), groups, strict=True):
            nodes |= dict.fromkeys((name for name in members if name in nodes), role)
        arcs = {arc: "faint" for arc in self.net.arcs if "faint" in (nodes[arc[0]], nodes[arc[1]])}
        return CanvasDecoration(node_emphasis=nodes, arc_emphasis=arcs)

    def views(self) -> list[FigureView]:
        if not self.has_answer:
            return []
        rows = tuple((row.name, row.role) for row in self.members.rows)
        title = f"Markov blanket of {self.chosen.names[0]}" if self.chosen.names else ""
        return self.structure_views("blanket", title, Table(("node", "role"), rows))

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        super().apply_palette(palette)
        self.chosen.apply_palette(palette)
