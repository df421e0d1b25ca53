"""The networks bench: a Bayes net on a canvas with its beliefs live, and its inspector."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from app.benches.networks import arrange
from app.benches.networks.arc_cost import ArcCost
from app.benches.networks.brushing import PREVIEW_ACTION, Brushing
from app.benches.networks.decorating import decorated_arcs, decorated_nodes, previewed
from app.benches.networks.figure import network_figure
from app.benches.networks.graph_gestures import GraphGestures
from app.benches.networks.inspector import NetworkInspector
from app.benches.networks.network_document import NetworkDocument
from app.benches.networks.node_panel import with_styles
from app.benches.networks.panel import PanelContext
from app.benches.networks.panel_deck import PANEL_PREFERENCE, PanelDeck
from app.benches.networks.panels import PANELS
from app.benches.networks.presentation import NodeViews, graph_arcs
from app.benches.networks.spec import ACTIONS
from app.canvas.view import GraphCanvas
from app.graphical.beliefs import BeliefController
from app.graphical.evidence_gestures import EvidenceGestures
from app.graphical.posterior_table import posterior_table
from app.shell.bench import Bench, BenchContext, FigureView

EMPTY_HINT = (
    "Double-click to add a node.\nDrag from the rim of a node to another to draw an arc.\n"
    "Paste a network in BIF, or drop a file here."
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
    "network.connect",
    "network.toggle_style",
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
    "network.layout",
    "network.fit",
    None,
    "network.show_names",
    "network.show_bars",
    None,
    "evidence.clear",
)
SPLIT_PREFERENCE = "networks.split"
FIRST_SPLIT = [560, 440]
"""Heights of the canvas and of the panels below it."""

SHOWN_AT_ONCE = 200
"""A network with more nodes is shown in the next turn of the event loop, after its bench."""

NEEDS_ONE = {"network.rename", "network.edit_table", "network.note"}
NEEDS_SOME = {
    "network.cut",
    "network.copy",
    "network.duplicate",
    "network.colour",
    "network.clear_colour",
    "network.toggle_style",
}
NEEDS_NODES = {"network.select_all", "network.layout", "network.fit", "network.fit_selection"}


class NetworkBench(Bench):
    """Puts canvas, inspector and live inference together over one network of the study."""

    def __init__(self, context: BenchContext, subject_id: str) -> None:
        super().__init__(context, subject_id)
        self._own_actions: dict[str, QAction] = {}
        self._is_gliding = False
        self._sees_all = True
        self._views = NodeViews()
        self.document = NetworkDocument(context.document, subject_id, context.say, self)
        self.canvas = GraphCanvas(context.palette, self)
        self.beliefs = BeliefController(context.jobs, self)
        self.gestures = GraphGestures(self.canvas, self.document)
        self.evidence_gestures = EvidenceGestures(self.canvas, self.document, self.beliefs)
        self._inspector = NetworkInspector(self.document, context, self.action)
        self.brushing = Brushing(self.document, self.beliefs, self.canvas, context, self)
        self.arc_cost = ArcCost(self.canvas, self.document, context.jobs, self)
        self._commands = self._make_commands()
        surroundings = PanelContext(
            self.document, self.beliefs, self.canvas, context, self.action, self.show_cell
        )
        self.deck = PanelDeck(surroundings, PANELS, self)
        self._splitter = self._split()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        self._connect()
        self.apply_palette(context.palette)
        if len(self.document.net) > SHOWN_AT_ONCE:
            QTimer.singleShot(0, self, self._on_changed)
        else:
            self._on_changed()
        self._was_shown = False

    def showEvent(self, shown: QShowEvent) -> None:
        """Show the whole network when the bench first has its size."""
        super().showEvent(shown)
        if not self._was_shown:
            self._was_shown = True
            self._reopen_panel()
            self.canvas.fit()
            QTimer.singleShot(0, self.canvas, self.canvas.fit)

    # -- what the shell asks ---------------------------------------------------------------------

    def trigger(self, action_id: str) -> None:
        if action_id.startswith("table."):
            self._inspector.table_editor.trigger(action_id)
        elif action_id.startswith("panel."):
            self.deck.toggle(action_id.removeprefix("panel."))
        elif (panel_id := _panel_of(action_id)) is not None:
            self.deck.open_panel(panel_id).trigger(action_id)
        else:
            self._commands[action_id]()
        self.state_changed.emit()

    def is_enabled(self, action_id: str) -> bool:
        selected = self.canvas.selected()
        if action_id.startswith("table."):
            return self._inspector.table_editor.is_enabled(action_id)
        if (panel_id := _panel_of(action_id)) is not None:
            return self.deck.shown_id != panel_id or self.deck.panel(panel_id).is_enabled(action_id)
        if action_id in NEEDS_ONE:
            return len(selected) == 1
        if action_id in NEEDS_SOME:
            return bool(selected)
        if action_id == "network.delete":
            return bool(selected or self.canvas.selected_arcs())
        if action_id in NEEDS_NODES:
            return len(self.document.net) > 0
        if action_id == "network.connect" or action_id.startswith("network.align"):
            return len(selected) >= 2
        if action_id.startswith("network.distribute"):
            return len(selected) >= 3
        if action_id in ("evidence.clear", "evidence.save_set"):
            return len(self.document.evidence) > 0
        if action_id == "evidence.retract":
            return any(name in self.document.evidence for name in selected)
        return True

    def is_checked(self, action_id: str) -> bool:
        if action_id.startswith("panel."):
            return self.deck.shown_id == action_id.removeprefix("panel.")
        if (panel_id := _panel_of(action_id)) is not None:
            return self.deck.shown_id == panel_id and self.deck.panel(panel_id).is_checked(
                action_id
            )
        if action_id == PREVIEW_ACTION:
            return self.brushing.is_on
        style = self.document.subject.node_style
        return (action_id, style) in (
            ("network.show_names", "name"),
            ("network.show_bars", "bars"),
        )

    def inspector(self) -> QWidget:
        return self._inspector

    def views(self) -> list[FigureView]:
        # Bound now, on the window's thread: the figures are made on a worker.
        subject, posteriors = self.document.subject, self.beliefs.beliefs.posteriors
        views = [
            FigureView(
                view,
                title,
                lambda options, view=view: network_figure(subject, posteriors, options, view),
                lambda: posterior_table(subject.net, posteriors),
            )
            for view, title in (("posteriors", "Posteriors"), ("graph", "Graph"))
        ]
        shown = self.deck.shown_panel()
        of_panel = shown.views() if shown is not None else []
        return [*of_panel, *views]

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        self.canvas.apply_palette(palette)
        self._inspector.apply_palette(palette)
        self.deck.apply_palette(palette)

    def status(self) -> str:
        net, beliefs = self.document.net, self.beliefs.beliefs
        parts = [
            f"{_counted(len(net), 'node')}, {_counted(net.arc_count, 'arc')}, "
            f"{_counted(net.parameter_count(), 'parameter')}"
        ]
        if beliefs.cost is not None:
            cost = beliefs.cost
            parts.append(f"treewidth {cost.treewidth}, {cost.clique_cells:,} clique cells")
        if self.beliefs.is_waiting:
            parts.append("working out the beliefs")
        elif beliefs.problem:
            against = " against ".join(beliefs.conflict or ())
            parts.append(f"evidence impossible: {against}" if against else beliefs.problem)
        elif beliefs.seconds:
            parts.append(f"beliefs in {_spent(beliefs.seconds)}")
        return "  ·  ".join(parts)

    def takes_files(self, paths: Sequence[Path]) -> bool:
        return len(paths) == 1 and paths[0].suffix.lower() == ".csv"

    def take_files(self, paths: Sequence[Path]) -> None:
        self.deck.open_panel("cases").open_file(paths[0])

    def close_bench(self) -> None:
        self.deck.close_panels()
        self.brushing.close()
        self.arc_cost.close()
        self.beliefs.close()
        self.document.close()
        self._inspector.deleteLater()

    def action(self, action_id: str) -> QAction:
        """Return the window's action, or one of our own where no window registered it."""
        if action_id in self.context.actions:
            return self.context.actions.action(action_id)
        if action_id not in self._own_actions:
            spec = next(each for each in ACTIONS if each.id == action_id)
            made = QAction(spec.title, self)
            made.setToolTip(spec.help)
            made.triggered.connect(lambda _checked=False: self.trigger(action_id))
            self._own_actions[action_id] = made
        return self._own_actions[action_id]

    # -- following the model ---------------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        if not self.beliefs.take(self.document.subject):
            self._show_graph()
        self.state_changed.emit()

    @Slot()
    def _on_beliefs(self) -> None:
        self._show_graph()
        self._inspector.show_beliefs(self.beliefs.beliefs)
        self.state_changed.emit()

    def _show_graph(self) -> None:
        subject = self.document.subject
        decoration = self.deck.decoration()
        shown = self.brushing.over(previewed(self.beliefs.beliefs.shown, decoration))
        animate, self._is_gliding = self._is_gliding, False
        nodes = decorated_nodes(self._views.of(subject, shown), decoration)
        self.canvas.set_graph(
            nodes, decorated_arcs(graph_arcs(subject), decoration), animate=animate
        )

    @Slot()
    def _on_selection(self) -> None:
        self._inspector.show_selection(self.canvas.selected())
        self.state_changed.emit()

    @Slot(str)
    def _on_activated(self, name: str) -> None:
        self.canvas.set_selected([name])
        self._edit_table()

    # -- menus -----------------------------------------------------------------------------------

    @Slot(object, object)
    def _on_menu(self, name: str | None, where: QPoint) -> None:
        menu = self._menu(CANVAS_MENU if name is None else NODE_MENU)
        if name is not None and name in self.document.net:
            menu.insertMenu(menu.actions()[0], self._observe_menu(name, menu))
            if len(self.canvas.selected()) > 1:
                menu.addMenu(self._align_menu(menu))
        menu.popup(where)

    @Slot(object, object)
    def _on_arc_menu(self, arc: object, where: QPoint) -> None:
        menu = self._menu(())
        remove = menu.addAction(f"Remove {arc.source} → {arc.target}")
        remove.triggered.connect(lambda: self.gestures.delete([], [(arc.source, arc.target)]))
        table = menu.addAction(f"Edit table of {arc.target}")
        table.triggered.connect(lambda: self._on_activated(arc.target))
        menu.popup(where)

    def _menu(self, ids: tuple[str | None, ...]) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context.actions.refresh()
        for action_id in ids:
            if action_id is None:
                menu.addSeparator()
            else:
                menu.addAction(self.action(action_id))
        return menu

    def _observe_menu(self, name: str, owner: QMenu) -> QMenu:
        menu = QMenu("Observe", owner)
        node, evidence = self.document.net[name], self.document.evidence
        for index, state in enumerate(node.states):
            entry = menu.addAction(state)
            entry.setCheckable(True)
            entry.setChecked(evidence.get(name) == index)
            entry.triggered.connect(
                lambda _checked=False, index=index: self.canvas.bar_clicked.emit(name, index)
            )
        return menu

    def _align_menu(self, owner: QMenu) -> QMenu:
        menu = QMenu("Align", owner)
        for spec in ACTIONS:
            if spec.id.startswith(("network.align", "network.distribute")):
                menu.addAction(self.action(spec.id))
        return menu

    # -- commands --------------------------------------------------------------------------------

    def _make_commands(self) -> dict[str, Callable[[], object]]:
        gestures, canvas = self.gestures, self.canvas
        panel = self._inspector.evidence_panel
        commands: dict[str, Callable[[], object]] = {
            "network.cut": gestures.cut,
            "network.copy": gestures.copy,
            "network.paste": gestures.paste,
            "network.duplicate": gestures.duplicate,
            "network.delete": gestures.delete_selected,
            "network.select_all": canvas.select_all,
            "network.add_node": lambda: gestures.add_node(*self._free_place()),
            "network.connect": gestures.connect_selected,
            "network.rename": lambda: canvas.begin_rename(canvas.selected()[0]),
            "network.edit_table": self._edit_table,
            "network.colour": self._inspector.node_panel.ask_colour,
            "network.clear_colour": lambda: self._inspector.node_panel.set_colour(None),
            "network.note": self._edit_note,
            "network.toggle_style": self._toggle_style,
            "network.layout": self.lay_out,
            PREVIEW_ACTION: self.brushing.toggle,
            "network.show_names": lambda: self._set_style("name"),
            "network.show_bars": lambda: self._set_style("bars"),
            "network.fit": canvas.fit,
            "network.fit_selection": canvas.fit_selection,
            "network.zoom_in": canvas.zoom_in,
            "network.zoom_out": canvas.zoom_out,
            "evidence.clear": panel.clear_all,
            "evidence.retract": self._retract_selected,
            "evidence.save_set": panel.save_set,
            "evidence.show": lambda: self._inspector.show_tab(panel),
        }
        for way in arrange.WAYS:
            commands[f"network.{way}"] = partial(self._arrange, way)
        return commands

    def lay_out(self) -> None:
        """Lay the whole network out on a worker thread and let the nodes glide there."""
        subject = self.document.subject
        self.context.jobs.run(
            "Lay out the network",
            lambda progress: arrange.arranged(subject),
            self._on_laid_out,
            lambda error: self.context.say(f"The network could not be laid out: {error}"),
            key=(self.subject_id, "layout"),
            quiet=True,
        )

    @Slot(object)
    def _on_laid_out(self, net: object) -> None:
        self._is_gliding = True
        places = {node.name: node.position for node in net}
        self.gestures.move("Lay out the network", places)
        self._is_gliding = False
        self.canvas.fit()

    def _arrange(self, way: str) -> None:
        title, places = arrange.WAYS[way]
        chosen = arrange.node_boxes(self.document.subject, self.canvas.selected())
        self._is_gliding = True
        self.gestures.move(title, places(chosen))
        self._is_gliding = False

    def _edit_table(self) -> None:
        self._inspector.show_tab(self._inspector.table_editor)
        self._inspector.table_editor.focus_table()

    def show_cell(self, name: str, configuration: tuple[int, ...], state: int) -> None:
        """Show an entry of a node's table."""
        self.canvas.set_selected([name])
        self.canvas.reveal(name)
        editor, node = self._inspector.table_editor, self.document.net[name]
        self._inspector.show_tab(editor)
        column = 0
        for parent_state, size in zip(configuration, node.table.shape[:-1], strict=True):
            column = column * size + parent_state
        editor.view.setCurrentIndex(editor.model.index(state, column))

    def _edit_note(self) -> None:
        self._inspector.show_tab(self._inspector.node_panel)
        self._inspector.node_panel.focus_note()

    def _set_style(self, style: str) -> None:
        text = "Show posterior bars" if style == "bars" else "Show names only"
        self.document.edit(text, lambda subject: subject.with_node_style(style))

    def _toggle_style(self) -> None:
        names, subject = self.canvas.selected(), self.document.subject
        is_all_bars = all(subject.style_of(name) == "bars" for name in names)
        style = "name" if is_all_bars else "bars"
        self.document.edit("Change node style", lambda s: with_styles(s, names, style))

    def _retract_selected(self) -> None:
        kept = self.document.evidence.without(*self.canvas.selected())
        self.document.observe("Retract evidence", kept)

    def _free_place(self) -> tuple[float, float]:
        """Return the middle of what is seen, or beside it when a node is there already."""
        x, y = (round(value) for value in self.canvas.visible_centre())
        taken = {node.position for node in self.document.net}
        while (float(x), float(y)) in taken:
            x, y = x + 24, y + 24
        return float(x), float(y)

    def _connect(self) -> None:
        self.canvas.set_empty_hint(EMPTY_HINT)
        self.canvas.said.connect(self.context.say)
        self.canvas.selection_changed.connect(self._on_selection)
        self.canvas.node_activated.connect(self._on_activated)
        self.canvas.context_menu_requested.connect(self._on_menu)
        self.canvas.arc_context_menu_requested.connect(self._on_arc_menu)
        self._inspector.node_panel.renamed.connect(self.gestures.rename)
        self.document.changed.connect(self._on_changed)
        self.beliefs.updated.connect(self._on_beliefs)
        self.brushing.changed.connect(self._show_graph)
        self.deck.decoration_changed.connect(self._show_graph)
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
        """Note whether the whole net is in sight, to keep it there."""
        bounds = self.canvas.graph.node_bounds()
        self._sees_all = self.canvas.visible_rect().contains(bounds)

    @Slot()
    def _on_deck_appeared(self) -> None:
        """Give the panels their share of the height."""
        sizes, height = self._split_sizes(), self._splitter.height()
        self._splitter.setSizes([size * height // sum(sizes) for size in sizes])
        if self._sees_all:
            QTimer.singleShot(0, self.canvas, self.canvas.fit)

    @Slot()
    def _on_split(self) -> None:
        self.context.preferences.set(SPLIT_PREFERENCE, self._splitter.sizes())

    def _split_sizes(self) -> list[int]:
        """Return the heights that were chosen last."""
        sizes = self.context.preferences.get(SPLIT_PREFERENCE, FIRST_SPLIT)
        if not isinstance(sizes, list) or [type(size) for size in sizes] != [int, int]:
            sizes = FIRST_SPLIT
        return sizes if all(sizes) else FIRST_SPLIT

    def _reopen_panel(self) -> None:
        """Show the panel that was in sight when a network was last worked on."""
        panel_id = self.context.preferences.get(PANEL_PREFERENCE, "")
        if any(spec.id == panel_id for spec in PANELS):
            self.deck.open_panel(panel_id)


def _panel_of(action_id: str) -> str | None:
    """Return the id of the panel whose action this is."""
    prefix = action_id.partition(".")[0]
    return prefix if any(spec.id == prefix for spec in PANELS) else None


def _spent(seconds: float) -> str:
    """Return a time with two digits that count, in the unit that suits it."""
    if seconds >= 0.9995:
        return f"{seconds:.1f} s"
    return f"{seconds * 1000:.0f} ms" if seconds >= 0.00995 else f"{seconds * 1000:.2g} ms"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
