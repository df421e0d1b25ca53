"""Dragging the picture itself."""

from PySide6.QtCore import QPointF, Qt

from app.canvas.gestures.base import Gesture, Modifiers


class PanGesture(Gesture):
    """Keeps the point that was pressed under the pointer."""

    cursor = Qt.CursorShape.ClosedHandCursor
    scrolls = False

    def drag(self, at: QPointF, modifiers: Modifiers) -> None:
        """Move the picture along with the pointer."""
        way = (at - self.start) * self.canvas.zoom
        self.canvas.pan(way.x(), way.y())
