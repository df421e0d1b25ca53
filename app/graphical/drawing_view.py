"""A widget that paints a figure made for its size, and tells about what is pointed at."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QSize
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.canvas.contrast import luminance
from app.figures.description import FigureOptions, Theme
from app.figures.painter import draw

PIXELS_PER_MM = 3.9
"""On the screen letters of 8 points are then about as large as those of the window."""

STALE_OPACITY = 0.45

Draw = Callable[[FigureOptions, float], Any]
"""Returns, for options and a height in mm, something with a `figure`."""


class DrawingView(QWidget):
    """Paints what `draw` returns for its size; `name` and `tip` are those of the empty place."""

    least_width_mm = 60.0
    """A narrower widget shows a figure this wide in smaller letters."""

    def __init__(self, name: str, tip: str, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._draw: Draw | None = None
        self._palette: Mapping[str, str] = {}
        self._drawn: tuple[QSize, Any] | None = None
        self._is_stale = False
        self.setMinimumSize(150, 140)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setToolTip(tip)

    def show_drawing(self, drawn_by: Draw | None, *, is_stale: bool = False) -> None:
        """Show another drawing, faintly where what it is of has changed since."""
        self._draw, self._is_stale, self._drawn = drawn_by, is_stale, None
        self.update()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._palette, self._drawn = palette, None
        self.update()

    def drawing(self) -> Any:
        """Return what is drawn at the present size, None while there is nothing."""
        if self._draw is None or not self._palette:
            return None
        if self._drawn is None or self._drawn[0] != self.size():
            theme: Theme = "dark" if luminance(self._palette["canvas"]) < 0.3 else "light"
            width_mm = max(self.width() / PIXELS_PER_MM, self.least_width_mm)
            height_mm = self.height() * width_mm / max(self.width(), 1)
            options = FigureOptions(width_mm, theme, self.font().family(), font_pt=8.0)
            self._drawn = (self.size(), self._draw(options, height_mm))
        return self._drawn[1]

    def text_at(self, at: QPointF) -> str:
        """Return what is told about a place in pixels, nothing where the tip of all is."""
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the figure."""
        if not self._palette:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._palette["canvas"]))
        drawing = self.drawing()
        if drawing is not None:
            painter.scale(self._scale(drawing), self._scale(drawing))
            painter.setOpacity(STALE_OPACITY if self._is_stale else 1.0)
            draw(drawing.figure, painter)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Tell about the place that is pointed at where there is something to tell."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self.text_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), text or self.toolTip(), self)
            return True
        return super().event(event)

    def _scale(self, drawing: Any) -> float:
        """Return how many pixels a millimetre of the figure has."""
        return float(self.width() / drawing.figure.width_mm)
