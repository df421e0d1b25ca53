"""A widget that paints a drawing, tells what is under the pointer and has a window dragged."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.benches.processes.structure.drawing import Drawing
from app.canvas.contrast import luminance
from app.figures.description import FigureOptions, Theme
from app.figures.painter import draw

PIXELS_PER_MM = 3.9
REACH = 9.0
"""Pixels between the pointer and what it means."""

Draw = Callable[[FigureOptions, float], Drawing]


class PlotView(QWidget):
    """Paints what `draw` returns for its size."""

    window_asked = Signal(int, int)

    def __init__(self, name: str, tip: str, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._draw: Draw | None = None
        self._palette: Mapping[str, str] = {}
        self._drawn: tuple[QSize, Drawing] | None = None
        self._is_stale = False
        self._held: int | None = None
        self.setMinimumSize(150, 140)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setToolTip(tip)

    def show_drawing(self, drawn_by: Draw | None, *, is_stale: bool = False) -> None:
        """Show another drawing, faintly where the machine has changed since."""
        self._draw, self._is_stale, self._drawn = drawn_by, is_stale, None
        self.update()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._palette, self._drawn = palette, None
        self.update()

    def drawing(self) -> Drawing | None:
        """Return what is drawn at the present size."""
        if self._draw is None or not self._palette:
            return None
        if self._drawn is None or self._drawn[0] != self.size():
            theme: Theme = "dark" if luminance(self._palette["canvas"]) < 0.3 else "light"
            width_mm = max(self.width() / PIXELS_PER_MM, 60.0)
            height_mm = self.height() * width_mm / max(self.width(), 1)
            options = FigureOptions(width_mm, theme, self.font().family(), font_pt=8.0)
            self._drawn = (self.size(), self._draw(options, height_mm))
        return self._drawn[1]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the figure."""
        if not self._palette:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._palette["canvas"]))
        drawing = self.drawing()
        if drawing is not None:
            painter.scale(self._scale(drawing), self._scale(drawing))
            painter.setOpacity(0.45 if self._is_stale else 1.0)
            draw(drawing.figure, painter)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Tell about the nearest spot where there is one, else about the plot."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self.text_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), text or self.toolTip(), self)
            return True
        return super().event(event)

    def text_at(self, at: QPointF) -> str:
        """Return what is told about a place."""
        drawing = self.drawing()
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

    def _scale(self, drawing: Drawing) -> float:
        return float(self.width() / drawing.figure.width_mm)
