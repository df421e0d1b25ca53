"""The bench of Markov networks: a factor graph on a canvas with its beliefs live."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu

from app.benches.markov import arrange
from app.benches.markov.edge_cost import edge_cost_text
from app.benches.markov.evidence_panel import shown_logarithm
from app.benches.markov.figure import markov_figure
from app.benches.markov.gestures import MarkovGestures
from app.benches.markov.inspector import MarkovInspector
from app.benches.markov.markov_document import MarkovDocument
from app.benches.markov.presentation import EdgeViews, NodeViews
from app.benches.markov.spec import ACTIONS
from app.canvas.graph import GraphArc
from app.graphical.amounts import counted
from app.graphical.bench import GraphicalBench
from app.graphical.proposal_cost import ProposalCost
from app.shell.bench import BenchContext, FigureView
from core.networks.markov_network import MarkovNetwork

EMPTY_HINT = (
    "Double-click to add a variable.\n"
    "Drag from the rim of a variable to another to put a potential between them.\n"
    "Paste a network in UAI, or drop a file here."
)

NODE_MENU = (
    "network.rename",
    "network.edit_table",
    "network.note",
    None,
    "network.cut",
    "network.copy",
    "network.duplicate",
    "network.delete",
    None,
    "markov.join",
    "network.colour",
    "network.clear_colour",
    None,
    "evidence.retract",
)
CANVAS_MENU = (
    "network.add_node",
    "network.paste",
    "network.select_all",
    None,
    "markov.factor_graph",
    "markov.markov_graph",
    None,
    "network.layout",
    "network.fit",
    None,
    "network.show_names",
    "network.show_bars",
    None,
    "evidence.clear",
)
VIEWS = (
    ("posteriors", "Posteriors"),
    ("factor-graph", "Factor graph"),
    ("markov", "Markov graph"),
)
DRAWINGS = {"markov.factor_graph": "factor-graph", "markov.markov_graph": "markov"}


class MarkovBench(GraphicalBench):
    """Draws one Markov network of the study and keeps its beliefs and ln Z up to date."""

    specs = ACTIONS
    node_menu = NODE_MENU
    canvas_menu = CANVAS_MENU
    arranging = arrange
    of_table = ("table.", "potential.")

    def __init__(self, context: BenchContext, subject_id: str) -> None:
        document = MarkovDocument(context.document, subject_id, context.say)
        super().__init__(context, subject_id, document)
        self._views, self._edges = NodeViews(), EdgeViews()
        self.gestures = MarkovGestures(self.canvas, document)
        self.edge_cost = ProposalCost(self.canvas, document, context.jobs, self, edge_cost_text)
        self._inspector = MarkovInspector(document, context, self.action)
        self.canvas.set_empty_hint(EMPTY_HINT)
        self._fill()
        self._begin()

    # -- what the shell asks ---------------------------------------------------------------------

    def is_enabled(self, action_id: str) -> bool:
        if action_id == "markov.join":
            return any(name in self.document.net for name in self.canvas.selected())
        if action_id == "markov.potentials_between":
            return bool(self.document.net.potentials)
        return super().is_enabled(action_id)

    def is_checked(self, action_id: str) -> bool:
        if action_id == "potential.logarithms":
            return self._inspector.table_editor.is_logarithmic
        if action_id in DRAWINGS:
            return self.document.subject.drawing == DRAWINGS[action_id]
        return super().is_checked(action_id)

    def views(self) -> list[FigureView]:
        return self._views_of(VIEWS, markov_figure)

    def close_bench(self) -> None:
        self.edge_cost.close()
        super().close_bench()

    # -- what is drawn ---------------------------------------------------------------------------

    def _show_graph(self) -> None:
        subject = self.document.subject
        shown = self.brushing.over(self.beliefs.beliefs.shown)
        animate, self._is_gliding = self._is_gliding, False
        nodes = self._views.of(subject, shown)
        self.canvas.set_graph(nodes, self._edges.of(subject), animate=animate)

    def _counts(self) -> str:
        net = self.document.net
        return f"{counted(len(net), 'variable')}, {counted(len(net.potentials), 'potential')}"

    def _answer_parts(self) -> list[str]:
        beliefs = self.beliefs.beliefs
        parts = super()._answer_parts()
        if beliefs.posteriors is not None and not beliefs.is_stale:
            return [f"ln Z = {shown_logarithm(beliefs.posteriors.log_evidence)}", *parts]
        return parts

    def _places(self, model: MarkovNetwork) -> dict[str, tuple[float, float]]:
        return {part.name: part.position for part in (*model, *model.potentials)}

    # -- commands --------------------------------------------------------------------------------

    def _make_commands(self) -> dict[str, Callable[[], object]]:
        return {
            **super()._make_commands(),
            "network.add_node": self._add_variable,
            "markov.join": self.gestures.join_selected,
            "markov.potentials_between": self._centre_potentials,
            "markov.factor_graph": lambda: self._draw_as("factor-graph"),
            "markov.markov_graph": lambda: self._draw_as("markov"),
        }

    def _add_variable(self) -> None:
        net = self.document.net
        taken = {part.position for part in (*net, *net.potentials)}
        self.gestures.add_variable(*self._free_place(taken))

    def _draw_as(self, drawing: str) -> None:
        what = "factor graph" if drawing == "factor-graph" else "Markov graph"
        self.document.edit(f"Show the {what}", lambda subject: subject.with_drawing(drawing))

    def _centre_potentials(self) -> None:
        net = arrange.with_potentials_between(self.document.net)
        self._glide("Centre potentials", self._places(net))

    @Slot(str)
    def _on_activated(self, name: str) -> None:
        self.canvas.set_selected([name])
        if self._inspector.table_editor.potential is not None:
            self._edit_table()
        else:
            self._inspector.show_tab(self._inspector.part_panel)

    def _fill_arc_menu(self, menu: QMenu, arc: GraphArc) -> None:
        remove = menu.addAction(f"Remove {arc.source} — {arc.target}")
        remove.triggered.connect(lambda: self.gestures.delete([], [arc]))
        if self.document.net.is_potential(arc.target):
            table = menu.addAction(f"Edit table of {arc.target}")
            table.triggered.connect(lambda: self._on_activated(arc.target))
