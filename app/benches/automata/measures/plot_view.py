"""A widget that paints small plots, follows the pointer and lets a generation be chosen."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.benches.automata.measures.drawing import FOOT_MM, LOWEST_MM, NARROWEST_MM, Drawing
from app.canvas.contrast import luminance
from app.figures.description import FigureOptions, Theme
from app.figures.painter import draw

PIXELS_PER_MM = 3.9
"""On the screen letters of 8 points are then about as large as those of the window."""

LEAST = QSize(220, 120)

Draw = Callable[[FigureOptions, float], Drawing]


class PlotView(QWidget):
    """Paints what `draw` returns for its size."""

    hovered = Signal(object)
    """The value under the pointer along the horizontal axis, None where there is no plot."""
    chosen = Signal(float)
    """The same, where it was clicked."""

    def __init__(self, name: str, tip: str, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._draw: Draw | None = None
        self._palette: Mapping[str, str] = {}
        self._drawn: tuple[QSize, Drawing] | None = None
        self._count = 1
        self.setMinimumSize(LEAST)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setToolTip(tip)

    def show_drawing(self, drawn_by: Draw | None, plots: int = 1) -> None:
        """Show another drawing, of so many plots beside and below each other."""
        self._draw, self._drawn = drawn_by, None
        self._count = plots
        self._ask_for_height()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask_for_height()

    def _ask_for_height(self) -> None:
        """Ask for as much as keeps the plots apart in as many columns as there is width for."""
        columns = max(1, int(self.width() / PIXELS_PER_MM / NARROWEST_MM))
        rows = -(-self._count // columns)
        wanted = round((rows * LOWEST_MM + FOOT_MM) * PIXELS_PER_MM) if rows > 1 else 0
        self.setMinimumHeight(max(LEAST.height(), wanted))

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
            width_mm = max(self.width() / PIXELS_PER_MM, 50.0)
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
            scale = self.width() / drawing.figure.width_mm
            painter.scale(scale, scale)
            draw(drawing.figure, painter)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what is under the pointer; a drag goes on choosing."""
        value = self.value_at(event.position().x(), event.position().y())
        self.hovered.emit(value)
        if value is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self.chosen.emit(value)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the pointer."""
        value = self.value_at(event.position().x(), event.position().y())
        if value is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(value)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self.hovered.emit(None)
        super().leaveEvent(event)

    def value_at(self, x: float, y: float) -> float | None:
        """Return the value along the horizontal axis of the plot at a place in pixels."""
        drawing = self.drawing()
        if drawing is None:
            return None
        scale = self.width() / drawing.figure.width_mm
        for plot in drawing.plots:
            if plot.holds(x / scale, y / scale):
                return min(max(plot.value(x / scale), plot.first), plot.last)
        return None
