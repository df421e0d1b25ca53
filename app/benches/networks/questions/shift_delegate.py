"""A shift of belief as an arrow from the prior to the posterior."""

from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.benches.networks.questions.painted_delegate import PaintedDelegate

TRACK_HEIGHT = 6.0
HEAD = 6.0


class ShiftDelegate(PaintedDelegate):
    """Draws rows with ``before`` and ``after``, probabilities of one state."""

    def draw(self, painter: QPainter, rect: QRectF, row: Any) -> None:
        middle = rect.center().y() + 0.5
        track = QRectF(rect.left(), middle - TRACK_HEIGHT / 2, rect.width(), TRACK_HEIGHT)
        self.bar(painter, track, "bar_track")
        start = rect.left() + row.before * rect.width()
        end = rect.left() + row.after * rect.width()
        role = "bar" if end >= start else "category_5"
        if abs(end - start) > 1.0:
            sign = 1.0 if end > start else -1.0
            pen = QPen(self.colour[role], 3.0)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            inner = end - sign * min(HEAD, abs(end - start))
            painter.drawLine(QPointF(start, middle), QPointF(inner, middle))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.colour[role])
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(end, middle),
                        QPointF(inner, middle - HEAD * 0.8),
                        QPointF(inner, middle + HEAD * 0.8),
                    ]
                )
            )
        painter.setPen(QPen(self.colour["text"], 1.8))
        painter.drawLine(QPointF(start, middle - 7), QPointF(start, middle + 7))
