"""The field: the newest picture of the world under a camera, with marks, tools and the pointer."""

from collections.abc import Mapping
from dataclasses import replace
from math import floor

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.benches.automata.camera import Board, Camera
from app.benches.automata.field_marks import draw_marks
from app.benches.automata.tool import FieldPoint, Tool
from app.benches.automata.world_frame import Viewport, WorldFrame
from core.automata.world import World
from core.automata.world_look import WorldLook

WHEEL_STEP = 120
ZOOM_STEP = 1.25
KEY_PAN = 0.1
"""Share of the view by which an arrow key pans; Shift for a whole one."""

KEY_WAYS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class FieldView(QWidget):
    """Shows frames of a world, pans, zooms, and gives everything else to the tool in the hand."""

    pressed = Signal(object)
    """A `FieldPoint`: the left button went down on the field."""
    moved = Signal(object)
    """A `FieldPoint`: the pointer moved with the left button down."""
    released = Signal(object)
    """A `FieldPoint`: the left button went up."""
    hovered = Signal(object)
    """A `FieldPoint` under the resting pointer, None where it left the view."""
    viewport_changed = Signal(object)
    """Another `Viewport` is in sight."""
    space_tapped = Signal()
    """The space bar was pressed and released without a drag."""
    menu_requested = Signal(object, object)
    """A `FieldPoint` and a place on the screen."""

    def __init__(self, world: World, look: WorldLook, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.tool = Tool()
        self.frame: WorldFrame | None = None
        self.camera = Camera()
        self._world, self._look = world, look
        self._ground, self._ink, self._accent = (
            QColor("#14171d"),
            QColor("#98a1b0"),
            QColor("#5b95f5"),
        )
        self._image = QImage()
        self._drag: QPointF | None = None
        self._has_tool = self._is_space = self._was_dragged = False
        self._was_fitted = self._is_fitted = False
        self._follows_time = True
        self._viewport: Viewport | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Field of cells")

    # -- what is shown -----------------------------------------------------------------------------

    def show_world(self, world: World, look: WorldLook) -> None:
        """Show another world, or the same in another look."""
        is_other = _shape(world) != _shape(self._world)
        self._world, self._look = world, look
        if is_other:
            self.fit()
        self._ask()
        self.update()

    def show_frame(self, frame: WorldFrame) -> None:
        """Show the newest frame."""
        self.frame = frame
        height, width = frame.picture.shape
        # QImage borrows the array; the frame keeps it alive as long as it is shown
        self._image = QImage(
            frame.picture.data, width, height, 4 * width, QImage.Format.Format_RGB32
        )
        if frame.is_space_time:
            self._follow_time()
        if not self._was_fitted and self.isVisible():
            self.fit()
        self.update()

    def set_tool(self, tool: Tool | None) -> None:
        """Take another tool into the hand; None for one that only looks."""
        self.tool.cancel()
        self._has_tool = False
        self.tool = tool or Tool()
        self._show_cursor()
        self.update()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._ground = QColor(palette["window"])
        self._ink, self._accent = QColor(palette["muted_text"]), QColor(palette["accent"])
        self.update()

    # -- places ------------------------------------------------------------------------------------

    @property
    def scale(self) -> float:
        """Size of a cell in points of the view."""
        return self.camera.scale

    @property
    def visible_rect(self) -> QRectF:
        """What is in sight, in cells."""
        left, top, right, bottom = self.camera.visible
        return QRectF(left, top, right - left, bottom - top)

    @property
    def board(self) -> Board | None:
        """Left, top, right, bottom of the world in cells; None where it has no end."""
        topology = self._world.topology
        if self.is_space_time:
            start = self._world.generation
            last = start if self.frame is None else self.frame.generation
            if topology.is_bounded or self._world.is_field:
                return 0.0, float(start), float(self._world.array.shape[-1]), last + 1.0
            return None
        if not topology.is_bounded:
            return None
        return 0.0, 0.0, float(topology.width), float(topology.height)

    @property
    def is_space_time(self) -> bool:
        """Whether generations run down the view."""
        return self._world.rule.dimensions == 1

    def cell_at(self, point: QPointF | QPoint) -> tuple[int, int]:
        """Return the cell (x, y) under a point of the view."""
        x, y = self.camera.cell_at(point.x(), point.y())
        return floor(x), floor(y)

    def to_view(self, x: float, y: float) -> QPointF:
        """Return the point of the view over a place in cells."""
        return QPointF(*self.camera.point_at(x, y))

    def rect_to_view(self, x: float, y: float, width: float, height: float) -> QRectF:
        """Return the rectangle of the view over a rectangle of cells."""
        return QRectF(self.to_view(x, y), self.to_view(x + width, y + height))

    def value_at(self, x: float, y: float) -> str:
        """Return in words what is shown at a place in cells, empty outside of the picture."""
        frame = self.frame
        if frame is None:
            return ""
        view = frame.viewport
        column, row = floor((x - view.x) / view.pixel), floor((y - view.y) / view.pixel)
        if not (0 <= column < view.width and 0 <= row < view.height):
            return ""
        values = frame.values[..., row, column]
        if frame.values.dtype == np.uint8:
            return f"state {int(values)}"
        return ", ".join(f"{float(value):.3f}" for value in np.atleast_1d(values))

    # -- camera ------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Show the whole world, or all that lives where it has no end."""
        self._follows_time = True
        self._was_fitted = self.isVisible() and self.frame is not None
        self._move(self.camera.fitted(self._whole()))
        self._is_fitted = True
        if self.is_space_time:
            self._follow_time()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Make cells larger by a factor, about a point of the view."""
        middle = QPointF(self.width() / 2, self.height() / 2) if at is None else at
        self._is_fitted = False
        self._move(self.camera.zoomed(factor, middle.x(), middle.y()))

    def zoom_in(self) -> None:
        """Make cells larger."""
        self.zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Make cells smaller."""
        self.zoom(1 / ZOOM_STEP)

    def pan(self, dx: float, dy: float) -> None:
        """Drag the world by so many points."""
        self._is_fitted = False
        if dy:
            self._follows_time = False
        self._move(self.camera.panned(dx, dy))

    def centre_on(self, x: float, y: float) -> None:
        """Show a place in cells in the middle."""
        self._is_fitted = False
        self._move(replace(self.camera, x=x, y=y))

    def _whole(self) -> Board:
        frame = self.frame
        if self.is_space_time:
            return self._whole_rows()
        board = self.board
        if board is not None:
            return board
        box = None if frame is None else frame.signs.box
        if box is None:
            return -32.0, -32.0, 32.0, 32.0
        x, y, width, height = box
        rim = max(4.0, 0.15 * max(width, height))
        return x - rim, y - rim, x + width + rim, y + height + rim

    def _whole_rows(self) -> Board:
        """Return the width of the rows, with as many generations as the view has room for."""
        start = float(self._world.generation)
        board = self.board
        if board is not None:
            left, right = board[0], board[2]
        else:
            box = None if self.frame is None else self.frame.signs.box
            middle, half = (0.0, 64.0) if box is None else (box[0] + box[2] / 2, box[2] / 2 + 8)
            left, right = middle - max(half, 64.0), middle + max(half, 64.0)
        room = (right - left) * self.camera.height / max(self.camera.width, 1.0)
        return left, start, right, start + 0.9 * room

    def _follow_time(self) -> None:
        """Keep the newest row of a space-time diagram in sight, or the first at the top."""
        if not self._follows_time or self.frame is None:
            return
        half = self.camera.height / self.camera.scale / 2
        rim = 12.0 / self.camera.scale
        y = max(self._world.generation + half - rim, self.frame.generation + 1 - half + rim)
        if y != self.camera.y:
            self._move(replace(self.camera, y=y))
        else:
            self._ask()

    def _move(self, camera: Camera) -> None:
        self.camera = camera
        self._ask()
        self.update()

    def _ask(self) -> None:
        """Tell which part of the world is in sight."""
        is_continuous = type(self._world.rule).__name__ == "ParticleLeniaRule"
        board = self.board
        if board is not None and self.is_space_time:
            # rows to come are asked for at once, so that they are there with the next frame
            board = (*board[:3], max(board[3], self.camera.visible[3]))
        viewport = self.camera.viewport(board, is_continuous=is_continuous)
        if viewport != self._viewport:
            self._viewport = viewport
            self.viewport_changed.emit(viewport)

    # -- events ------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.camera = replace(
            self.camera,
            width=float(max(self.width(), 1)),
            height=float(max(self.height(), 1)),
            ratio=self.devicePixelRatioF(),
        )
        if self.isVisible() and (self._is_fitted or not self._was_fitted):
            self.fit()
        self._ask()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground)
        frame = self.frame
        if frame is not None:
            view = frame.viewport
            side = view.pixel
            target = self.rect_to_view(view.x, view.y, view.width * side, view.height * side)
            board = self.board
            if board is not None:
                left, top, right, bottom = board
                edge = self.rect_to_view(left, top, right - left, bottom - top)
                painter.setClipRect(edge)
            is_smooth = view.fine > 1
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
            painter.drawImage(target, self._image)
            draw_marks(painter, self, frame, self._look, self._ink, self._accent)
            painter.setClipping(False)
            if board is not None:
                painter.setPen(self._ink)
                painter.drawRect(edge.adjusted(-1, -1, 0, 0))
        self.tool.paint(painter, self)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        held = event.modifiers() & (
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        )
        if turned and held and self.tool.wheel(1 if turned > 0 else -1):
            event.accept()
            return
        if turned:
            self.zoom(ZOOM_STEP ** (turned / WHEEL_STEP), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        left = event.button() == Qt.MouseButton.LeftButton
        if event.button() == Qt.MouseButton.MiddleButton or (left and self._is_space):
            self._begin_pan(event.position())
        elif left:
            at = self._at(event)
            self.pressed.emit(at)
            self._has_tool = self.tool.press(at)
            if not self._has_tool:
                self._begin_pan(event.position())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            way = event.position() - self._drag
            self._drag, self._was_dragged = event.position(), True
            self.pan(way.x(), way.y())
            return
        at = self._at(event)
        if self._has_tool:
            self.moved.emit(at)
            self.tool.move(at)
        else:
            self.tool.hover(at)
        self.hovered.emit(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None and event.buttons() == Qt.MouseButton.NoButton:
            self._drag = None
            self._show_cursor()
        elif event.button() == Qt.MouseButton.LeftButton and self._has_tool:
            self._has_tool = False
            at = self._at(event)
            self.released.emit(at)
            self.tool.release(at)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._show_cursor()

    def leaveEvent(self, event: QEvent) -> None:
        self.tool.hover(None)
        self.hovered.emit(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        x, y = self.camera.cell_at(event.pos().x(), event.pos().y())
        self.menu_requested.emit(FieldPoint(x, y), event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Keep the space bar for panning while the field has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Space:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.tool.key(event):
            event.accept()
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            if not event.isAutoRepeat():
                self._is_space, self._was_dragged = True, False
                self._show_cursor()
        elif event.key() == Qt.Key.Key_Escape:
            self.tool.cancel()
            self._has_tool = False
            self.update()
        elif event.key() in KEY_WAYS:
            across, down = KEY_WAYS[event.key()]
            far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            share = 1.0 if far else KEY_PAN
            self.pan(across * share * self.width(), down * share * self.height())
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_out()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self._is_space and not event.isAutoRepeat():
            self._is_space = False
            self._show_cursor()
            if not self._was_dragged:
                self.space_tapped.emit()
        else:
            super().keyReleaseEvent(event)

    # -- inside ------------------------------------------------------------------------------------

    def _at(self, event: QMouseEvent) -> FieldPoint:
        x, y = self.camera.cell_at(event.position().x(), event.position().y())
        return FieldPoint(x, y, event.button(), event.modifiers())

    def _begin_pan(self, at: QPointF) -> None:
        self._drag = at
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def _show_cursor(self) -> None:
        if self._is_space:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.setCursor(self.tool.cursor)


def _shape(world: World) -> object:
    """Return what decides where the world lies under the camera."""
    return world.topology, world.rule.dimensions, type(world.rule).__name__
