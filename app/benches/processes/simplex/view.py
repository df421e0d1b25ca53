"""The simplex on the screen: picture, outline, vertices, and a trail; zoomed, moved and turned."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.benches.processes.simplex.request import SimplexPicture
from core.processes.projection import Projection, Window

MARGIN = 4
SMALLEST_NODE, LARGEST_NODE = 1.6, 13.0
MOST_OUTLINED = 24
DEEPEST_ZOOM = 1e11


class SimplexView(QWidget):
    """Shows a picture; asks for another window when it is zoomed or moved, and to be turned."""

    window_asked = Signal(object)
    """The part of the plane that is wanted, None for everything."""
    turned = Signal(float, float)
    """(turn, tilt) to be added, in radians, for four states."""
    pointed = Signal(object)
    """The place in the plane under the pointer, None outside."""

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.picture: SimplexPicture | None = None
        self.window_shown: Window | None = None
        self._image: QImage | None = None
        self._projection: Projection | None = None
        self._labels: Sequence[str] = ()
        self._trail = np.empty((0, 2))
        self._palette: Mapping[str, str] = {}
        self._grabbed: QPointF | None = None
        self._turns = False
        self.setMouseTracking(True)
        self.setMinimumSize(150, 120)
        self.setAccessibleName("Beliefs in the simplex")

    def sizeHint(self) -> QSize:
        return QSize(360, 320)

    # -- what is shown ---------------------------------------------------------------------------

    def show_picture(self, picture: SimplexPicture) -> None:
        """Show another picture."""
        self.picture = picture
        self.show_frame(picture.projection, picture.window, picture.request.model.states)
        self._image = None
        if picture.rgba is not None:
            rows, columns = picture.rgba.shape[:2]
            data = np.ascontiguousarray(picture.rgba)
            self._image = QImage(
                data.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888
            ).copy()
        self.setAccessibleDescription(picture.told)
        self.update()

    def show_frame(self, projection: Projection, window: Window, states: Sequence[str]) -> None:
        """Show the outline of the simplex without any beliefs."""
        self._projection, self.window_shown, self._labels = projection, window, states
        self._turns = projection.kind == "tetrahedron"
        self.update()

    def show_trail(self, beliefs: np.ndarray) -> None:
        """Show how a belief moved, the newest last."""
        if self._projection is None or beliefs.shape[1:] != (len(self._projection.vertices),):
            self._trail = np.empty((0, 2))
        else:
            self._trail = self._projection.positions(beliefs)
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self.picture = self._image = self._projection = self.window_shown = None
        self._trail = np.empty((0, 2))
        self.update()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    @property
    def square(self) -> QRectF:
        """The part of the widget where the window of the plane is drawn."""
        side = max(min(self.width(), self.height()) - 2 * MARGIN, 16)
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    # -- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw picture, outline, beliefs, trail and vertices."""
        if not self._palette:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._palette["canvas"]))
        if self._projection is None or self.window_shown is None:
            painter.end()
            return
        painter.setClipRect(self.square)
        if self._image is not None and self.picture is not None:
            painter.drawImage(self._on_screen(self.picture.window), self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_outline(painter)
        if self.picture is not None:
            self._draw_beliefs(painter, self.picture)
        self._draw_trail(painter)
        painter.setClipping(False)
        self._draw_labels(painter)
        painter.end()

    def _draw_outline(self, painter: QPainter) -> None:
        assert self._projection is not None
        corners = self._points(self._projection.vertices)
        painter.setPen(QPen(QColor(self._palette["border"]), 1.2))
        n = len(corners)
        if n <= 4:
            for i in range(n):
                for j in range(i):
                    painter.drawLine(corners[i], corners[j])
        elif n <= MOST_OUTLINED and self._projection.kind == "polygon":
            for i in range(n):
                painter.drawLine(corners[i - 1], corners[i])

    def _draw_beliefs(self, painter: QPainter, picture: SimplexPicture) -> None:
        if not len(picture.places):
            return
        is_tree = picture.request.mode == "tree"
        radii = np.clip(
            LARGEST_NODE * np.sqrt(picture.weights) if is_tree else 4.5, SMALLEST_NODE, LARGEST_NODE
        )
        radii = np.broadcast_to(radii, len(picture.places))
        order = np.argsort(-radii, kind="stable")
        points = self._points(picture.places[order])
        for i, at in zip(order.tolist(), points, strict=True):
            colour = QColor.fromRgbF(*picture.rgb[i].tolist())
            if picture.is_recurrent[i]:
                painter.setPen(Qt.PenStyle.NoPen)
                colour.setAlphaF(0.8 if is_tree else 1.0)
                painter.setBrush(colour)
            else:
                painter.setPen(QPen(colour, 1.2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, radii[i], radii[i])

    def _draw_trail(self, painter: QPainter) -> None:
        if not len(self._trail):
            return
        points = self._points(self._trail[-40:])
        ink = QColor(self._palette["text"])
        for age, (a, b) in enumerate(pairwise(points)):
            ink.setAlphaF(0.08 + 0.5 * ((age + 1) / len(points)) ** 2)
            painter.setPen(QPen(ink, 1.3))
            painter.drawLine(a, b)
        painter.setPen(QPen(QColor(self._palette["canvas"]), 1.5))
        painter.setBrush(QColor(self._palette["accent"]))
        painter.drawEllipse(points[-1], 6.0, 6.0)

    def _draw_labels(self, painter: QPainter) -> None:
        assert self._projection is not None
        if len(self._labels) > MOST_OUTLINED:
            return
        font = QFont(self.font())
        font.setPixelSize(12)
        painter.setFont(font)
        centre = self._points(self._projection.vertices.mean(axis=0, keepdims=True))[0]
        field = QRectF(self.rect())
        for label, at in zip(self._labels, self._points(self._projection.vertices), strict=True):
            if not field.contains(at):
                continue
            along = at - centre
            length = max((along.x() ** 2 + along.y() ** 2) ** 0.5, 1.0)
            place = at + along * (13.0 / length)
            width = painter.fontMetrics().horizontalAdvance(label) + 6
            box = QRectF(place.x() - width / 2, place.y() - 8, width, 16)
            box.moveLeft(min(max(box.left(), 0), self.width() - width))
            box.moveTop(min(max(box.top(), 0), self.height() - 16))
            painter.setPen(QColor(self._palette["text"]))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)

    # -- places ----------------------------------------------------------------------------------

    def _points(self, places: np.ndarray) -> list[QPointF]:
        left, bottom, right, top = self.window_shown or (0.0, 0.0, 1.0, 1.0)
        square = self.square
        x = square.left() + (places[:, 0] - left) / (right - left) * square.width()
        y = square.top() + (top - places[:, 1]) / (top - bottom) * square.height()
        return [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]

    def _on_screen(self, window: Window) -> QRectF:
        left, bottom, right, top = window
        a, b = self._points(np.array([[left, top], [right, bottom]]))
        return QRectF(a, b)

    def place_at(self, point: QPointF) -> tuple[float, float]:
        """Return the place in the plane under a point of the widget."""
        left, bottom, right, top = self.window_shown or (0.0, 0.0, 1.0, 1.0)
        square = self.square
        return (
            left + (point.x() - square.left()) / square.width() * (right - left),
            top - (point.y() - square.top()) / square.height() * (top - bottom),
        )

    # -- the mouse -------------------------------------------------------------------------------

    def wheelEvent(self, wheel: QWheelEvent) -> None:
        """Zoom about the pointer."""
        if self.window_shown is not None:
            self.zoom_about(wheel.position(), 1.0015 ** -wheel.angleDelta().y())
        wheel.accept()

    def zoom_about(self, point: QPointF, factor: float) -> None:
        """Show `factor` times as much, with one point staying where it is."""
        if self.window_shown is None or self._projection is None:
            return
        left, bottom, right, top = self.window_shown
        x, y = self.place_at(point)
        whole = self._projection.view(0.06)
        if (right - left) * factor > 1.5 * (whole[2] - whole[0]):
            self.window_asked.emit(None)
            return
        if (right - left) * factor * DEEPEST_ZOOM < whole[2] - whole[0]:
            return
        self._ask(
            (
                x + (left - x) * factor,
                y + (bottom - y) * factor,
                x + (right - x) * factor,
                y + (top - y) * factor,
            )
        )

    def mousePressEvent(self, press: QMouseEvent) -> None:
        """Take hold of the picture."""
        self._grabbed = press.position()

    def mouseMoveEvent(self, move: QMouseEvent) -> None:
        """Move or turn the picture, or tell what is under the pointer."""
        at = move.position()
        if self._grabbed is None or self.window_shown is None:
            inside = self.window_shown is not None and self.square.contains(at)
            self.pointed.emit(self.place_at(at) if inside else None)
            return
        shift = at - self._grabbed
        self._grabbed = at
        moves = bool(move.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._turns and not moves and move.buttons() & Qt.MouseButton.LeftButton:
            self.turned.emit(shift.x() * 0.012, shift.y() * 0.012)
            return
        left, bottom, right, top = self.window_shown
        square = self.square
        dx = -shift.x() / square.width() * (right - left)
        dy = shift.y() / square.height() * (top - bottom)
        self._ask((left + dx, bottom + dy, right + dx, top + dy))

    def mouseReleaseEvent(self, release: QMouseEvent) -> None:
        """Let go of the picture."""
        self._grabbed = None

    def mouseDoubleClickEvent(self, press: QMouseEvent) -> None:
        """Show everything again."""
        self._grabbed = None
        self.window_asked.emit(None)

    def leaveEvent(self, event: object) -> None:
        """Tell that the pointer is elsewhere."""
        self.pointed.emit(None)

    def resizeEvent(self, resize: QResizeEvent) -> None:
        """Keep the picture until a sharper one is there."""
        self.update()

    def _ask(self, window: Window) -> None:
        self.window_shown = window
        self.update()
        self.window_asked.emit(window)
