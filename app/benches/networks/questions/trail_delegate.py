"""A trail drawn as its nodes and arrows, what blocks it crossed out."""

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from app.benches.networks.questions.answer_model import ROW
from app.benches.networks.questions.painted_delegate import PaintedDelegate
from core.networks.questions.trails import Trail, TrailNode

ARROW_ROOM = 22.0
MARK_ROOM = 20.0


class TrailDelegate(PaintedDelegate):
    """Draws `Trail` rows: open ones with a tick, blocking nodes struck out."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        trail: Trail = index.data(ROW)
        names = sum(option.fontMetrics.horizontalAdvance(node.name) for node in trail.nodes)
        return QSize(int(names + ARROW_ROOM * len(trail.arrows) + MARK_ROOM) + 26, 24)

    def draw(self, painter: QPainter, rect: QRectF, row: Trail) -> None:
        middle = rect.center().y() + 0.5
        self._mark(painter, rect.left() + 5.0, middle, is_open=row.is_open)
        x = rect.left() + MARK_ROOM
        for number, node in enumerate(row.nodes):
            x = self._node(painter, node, x, middle)
            if number < len(row.arrows):
                x = self._arrow(painter, row.arrows[number], x, middle)

    def _mark(self, painter: QPainter, x: float, middle: float, *, is_open: bool) -> None:
        painter.setPen(QPen(self.colour["success" if is_open else "danger"], 2.0))
        if is_open:
            tick = ((x - 5, middle), (x - 1, middle + 4), (x + 6, middle - 5))
            painter.drawPolyline([QPointF(*point) for point in tick])
        else:
            painter.drawLine(QPointF(x - 4, middle - 4), QPointF(x + 4, middle + 4))
            painter.drawLine(QPointF(x - 4, middle + 4), QPointF(x + 4, middle - 4))

    def _node(self, painter: QPainter, node: TrailNode, x: float, middle: float) -> float:
        wide = painter.fontMetrics().horizontalAdvance(node.name)
        painter.setPen(self.colour["text" if node.is_open else "danger"])
        room = QRectF(x, middle - 12, wide + 2, 24)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, node.name)
        if not node.is_open:
            painter.setPen(QPen(self.colour["danger"], 1.4))
            painter.drawLine(QPointF(x - 1, middle + 1), QPointF(x + wide + 1, middle + 1))
        return x + wide

    def _arrow(self, painter: QPainter, arrow: str, x: float, middle: float) -> float:
        painter.setPen(QPen(self.colour["muted_text"], 1.4))
        start, end = x + 4.0, x + ARROW_ROOM - 4.0
        painter.drawLine(QPointF(start, middle), QPointF(end, middle))
        for tip, back, is_there in ((end, -4.0, arrow == "→"), (start, 4.0, arrow == "←")):
            if is_there:
                painter.drawLine(QPointF(tip, middle), QPointF(tip + back, middle - 3.5))
                painter.drawLine(QPointF(tip, middle), QPointF(tip + back, middle + 3.5))
        return x + ARROW_ROOM
