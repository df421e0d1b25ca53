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
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.benches.processes.simplex.overlay_items import history_items, legend_items, overlay_items
from app.benches.processes.simplex.overlays import NO_OVERLAYS, Overlays
from app.benches.processes.simplex.request import SimplexPicture, framed
from app.figures.description import Figure, Item
from app.figures.painter import draw
from core.processes.belief_history import BeliefHistory
from core.processes.projection import Projection, Window

MARGIN = 4
LARGEST_NODE = 13.0
MOST_OUTLINED = 24
DEEPEST_ZOOM = 1e11
PIXELS_PER_MM = 3.9
LEGEND_PT = 8.0
LONGEST_TOLD = 24
MOST_STATES_TOLD = 6


class SimplexView(QWidget):
    """Shows a picture; asks for another window when it is zoomed or moved, and to be turned."""

    window_asked = Signal(object)
    """The part of the plane that is wanted, None for everything."""
    turned = Signal(float, float)
    """(turn, tilt) to be added, in radians, for four states."""
    resized = Signal()
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
        self._nodes: QImage | None = None
        self.overlays: Overlays = NO_OVERLAYS
        self._painted_overlays: tuple[object, QPixmap] | None = None
        self.history: BeliefHistory | None = None
        self._card_at = QPointF()
        self._grabbed: QPointF | None = None
        self._turns = False
        self.setMouseTracking(True)
        self.setMinimumSize(150, 120)
        self.setAccessibleName("Beliefs in the simplex")

    def sizeHint(self) -> QSize:
        return QSize(360, 320)

    # -- what is shown ---------------------------------------------------------------------------

    def show_picture(self, picture: SimplexPicture, nodes: QImage | None = None) -> None:
        """Show another picture; `nodes` are the beliefs of it that are drawn one by one."""
        self.picture = picture
        self._nodes = nodes
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

    def show_overlays(self, overlays: Overlays) -> None:
        """Lay other shapes over the beliefs."""
        self.overlays, self._painted_overlays = overlays, None
        self.update()

    def show_history(self, history: BeliefHistory | None, at: QPointF | None = None) -> None:
        """Show the way to a belief, with a card that tells of it beside a point."""
        self.history = history
        self._card_at = at or QPointF()
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
        self._nodes = self._painted_overlays = self.history = None
        self.overlays = NO_OVERLAYS
        self.update()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._palette, self._painted_overlays = palette, None
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
            painter.drawImage(self._on_screen(self.picture.image_window), self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_outline(painter)
        self._draw_overlays(painter)
        if self.picture is not None:
            if self._nodes is not None:
                painter.drawImage(self._on_screen(self.picture.window), self._nodes)
            else:
                draw_beliefs(painter, self.picture, self._points(self.picture.places), LARGEST_NODE)
        self._draw_trail(painter)
        if self.history is not None:
            self._draw_figure(
                painter,
                history_items(
                    self._sheet(self._projection.positions(self.history.beliefs)),
                    self._palette,
                    is_interval=self._projection.is_interval,
                ),
            )
        painter.setClipping(False)
        self._draw_labels(painter)
        self._draw_legend(painter)
        if self.history is not None:
            self._draw_card(painter, self.history)
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

    def _sheet(self, places: np.ndarray) -> np.ndarray:
        """Return places as millimetres from the corner of the square."""
        left, bottom, right, top = self.window_shown or (0.0, 0.0, 1.0, 1.0)
        side = self.square.width() / PIXELS_PER_MM
        x = (places[:, 0] - left) / (right - left) * side
        y = (top - places[:, 1]) / (top - bottom) * side
        return np.stack([x, y], axis=1)

    def _draw_figure(self, painter: QPainter, items: list[Item]) -> None:
        painter.save()
        painter.translate(self.square.topLeft())
        painter.scale(PIXELS_PER_MM, PIXELS_PER_MM)
        draw(Figure(1.0, 1.0, tuple(items), None, font_family=self.font().family()), painter)
        painter.restore()

    def _draw_overlays(self, painter: QPainter) -> None:
        """Draw the overlays, from a picture of them unless something changed."""
        assert self._projection is not None
        if self.overlays is NO_OVERLAYS:
            return
        ratio = self.devicePixelRatioF()
        key = (self.overlays, self.window_shown, self.size().toTuple(), ratio)
        if self._painted_overlays is None or self._painted_overlays[0] != key:
            pixmap = QPixmap(self.size() * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            inner = QPainter(pixmap)
            items = overlay_items(
                self.overlays,
                self._sheet,
                self._palette,
                is_interval=self._projection.is_interval,
            )
            self._draw_figure(inner, items)
            inner.end()
            self._painted_overlays = (key, pixmap)
        painter.drawPixmap(0, 0, self._painted_overlays[1])

    def _draw_legend(self, painter: QPainter) -> None:
        if self.picture is None:
            return
        entries = [(text, QColor.fromRgbF(*rgb).name()) for text, rgb in self.picture.legend]
        left = (10 - self.square.left()) / PIXELS_PER_MM
        top = (8 - self.square.top()) / PIXELS_PER_MM
        self._draw_figure(painter, legend_items(entries, self._palette, (left, top), LEGEND_PT))

    def _draw_card(self, painter: QPainter, history: BeliefHistory) -> None:
        """Draw what leads to the belief under the pointer, beside it."""
        lines = history_text(history, self._labels)
        painter.setFont(self.font())
        metrics = painter.fontMetrics()
        width = max(metrics.horizontalAdvance(line) for line in lines) + 18
        height = metrics.height() * len(lines) + 12
        x = self._card_at.x() + 16
        x = x if x + width < self.width() else max(self._card_at.x() - width - 16, 2.0)
        y = min(max(self._card_at.y() - height / 2, 2.0), max(self.height() - height - 2.0, 2.0))
        card = QRectF(x, y, width, height)
        painter.setPen(QPen(QColor(self._palette["border"]), 1.0))
        painter.setBrush(QColor(self._palette["surface"]))
        painter.drawRoundedRect(card, 5, 5)
        painter.setPen(QColor(self._palette["text"]))
        for row, line in enumerate(lines):
            at = QRectF(x + 9, y + 6 + row * metrics.height(), width - 18, metrics.height())
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, line)

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

    def point_of(self, place: tuple[float, float]) -> QPointF:
        """Return the point of the widget where a place in the plane is drawn."""
        return self._points(np.array([place]))[0]

    def node_near(self, point: QPointF, reach: float) -> int | None:
        """Return which of the beliefs drawn one by one is nearest, None if none is near."""
        if self.picture is None or not len(self.picture.places):
            return None
        left, _, right, _ = self.window_shown or self.picture.window
        off = self.picture.places - np.array(self.place_at(point))
        distance = np.hypot(off[:, 0], off[:, 1]) * self.square.width() / (right - left)
        nearest = int(distance.argmin())
        return nearest if distance[nearest] <= reach else None

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
        whole = framed(self._projection, None)
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
        self.show_history(None)
        self.pointed.emit(None)

    def resizeEvent(self, resize: QResizeEvent) -> None:
        """Keep the picture until a sharper one is there."""
        self.resized.emit()
        self.update()

    def _ask(self, window: Window) -> None:
        if self._projection is not None:
            window = framed(self._projection, window)
        self.window_shown = window
        self.history = None
        self.update()
        self.window_asked.emit(window)


def draw_beliefs(
    painter: QPainter, picture: SimplexPicture, points: list[QPointF], largest: float
) -> None:
    """Draw beliefs one by one, the largest at the bottom; those of a tree by their weight."""
    if not points:
        return
    is_tree = picture.request.mode == "tree"
    radii = np.clip(largest * np.sqrt(picture.weights), largest / 8.0, largest)
    radii = radii if is_tree else np.full(len(points), largest / 3.0)
    for i in np.argsort(-radii, kind="stable").tolist():
        colour = QColor.fromRgbF(*picture.rgb[i].tolist())
        colour.setAlphaF(0.8 if is_tree else 1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(points[i], radii[i], radii[i])


def painted_nodes(picture: SimplexPicture, ratio: float) -> QImage | None:
    """Return the beliefs that are drawn one by one as a picture; may be called on any thread."""
    if not len(picture.places):
        return None
    size = picture.request.size
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    left, bottom, right, top = picture.window
    x = (picture.places[:, 0] - left) / (right - left) * size
    y = (top - picture.places[:, 1]) / (top - bottom) * size
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    points = [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    draw_beliefs(painter, picture, points, LARGEST_NODE * ratio)
    painter.end()
    return image


def history_text(history: BeliefHistory, states: Sequence[str]) -> list[str]:
    """Return the lines of the card: the word, how probable it is, and the belief after it."""
    word = history.word
    between = "" if all(len(symbol) == 1 for symbol in word) else " "
    shown = between.join(word[-LONGEST_TOLD:])
    if not word:
        lines = ["before the first symbol"]
    else:
        lines = [f"after {'…' if len(word) > LONGEST_TOLD else ''}{shown}"]
        lines.append(f"{len(word)} symbols, Pr {2.0**history.log2_probability:.3g}")
        if len(word) == 1:
            lines[1] = lines[1].replace("symbols", "symbol")
    order = np.argsort(-history.belief, kind="stable")[:MOST_STATES_TOLD]
    lines += [f"{states[i]}  {history.belief[i]:.4f}" for i in sorted(order.tolist())]
    if len(states) > MOST_STATES_TOLD:
        lines.append(f"and {len(states) - MOST_STATES_TOLD} more")
    return lines
