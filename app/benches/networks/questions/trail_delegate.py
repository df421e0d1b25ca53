"""A trail drawn as its nodes and arrows, what blocks it crossed out."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.benches.networks.questions.answer_model import ROW
from core.networks.questions.trails import Trail, TrailNode

ARROW_ROOM = 22.0


class TrailDelegate(QStyledItemDelegate):
    """Draws `Trail` rows: open ones in the colour of success, blocking nodes struck out."""

    def __init__(self, owner: object) -> None:
        super().__init__(owner)
        self._colours: dict[str, QColor] = {}

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._colours = {role: QColor(value) for role, value in palette.items()}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(int(self._width(option, index.data(ROW))) + 34, 26)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        super().paint(painter, _without_text(option), index)
        trail: Trail = index.data(ROW)
        colours = self._colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(option.rect)
        middle = option.rect.center().y() + 0.5
        mark = colours["success" if trail.is_open else "danger"]
        painter.setPen(QPen(mark, 2.0))
        left = option.rect.left() + 14.0
        if trail.is_open:
            painter.drawPolyline(
                [
                    QPointF(left - 5, middle),
                    QPointF(left - 1, middle + 4),
                    QPointF(left + 6, middle - 5),
                ]
            )
        else:
            painter.drawLine(QPointF(left - 4, middle - 4), QPointF(left + 4, middle + 4))
            painter.drawLine(QPointF(left - 4, middle + 4), QPointF(left + 4, middle - 4))
        x = option.rect.left() + 28.0
        for number, node in enumerate(trail.nodes):
            x = self._node(painter, option, node, x, middle)
            if number < len(trail.arrows):
                x = self._arrow(painter, trail.arrows[number], x, middle)
        painter.restore()

    def _node(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        node: TrailNode,
        x: float,
        middle: float,
    ) -> float:
        wide = option.fontMetrics.horizontalAdvance(node.name)
        colours = self._colours
        painter.setPen(colours["text" if node.is_open else "danger"])
        painter.drawText(
            QRectF(x, middle - 12, wide + 2, 24), Qt.AlignmentFlag.AlignVCenter, node.name
        )
        if not node.is_open:
            painter.setPen(QPen(colours["danger"], 1.4))
            painter.drawLine(QPointF(x - 1, middle + 1), QPointF(x + wide + 1, middle + 1))
        return x + wide

    def _arrow(self, painter: QPainter, arrow: str, x: float, middle: float) -> float:
        painter.setPen(QPen(self._colours["muted_text"], 1.4))
        start, end = x + 4.0, x + ARROW_ROOM - 4.0
        painter.drawLine(QPointF(start, middle), QPointF(end, middle))
        for tip, back, is_there in ((end, -4.0, arrow == "→"), (start, 4.0, arrow == "←")):
            if is_there:
                painter.drawLine(QPointF(tip, middle), QPointF(tip + back, middle - 3.5))
                painter.drawLine(QPointF(tip, middle), QPointF(tip + back, middle + 3.5))
        return x + ARROW_ROOM

    def _width(self, option: QStyleOptionViewItem, trail: Trail) -> float:
        names = sum(option.fontMetrics.horizontalAdvance(node.name) for node in trail.nodes)
        return names + ARROW_ROOM * len(trail.arrows)


def _without_text(option: QStyleOptionViewItem) -> QStyleOptionViewItem:
    """Return the option with the ground of the row and nothing on it."""
    plain = QStyleOptionViewItem(option)
    plain.state &= ~QStyle.StateFlag.State_HasFocus
    return plain
