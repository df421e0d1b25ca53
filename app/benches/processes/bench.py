"""The processes bench: a machine on a canvas with its measures live, and panels below it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout

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
from app.canvas.view import GraphCanvas
from app.graphical.amounts import counted, spent
from app.graphical.panel_deck import PanelDeck
from app.shell.bench import Bench, BenchContext, FigureView
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
NEEDS_ONE = {"network.rename", "network.note", "process.add_loop"}
NEEDS_SOME = {
    "network.cut",
    "network.copy",
    "network.duplicate",
    "network.colour",
    "network.clear_colour",
}
NEEDS_STATES = {
    "network.select_all",
    "network.layout",
    "network.fit",
    "network.fit_selection",
    "network.edit_table",
}
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


class ProcessBench(Bench):
    """Puts canvas, inspector, panels and live measures together over one process of the study."""

    def __init__(self, context: BenchContext, subject_id: str) -> None:
        super().__init__(context, subject_id)
        self._own_actions: dict[str, QAction] = {}
        self._is_gliding = self._was_shown = False
        self._sees_all = True
        self._palette = dict(context.palette)
        self._views = MachineViews()
        self._decoration = NOTHING
        self.document = ProcessDocument(context.document, subject_id, context.say, self)
        self.canvas = GraphCanvas(context.palette, self)
        self.canvas.graph.spreads_labels = True
        self.canvas.set_empty_hint(EMPTY_HINT)
        self.measuring = Measuring(context.jobs, self)
        self.gestures = MachineGestures(self.canvas, self.document)
        self._made_inspector: ProcessInspector | None = None
        self.commands = ProcessCommands(self.document, context, self)
        surroundings = PanelContext(
            self.document, self.measuring, self.canvas, context, self.action
        )
        self.deck = PanelDeck(
            context, lambda panel: panel(surroundings), PANELS, PANEL_PREFERENCE, NOTHING, self
        )
        self._splitter = self._split()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        self._commands = self._make_commands()
        self._connect()
        self._take_palette(context.palette)
        self._on_changed()

    def showEvent(self, shown: QShowEvent) -> None:
        """Show the whole machine when the bench first has its size."""
        super().showEvent(shown)
        if not self._was_shown:
            self._was_shown = True
            panel_id = self.context.preferences.get(PANEL_PREFERENCE, PANELS[0].id)
            if any(spec.id == panel_id for spec in PANELS):
                self.deck.open_soon(panel_id)
            self.fit()
            QTimer.singleShot(0, self, self.fit)

    # -- what the shell asks ---------------------------------------------------------------------

    def trigger(self, action_id: str) -> None:
        if action_id.startswith("panel."):
            self.deck.toggle(action_id.removeprefix("panel."))
        elif (panel_id := _panel_of(action_id)) is not None:
            self.deck.open_panel(panel_id).trigger(action_id)
        else:
            self._commands[action_id]()
        self.state_changed.emit()

    def is_enabled(self, action_id: str) -> bool:
        selected = self.canvas.selected()
        if (panel_id := _panel_of(action_id)) is not None:
            return self.deck.shown_id != panel_id or self.deck.panel(panel_id).is_enabled(action_id)
        if action_id in NEEDS_ONE:
            return len(selected) == 1
        if action_id in NEEDS_SOME:
            return bool(selected)
        if action_id == "network.delete":
            return bool(selected or self.canvas.selected_arcs())
        if action_id == "process.edit_edge":
            return len(self.canvas.selected_arcs()) == 1
        if action_id in NEEDS_STATES:
            return self.document.model.n > 0
        if action_id == "process.normalise":
            return can_normalise(self.document.model)
        if action_id in NEEDS_ROWS:
            return not self.document.model.is_draft
        if action_id.startswith("network.align"):
            return len(selected) >= 2
        if action_id.startswith("network.distribute"):
            return len(selected) >= 3
        return True

    def is_checked(self, action_id: str) -> bool:
        if action_id.startswith("panel."):
            return self.deck.shown_id == action_id.removeprefix("panel.")
        if (panel_id := _panel_of(action_id)) is not None:
            return self.deck.shown_id == panel_id and self.deck.panel(panel_id).is_checked(
                action_id
            )
        return False

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
        shown = self.deck.shown_panel()
        of_panel = shown.views() if shown is not None else []
        return [machine, *of_panel]

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

    def action(self, action_id: str) -> QAction:
        """Return the window's action, or one of our own where no window registered it."""
        if action_id in self.context.actions:
            return self.context.actions.action(action_id)
        if action_id not in self._own_actions:
            spec = next(each for each in ACTIONS if each.id == action_id)
            made = QAction(spec.title, self)
            made.setToolTip(spec.help)
            made.setCheckable(spec.checkable)
            made.triggered.connect(lambda _checked=False: self.trigger(action_id))
            self._own_actions[action_id] = made
        return self._own_actions[action_id]

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

    # -- menus -----------------------------------------------------------------------------------

    @Slot(object, object)
    def _on_menu(self, state: str | None, where: QPoint) -> None:
        menu = self._menu(CANVAS_MENU if state is None else NODE_MENU)
        if state is not None and len(self.canvas.selected()) > 1:
            align = menu.addMenu("Align")
            for way in arrange.WAYS:
                align.addAction(self.action(f"network.{way}"))
        menu.popup(where)

    @Slot(object, object)
    def _on_arc_menu(self, arc: GraphArc, where: QPoint) -> None:
        menu = self._menu(("process.edit_edge",))
        remove = menu.addAction(f"Remove {arc.source} → {arc.target} on {arc.key}")
        remove.triggered.connect(lambda: self.gestures.delete([], [arc]))
        menu.popup(where)

    def _menu(self, ids: Sequence[str | None]) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context.actions.refresh()
        for action_id in ids:
            if action_id is None:
                menu.addSeparator()
            else:
                menu.addAction(self.action(action_id))
        return menu

    # -- commands --------------------------------------------------------------------------------

    def _make_commands(self) -> dict[str, Callable[[], object]]:
        gestures, canvas = self.gestures, self.canvas
        commands: dict[str, Callable[[], object]] = {
            "network.cut": gestures.cut,
            "network.copy": gestures.copy,
            "network.paste": gestures.paste,
            "network.duplicate": gestures.duplicate,
            "network.delete": gestures.delete_selected,
            "network.select_all": canvas.select_all,
            "network.add_node": self._add_state,
            "network.rename": lambda: canvas.begin_rename(canvas.selected()[0]),
            "network.edit_table": self._edit_matrix,
            "network.colour": lambda: self.inspector().state_panel.ask_colour(),
            "network.clear_colour": lambda: self.inspector().state_panel.set_colour(None),
            "network.note": self._edit_note,
            "network.layout": self.lay_out,
            "network.fit": self.fit,
            "network.fit_selection": canvas.fit_selection,
            "network.zoom_in": canvas.zoom_in,
            "network.zoom_out": canvas.zoom_out,
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
        for way in arrange.WAYS:
            commands[f"network.{way}"] = partial(self._arrange, way)
        return commands

    def lay_out(self) -> None:
        """Lay the whole machine out on a worker thread and let the states glide there."""
        subject = self.document.subject
        self.context.jobs.run(
            "Lay out the machine",
            lambda progress: arrange.arranged(subject),
            self._on_laid_out,
            lambda error: self.context.say(f"The machine could not be laid out: {error}"),
            key=(self.subject_id, "layout"),
            quiet=True,
        )

    @Slot(object)
    def _on_laid_out(self, subject: ProcessSubject) -> None:
        self._glide("Lay out the machine", subject.positions)
        self.canvas.finish_motion()
        self.fit()

    def _arrange(self, way: str) -> None:
        title, places = arrange.WAYS[way]
        boxes = arrange.node_boxes(self.document.subject, self.canvas.selected())
        self._glide(title, places(boxes))

    def _glide(self, text: str, places: Mapping[str, tuple[float, float]]) -> None:
        self._is_gliding = True
        self.gestures.move(text, places)
        self._is_gliding = False

    def _add_state(self) -> None:
        taken = set(self.document.subject.positions.values())
        x, y = (float(round(value)) for value in self.canvas.visible_centre())
        while (x, y) in taken:
            x, y = x + 60, y + 24
        self.gestures.add_state(x, y)

    def _edit_matrix(self) -> None:
        self.inspector().show_tab(self.inspector().matrix_panel)
        self.inspector().matrix_panel.focus_table()

    def _edit_note(self) -> None:
        self.inspector().show_tab(self.inspector().state_panel)
        self.inspector().state_panel.focus_note()

    # -- parts -----------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.canvas.said.connect(self.context.say)
        self.canvas.selection_changed.connect(self._on_selection)
        self.canvas.node_activated.connect(self._on_activated)
        self.canvas.context_menu_requested.connect(self._on_menu)
        self.canvas.arc_context_menu_requested.connect(self._on_arc_menu)
        self.document.changed.connect(self._on_changed)
        self.measuring.updated.connect(self.state_changed)
        self.deck.decoration_changed.connect(self._on_decoration)
        self.deck.state_changed.connect(self.state_changed)
        self.deck.appearing.connect(self._on_deck_appearing)
        self.deck.appeared.connect(self._on_deck_appeared)

    def _split(self) -> QSplitter:
        self._split_timer = QTimer(self, singleShot=True, interval=400)
        self._split_timer.timeout.connect(self._on_split)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.canvas)
        splitter.addWidget(self.deck)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes(self._split_sizes())
        splitter.splitterMoved.connect(self._split_timer.start)
        return splitter

    @Slot()
    def _on_deck_appearing(self) -> None:
        """Note whether the whole machine is in sight, to keep it there."""
        self._sees_all = self.canvas.visible_rect().contains(self.canvas.graph.node_bounds())

    @Slot()
    def _on_deck_appeared(self) -> None:
        sizes, height = self._split_sizes(), self._splitter.height()
        self._splitter.setSizes([size * height // sum(sizes) for size in sizes])
        if self._sees_all:
            QTimer.singleShot(0, self, self.fit)

    @Slot()
    def _on_split(self) -> None:
        self.context.preferences.set(SPLIT_PREFERENCE, self._splitter.sizes())

    def _split_sizes(self) -> list[int]:
        """Return the heights that were chosen last."""
        sizes = self.context.preferences.get(SPLIT_PREFERENCE, FIRST_SPLIT)
        if not isinstance(sizes, list) or [type(size) for size in sizes] != [int, int]:
            sizes = FIRST_SPLIT
        return sizes if all(sizes) else FIRST_SPLIT


def _panel_of(action_id: str) -> str | None:
    """Return the id of the panel whose action this is."""
    prefix = action_id.partition(".")[0]
    return prefix if any(spec.id == prefix for spec in PANELS) else None
