"""What every bench with a graph on a canvas does: commands, menus, layout, panels below it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import ModuleType
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.canvas.arrange import WAYS
from app.canvas.graph import GraphArc
from app.canvas.view import GraphCanvas
from app.graphical.deck_splitter import DeckSplitter
from app.graphical.drawing_gestures import DrawingGestures
from app.graphical.panel_deck import PanelDeck
from app.graphical.subject_document import SubjectDocument
from app.shell.actions import ActionSpec
from app.shell.bench import Bench, BenchContext

NEEDS_SOME = {
    "network.cut",
    "network.copy",
    "network.duplicate",
    "network.colour",
    "network.clear_colour",
}


class CanvasBench(Bench):
    """Draws one graph of the study and lets it be edited with the mouse and with actions.

    A subclass makes `gestures`, gives the bench its content with `_fill` and then connects the
    canvas with `_connect_canvas`.
    """

    specs: tuple[ActionSpec, ...] = ()
    node_menu: tuple[str | None, ...] = ()
    canvas_menu: tuple[str | None, ...] = ()
    arranging: ModuleType
    """Has ``arranged(subject)``, and ``node_boxes(subject, names)`` of outlines."""

    what = "network"
    """What the sentences call that which is drawn."""

    needs_one: frozenset[str] = frozenset({"network.rename", "network.note"})
    """Actions for a single selected node."""

    needs_nodes: frozenset[str] = frozenset(
        {"network.select_all", "network.layout", "network.fit", "network.fit_selection"}
    )
    """Actions for what has any node."""

    beside = (24.0, 24.0)
    """How far beside another a new node stands where the middle of what is seen is taken."""

    gestures: DrawingGestures

    def __init__(self, context: BenchContext, subject_id: str, document: SubjectDocument) -> None:
        super().__init__(context, subject_id)
        self._own_actions: dict[str, QAction] = {}
        self._is_gliding = False
        self._is_motion_reduced = False
        self._was_shown = False
        self._sees_all = True
        self.document = document
        document.setParent(self)
        self.canvas = GraphCanvas(context.palette, self)
        self.deck: PanelDeck | None = None

    def _fill(
        self, deck: PanelDeck | None = None, *, preference: str = "", heights: Sequence[int] = ()
    ) -> None:
        """Fill the bench with the canvas, above a deck of panels where there is one."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        if deck is None:
            layout.addWidget(self.canvas)
            return
        self.deck = deck
        deck.appearing.connect(self._on_deck_appearing)
        deck.appeared.connect(self._keep_in_sight)
        deck.enlarged.connect(self._keep_in_sight)
        deck.state_changed.connect(self.state_changed)
        preferences = self.context.preferences
        layout.addWidget(
            DeckSplitter(self.canvas, deck, preferences, preference=preference, first=list(heights))
        )

    def _connect_canvas(self) -> None:
        self._commands = self._make_commands()
        self.canvas.said.connect(self.context.say)
        self.canvas.selection_changed.connect(self._on_selection)
        self.canvas.node_activated.connect(self._on_activated)
        self.canvas.context_menu_requested.connect(self._on_menu)
        self.canvas.arc_context_menu_requested.connect(self._on_arc_menu)
        self.document.changed.connect(self._on_changed)

    def showEvent(self, shown: QShowEvent) -> None:
        """Show the whole graph when the bench first has its size."""
        super().showEvent(shown)
        self._follow_motion()
        if not self._was_shown:
            self._was_shown = True
            self._before_first_sight()
            self.fit()
            QTimer.singleShot(0, self, self.fit)

    # -- what a subclass says --------------------------------------------------------------------

    def _before_first_sight(self) -> None:
        """Bring back what was in sight when such a graph was last worked on."""

    def _is_empty(self) -> bool:
        """Whether there is no node."""
        raise NotImplementedError

    def _places(self, arranged: Any) -> Mapping[str, tuple[float, float]]:
        """Return the places of everything drawn in what was laid out."""
        raise NotImplementedError

    def _look_panel(self) -> QWidget:
        """Return the inspector's panel that has colour and note of what is selected."""
        raise NotImplementedError

    def _on_changed(self) -> None:
        """Follow the model to another value."""
        raise NotImplementedError

    def _on_selection(self) -> None:
        """Show what is selected."""
        raise NotImplementedError

    def _on_activated(self, name: str) -> None:
        """Show what a node that was double-clicked is made of."""
        raise NotImplementedError

    def _fill_arc_menu(self, menu: QMenu, arc: GraphArc) -> None:
        """Add to the menu of an arc what can be done with it."""
        raise NotImplementedError

    # -- what the shell asks ---------------------------------------------------------------------

    def trigger(self, action_id: str) -> None:
        if self.deck is not None and self.deck.has_action(action_id):
            self.deck.trigger(action_id)
        else:
            self._commands[action_id]()
        self.state_changed.emit()

    def is_enabled(self, action_id: str) -> bool:
        selected = self.canvas.selected()
        if self.deck is not None and self.deck.has_action(action_id):
            return self.deck.is_action_enabled(action_id)
        if action_id in self.needs_one:
            return len(selected) == 1
        if action_id in NEEDS_SOME:
            return bool(selected)
        if action_id == "network.delete":
            return bool(selected or self.canvas.selected_arcs())
        if action_id in self.needs_nodes:
            return not self._is_empty()
        if action_id.startswith("network.align"):
            return len(selected) >= 2
        if action_id.startswith("network.distribute"):
            return len(selected) >= 3
        return True

    def is_checked(self, action_id: str) -> bool:
        return (
            self.deck is not None
            and self.deck.has_action(action_id)
            and self.deck.is_action_checked(action_id)
        )

    def action(self, action_id: str) -> QAction:
        """Return the window's action, or one of our own where no window registered it."""
        if action_id in self.context.actions:
            return self.context.actions.action(action_id)
        if action_id not in self._own_actions:
            spec = next(each for each in self.specs if each.id == action_id)
            made = QAction(spec.title, self)
            made.setToolTip(spec.help)
            made.setCheckable(spec.checkable)
            made.triggered.connect(lambda _checked=False: self.trigger(action_id))
            self._own_actions[action_id] = made
        return self._own_actions[action_id]

    # -- menus -----------------------------------------------------------------------------------

    @Slot(object, object)
    def _on_menu(self, name: str | None, where: QPoint) -> None:
        menu = self._menu(self.canvas_menu if name is None else self.node_menu)
        if name is not None:
            self._fill_node_menu(menu, name)
            if len(self.canvas.selected()) > 1:
                align = menu.addMenu("Align")
                for way in WAYS:
                    align.addAction(self.action(f"network.{way}"))
        menu.popup(where)

    def _fill_node_menu(self, menu: QMenu, name: str) -> None:
        """Add to the menu of a node what has no action of its own."""

    @Slot(object, object)
    def _on_arc_menu(self, arc: GraphArc, where: QPoint) -> None:
        menu = self._menu(())
        self._fill_arc_menu(menu, arc)
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
        """Return what carries out the actions that all these benches have."""
        gestures, canvas = self.gestures, self.canvas
        return {
            "network.cut": gestures.cut,
            "network.copy": gestures.copy,
            "network.paste": gestures.paste,
            "network.duplicate": gestures.duplicate,
            "network.delete": gestures.delete_selected,
            "network.select_all": canvas.select_all,
            "network.rename": lambda: canvas.begin_rename(canvas.selected()[0]),
            "network.colour": lambda: self._look_panel().ask_colour(),
            "network.clear_colour": lambda: self._look_panel().set_colour(None),
            "network.note": self._edit_note,
            "network.layout": self.lay_out,
            "network.fit": self.fit,
            "network.fit_selection": canvas.fit_selection,
            "network.zoom_in": canvas.zoom_in,
            "network.zoom_out": canvas.zoom_out,
            **{f"network.{way}": partial(self._arrange, way) for way in WAYS},
        }

    @Slot()
    def fit(self) -> None:
        """Show the whole graph."""
        self.canvas.fit()

    def lay_out(self) -> None:
        """Lay the whole graph out on a worker thread and let the nodes glide there."""
        arranged, subject = self.arranging.arranged, self.document.subject
        self.context.jobs.run(
            f"Lay out the {self.what}",
            lambda progress: arranged(subject),
            self._on_laid_out,
            lambda error: self.context.say(f"The {self.what} could not be laid out: {error}"),
            key=(self.subject_id, "layout"),
            quiet=True,
        )

    @Slot(object)
    def _on_laid_out(self, arranged: Any) -> None:
        self._glide(f"Lay out the {self.what}", self._places(arranged))
        self.fit()

    def _arrange(self, way: str) -> None:
        title, places = WAYS[way]
        boxes = self.arranging.node_boxes(self.document.subject, self.canvas.selected())
        self._glide(title, places(boxes))

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

    def _free_place(self, taken: set[tuple[float, float]]) -> tuple[float, float]:
        """Return the middle of what is seen, or beside it when something is there already."""
        x, y = (float(round(value)) for value in self.canvas.visible_centre())
        while (x, y) in taken:
            x, y = x + self.beside[0], y + self.beside[1]
        return x, y

    def _edit_note(self) -> None:
        panel = self._look_panel()
        self.inspector().show_tab(panel)
        panel.focus_note()

    # -- the panels below ------------------------------------------------------------------------

    @Slot()
    def _on_deck_appearing(self) -> None:
        """Note whether the whole graph is in sight, to keep it there."""
        self._sees_all = self.canvas.visible_rect().contains(self.canvas.graph.node_bounds())

    @Slot()
    def _keep_in_sight(self) -> None:
        """Show the whole graph again where it was in sight before the heights changed."""
        if self._sees_all:
            QTimer.singleShot(0, self, self.fit)
