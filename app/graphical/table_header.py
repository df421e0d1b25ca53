"""The head of a conditional table: one row for each parent, its states spanning their columns."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from app.graphical.columns import strides
from app.graphical.table_model import TableModel

LEVEL_HEIGHT = 24


def head_height(parent_count: int) -> int:
    """Return the height of the head in pixels; without parents one empty row stays."""
    return LEVEL_HEIGHT * max(parent_count, 1)


class GroupedHeader(QHeaderView):
    """Draws the parents' states above the columns, each over all the columns that share it."""

    group_pressed = Signal(int, int, bool)
    """(first column, last column, add to the selection)."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, owner)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(72)
        self._colours: Mapping[str, str] = {}

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._colours = palette
        self.viewport().update()

    def sizeHint(self) -> QSize:
        node = self._table_model().node
        return QSize(100, head_height(len(node.parents) if node is not None else 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._colours.get("window", "#ffffff")))
        model = self._table_model()
        if model.node is None or model.columnCount() == 0:
            return
        first = max(self.logicalIndexAt(0), 0)
        last = self.logicalIndexAt(self.viewport().width() - 1)
        last = model.columnCount() - 1 if last < 0 else last
        if not model.node.parents:
            self._draw_cell(painter, self._span(0, 0, 0), model.lone_title, 0)
        for level, stride in enumerate(strides(model.node)):
            states = model.net[model.node.parents[level]].states
            for group in range(first // stride, last // stride + 1):
                label = states[group % len(states)]
                rect = self._span(group * stride, (group + 1) * stride - 1, level)
                self._draw_cell(painter, rect, label, group)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            group = self._group_at(event.position().toPoint())
            if group is not None:
                adds = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                self.group_pressed.emit(*group, adds)
                return
        super().mousePressEvent(event)

    def _group_at(self, point: QPoint) -> tuple[int, int] | None:
        column, node = self.logicalIndexAt(point), self._table_model().node
        if column < 0 or node is None:
            return None
        if not node.parents:
            return (column, column)
        level = min(point.y() // LEVEL_HEIGHT, len(node.parents) - 1)
        stride = strides(node)[level]
        start = column // stride * stride
        return (start, start + stride - 1)

    def _span(self, first: int, last: int, level: int) -> QRect:
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        return QRect(left, level * LEVEL_HEIGHT, right - left, LEVEL_HEIGHT)

    def _draw_cell(self, painter: QPainter, rect: QRect, label: str, group: int) -> None:
        surface = "surface_raised" if group % 2 else "window"
        painter.fillRect(rect, QColor(self._colours.get(surface, "#f4f5f7")))
        painter.setPen(QColor(self._colours.get("border", "#d5d9e0")))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        shown = rect.intersected(self.viewport().rect()).adjusted(5, 0, -5, 0)
        painter.setPen(QColor(self._colours.get("text", "#1b1f27")))
        text = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, shown.width())
        painter.drawText(shown, Qt.AlignmentFlag.AlignCenter, text)

    def _table_model(self) -> TableModel:
        return self.model()


class ParentCorner(QWidget):
    """Names the parent of each row of the head; dragging a name up or down changes the order."""

    reordered = Signal(object)
    """The parents' names in the new order."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._parents: tuple[str, ...] = ()
        self._dragged: int | None = None
        self._over = 0
        self._colours: Mapping[str, str] = {}
        self.setMouseTracking(True)
        self.setAccessibleName("Parents in the order of the table")

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._colours = palette
        self.update()

    def show_parents(self, parents: Sequence[str]) -> None:
        """Name other parents."""
        self._parents = tuple(parents)
        movable = len(parents) > 1
        self.setCursor(Qt.CursorShape.OpenHandCursor if movable else Qt.CursorShape.ArrowCursor)
        self.setToolTip("Drag a parent up or down to change the order." if movable else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._colours.get("window", "#f4f5f7")))
        for level, name in enumerate(self._parents):
            rect = QRect(0, level * LEVEL_HEIGHT, self.width(), LEVEL_HEIGHT)
            self._draw_name(painter, rect, name, is_dragged=level == self._dragged)
        painter.setPen(QColor(self._colours.get("border", "#d5d9e0")))
        painter.drawLine(self.rect().topRight(), self.rect().bottomRight())
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        if self._dragged is not None and self._over != self._dragged:
            line = (self._over + (1 if self._over > self._dragged else 0)) * LEVEL_HEIGHT
            painter.fillRect(0, line - 1, self.width(), 3, QColor(self._colours["accent"]))

    def _draw_name(self, painter: QPainter, rect: QRect, name: str, *, is_dragged: bool) -> None:
        role = "accent" if is_dragged else "text"
        painter.setPen(QColor(self._colours.get(role, "#1b1f27")))
        room = rect.adjusted(8, 0, -8, 0)
        text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.setPen(QColor(self._colours.get("border", "#d5d9e0")))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and len(self._parents) > 1:
            self._dragged = self._over = self._level(event)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._over = self._level(event)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None:
            return
        start, end, self._dragged = self._dragged, self._level(event), None
        self.update()
        self._move(start, end)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        level = event.pos().y() // LEVEL_HEIGHT
        if not 0 <= level < len(self._parents) or len(self._parents) < 2:
            return
        menu = QMenu(self)
        earlier = menu.addAction("Move earlier")
        earlier.setEnabled(level > 0)
        earlier.triggered.connect(lambda: self._move(level, level - 1))
        later = menu.addAction("Move later")
        later.setEnabled(level < len(self._parents) - 1)
        later.triggered.connect(lambda: self._move(level, level + 1))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _level(self, event: QMouseEvent) -> int:
        level = int(event.position().y()) // LEVEL_HEIGHT
        return min(max(level, 0), len(self._parents) - 1)

    def _move(self, start: int, end: int) -> None:
        if start != end:
            order = list(self._parents)
            order.insert(end, order.pop(start))
            self.reordered.emit(tuple(order))
