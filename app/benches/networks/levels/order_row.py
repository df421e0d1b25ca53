"""The elimination order as a row of chips that are dragged or moved by keys."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.benches.networks.levels.colours import colours

HEIGHT, GAP, PADDING = 24.0, 14.0, 8.0
DRAG_AFTER = 4.0


class OrderChips(QWidget):
    """Chips from left to right in the order of elimination."""

    dragged = Signal(object)
    """(the order as it would be if the chip were dropped now)."""
    reordered = Signal(object)
    """(the order that was made by a drop or a key)."""

    def __init__(self, palette: Mapping[str, str], owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._colours = colours(palette)
        self._widths: dict[str, float] = {}
        self._laid_out: tuple[tuple[str, ...], list[QRectF]] = ((), [])
        self._order: tuple[str, ...] = ()
        self._done = 0
        self._held: int | None = None
        self._start = QPointF()
        self._offset = 0.0
        self._is_dragging = False
        self._focus = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Elimination order")
        self.setToolTip("Drag a node to eliminate it earlier or later; or Alt with ← and →")
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    @property
    def order(self) -> tuple[str, ...]:
        """The order shown."""
        return self._order

    def set_order(self, order: Sequence[str], done: int = 0) -> None:
        """Show an order of which the first `done` are eliminated; not while a chip is held."""
        if self._held is not None:
            return
        self._order, self._done = tuple(order), done
        self._focus = min(self._focus, max(len(order) - 1, 0))
        places = self._places()
        self.setFixedWidth(max(round(places[-1].right()) + 2 if places else 0, 1))
        self.setAccessibleDescription(", then ".join(order[:40]))
        self.update()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._colours = colours(palette)
        self.update()

    def place_of(self, name: str) -> QRectF:
        """Return where a chip is."""
        return self._places()[self._order.index(name)]

    def changeEvent(self, change: QEvent) -> None:
        super().changeEvent(change)
        if change.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._widths.clear()
            self._laid_out = ((), [])
            self.set_order(self._order, self._done)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), round(HEIGHT) + 4)

    def _places(self) -> list[QRectF]:
        if self._laid_out[0] is not self._order:
            metrics = QFontMetricsF(self.font())
            x, places = 1.0, []
            for name in self._order:
                wide = self._widths.get(name)
                if wide is None:
                    wide = min(metrics.horizontalAdvance(name), 160.0) + 2 * PADDING
                    self._widths[name] = wide
                places.append(QRectF(x, 2.0, wide, HEIGHT))
                x += wide + GAP
            self._laid_out = (self._order, places)
        return self._laid_out[1]

    def _at(self, x: float) -> int | None:
        return next((k for k, p in enumerate(self._places()) if p.left() <= x <= p.right()), None)

    # -- events ----------------------------------------------------------------------------------

    def mousePressEvent(self, press: QMouseEvent) -> None:
        k = self._at(press.position().x())
        if press.button() != Qt.MouseButton.LeftButton or k is None:
            return
        self._held, self._start = k, press.position()
        self._focus, self._offset, self._is_dragging = k, 0.0, False
        self._before = self._order
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.update()

    def mouseMoveEvent(self, move: QMouseEvent) -> None:
        if self._held is None:
            return
        self._offset = move.position().x() - self._start.x()
        self._is_dragging = self._is_dragging or abs(self._offset) > DRAG_AFTER
        if not self._is_dragging:
            return
        self._shift(move.position().x())
        area = self.parentWidget().parentWidget() if self.parentWidget() is not None else None
        if isinstance(area, QScrollArea):
            area.ensureVisible(round(move.position().x()), 0, 30, 0)
        self.update()

    def mouseReleaseEvent(self, _release: QMouseEvent) -> None:
        if self._held is None:
            return
        was_dragging, self._held, self._is_dragging = self._is_dragging, None, False
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.update()
        if was_dragging and self._order != self._before:
            self.reordered.emit(self._order)

    def _shift(self, x: float) -> None:
        """Let the held chip change places with a neighbour whose middle the pointer passed."""
        assert self._held is not None
        held = self._held
        places = self._places()
        target = held
        while target + 1 < len(places) and x > places[target + 1].center().x():
            target += 1
        while target > 0 and x < places[target - 1].center().x():
            target -= 1
        if target == held:
            return
        self._order = moved(self._order, held, target)
        after = self._places()[target]
        # The chip stays under the pointer although its place in the row is another now.
        self._start += QPointF(after.left() - places[held].left(), 0.0)
        self._offset = x - self._start.x()
        self._held = self._focus = target
        self.dragged.emit(self._order)

    def keyPressEvent(self, key: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key.key())
        if key.key() == Qt.Key.Key_Escape and self._held is not None:
            self._order, self._held, self._is_dragging = self._before, None, False
            self.dragged.emit(self._order)
            self.update()
            return
        if step is None or not self._order:
            super().keyPressEvent(key)
            return
        target = min(max(self._focus + step, 0), len(self._order) - 1)
        if key.modifiers() & Qt.KeyboardModifier.AltModifier and target != self._focus:
            self._order = moved(self._order, self._focus, target)
            self.dragged.emit(self._order)
            self.reordered.emit(self._order)
        self._focus = target
        self.update()

    # -- painting --------------------------------------------------------------------------------

    def paintEvent(self, paint: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = self._places()
        left, right = paint.rect().left() - GAP, paint.rect().right() + GAP
        for k, place in enumerate(places):
            if place.right() < left or place.left() > right:
                continue
            if k != self._held:
                self._paint(painter, k, place)
            if k:
                painter.setPen(self._colours["muted_text"])
                between = QRectF(places[k - 1].right(), 2.0, GAP, HEIGHT)
                painter.drawText(between, Qt.AlignmentFlag.AlignCenter, "›")
        if self._held is not None:
            offset = self._offset if self._is_dragging else 0.0
            self._paint(painter, self._held, places[self._held].translated(offset, 0.0))

    def _paint(self, painter: QPainter, k: int, place: QRectF) -> None:
        colour = self._colours
        is_held, is_now = k == self._held, k == self._done - 1
        border = colour["accent"] if is_held or is_now else colour["border"]
        painter.setPen(QPen(border, 1.6 if is_held or is_now else 1.0))
        painter.setBrush(colour["surface" if is_held else "surface_raised"])
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        if k == self._focus and self.hasFocus() and not is_held:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour["selection"], 1.2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(place.adjusted(2.5, 2.5, -2.5, -2.5), 10, 10)
        painter.setPen(colour["muted_text" if k < self._done and not is_now else "text"])
        text = QFontMetricsF(self.font()).elidedText(
            self._order[k], Qt.TextElideMode.ElideRight, place.width() - 2 * PADDING + 1
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


class OrderRow(QScrollArea):
    """The chips in one row that scrolls sideways."""

    def __init__(self, palette: Mapping[str, str], owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.chips = OrderChips(palette)
        self.chips.setFixedHeight(round(HEIGHT) + 4)
        self.setWidget(self.chips)
        self.chips.setAutoFillBackground(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedHeight(round(HEIGHT) + 6)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def wheelEvent(self, wheel: QWheelEvent) -> None:
        turned = wheel.angleDelta().x() or wheel.angleDelta().y()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - turned)
        wheel.accept()


def moved(order: tuple[str, ...], start: int, end: int) -> tuple[str, ...]:
    """Return the order with the name at `start` put at `end`."""
    rest = [*order[:start], *order[start + 1 :]]
    rest.insert(end, order[start])
    return tuple(rest)
