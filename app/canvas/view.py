"""The graph canvas: shows nodes and arcs, and says what the user wants done to them."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from app.canvas.background import paint_background
from app.canvas.building import Building
from app.canvas.camera import STEP, Camera
from app.canvas.edge_scroll import EdgeScroll
from app.canvas.empty_hint import EmptyHint
from app.canvas.gestures.base import Gesture
from app.canvas.graph import GraphArc, GraphNode
from app.canvas.hit_test import Hit, hit_at, node_at
from app.canvas.hovering import Hovering
from app.canvas.intentions import GraphIntentions
from app.canvas.key_moves import KeyMoves
from app.canvas.keyboard import handle_key, next_node
from app.canvas.look import FAR_BELOW, LABELS_FROM, Look
from app.canvas.menus import ask_for_menu
from app.canvas.motion import Motion
from app.canvas.node_item import NodeItem
from app.canvas.node_painting import ROWS_BELOW
from app.canvas.overlay import Overlay
from app.canvas.pressing import gesture_for
from app.canvas.rename_editor import NameCheck
from app.canvas.renaming import Renaming
from app.canvas.scene import ArcId, GraphScene
from app.canvas.selection import Selection
from app.canvas.wheel import turn_wheel

Refusal = Callable[[str, str], tuple[str, ...] | str | None]
MANY_NODES = 300
QUALITY_MS = 150


class GraphCanvas(GraphIntentions):
    """A zoomable graph that never edits: every signal is an intention for the owner to act on.

    The owner changes its model and calls `set_graph`. Moves in progress are shown by the canvas
    itself, so an owner may wait for the finished one; a cancelled move ends with the places from
    before.
    """

    def __init__(self, palette: Mapping[str, str], owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.graph = GraphScene(Look(palette), self)
        self.setScene(self.graph)
        self.overlay = Overlay(self.graph)
        self.allows_loops = False
        self.allows_parallel = False
        self.is_picking = False
        """Whether a click on a node picks it (`node_picked`) instead of selecting or observing."""
        self._selection = Selection(self.graph)
        self._camera = Camera(self)
        self._motion = Motion(self.graph, self)
        self._hovering = Hovering(self)
        self._key_moves = KeyMoves(self)
        self._gesture: Gesture | None = None
        self._renaming = Renaming(self)
        self._edge_scroll = EdgeScroll(self)
        self._adrift: set[str] = set()
        self._current: str | None = None
        self._refuses: Refusal = _refuses_nothing
        self._is_motion_reduced = False
        self._has_space = False
        self._has_grid = True
        self._wants_fit = False
        self._building = Building(self)
        self._awaited: tuple[Sequence[str], Sequence[ArcId]] | None = None
        self._fits_when_built = False
        self._reveals_when_built = ""
        self._hint = EmptyHint(self.viewport())
        self._quality = QTimer(self)
        self._set_up()

    def _set_up(self) -> None:
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Graph canvas")
        self._hint.set_colour(self.graph.look.colour["muted_text"])
        self._quality.setSingleShot(True)
        self._quality.setInterval(QUALITY_MS)
        self._quality.timeout.connect(self._restore_quality)
        self.view_changed.connect(self._on_view_changed)
        self._motion.valueChanged.connect(self._hurry)
        self.moved.connect(self._on_moved)
        self._building.finished.connect(self._on_built)

    # -- what is shown ---------------------------------------------------------------------------

    def set_graph(
        self, nodes: Iterable[GraphNode], arcs: Iterable[GraphArc], *, animate: bool = False
    ) -> None:
        """Show another graph; what stays keeps its item, its selection and its place on the way.

        Many new nodes appear and many moved ones move little by little, while the window answers.
        """
        held = self._key_moves.held() | (self._gesture.held() if self._gesture else frozenset())
        moves = self.graph.set_graph(nodes, arcs, held)
        for name in self._adrift - held:
            if name in self.graph.nodes:
                moves[name] = self.graph.wanted[name].position
        self._adrift &= held
        if animate and not self._is_motion_reduced and 0 < len(moves) <= MANY_NODES:
            for name in moves:
                self.graph.stay(name)
            self._motion.glide(moves)
        else:
            for name in moves:
                self._motion.drop(name)
            self.graph.place_soon(moves)
        self._building.start(self.graph.steps())
        self._forget_missing()
        self._hint.show_when(not self.graph.wanted)
        self.setAccessibleDescription(
            f"{len(self.graph.wanted)} nodes and {len(self.graph.wanted_arcs)} arcs"
        )

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Follow another palette at once."""
        look = Look(palette)
        self.graph.set_look(look)
        self.overlay.set_look(look)
        self._hint.set_colour(look.colour["muted_text"])
        self.resetCachedContent()
        self.viewport().update()

    def set_refusal(self, refusal: Refusal) -> None:
        """Set what says for (source, target) why no arc is welcome: a cycle, or a sentence."""
        self._refuses = refusal

    def refusal(self, source: str, target: str) -> tuple[str, ...] | str | None:
        """Return the cycle or the sentence for whose sake an arc is refused, or None."""
        return self._refuses(source, target)

    def set_name_check(self, check: NameCheck) -> None:
        """Set what returns, for (id, new name), why the name is not allowed, or an empty text."""
        self._renaming.check = check

    def set_reduced_motion(self, is_reduced: bool) -> None:
        """Say whether nodes jump to a new layout instead of gliding."""
        self._is_motion_reduced = is_reduced

    def set_grid_visible(self, is_visible: bool) -> None:
        """Show or hide the dots."""
        self._has_grid = is_visible
        self.viewport().update()

    def set_empty_hint(self, text: str) -> None:
        """Set the words shown in the middle of a canvas without nodes."""
        self._hint.setText(text)
        self._hint.show_when(not self.graph.nodes)

    def finish_motion(self) -> None:
        """Put nodes that are gliding, or still to come, where they belong."""
        self._building.finish()
        self._motion.finish()

    # -- selection -------------------------------------------------------------------------------

    def selected(self) -> list[str]:
        """Return the ids of the selected nodes in the order of their selection."""
        return list(self._selection.nodes)

    def selected_arcs(self) -> list[GraphArc]:
        """Return the selected arcs."""
        return [self.graph.arcs[arc].arc for arc in self._selection.arcs]

    def set_selected(self, names: Iterable[str]) -> None:
        """Select exactly these nodes and no arcs."""
        self.select(names)

    def select(self, names: Iterable[str] = (), arcs: Iterable[ArcId] = ()) -> None:
        """Select exactly these nodes and arcs, those still to come when they are there."""
        names, arcs = tuple(names), tuple(arcs)
        self._awaited = (names, arcs) if self._building.is_running else None
        if self._selection.choose(names, arcs):
            self.selection_changed.emit()

    def select_all(self) -> None:
        """Select every node and every arc."""
        self.select(self.graph.wanted, self.graph.wanted_arcs)

    # -- the view --------------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """Pixels on the screen for one canvas unit."""
        return self._camera.zoom

    def zoom_in(self) -> None:
        """Zoom in about the middle."""
        self.zoom_about(QPointF(self.viewport().rect().center()), STEP)

    def zoom_out(self) -> None:
        """Zoom out about the middle."""
        self.zoom_about(QPointF(self.viewport().rect().center()), 1 / STEP)

    def zoom_reset(self) -> None:
        """Show one canvas unit as one pixel."""
        self.zoom_about(QPointF(self.viewport().rect().center()), 1 / self.zoom)

    def zoom_about(self, where: QPointF, factor: float) -> None:
        """Zoom about a point of the viewport."""
        self._hurry()
        self._fits_when_built = False
        self._camera.zoom_at(where, factor)
        self.view_changed.emit()

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by so many pixels."""
        self._hurry()
        self._fits_when_built = False
        self._camera.pan(dx, dy)

    def fit(self) -> None:
        """Show the whole graph, once more when the canvas first gets its size."""
        self._wants_fit = not self.isVisible()
        self._fits_when_built = self._building.is_running
        self._camera.fit(self.graph.node_bounds())
        self.view_changed.emit()

    def fit_to(self, rect: QRectF, margin: float) -> None:
        """Show a part of the scene with so many free pixels around it, whatever nodes there are."""
        self._wants_fit = self._fits_when_built = False
        self._camera.fit(rect, margin)
        self.view_changed.emit()

    def fit_selection(self) -> None:
        """Show the selected nodes, everything when there are none."""
        self._camera.fit(self.graph.node_bounds(self.selected() or None))
        self.view_changed.emit()

    def reveal(self, name: str) -> None:
        """Bring a node into sight, moving the picture only when it is out of it."""
        item = self.graph.nodes.get(name)
        if item is None and name in self.graph.wanted:
            self._reveals_when_built = name
        elif item is not None and not self.visible_rect().contains(item.sceneBoundingRect()):
            self.centerOn(item.pos())
            self.view_changed.emit()

    def visible_rect(self) -> QRectF:
        """Return the part of the scene in sight."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def visible_centre(self) -> tuple[float, float]:
        """Return the place in the middle of the viewport."""
        centre = self.visible_rect().center()
        return (centre.x(), centre.y())

    def node_rect(self, name: str) -> QRect:
        """Return where a node is in the viewport."""
        item = self.graph.nodes[name]
        return self.mapFromScene(item.outline.translated(item.pos())).boundingRect()

    def arc_rect(self, arc: ArcId) -> QRect:
        """Return where the label of an arc is in the viewport, or its middle where it has none."""
        item = self.graph.arcs[arc]
        rect = item.label_rect()
        if rect.isEmpty() and item.route is not None:
            rect = QRectF(*item.route.label_at, 0.0, 0.0)
        return self.mapFromScene(rect).boundingRect()

    # -- renaming --------------------------------------------------------------------------------

    def begin_rename(self, name: str) -> None:
        """Open the editor of a node's name over the node."""
        self._renaming.begin(name)

    def end_rename(self) -> None:
        """Close the editor, if one is open, without renaming."""
        self._renaming.end()

    # -- for the gestures ------------------------------------------------------------------------

    def settle(self, names: Iterable[str]) -> None:
        """Stop these nodes where they are: the user takes them."""
        for name in names:
            self.graph.stay(name)
            self._motion.drop(name)

    def take_over(self, gesture: Gesture) -> None:
        """Let another gesture go on with the press."""
        self._gesture = gesture
        self.set_gesture_cursor(gesture.cursor)

    def set_gesture_cursor(self, cursor: Qt.CursorShape | None) -> None:
        """Show a pointer shape, None for the usual one."""
        if cursor is None:
            self.viewport().unsetCursor()
        else:
            self.viewport().setCursor(cursor)

    def node_near(self, point: QPointF) -> NodeItem | None:
        """Return the node that is meant by a point of the scene."""
        return node_at(self.graph, point, self.zoom)

    def hit(self, where: QPointF) -> Hit:
        """Return what lies under a point of the viewport."""
        return hit_at(self.graph, self.to_scene(where), self.zoom)

    def to_scene(self, where: QPointF) -> QPointF:
        """Return the point of the scene under a point of the viewport, to a fraction of a pixel."""
        inverse, _ = self.viewportTransform().inverted()
        return inverse.map(where)

    def drag_to(self, where: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Let the gesture follow the pointer to a point of the viewport."""
        if self._gesture is not None and not self._gesture.survives():
            self.cancel_gesture()
        if self._gesture is not None:
            self._hurry()
            self._gesture.drag(self.to_scene(where), modifiers)

    def remark(self, text: str) -> None:
        """Say something about the arc that is being drawn, if one is."""
        if self._gesture is not None:
            self._gesture.remark(text)

    def cancel_gesture(self) -> bool:
        """Give up what the mouse is doing; return whether it was doing anything."""
        gesture, self._gesture = self._gesture, None
        if gesture is None:
            return False
        gesture.cancel()
        self._after_gesture()
        return True

    @property
    def current(self) -> str | None:
        """The node that the keyboard is at."""
        return self._current

    def set_current(self, name: str | None) -> None:
        """Put the keyboard's ring on a node, or take it away."""
        if self._current in self.graph.nodes:
            self.graph.nodes[self._current].mark(is_focused=False)
        self._current = name if name in self.graph.nodes else None
        if self._current is not None:
            self.graph.nodes[self._current].mark(is_focused=self.hasFocus())

    def set_space(self, is_down: bool) -> None:
        """Say whether the space bar makes a drag move the picture."""
        self._has_space = is_down
        self.set_gesture_cursor(Qt.CursorShape.OpenHandCursor if is_down else None)

    # -- events ----------------------------------------------------------------------------------

    def mousePressEvent(self, press: QMouseEvent) -> None:
        """Begin the gesture that belongs to what was pressed."""
        if self._gesture is not None:
            return
        self._key_moves.finish()
        self.set_current(None)
        self._hovering.leave()
        gesture = gesture_for(self, press, has_space=self._has_space)
        if gesture is not None:
            self.take_over(gesture)
        press.accept()

    def mouseMoveEvent(self, move: QMouseEvent) -> None:
        """Feed the gesture, or show what is under the pointer."""
        if self._gesture is None:
            if not self._has_space:
                self._hovering.at(move.position())
            return
        self.drag_to(move.position(), move.modifiers())
        if self._gesture is not None and self._gesture.scrolls:
            self._edge_scroll.follow(move.position(), move.modifiers())

    def mouseReleaseEvent(self, release: QMouseEvent) -> None:
        """End the gesture."""
        gesture, self._gesture = self._gesture, None
        if gesture is None:
            return
        self._after_gesture()
        if gesture.survives():
            gesture.release(self.to_scene(release.position()), release.modifiers())
        self._hovering.at(release.position())

    def mouseDoubleClickEvent(self, press: QMouseEvent) -> None:
        """Ask for a node on empty canvas, or to open the node that was hit."""
        if press.button() != Qt.MouseButton.LeftButton or self._has_space:
            return
        hit = self.hit(press.position())
        if hit.part == "row":
            self.mousePressEvent(press)
        elif hit.node is not None:
            self.node_activated.emit(hit.node_id)
        elif hit.arc is not None:
            self.arc_activated.emit(hit.arc.arc)
        elif hit.part == "empty":
            at = self.to_scene(press.position())
            self.node_requested.emit(float(round(at.x())), float(round(at.y())))

    def wheelEvent(self, wheel: QWheelEvent) -> None:
        """Zoom at the pointer, or pan when the fingers are on a touch pad."""
        turn_wheel(self, wheel)

    def keyPressEvent(self, key: QKeyEvent) -> None:
        """Do what the key stands for on the canvas."""
        if not handle_key(self, key, self._key_moves):
            super().keyPressEvent(key)

    def keyReleaseEvent(self, key: QKeyEvent) -> None:
        """Let go of the space bar."""
        if key.key() == Qt.Key.Key_Space and not key.isAutoRepeat():
            self.set_space(False)
        super().keyReleaseEvent(key)

    def focusNextPrevChild(self, is_forwards: bool) -> bool:
        """Walk through the nodes with Tab; after the last one the focus goes on."""
        name = next_node(self.graph, self._current, is_forwards=is_forwards)
        if name is None or not self.hasFocus():
            self.set_current(None)
            return super().focusNextPrevChild(is_forwards)
        self.select([name])
        self.set_current(name)
        self.reveal(name)
        return True

    def focusInEvent(self, focus: QFocusEvent) -> None:
        """Show the keyboard's ring."""
        super().focusInEvent(focus)
        self.set_current(self._current)

    def focusOutEvent(self, focus: QFocusEvent) -> None:
        """Hide the keyboard's ring and end a run of arrow keys."""
        super().focusOutEvent(focus)
        self._key_moves.finish()
        self._has_space = False
        self.set_current(self._current)

    def contextMenuEvent(self, menu: QContextMenuEvent) -> None:
        """Select what was hit and ask for its menu."""
        if self._gesture is None:
            ask_for_menu(self, menu)

    def viewportEvent(self, happening: object) -> bool:
        """Show tips, leave the hovered node, and pinch."""
        if self._hovering.take(happening):
            return True
        return super().viewportEvent(happening)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Say that the view changed, however it came about."""
        super().scrollContentsBy(dx, dy)
        self.view_changed.emit()

    def showEvent(self, show: QShowEvent) -> None:
        """Fit anew what was fitted before there was a size to fit to."""
        super().showEvent(show)
        if self._wants_fit:
            self.fit()
            self._wants_fit = False

    def resizeEvent(self, resize: QResizeEvent) -> None:
        """Keep the hint in the middle."""
        super().resizeEvent(resize)
        self._hint.setGeometry(self.viewport().rect())

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the canvas colour and the dots."""
        if self._has_grid:
            paint_background(painter, rect, self.graph.look, self.zoom)
        else:
            painter.fillRect(rect, self.graph.look.colour["canvas"])

    # -- within ----------------------------------------------------------------------------------

    def _after_gesture(self) -> None:
        self._edge_scroll.stop()
        self.overlay.clear()
        self.said.emit("")
        self.set_gesture_cursor(Qt.CursorShape.OpenHandCursor if self._has_space else None)

    def _forget_missing(self) -> None:
        if self._gesture is not None and not self._gesture.survives():
            self.cancel_gesture()
        self._hovering.forget_missing()
        self._key_moves.forget(self.graph.nodes)
        if self._current not in self.graph.nodes:
            self._current = None
        self._renaming.forget_missing()
        if self._selection.forget_missing():
            self.selection_changed.emit()

    @Slot()
    def _hurry(self) -> None:
        """Leave out the smoothing of edges for as long as a large graph is in motion."""
        if len(self.graph.wanted) > MANY_NODES:
            self.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            self._quality.start()

    @Slot(object, bool)
    def _on_moved(self, positions: Mapping[str, tuple[float, float]], is_finished: bool) -> None:
        self._adrift.update(positions)

    @Slot()
    def _on_built(self) -> None:
        """Do what had to wait for nodes that were still to come."""
        awaited, self._awaited = self._awaited, None
        if awaited is not None:
            self.select(*awaited)
        if self._fits_when_built:
            self.fit()
        name, self._reveals_when_built = self._reveals_when_built, ""
        if name:
            self.reveal(name)

    @Slot()
    def _on_view_changed(self) -> None:
        zoom = self.zoom
        self.graph.set_far(zoom < FAR_BELOW)
        self.graph.set_labels(zoom >= LABELS_FROM)
        self.graph.set_patches(zoom < ROWS_BELOW)
        self._renaming.place()

    @Slot()
    def _restore_quality(self) -> None:
        self.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        self.viewport().update()


def _refuses_nothing(source: str, target: str) -> None:
    return None
