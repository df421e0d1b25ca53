"""A probability as a number on a patch that is as wide as it is probable."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from app.benches.networks.questions.painted_delegate import PaintedDelegate

INSET = 3.0
STRENGTH = 0.32


class ProbabilityDelegate(PaintedDelegate):
    """Shades a cell up to ``value(row)``."""

    def __init__(
        self, value: Callable[[Any], float], text: Callable[[Any], str], owner: object
    ) -> None:
        super().__init__(owner)
        self._value, self._text = value, text

    def draw(self, painter: QPainter, rect: QRectF, row: Any) -> None:
        value = self._value(row)
        if value == value:  # an impossible condition has no number
            painter.setOpacity(STRENGTH)
            room = rect.adjusted(-4.0, INSET, 4.0, -INSET)
            room.setWidth(room.width() * min(1.0, max(0.0, value)))
            if room.width() > 0.5:
                self.bar(painter, room, "bar")
            painter.setOpacity(1.0)
        painter.setPen(self.colour["text"])
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, side, self._text(row))
