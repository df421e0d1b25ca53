"""A slider whose handle moves a twentieth as far as the pointer while Shift is held."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSlider, QWidget

SLOWER = 20
FINE_STEPS = 10
"""So many fine steps make the step of an arrow key."""

WAYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
}


class FineSlider(QSlider):
    """Positions are fine steps; without Shift the handle keeps to every tenth of them.

    Attributes
    ----------
    is_fine : bool
        Whether the last move was one with Shift, or one of the arrow keys.
    """

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, owner)
        self.is_fine = False
        self._from: tuple[float, int] | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = None
        self.is_fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.is_fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if not (self.is_fine and self.isSliderDown()):
            self._from = None
            super().mouseMoveEvent(event)
            return
        at = event.position().x()
        if self._from is None:
            self._from = at, self.sliderPosition()
        span = self.maximum() - self.minimum()
        way = (at - self._from[0]) * span / max(self.width(), 1) / SLOWER
        self.setSliderPosition(self._from[1] + round(way))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = WAYS.get(event.key())
        self.is_fine = way is not None
        if way is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.setValue(self.value() + way)
            return
        super().keyPressEvent(event)
