"""What turning the wheel does: zoom at the pointer, or pan for a touch pad and with Shift."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputDevice, QWheelEvent

if TYPE_CHECKING:
    from app.canvas.view import GraphCanvas

ZOOM_PER_UNIT = 1.0015
PIXELS_PER_UNIT = 0.5
"""One notch of a wheel is 120 units."""


def turn_wheel(canvas: "GraphCanvas", wheel: QWheelEvent) -> None:
    """Zoom or pan by one turn of the wheel."""
    modifiers = wheel.modifiers()
    if not modifiers & Qt.KeyboardModifier.ControlModifier and is_touch_pad(wheel):
        way = wheel.pixelDelta() if not wheel.pixelDelta().isNull() else _pixels(wheel)
        canvas.pan(way.x(), way.y())
    elif modifiers & Qt.KeyboardModifier.ShiftModifier:
        way = _pixels(wheel)
        canvas.pan(way.x() + way.y(), 0.0)
    else:
        canvas.zoom_about(wheel.position(), ZOOM_PER_UNIT ** wheel.angleDelta().y())
    wheel.accept()


def is_touch_pad(wheel: QWheelEvent) -> bool:
    """Return whether two fingers moved rather than a wheel."""
    if wheel.device().type() == QInputDevice.DeviceType.TouchPad:
        return True
    return wheel.phase() != Qt.ScrollPhase.NoScrollPhase and not wheel.pixelDelta().isNull()


def _pixels(wheel: QWheelEvent) -> QPoint:
    return wheel.angleDelta() * PIXELS_PER_UNIT
