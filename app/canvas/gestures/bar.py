"""Clicking a bar, or dragging it to a value."""

from PySide6.QtCore import QPointF, Qt

from app.canvas.geometry import Row
from app.canvas.gestures.base import Gesture, Modifiers
from app.canvas.gestures.move import MoveGesture
from app.canvas.node_item import NodeItem


class BarGesture(Gesture):
    """A press on a row: a click, a horizontal drag of the bar, or after all a move of the node."""

    scrolls = False

    def __init__(self, canvas: object, start: QPointF, node: NodeItem, row: Row) -> None:
        super().__init__(canvas, start)
        self._name = node.node.id
        self._row = row
        self._can_drag = node.is_on_track(row, start)
        self._value: float | None = None

    def survives(self) -> bool:
        """Return whether the node still has the bar."""
        item = self.canvas.graph.nodes.get(self._name)
        return item is not None and self._row.index < len(item.node.bars)

    def drag(self, at: QPointF, modifiers: Modifiers) -> None:
        """Set the bar to the pointer, or hand over to a move when the way is not along it."""
        if self._value is None:
            if self.is_click(at):
                return
            way = at - self.start
            if not self._can_drag or abs(way.y()) > abs(way.x()):
                self._move_instead(at, modifiers)
                return
            self.canvas.set_gesture_cursor(Qt.CursorShape.SizeHorCursor)
        item = self.canvas.graph.nodes[self._name]
        self._value = item.value_at(self._row, at)
        self.canvas.bar_dragged.emit(self._name, self._row.index, self._value, False)

    def release(self, at: QPointF, modifiers: Modifiers) -> None:
        """Report the click or the last value."""
        if self._value is None:
            self.canvas.bar_clicked.emit(self._name, self._row.index)
        else:
            self.canvas.bar_dragged.emit(self._name, self._row.index, self._value, True)

    def cancel(self) -> None:
        """Ask for the value from before the drag."""
        if self._value is not None:
            self.canvas.bar_drag_cancelled.emit(self._name, self._row.index)

    def _move_instead(self, at: QPointF, modifiers: Modifiers) -> None:
        item = self.canvas.graph.nodes[self._name]
        move = MoveGesture(self.canvas, self.start, item, modifiers)
        self.canvas.take_over(move)
        move.drag(at, modifiers)
