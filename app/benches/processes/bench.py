"""The processes bench: a machine on a canvas with its measures live, and panels below it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu, QWidget

from app.benches.processes import arrange
from app.benches.processes.commands import ProcessCommands
from app.benches.processes.drafts import can_normalise
from app.benches.processes.figure import edge_table, machine_figure
from app.benches.processes.gestures import MachineGestures
from app.benches.processes.inspector import ProcessInspector
from app.benches.processes.measuring import Measuring
from app.benches.processes.panel import PanelContext
from app.benches.processes.panels import PANELS
from app.benches.processes.presentation import MOST_EDGES, NOTHING, MachineViews
from app.benches.processes.process_document import ProcessDocument
from app.benches.processes.spec import ACTIONS
from app.canvas.graph import GraphArc
from app.graphical.amounts import counted, spent
from app.graphical.canvas_bench import CanvasBench
from app.graphical.panel_deck import PanelDeck
from app.shell.bench import BenchContext, FigureView
from core.processes.process_subject import ProcessSubject

EMPTY_HINT = (
    "Double-click to add a state.\n"
    "Drag from the rim of a state to another, or to itself, to draw an edge;\n"
    "then type its symbol and probability, such as 1 | 0.5.\n"
    "Or take a process from the zoo."
)

NODE_MENU = (
    "network.rename",
    "network.note",
    "process.add_loop",
    None,
    "network.cut",
    "network.copy",
    "network.duplicate",
    "network.delete",
    None,
    "network.colour",
    "network.clear_colour",
    None,
    "process.normalise",
)
CANVAS_MENU = (
    "network.add_node",
    "network.paste",
    "network.select_all",
    None,
    "network.layout",
    "network.fit",
    None,
    "process.normalise",
    "process.from_zoo",
)
NEEDS_ROWS = {
    "process.reverse",
    "process.epsilon_machine",
    "process.unroll",
    "process.drive",
    "process.export_samples",
}
PANEL_PREFERENCE = "processes.panel"
SPLIT_PREFERENCE = "processes.split"
FIRST_SPLIT = [520, 480]
"""Heights of the canvas and of the panels below it."""


class ProcessBench(CanvasBench):
    """Puts canvas, inspector, panels and live measures together over one process of the study."""

    specs = ACTIONS
    node_menu = NODE_MENU
    canvas_menu = CANVAS_MENU
    arranging = arrange
    what = "machine"
    needs_one = CanvasBench.needs_one | {"process.add_loop"}
    needs_nodes = CanvasBench.needs_nodes | {"network.edit_table"}
    beside = (60.0, 24.0)

    def __init__(self, context: BenchContext, subject_id: str) -> None:
        document = ProcessDocument(context.document, subject_id, context.say)
        super().__init__(context, subject_id, document)
        self._palette = dict(context.palette)
        self._views = MachineViews()
        self._decoration = NOTHING
        self.canvas.graph.spreads_labels = True
        self.canvas.set_empty_hint(EMPTY_HINT)
        self.measuring = Measuring(context.jobs, self)
        self.gestures = MachineGestures(self.canvas, self.document)
        self._made_inspector: ProcessInspector | None = None
        self.commands = ProcessCommands(self.document, context, self)
        surroundings = PanelContext(
            self.document, self.measuring, self.canvas, context, self.action
        )
        deck = PanelDeck(
            context, lambda panel: panel(surroundings), PANELS, PANEL_PREFERENCE, NOTHING, self
        )
        self._fill(deck, preference=SPLIT_PREFERENCE, heights=FIRST_SPLIT)
        self._connect_canvas()
        self.measuring.updated.connect(self.state_changed)
        deck.decoration_changed.connect(self._on_decoration)
        self._take_palette(context.palette)
        self._on_changed()

    def _before_first_sight(self) -> None:
        """Show the panel that was in sight when a process was last worked on, at first any."""
        panel_id = self.deck.remembered(PANELS[0].id)
        if panel_id:
            self.deck.open_soon(panel_id)

    # -- what the shell asks ---------------------------------------------------------------------

    def is_enabled(self, action_id: str) -> bool:
        if action_id == "process.edit_edge":
            return len(self.canvas.selected_arcs()) == 1
        if action_id == "process.normalise":
            return can_normalise(self.document.model)
        if action_id in NEEDS_ROWS:
            return not self.document.model.is_draft
        return super().is_enabled(action_id)

    def inspector(self) -> ProcessInspector:
        """Return the inspector, made when it is first asked for: a turn after the canvas."""
        if self._made_inspector is None:
            made = ProcessInspector(self.document, self.measuring, self.context)
            made.apply_palette(self._palette)
            made.state_panel.renamed.connect(self.gestures.rename)
            made.zoo_panel.zoo_asked.connect(self.commands.from_zoo)
            self._made_inspector = made
            self._show_selection()
        return self._made_inspector

    def views(self) -> list[FigureView]:
        # Bound now, on the window's thread: the figures are made on a worker.
        subject = self.document.subject
        machine = FigureView(
            "machine",
            "Machine",
            lambda options: machine_figure(subject, options),
            lambda: edge_table(subject),
        )
        return [machine, *self.deck.views()]

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        self._take_palette(palette)
        self._show_graph()

    def _take_palette(self, palette: Mapping[str, str]) -> None:
        self._palette = dict(palette)
        self.canvas.apply_palette(palette)
        if self._made_inspector is not None:
            self._made_inspector.apply_palette(palette)
        self.deck.apply_palette(self._palette)

    def status(self) -> str:
        model, measured = self.document.model, self.measuring.measured
        parts = [
            f"{counted(model.n, 'state')}, {counted(model.k, 'symbol')}, "
            f"{counted(model.edge_count(), 'edge')}"
        ]
        if model.edge_count() > MOST_EDGES:
            parts.append("too many edges to be drawn")
        if model.n and not model.is_draft:
            parts.append("unifilar" if model.is_unifilar else "nonunifilar")
        if self.measuring.is_waiting:
            parts.append("measuring")
        elif measured.problem:
            parts.append(measured.problem)
        elif measured.measures is not None:
            parts.append(f"measures in {spent(measured.seconds)}")
        return "  ·  ".join(parts)

    def close_bench(self) -> None:
        self.deck.close_panels()
        self.commands.close()
        self.measuring.close()
        self.document.close()
        if self._made_inspector is not None:
            self._made_inspector.deleteLater()

    # -- following the machine -------------------------------------------------------------------

    @Slot()
    def fit(self) -> None:
        """Show the whole machine with its self-loops, but not larger than life."""
        bounds = self.canvas.graph.node_bounds()
        for item in self.canvas.graph.arcs.values():
            bounds = bounds.united(item.sceneBoundingRect()).united(item.label_rect())
        if bounds.isEmpty():
            self.canvas.fit()
        else:
            self.canvas.fit_to(bounds, 24.0)

    @Slot()
    def _on_changed(self) -> None:
        self._follow_motion()
        self.measuring.take(self.document.model)
        self._show_graph()
        self.state_changed.emit()

    @Slot()
    def _show_graph(self) -> None:
        animate, self._is_gliding = self._is_gliding, False
        self._decoration = decoration = self.deck.decoration() or NOTHING
        nodes, arcs = self._views.of(self.document.subject, self._palette, decoration)
        self.canvas.set_graph(nodes, arcs, animate=animate)
        self.gestures.edge_editing.follow()

    @Slot()
    def _on_decoration(self) -> None:
        """Show what the panel in front draws over the machine, unless it still draws nothing."""
        if (self.deck.decoration() or NOTHING) is not self._decoration:
            self._show_graph()

    @Slot()
    def _on_selection(self) -> None:
        inspector = self.inspector()
        states, edges = self._show_selection()
        if (len(states) == 1) != (len(edges) == 1) and (states or edges):
            if inspector.currentWidget() is inspector.zoo_panel:
                inspector.show_tab(inspector.state_panel)
        self.state_changed.emit()

    def _show_selection(self) -> tuple[list[str], list[tuple[str, str, str]]]:
        """Show the inspector what is selected, and return it: states and edges."""
        states = self.canvas.selected()
        edges = [arc.id for arc in self.canvas.selected_arcs()]
        self.inspector().show_selection(states, edges)
        return states, edges

    @Slot(str)
    def _on_activated(self, state: str) -> None:
        self.canvas.set_selected([state])
        self.inspector().show_tab(self.inspector().state_panel)

    @Slot(object)
    def _on_laid_out(self, arranged: ProcessSubject) -> None:
        super()._on_laid_out(arranged)
        self.canvas.finish_motion()
        self.fit()

    # -- what is drawn ---------------------------------------------------------------------------

    def _is_empty(self) -> bool:
        return self.document.model.n == 0

    def _places(self, arranged: ProcessSubject) -> Mapping[str, tuple[float, float]]:
        return arranged.positions

    def _look_panel(self) -> QWidget:
        return self.inspector().state_panel

    def _fill_arc_menu(self, menu: QMenu, arc: GraphArc) -> None:
        menu.addAction(self.action("process.edit_edge"))
        remove = menu.addAction(f"Remove {arc.source} → {arc.target} on {arc.key}")
        remove.triggered.connect(lambda: self.gestures.delete([], [arc]))

    # -- commands --------------------------------------------------------------------------------

    def _make_commands(self) -> dict[str, Callable[[], object]]:
        gestures, canvas = self.gestures, self.canvas
        return {
            **super()._make_commands(),
            "network.add_node": self._add_state,
            "network.edit_table": self._edit_matrix,
            "process.from_zoo": self.commands.from_zoo,
            "process.edit_edge": lambda: gestures.edit_edge(canvas.selected_arcs()[0].id),
            "process.add_loop": lambda: gestures.add_edge(*canvas.selected() * 2),
            "process.add_symbol": lambda: self.inspector().state_panel.add_symbol(),
            "process.normalise": lambda: self.inspector().matrix_panel.normalise(),
            "process.reverse": self.commands.reverse,
            "process.epsilon_machine": self.commands.epsilon_machine,
            "process.unroll": self.commands.unroll,
            "process.drive": self.commands.drive,
            "process.export_samples": self.commands.export_samples,
        }

    def _add_state(self) -> None:
        taken = set(self.document.subject.positions.values())
        self.gestures.add_state(*self._free_place(taken))

    def _edit_matrix(self) -> None:
        self.inspector().show_tab(self.inspector().matrix_panel)
        self.inspector().matrix_panel.focus_table()
