"""The life of a mouse gesture: moves, then a release or a cancel."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

if TYPE_CHECKING:
    from app.canvas.view import GraphCanvas

DRAG_PIXELS = 4.0
"""A press that moves less is a click."""

Modifiers = Qt.KeyboardModifier


class Gesture:
    """One press of the mouse, from the press to its end; places are points of the scene."""

    cursor: Qt.CursorShape | None = None
    scrolls = True
    """Whether the picture moves on while the pointer is near an edge."""

    def __init__(self, canvas: "GraphCanvas", start: QPointF) -> None:
        self.canvas = canvas
        self.start = start

    def drag(self, at: QPointF, modifiers: Modifiers) -> None:
        """Follow the pointer."""

    def release(self, at: QPointF, modifiers: Modifiers) -> None:
        """Do what the gesture meant."""

    def cancel(self) -> None:
        """Leave everything as it was at the press."""

    def survives(self) -> bool:
        """Return whether the nodes that it holds are still there."""
        return True

    def held(self) -> frozenset[str]:
        """Return the nodes that the gesture is moving."""
        return frozenset()

    def remark(self, text: str) -> None:
        """Show a few words about what the gesture would do."""

    def is_click(self, at: QPointF) -> bool:
        """Return whether the pointer is still where it was pressed."""
        way = at - self.start
        reach = DRAG_PIXELS / self.canvas.zoom
        return abs(way.x()) <= reach and abs(way.y()) <= reach
