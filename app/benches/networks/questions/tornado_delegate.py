"""One bar of a tornado plot: the range of the target around its value now."""

from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from app.benches.networks.questions.painted_delegate import PaintedDelegate

BAR_HEIGHT = 12.0


class TornadoDelegate(PaintedDelegate):
    """Draws rows with ``at_start`` and ``at_stop`` on one scale around `base`.

    What a smaller parameter does is drawn in one colour, what a larger does in another.
    """

    def __init__(self, owner: object) -> None:
        super().__init__(owner)
        self.base = 0.5
        self.low, self.high = 0.0, 1.0

    def set_scale(self, low: float, base: float, high: float) -> None:
        """Set the ends of the scale and where the plot stands."""
        room = max(high - low, 1e-12) * 0.04
        self.low, self.base, self.high = low - room, base, high + room

    def place(self, rect: QRectF, value: float) -> float:
        """Return where a probability is."""
        share = (value - self.low) / (self.high - self.low)
        return rect.left() + share * rect.width()

    def draw(self, painter: QPainter, rect: QRectF, row: Any) -> None:
        base = self.place(rect, self.base)
        top = rect.center().y() - BAR_HEIGHT / 2
        for value, role in ((row.at_start, "category_5"), (row.at_stop, "bar")):
            end = self.place(rect, value)
            if abs(end - base) > 0.5:
                left = min(base, end)
                self.bar(painter, QRectF(left, top, abs(end - base), BAR_HEIGHT), role)
        painter.setPen(QPen(self.colour["text"], 1.2))
        painter.drawLine(QPointF(base, rect.top()), QPointF(base, rect.bottom()))
