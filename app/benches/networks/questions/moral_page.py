"""The moral graph, and the Markov network that the evidence leaves of it."""

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QPushButton

from app.benches.networks.panel import NOTHING, CanvasDecoration, PanelContext
from app.benches.networks.questions.answer_table import AnswerTable
from app.benches.networks.questions.columns import Column
from app.benches.networks.questions.page import QuestionPage
from app.canvas.graph import GraphArc
from app.figures.description import Table
from app.graphical.amounts import counted
from app.shell.bench import FigureView
from app.study.errors import UnknownKindError
from core.networks.evidence import Evidence
from core.networks.model import BayesNet
from core.networks.moral import married_pairs, moral_edges

MARKOV_KIND = "markov-network"


@dataclass(frozen=True)
class Edge:
    """An edge of the moral graph, where it comes from, and whether the evidence takes it."""

    one: str
    other: str
    children: tuple[str, ...]
    is_gone: bool

    @property
    def origin(self) -> str:
        """Why the two are joined."""
        if not self.children:
            return "an arc"
        return f"parents of {', '.join(self.children)}"


COLUMNS = (
    Column("Edge", lambda row: f"{row.one} — {row.other}", width=220),
    Column("Joined as", lambda row: row.origin, tip=lambda row: row.origin, width=-1),
    Column("", lambda row: "taken by the evidence" if row.is_gone else "", width=160),
)


class MoralPage(QuestionPage):
    """Draws marriages as dashed edges and arcs without heads; shades what is observed."""

    title = "Moral graph"
    help = "Arcs without direction and married parents; what the evidence leaves of it"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self.is_reduced = QCheckBox("Reduced by the evidence", self)
        self.is_reduced.setToolTip("Take observed nodes out, and the edges that they carry")
        self.open_button = QPushButton("Open as Markov network", self)
        self.open_button.setToolTip("Add this Markov network to the study and open it")
        self.edges = AnswerTable("Edges of the moral graph", self)
        self.found: tuple[Edge, ...] = ()
        self.controls.addWidget(self.is_reduced)
        self.controls.addWidget(self.open_button)
        self.controls.addStretch(1)
        self.answer.addWidget(self.edges)
        self.is_reduced.toggled.connect(self.refresh_soon)
        self.open_button.clicked.connect(self.open_as_markov_network)

    @property
    def observed(self) -> frozenset[str]:
        """The nodes that the evidence takes out."""
        if not self.is_reduced.isChecked():
            return frozenset()
        return frozenset(
            name for name, finding in self.evidence.items() if isinstance(finding, int)
        )

    def refresh(self) -> None:
        self.open_button.setEnabled(len(self.net) > 0)
        if not len(self.net):
            self.found = ()
            self.show_hint("The net has no nodes yet.")
            return
        net, observed = self.net, self.observed
        self.run("Moral graph", lambda progress: moral(net, observed), self._on_edges)

    def decoration(self) -> CanvasDecoration:
        if not self.found and not self.observed:
            return CanvasDecoration(has_heads=False) if self.has_answer else NOTHING
        names = set(self.net.names)
        extra = tuple(
            GraphArc(
                edge.one,
                edge.other,
                key="married",
                emphasis="faint" if edge.is_gone else "accent",
                tooltip=f"{edge.one} — {edge.other}: {edge.origin}",
                directed=False,
                dashed=True,
            )
            for edge in self.found
            if edge.children and {edge.one, edge.other} <= names
        )
        observed = self.observed
        return CanvasDecoration(
            node_emphasis=dict.fromkeys(observed, "faint"),
            arc_emphasis={arc: "faint" for arc in self.net.arcs if observed & set(arc)},
            extra_arcs=extra,
            has_heads=False,
        )

    def views(self) -> list[FigureView]:
        if not self.has_answer:
            return []
        rows = tuple((edge.one, edge.other, edge.origin) for edge in self.found if not edge.is_gone)
        what = "Reduced Markov network" if self.observed else "Moral graph"
        table = Table(("node", "other_node", "joined_as"), rows)
        return self.structure_views("moral", f"{what} of {self.net.name}", table)

    @Slot()
    def open_as_markov_network(self) -> None:
        """Add the network, reduced where asked, to the study and open it."""
        net = self.net
        evidence = self.evidence if self.is_reduced.isChecked() else Evidence()
        self.run(
            "Markov network", lambda progress: _markov_subject(net, evidence), self._on_network
        )

    def _on_network(self, subject: object) -> None:
        context = self.surroundings.context
        try:
            subject_id = context.document.add(MARKOV_KIND, subject.net.name, subject)
        except UnknownKindError as problem:
            context.say(str(problem))
            return
        context.open_subject(subject_id)

    def _on_edges(self, found: tuple[Edge, ...]) -> None:
        self.found = found
        married = sum(1 for edge in found if edge.children)
        left = sum(1 for edge in found if not edge.is_gone)
        sentence = f"{counted(len(found), 'edge')}, {counted(married, 'marriage')}."
        if self.observed:
            sentence += f" The evidence leaves {counted(left, 'edge')}."
        self.show_answer(sentence)
        self.edges.set_answer(COLUMNS if self.observed else COLUMNS[:2], found)


def moral(net: BayesNet, observed: frozenset[str]) -> tuple[Edge, ...]:
    """Return the edges of the moral graph, marriages first."""
    names = net.names
    married = set(married_pairs(net))
    children: dict[tuple[int, int], list[str]] = {}
    number = {name: i for i, name in enumerate(names)}
    for node in net:
        parents = sorted(number[parent] for parent in node.parents)
        for k, b in enumerate(parents):
            for a in parents[:k]:
                children.setdefault((a, b), []).append(node.name)
    edges = [
        Edge(
            names[a],
            names[b],
            tuple(children[a, b]) if (a, b) in married else (),
            bool(observed & {names[a], names[b]}),
        )
        for a, b in moral_edges(net)
    ]
    return tuple(sorted(edges, key=lambda edge: (edge.is_gone, not edge.children)))


def _markov_subject(net: BayesNet, evidence: Evidence) -> object:
    from core.networks.markov_subject import MarkovSubject
    from core.networks.questions.reduced_network import reduced_network

    return MarkovSubject(reduced_network(net, evidence), drawing="markov")
