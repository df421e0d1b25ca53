"""A widget that paints a figure for its size and tells where on the sheet the pointer is."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.canvas.contrast import luminance
from app.figures.description import Figure, FigureOptions, Theme
from app.figures.painter import draw

PIXELS_PER_MM = 3.9
"""On the screen letters of 8 points are then about as large as those of the window."""

Draw = Callable[[FigureOptions, float], Figure]


class SheetView(QWidget):
    """Paints what `draw` returns for its size."""

    clicked = Signal(float, float)
    """Millimetres on the sheet."""

    def __init__(
        self,
        name: str,
        tip: str,
        told_at: Callable[[float, float], str] = lambda x, y: "",
        owner: QWidget | None = None,
    ) -> None:
        super().__init__(owner)
        self._draw: Draw | None = None
        self._told_at = told_at
        self._palette: Mapping[str, str] = {}
        self._drawn: tuple[QSize, Figure] | None = None
        self.setMinimumSize(220, 120)
        self.setAccessibleName(name)
        self.setToolTip(tip)

    def show_drawing(self, drawn_by: Draw | None) -> None:
        """Show another figure."""
        self._draw, self._drawn = drawn_by, None
        self.update()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._palette, self._drawn = palette, None
        self.update()

    def options(self) -> FigureOptions:
        """Return how a figure has to be to fill this widget."""
        theme: Theme = "dark" if luminance(self._palette["canvas"]) < 0.3 else "light"
        return FigureOptions(
            max(self.width() / PIXELS_PER_MM, 50.0), theme, self.font().family(), font_pt=8.0
        )

    def figure(self) -> Figure | None:
        """Return what is drawn at the present size."""
        if self._draw is None or not self._palette:
            return None
        if self._drawn is None or self._drawn[0] != self.size():
            options = self.options()
            height_mm = self.height() * options.width_mm / max(self.width(), 1)
            self._drawn = (self.size(), self._draw(options, height_mm))
        return self._drawn[1]

    def scale(self) -> float:
        """Return how many pixels a millimetre of the sheet has."""
        return self.width() / max(self.width() / PIXELS_PER_MM, 50.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the figure."""
        if not self._palette:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._palette["canvas"]))
        figure = self.figure()
        if figure is not None:
            painter.scale(self.scale(), self.scale())
            draw(figure, painter)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Tell about what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            x, y = event.pos().x() / self.scale(), event.pos().y() / self.scale()
            QToolTip.showText(event.globalPos(), self._told_at(x, y) or self.toolTip(), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell where it was clicked."""
        if event.button() == Qt.MouseButton.LeftButton and self._draw is not None:
            place = event.position() / self.scale()
            self.clicked.emit(place.x(), place.y())
