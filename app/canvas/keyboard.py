"""What keys do on the canvas, beside the actions of the menus."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.canvas.key_moves import KeyMoves
from app.canvas.scene import GraphScene

if TYPE_CHECKING:
    from app.canvas.view import GraphCanvas

PAN_PIXELS = 40.0
_PANS = {
    Qt.Key.Key_Left: (PAN_PIXELS, 0.0),
    Qt.Key.Key_Right: (-PAN_PIXELS, 0.0),
    Qt.Key.Key_Up: (0.0, PAN_PIXELS),
    Qt.Key.Key_Down: (0.0, -PAN_PIXELS),
}
_ARROW_MODIFIERS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def handle_key(canvas: "GraphCanvas", press: QKeyEvent, key_moves: KeyMoves) -> bool:
    """Do what a key means here; return whether it meant anything."""
    key = press.key()
    if key in _PANS:
        return _arrow(canvas, press, key_moves)
    if press.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    if key == Qt.Key.Key_Escape:
        return _escape(canvas)
    if key == Qt.Key.Key_Space:
        if not press.isAutoRepeat():
            canvas.set_space(True)
    elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        key_moves.finish()
        canvas.delete_requested.emit()
    elif key == Qt.Key.Key_F2:
        return _rename(canvas)
    elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return _activate(canvas)
    else:
        return False
    return True


def next_node(graph: GraphScene, current: str | None, *, is_forwards: bool) -> str | None:
    """Return the node after `current` in reading order, None past the last one."""
    order = sorted(
        graph.nodes, key=lambda name: (graph.nodes[name].pos().y(), graph.nodes[name].pos().x())
    )
    if not is_forwards:
        order.reverse()
    if current not in graph.nodes:
        return order[0] if order else None
    place = order.index(current) + 1
    return order[place] if place < len(order) else None


def _arrow(canvas: "GraphCanvas", press: QKeyEvent, key_moves: KeyMoves) -> bool:
    if press.modifiers() & ~_ARROW_MODIFIERS:
        return False
    is_far = bool(press.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if not key_moves.press(press.key(), is_far=is_far):
        canvas.pan(*_PANS[press.key()])
    return True


def _escape(canvas: "GraphCanvas") -> bool:
    """Give up the gesture, or else the selection; with neither the key is someone else's."""
    if canvas.cancel_gesture():
        return True
    if canvas.selected() or canvas.selected_arcs():
        canvas.select()
        return True
    return False


def _rename(canvas: "GraphCanvas") -> bool:
    names = canvas.selected()
    if len(names) == 1:
        canvas.begin_rename(names[0])
    return len(names) == 1


def _activate(canvas: "GraphCanvas") -> bool:
    names = canvas.selected()
    if canvas.current is not None:
        canvas.node_activated.emit(canvas.current)
    elif len(names) == 1:
        canvas.node_activated.emit(names[0])
    else:
        return False
    return True
