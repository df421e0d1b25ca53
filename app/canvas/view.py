"""The graph canvas: shows nodes and arcs, and says what the user wants done to them."""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QPointF, Qt, Slot
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.canvas.edge_scroll import EdgeScroll
from app.canvas.gestures.base import Gesture
from app.canvas.graph_view import GraphView
from app.canvas.hit_test import Hit, hit_at, node_at
from app.canvas.hovering import Hovering
from app.canvas.key_moves import KeyMoves
from app.canvas.keyboard import handle_key, next_node
from app.canvas.menus import ask_for_menu
from app.canvas.node_item import NodeItem
from app.canvas.overlay import Overlay
from app.canvas.pressing import gesture_for
from app.canvas.rename_editor import NameCheck
from app.canvas.renaming import Renaming
from app.canvas.wheel import turn_wheel

Refusal = Callable[[str, str], tuple[str, ...] | str | None]


class GraphCanvas(GraphView):
    """A zoomable graph that never edits: every signal is an intention for the owner to act on.

    The owner changes its model and calls `set_graph`. Moves in progress are shown by the canvas
    itself, so an owner may wait for the finished one; a cancelled move ends with the places from
    before.
    """

    def __init__(self, palette: Mapping[str, str], owner: QWidget | None = None) -> None:
        super().__init__(palette, owner)
        self.overlay = Overlay(self.graph)
        self.allows_loops = False
        self.allows_parallel = False
        self.is_picking = False
        """Whether a click on a node picks it (`node_picked`) instead of selecting or observing."""
        self._hovering = Hovering(self)
        self._key_moves = KeyMoves(self)
        self._gesture: Gesture | None = None
        self._renaming = Renaming(self)
        self._edge_scroll = EdgeScroll(self)
        self._current: str | None = None
        self._refuses: Refusal = _refuses_nothing
        self._has_space = False
        self._set_up()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)

    # -- what is shown ---------------------------------------------------------------------------

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Follow another palette at once."""
        super().apply_palette(palette)
        self.overlay.set_look(self.graph.look)

    def set_refusal(self, refusal: Refusal) -> None:
        """Set what says for (source, target) why no arc is welcome: a cycle, or a sentence."""
        self._refuses = refusal

    def refusal(self, source: str, target: str) -> tuple[str, ...] | str | None:
        """Return the cycle or the sentence for whose sake an arc is refused, or None."""
        return self._refuses(source, target)

    def set_name_check(self, check: NameCheck) -> None:
        """Set what returns, for (id, new name), why the name is not allowed, or an empty text."""
        self._renaming.check = check

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

    # -- within ----------------------------------------------------------------------------------

    def _after_gesture(self) -> None:
        self._edge_scroll.stop()
        self.overlay.clear()
        self.said.emit("")
        self.set_gesture_cursor(Qt.CursorShape.OpenHandCursor if self._has_space else None)

    def _held(self) -> AbstractSet[str]:
        gesture = self._gesture
        return self._key_moves.held() | (gesture.held() if gesture else frozenset())

    def _forget_missing(self) -> None:
        if self._gesture is not None and not self._gesture.survives():
            self.cancel_gesture()
        self._hovering.forget_missing()
        self._key_moves.forget(self.graph.nodes)
        if self._current not in self.graph.nodes:
            self._current = None
        self._renaming.forget_missing()
        super()._forget_missing()

    @Slot()
    def _on_view_changed(self) -> None:
        super()._on_view_changed()
        self._renaming.place()


def _refuses_nothing(source: str, target: str) -> None:
    return None
