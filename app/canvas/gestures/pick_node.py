"""Picking a node for something else than the selection."""

from PySide6.QtCore import QPointF, Qt

from app.canvas.gestures.base import Gesture, Modifiers
from app.canvas.gestures.move import MoveGesture
from app.canvas.node_item import NodeItem


class PickNodeGesture(Gesture):
    """A click anywhere on a node, its bars included, picks it; a drag moves it as ever."""

    cursor = Qt.CursorShape.PointingHandCursor

    def __init__(self, canvas: object, start: QPointF, node: NodeItem) -> None:
        super().__init__(canvas, start)
        self._name = node.node.id

    def survives(self) -> bool:
        """Return whether the node is still there."""
        return self._name in self.canvas.graph.nodes

    def drag(self, at: QPointF, modifiers: Modifiers) -> None:
        """Hand over to a move once the pointer has left its place."""
        if not self.is_click(at):
            move = MoveGesture(
                self.canvas, self.start, self.canvas.graph.nodes[self._name], modifiers
            )
            self.canvas.take_over(move)
            move.drag(at, modifiers)

    def release(self, at: QPointF, modifiers: Modifiers) -> None:
        """Say which node was picked."""
        self.canvas.node_picked.emit(self._name)
