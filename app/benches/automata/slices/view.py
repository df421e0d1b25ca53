"""Draws the rows of a slice, the newest at the bottom."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

MARGIN = 4
LARGEST_CELL = 5.0
AXIS = 62
"""Points at the left for the generations."""


class SliceView(QWidget):
    """A picture of rows with their generations beside it."""

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._picture = np.zeros((0, 0), dtype=np.uint32)
        self._first = 0
        self._ink, self._ground = QColor("#98a1b0"), QColor("#14171d")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(80)
        self.setAccessibleName("Space-time diagram of one row")

    def show_rows(self, picture: np.ndarray, first: int) -> None:
        """Show uint32[rows, width] of colours, the first of a generation."""
        self._picture, self._first = picture, first
        self.update()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._ink, self._ground = QColor(palette["muted_text"]), QColor(palette["surface"])
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground)
        rows, columns = self._picture.shape
        if not rows or not columns:
            painter.setPen(self._ink)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Play to see the row")
            return
        room = self.rect().adjusted(AXIS, MARGIN, -MARGIN, -MARGIN)
        scale = min(max(room.width(), 1) / columns, LARGEST_CELL)
        shown = min(rows, max(1, int(room.height() / scale)))
        part = np.ascontiguousarray(self._picture[rows - shown :])
        image = QImage(part.data, columns, shown, 4 * columns, QImage.Format.Format_RGB32)
        target = QRectF(room.left(), room.top(), columns * scale, shown * scale)
        painter.drawImage(target, image)
        painter.setPen(self._ink)
        first = self._first + rows - shown
        label = QRectF(0, target.top(), AXIS - 6, 16)
        painter.drawText(label, Qt.AlignmentFlag.AlignRight, f"{first:,}")
        if target.height() > 34:
            label.moveBottom(target.bottom())
            last = f"{self._first + rows - 1:,}"
            painter.drawText(
                label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, last
            )
