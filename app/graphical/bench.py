"""What every bench of graphical models does: canvas, live beliefs, inspector, menus and layout."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.canvas.view import GraphCanvas
from app.graphical.amounts import spent
from app.graphical.beliefs import BeliefController
from app.graphical.brushing import PREVIEW_ACTION, Brushing
from app.graphical.evidence_gestures import EvidenceGestures
from app.graphical.subject_document import SubjectDocument
from app.shell.actions import ActionSpec
from app.shell.bench import Bench, BenchContext
from core.networks.formats import uai_evidence
from core.networks.graphical_model import GraphicalModel

SHOWN_AT_ONCE = 200
"""A model with more nodes is shown in the next turn of the event loop, after its bench."""

EVIDENCE_SUFFIX = ".evid"

NEEDS_ONE = {"network.rename", "network.edit_table", "network.note"}
NEEDS_SOME = {
    "network.cut",
    "network.copy",
    "network.duplicate",
    "network.colour",
    "network.clear_colour",
}
NEEDS_NODES = {"network.select_all", "network.layout", "network.fit", "network.fit_selection"}

Ways = Mapping[str, tuple[str, Callable[[Mapping], Mapping]]]


class GraphicalBench(Bench):
    """Puts canvas, inspector and live inference together over one model of the study.

    A subclass makes `gestures` and `_inspector`, then calls `_begin`; it says what is drawn.
    """

    specs: tuple[ActionSpec, ...] = ()
    node_menu: tuple[str | None, ...] = ()
    canvas_menu: tuple[str | None, ...] = ()
    ways: Ways = {}
    """Title and function of each way to arrange some nodes."""

    def __init__(self, context: BenchContext, subject_id: str, document: SubjectDocument) -> None:
        super().__init__(context, subject_id)
        self._own_actions: dict[str, QAction] = {}
        self._is_gliding = False
        self._is_motion_reduced = False
        self._was_shown = False
        self.document = document
        document.setParent(self)
        self.canvas = GraphCanvas(context.palette, self)
        self.beliefs = BeliefController(context.jobs, self)
        self.evidence_gestures = EvidenceGestures(self.canvas, document, self.beliefs)
        self.brushing = Brushing(document, self.beliefs, self.canvas, context, self)

    def _begin(self) -> None:
        """Connect everything and show the model."""
        self._commands = self._make_commands()
        self.canvas.said.connect(self.context.say)
        self.canvas.selection_changed.connect(self._on_selection)
        self.canvas.node_activated.connect(self._on_activated)
        self.canvas.context_menu_requested.connect(self._on_menu)
        self.canvas.arc_context_menu_requested.connect(self._on_arc_menu)
        self.document.changed.connect(self._on_changed)
        self.beliefs.updated.connect(self._on_beliefs)
        self.brushing.changed.connect(self._show_graph)
        self.apply_palette(self.context.palette)
        if len(self.document.net) > SHOWN_AT_ONCE:
            QTimer.singleShot(0, self, self._on_changed)
        else:
            self._on_changed()

    def showEvent(self, shown: QShowEvent) -> None:
        """Show the whole graph when the bench first has its size."""
        super().showEvent(shown)
        self._follow_motion()
        if not self._was_shown:
            self._was_shown = True
            self._before_first_sight()
            self.canvas.fit()
            QTimer.singleShot(0, self.canvas, self.canvas.fit)

    # -- what a subclass says --------------------------------------------------------------------

    def _before_first_sight(self) -> None:
        """Bring back what was in sight when such a model was last worked on."""

    def _show_graph(self) -> None:
        """Give the canvas its nodes and arcs."""
        raise NotImplementedError

    def _counts(self) -> str:
        """Return how large the model is, for the status bar."""
        raise NotImplementedError

    def _arranged(self) -> Callable[[], GraphicalModel]:
        """Return what lays the whole model out, for a worker thread."""
        raise NotImplementedError

    def _places(self, model: GraphicalModel) -> dict[str, tuple[float, float]]:
        """Return the places of everything drawn in a model that was laid out."""
        raise NotImplementedError

    def _boxes(self, names: Sequence[str]) -> Mapping:
        """Return the outlines of some nodes."""
        raise NotImplementedError

    def _edit_table(self) -> None:
        """Show the table of what is selected."""
        raise NotImplementedError

    # -- what the shell asks ---------------------------------------------------------------------

    def trigger(self, action_id: str) -> None:
        self._commands[action_id]()
        self.state_changed.emit()

    def is_enabled(self, action_id: str) -> bool:
        selected = self.canvas.selected()
        if action_id in NEEDS_ONE:
            return len(selected) == 1
        if action_id in NEEDS_SOME:
            return bool(selected)
        if action_id == "network.delete":
            return bool(selected or self.canvas.selected_arcs())
        if action_id in NEEDS_NODES:
            return len(self.document.net) > 0
        if action_id.startswith("network.align"):
            return len(selected) >= 2
        if action_id.startswith("network.distribute"):
            return len(selected) >= 3
        if action_id in ("evidence.clear", "evidence.save_set"):
            return len(self.document.evidence) > 0
        if action_id == "evidence.retract":
            return any(name in self.document.evidence for name in selected)
        return True

    def is_checked(self, action_id: str) -> bool:
        if action_id == PREVIEW_ACTION:
            return self.brushing.is_on
        style = self.document.subject.node_style
        return (action_id, style) in (
            ("network.show_names", "name"),
            ("network.show_bars", "bars"),
        )

    def inspector(self) -> QWidget:
        return self._inspector

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        self.canvas.apply_palette(palette)
        self._inspector.apply_palette(palette)

    def status(self) -> str:
        beliefs = self.beliefs.beliefs
        parts = [self._counts()]
        if beliefs.cost is not None:
            cost = beliefs.cost
            parts.append(f"treewidth {cost.treewidth}, {cost.clique_cells:,} clique cells")
        parts += self._answer_parts()
        return "  ·  ".join(parts)

    def _answer_parts(self) -> list[str]:
        """Return what the status bar says of the answer, or of why there is none."""
        beliefs = self.beliefs.beliefs
        if self.beliefs.is_waiting:
            return ["working out the beliefs"]
        if beliefs.problem:
            against = " against ".join(beliefs.conflict or ())
            return [f"evidence impossible: {against}" if against else beliefs.problem]
        return [f"beliefs in {spent(beliefs.seconds)}"] if beliefs.seconds else []

    def takes_files(self, paths: Sequence[Path]) -> bool:
        return len(paths) == 1 and paths[0].suffix.lower() == EVIDENCE_SUFFIX

    def take_files(self, paths: Sequence[Path]) -> None:
        """Enter the findings of a UAI evidence file in place of those entered now."""
        path, net = paths[0], self.document.net
        self.context.jobs.run(
            f"Read {path.name}",
            lambda progress: uai_evidence.read(path, net),
            lambda evidence: self.document.observe(f"Enter {path.name}", evidence),
            lambda error: self.context.say(str(error)),
            key=(self.subject_id, "evidence"),
            quiet=True,
        )

    def close_bench(self) -> None:
        self.brushing.close()
        self.beliefs.close()
        self.document.close()
        self._inspector.deleteLater()

    def action(self, action_id: str) -> QAction:
        """Return the window's action, or one of our own where no window registered it."""
        if action_id in self.context.actions:
            return self.context.actions.action(action_id)
        if action_id not in self._own_actions:
            spec = next(each for each in self.specs if each.id == action_id)
            made = QAction(spec.title, self)
            made.setToolTip(spec.help)
            made.triggered.connect(lambda _checked=False: self.trigger(action_id))
            self._own_actions[action_id] = made
        return self._own_actions[action_id]

    # -- following the model ---------------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        self._follow_motion()
        if not self.beliefs.take(self.document.subject):
            self._show_graph()
        self.state_changed.emit()

    @Slot()
    def _on_beliefs(self) -> None:
        self._show_graph()
        self._inspector.show_beliefs(self.beliefs.beliefs)
        self.state_changed.emit()

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
        menu = self._menu(self.canvas_menu if name is None else self.node_menu)
        if name is not None:
            if name in self.document.net:
                menu.insertMenu(menu.actions()[0], self._observe_menu(name, menu))
            if len(self.canvas.selected()) > 1:
                menu.addMenu(self._align_menu(menu))
        menu.popup(where)

    @Slot(object, object)
    def _on_arc_menu(self, arc: object, where: QPoint) -> None:
        raise NotImplementedError

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
        for spec in self.specs:
            if spec.id.startswith(("network.align", "network.distribute")):
                menu.addAction(self.action(spec.id))
        return menu

    # -- commands --------------------------------------------------------------------------------

    def _make_commands(self) -> dict[str, Callable[[], object]]:
        """Return what carries out the actions that all benches of graphical models have."""
        gestures, canvas = self.gestures, self.canvas
        panel = self._inspector.evidence_panel
        commands: dict[str, Callable[[], object]] = {
            "network.cut": gestures.cut,
            "network.copy": gestures.copy,
            "network.paste": gestures.paste,
            "network.duplicate": gestures.duplicate,
            "network.delete": gestures.delete_selected,
            "network.select_all": canvas.select_all,
            "network.rename": lambda: canvas.begin_rename(canvas.selected()[0]),
            "network.edit_table": self._edit_table,
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
        for way in self.ways:
            commands[f"network.{way}"] = partial(self._arrange, way)
        return commands

    def lay_out(self) -> None:
        """Lay the whole model out on a worker thread and let the nodes glide there."""
        work = self._arranged()
        self.context.jobs.run(
            "Lay out the network",
            lambda progress: work(),
            self._on_laid_out,
            lambda error: self.context.say(f"The network could not be laid out: {error}"),
            key=(self.subject_id, "layout"),
            quiet=True,
        )

    @Slot(object)
    def _on_laid_out(self, model: GraphicalModel) -> None:
        self._glide("Lay out the network", self._places(model))
        self.canvas.fit()

    def _arrange(self, way: str) -> None:
        title, places = self.ways[way]
        self._glide(title, places(self._boxes(self.canvas.selected())))

    def _glide(self, text: str, places: Mapping[str, tuple[float, float]]) -> None:
        self._follow_motion()
        self._is_gliding = True
        self.gestures.move(text, places)
        self._is_gliding = False

    def _follow_motion(self) -> None:
        """Let nodes glide or jump, as the preferences say by now."""
        is_reduced = bool(self.context.preferences.get("reduced_motion"))
        if is_reduced != self._is_motion_reduced:
            self._is_motion_reduced = is_reduced
            self.canvas.set_reduced_motion(is_reduced)

    def _set_style(self, style: str) -> None:
        text = "Show posterior bars" if style == "bars" else "Show names only"
        self.document.edit(text, lambda subject: subject.with_node_style(style))

    def _retract_selected(self) -> None:
        kept = self.document.evidence.without(*self.canvas.selected())
        self.document.observe("Retract evidence", kept)

    def _free_place(self, taken: set[tuple[float, float]]) -> tuple[float, float]:
        """Return the middle of what is seen, or beside it when something is there already."""
        x, y = (round(value) for value in self.canvas.visible_centre())
        while (float(x), float(y)) in taken:
            x, y = x + 24, y + 24
        return float(x), float(y)
