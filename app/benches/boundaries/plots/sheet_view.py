"""A widget that shows a drawing and tells which generation is pointed at."""

from PySide6.QtCore import QEvent, QPointF, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from app.benches.boundaries.plots.drawing import Drawing
from app.graphical.drawing_view import DrawingView


class SheetView(DrawingView):
    """Paints a `Drawing` for its size."""

    hovered = Signal(object)
    """The value under the pointer along the horizontal axis, None where there is no plot."""

    least_width_mm = 40.0

    def __init__(self, name: str, tip: str, owner: QWidget | None = None) -> None:
        super().__init__(name, tip, owner)
        self.setMinimumWidth(200)

    def text_at(self, at: QPointF) -> str:
        """Return what is told about a place in pixels."""
        drawing: Drawing | None = self.drawing()
        if drawing is None:
            return ""
        scale = self._scale(drawing)
        return drawing.told(at.x() / scale, at.y() / scale)

    def value_at(self, at: QPointF) -> float | None:
        """Return the value along the horizontal axis of the plot at a place in pixels."""
        drawing: Drawing | None = self.drawing()
        if drawing is None:
            return None
        scale = self._scale(drawing)
        left, top = at.x() / scale, at.y() / scale
        for plot in drawing.plots:
            if plot.holds(left, top):
                return min(max(plot.value(left), plot.x[0]), plot.x[1])
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what is under the pointer."""
        self.hovered.emit(self.value_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self.hovered.emit(None)
        super().leaveEvent(event)
