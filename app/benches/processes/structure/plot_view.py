"""A plot on the screen: what is under the pointer is told, and its window is dragged."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from app.benches.processes.structure.drawing import Drawing
from app.graphical.drawing_view import DrawingView

REACH = 9.0
"""Pixels between the pointer and what it means."""


class PlotView(DrawingView):
    """Paints a `Drawing`; it tells about the spot that is nearest to the pointer."""

    window_asked = Signal(int, int)

    def __init__(self, name: str, tip: str, owner: QWidget | None = None) -> None:
        super().__init__(name, tip, owner)
        self._held: int | None = None

    def text_at(self, at: QPointF) -> str:
        drawing: Drawing | None = self.drawing()
        if drawing is None or not drawing.spots:
            return ""
        scale = self._scale(drawing)

        def away(place: tuple[float, float]) -> float:
            x, y = place[0] * scale - at.x(), place[1] * scale - at.y()
            return float(x * x + y * y)

        nearest = min(drawing.spots, key=lambda spot: away((spot.x, spot.y)))
        return nearest.text if away((nearest.x, nearest.y)) <= REACH**2 else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of an end of the window."""
        self._held = self._end_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the end that is held, a whole level at a time."""
        drawing = self.drawing()
        if self._held is None or drawing is None or drawing.plot is None or not drawing.window:
            over = self._end_at(event.position())
            shape = Qt.CursorShape.SplitHCursor if over is not None else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            return
        level = round(drawing.plot.x_at(event.position().x() / self._scale(drawing)))
        ends = [round(drawing.window[0]), round(drawing.window[1])]
        if level != ends[self._held]:
            ends[self._held] = level
            self.window_asked.emit(ends[0], ends[1])

    def _end_at(self, at: QPointF) -> int | None:
        drawing = self.drawing()
        if drawing is None or drawing.plot is None or drawing.window is None:
            return None
        scale = self._scale(drawing)
        for end, value in enumerate(drawing.window):
            if abs(drawing.plot.at(value, 0.0)[0] * scale - at.x()) <= REACH:
                return end
        return None
