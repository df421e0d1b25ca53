"""Scrolling on while something is dragged to the edge of the viewport."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Slot

if TYPE_CHECKING:
    from app.canvas.view import GraphCanvas

EDGE_PIXELS = 22.0
FASTEST = 18.0
INTERVAL_MS = 16


class EdgeScroll(QObject):
    """Moves the picture while the pointer of a gesture stays near an edge, faster further out."""

    def __init__(self, canvas: "GraphCanvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._where = QPointF()
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._scroll)

    def follow(self, where: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Take notice of where the pointer is in the viewport."""
        self._where, self._modifiers = where, modifiers
        if self._speed() == (0.0, 0.0):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Scroll no more."""
        self._timer.stop()

    def _speed(self) -> tuple[float, float]:
        room = self._canvas.viewport().rect()
        return (
            _beyond(self._where.x(), room.width()),
            _beyond(self._where.y(), room.height()),
        )

    @Slot()
    def _scroll(self) -> None:
        across, down = self._speed()
        self._canvas.pan(-across, -down)
        self._canvas.drag_to(self._where, self._modifiers)


def _beyond(at: float, extent: float) -> float:
    """Return pixels a tick: negative near the start, positive near the end, else 0."""
    if at < EDGE_PIXELS:
        return -min(FASTEST, (EDGE_PIXELS - at) / 2)
    if at > extent - EDGE_PIXELS:
        return min(FASTEST, (at - extent + EDGE_PIXELS) / 2)
    return 0.0
