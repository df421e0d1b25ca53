"""A bar with its number beside it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from app.benches.networks.questions.painted_delegate import PaintedDelegate

BAR_HEIGHT = 10.0
TEXT_WIDTH = 74.0
"""Room for the longest number, such as 0.000259 or 5.97e−07."""


class BarDelegate(PaintedDelegate):
    """Draws ``value(row)`` as a share of `most`, and what ``text(row)`` says."""

    def __init__(
        self,
        value: Callable[[Any], float],
        text: Callable[[Any], str],
        owner: object,
        *,
        role: str = "bar",
    ) -> None:
        super().__init__(owner)
        self._value, self._text, self._role = value, text, role
        self.most = 1.0

    def draw(self, painter: QPainter, rect: QRectF, row: Any) -> None:
        room = rect.width() - TEXT_WIDTH
        share = min(1.0, max(0.0, self._value(row) / self.most)) if self.most > 0 else 0.0
        top = rect.center().y() - BAR_HEIGHT / 2
        if room > 20:
            self.bar(painter, QRectF(rect.left(), top, room, BAR_HEIGHT), "bar_track")
            if share > 0:
                wide = max(1.5, room * share)
                self.bar(painter, QRectF(rect.left(), top, wide, BAR_HEIGHT), self._role)
        painter.setPen(self.colour["text"])
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, side, self._text(row))
