"""The panel of the entropy curves, painted by the same hand as their figure."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.benches.processes.curves.figure import SIDE_BY_SIDE_MM, curves_figure, curves_table
from app.benches.processes.panel import PanelContext, ProcessPanel
from app.canvas.contrast import luminance
from app.figures.description import Figure, FigureOptions
from app.figures.painter import draw
from app.graphical.callout import Callout
from app.shell.bench import FigureView
from core.processes.measures import Measures

PIXELS_PER_MM = 3.9
"""On the screen letters of 8 points are then about as large as those of the window."""


class CurvesView(QWidget):
    """Paints the figure of the curves as large as there is room."""

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._found: Measures | None = None
        self._palette: Mapping[str, str] = {}
        self._drawn: tuple[object, QSize, Figure] | None = None
        self._is_stale = False
        self.setMinimumSize(240, 140)
        self.setAccessibleName("Entropy curves and the anatomy of a bit")
        self.setToolTip(
            "H(L): entropy of words of L symbols, in bits; h(L): what the L-th symbol adds, "
            "in bits per symbol; the shaded areas are T and E"
        )

    def show_measures(self, found: Measures | None, *, is_stale: bool) -> None:
        """Show the curves of other measures, faintly where the machine has changed since."""
        if found is not self._found:
            self._drawn = None
        self._found, self._is_stale = found, is_stale
        self.update()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._palette, self._drawn = palette, None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the figure."""
        if not self._palette:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._palette["canvas"]))
        if self._found is not None:
            if self._drawn is None or self._drawn[1] != self.size():
                self._drawn = (self._found, self.size(), self._figure(self._found))
            figure = self._drawn[2]
            scale = min(self.width() / figure.width_mm, self.height() / figure.height_mm)
            painter.translate((self.width() - figure.width_mm * scale) / 2, 0)
            painter.scale(scale, scale)
            painter.setOpacity(0.45 if self._is_stale else 1.0)
            draw(figure, painter)
        painter.end()

    def _figure(self, found: Measures) -> Figure:
        theme = "dark" if luminance(self._palette["canvas"]) < 0.3 else "light"
        width_mm = max(self.width() / PIXELS_PER_MM, SIDE_BY_SIDE_MM)
        height_mm = self.height() * width_mm / max(self.width(), 1)
        family = self.font().family()
        options = FigureOptions(width_mm, theme, family, font_pt=8.0)
        return curves_figure(found, options, height_mm=height_mm)


class CurvesPanel(ProcessPanel):
    """Follows the measures of the machine while it is in sight."""

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self.view = CurvesView(self)
        self.callout = Callout("Normalise rows", self)
        self.callout.button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addWidget(self.callout)
        layout.addWidget(self.view, 1)

    def set_current(self, is_current: bool) -> None:
        updated = self.surroundings.measuring.updated
        if is_current:
            updated.connect(self._refresh)
            self._refresh()
        else:
            updated.disconnect(self._refresh)

    def views(self) -> list[FigureView]:
        found = self.surroundings.measuring.measured.measures
        if found is None:
            return []
        return [
            FigureView(
                "curves",
                "Entropy curves",
                lambda options: curves_figure(found, options),
                lambda: curves_table(found),
            )
        ]

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        self.view.apply_palette(palette)
        self.callout.apply_palette(palette)

    @Slot()
    def _refresh(self) -> None:
        measured = self.surroundings.measuring.measured
        if measured.problem:
            self.callout.show_text(measured.problem)
        else:
            self.callout.hide()
        self.view.show_measures(measured.measures, is_stale=bool(measured.problem))
        self.state_changed.emit()
