"""A widget that shows a drawing and reads it where it is pointed at."""

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from app.benches.boundaries.plots.drawing import Drawing
from app.figures.description import Figure
from app.figures.painter import draw
from app.graphical.drawing_view import STALE_OPACITY, DrawingView


class SheetView(DrawingView):
    """Paints a `Drawing` for its size; what is read off it is painted over a kept picture."""

    least_width_mm = 40.0

    def __init__(self, name: str, tip: str, owner: QWidget | None = None) -> None:
        super().__init__(name, tip, owner)
        self.at: float | None = None
        self._kept: tuple[Drawing, float, QPixmap] | None = None
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture that is kept, and over it what is read."""
        drawing: Drawing | None = self.drawing()
        if drawing is None:
            super().paintEvent(event)
            return
        ratio = self.devicePixelRatioF()
        if self._kept is None or self._kept[0] is not drawing or self._kept[1] != ratio:
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(self._palette["canvas"])
            self._paint(drawing.figure, picture, self._scale(drawing))
            self._kept = (drawing, ratio, picture)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._kept[2])
        if self.at is not None and drawing.reading is not None and not self._is_stale:
            painter.scale(self._scale(drawing), self._scale(drawing))
            figure = drawing.figure
            over = Figure(
                figure.width_mm,
                figure.height_mm,
                drawing.reading(self.at),
                background=None,
                font_family=figure.font_family,
            )
            draw(over, painter)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read what is under the pointer."""
        self._read(self.value_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Read nothing."""
        self._read(None)
        super().leaveEvent(event)

    def _read(self, at: float | None) -> None:
        if at != self.at:
            self.at = at
            self.update()

    def _paint(self, figure: Figure, picture: QPixmap, scale: float) -> None:
        painter = QPainter(picture)
        painter.setOpacity(STALE_OPACITY if self._is_stale else 1.0)
        painter.scale(scale, scale)
        draw(figure, painter)
        painter.end()
