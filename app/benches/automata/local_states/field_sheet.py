"""A sheet that tells at once where the pointer is, and fades where its world has changed."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.benches.automata.ensembles.sheet import SheetView
from app.benches.automata.local_states.tips import show_left_of
from app.graphical.drawing_view import STALE_OPACITY


class FieldSheet(SheetView):
    """Emits places in millimetres as the pointer moves over it."""

    hovered = Signal(float, float)
    left_behind = Signal()

    def __init__(
        self,
        name: str,
        tip: str,
        told_at: Callable[[float, float], str],
        owner: QWidget | None = None,
    ) -> None:
        super().__init__(name, tip, told_at, owner)
        self._is_stale = False
        self.setMouseTracking(True)

    def fade(self, is_stale: bool) -> None:
        """Show what is drawn faintly, or plainly."""
        self._is_stale = is_stale
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the figure, under a veil where it is of something earlier."""
        super().paintEvent(event)
        if self._is_stale and self._palette:
            veil = QColor(self._palette["canvas"])
            veil.setAlphaF(1.0 - STALE_OPACITY)
            painter = QPainter(self)
            painter.fillRect(self.rect(), veil)
            painter.end()

    def event(self, event: QEvent) -> bool:
        """Tell about what is under the pointer, not over what is beside the sheet."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            x, y = event.pos().x() / self.scale(), event.pos().y() / self.scale()
            right = self.mapToGlobal(self.rect().topRight()).x()
            show_left_of(right, event.globalPos(), self._told_at(x, y) or self.toolTip(), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell where the pointer is."""
        place = event.position() / self.scale()
        self.hovered.emit(place.x(), place.y())

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that it is gone."""
        self.left_behind.emit()
        super().leaveEvent(event)
