"""What delegates that draw numbers have in common: the row's ground, colours, a clear area."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.benches.networks.questions.answer_model import ROW

PADDING = 8.0


class PaintedDelegate(QStyledItemDelegate):
    """Draws the ground of a row and lets a subclass draw the rest."""

    def __init__(self, owner: object) -> None:
        super().__init__(owner)
        self.colour: dict[str, QColor] = {}

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self.colour = {role: QColor(value) for role, value in palette.items()}

    def draw(self, painter: QPainter, rect: QRectF, row: Any) -> None:
        """Draw a row in a rectangle."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        super().initStyleOption(option, index)
        option.text = ""
        option.state &= ~QStyle.StateFlag.State_HasFocus

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        super().paint(painter, option, index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        painter.setClipRect(rect)
        self.draw(painter, rect.adjusted(PADDING, 0.0, -PADDING, 0.0), index.data(ROW))
        painter.restore()

    def bar(self, painter: QPainter, rect: QRectF, role: str) -> None:
        """Fill a rectangle with round corners in a colour of the palette."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour[role])
        radius = min(2.5, rect.width() / 2, rect.height() / 2)
        painter.drawRoundedRect(rect, radius, radius)
