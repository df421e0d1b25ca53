"""The observer's doubt about the state, H[S | word], symbol after symbol."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

LEFT, RIGHT, TOP, BOTTOM = 44, 12, 24, 22
LEAST_SPAN = 24


class EntropyView(QWidget):
    """Paints a falling, leaping curve with its axes."""

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._values: np.ndarray = np.zeros(0)
        self._first = 0
        self._most = 1.0
        self._palette: Mapping[str, str] = {}
        self.setMinimumSize(200, 110)
        self.setAccessibleName("Doubt about the state, in bits")
        self.setToolTip(
            "H[S | word]: the observer's doubt about the state after each symbol, in bits"
        )

    def sizeHint(self) -> QSize:
        return QSize(360, 180)

    def show_entropies(self, values: np.ndarray, first: int, most: float) -> None:
        """Show H[S | word] from time `first` on; `most` is log2 of the number of states."""
        self._values, self._first, self._most = values, first, max(most, 1e-9)
        if len(values):
            self.setAccessibleDescription(f"{values[-1]:.4f} bits after {first + len(values) - 1}")
        self.update()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes and curve."""
        if not self._palette:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(11)
        painter.setFont(font)
        frame = QRectF(self.rect()).adjusted(LEFT, TOP, -RIGHT, -BOTTOM)
        self._axes(painter, frame)
        if len(self._values):
            self._curve(painter, frame)
        painter.end()

    def _axes(self, painter: QPainter, frame: QRectF) -> None:
        colours = self._palette
        painter.setPen(QColor(colours["muted_text"]))
        painter.drawText(QRectF(6, 2, self.width() - 12, 18), _LEFT, "H[S | word], bits")
        if len(self._values):
            now = f"{self._values[-1]:.4f} bits"
            painter.setPen(QColor(colours["text"]))
            painter.drawText(QRectF(6, 2, self.width() - 6 - RIGHT, 18), _RIGHT, now)
        painter.setPen(QColor(colours["muted_text"]))
        for share in (0.0, 0.5, 1.0):
            y = frame.bottom() - share * frame.height()
            painter.setPen(QPen(QColor(colours["grid"]), 1))
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
            painter.setPen(QColor(colours["muted_text"]))
            text = f"{share * self._most:.3g}"
            painter.drawText(QRectF(0, y - 8, LEFT - 6, 16), _RIGHT, text)
        span = self._span
        for share in (0.0, 0.5, 1.0):
            x = frame.left() + share * frame.width()
            where = QRectF(x - 60, frame.bottom() + 3, 120, 16)
            flag = Qt.AlignmentFlag.AlignHCenter
            if share == 0.0:
                where, flag = QRectF(x, frame.bottom() + 3, 120, 16), Qt.AlignmentFlag.AlignLeft
            elif share == 1.0:
                where = QRectF(x - 120, frame.bottom() + 3, 120, 16)
                flag = Qt.AlignmentFlag.AlignRight
            text = f"{self._first + round(share * span):,}"
            painter.drawText(where, flag, f"{text} symbols" if share == 1.0 else text)

    @property
    def _span(self) -> int:
        return max(len(self._values) - 1, LEAST_SPAN)

    def _curve(self, painter: QPainter, frame: QRectF) -> None:
        steps = frame.width() / self._span
        points = [
            QPointF(
                frame.left() + i * steps,
                frame.bottom() - min(value / self._most, 1.05) * frame.height(),
            )
            for i, value in enumerate(self._values.tolist())
        ]
        accent = QColor(self._palette["accent"])
        faint = QColor(accent)
        faint.setAlpha(36)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faint)
        ground = [QPointF(points[-1].x(), frame.bottom()), QPointF(points[0].x(), frame.bottom())]
        painter.drawPolygon(QPolygonF([*points, *ground]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(accent, 1.8))
        # lines one by one: to stroke a jagged polyline as one path costs ten times as much
        painter.drawLines([QLineF(a, b) for a, b in pairwise(points)])
        painter.setBrush(accent)
        painter.drawEllipse(points[-1], 3.5, 3.5)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
