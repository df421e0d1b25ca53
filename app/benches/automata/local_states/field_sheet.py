"""A sheet that tells at once where the pointer is."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from app.benches.automata.ensembles.sheet import SheetView


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
        self.setMouseTracking(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell where the pointer is."""
        place = event.position() / self.scale()
        self.hovered.emit(place.x(), place.y())

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that it is gone."""
        self.left_behind.emit()
        super().leaveEvent(event)
