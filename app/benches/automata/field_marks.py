"""What is drawn over the cells: pixel grid, particles, trail, circle and live box."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor, log2
from typing import TYPE_CHECKING

import numpy as np
import shiboken6
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.benches.automata import dots
from app.benches.automata.world_frame import WorldFrame
from core.automata.world_look import WorldLook

if TYPE_CHECKING:
    from app.benches.automata.field_view import FieldView

SMALLEST_GRID_CELL = 8.0
"""Cells smaller than so many points have no grid."""

SMALLEST_RIMMED_DOT = 4.0
"""Smaller particles, in points, have no rim."""

MOST_RIMMED_DOTS = 4000
"""With more particles than so many the rims would cost a frame its time."""

SEAM = 0.5
"""A trail that jumps by this share of the board went over its edge."""


def draw_marks(
    painter: QPainter,
    view: FieldView,
    frame: WorldFrame,
    look: WorldLook,
    ink: QColor,
    accent: QColor,
) -> None:
    """Draw the marks that the look asks for, and particles where there are some."""
    if "grid" in look.marks and view.scale >= SMALLEST_GRID_CELL and frame.points is None:
        _draw_grid(painter, view, ink)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if frame.points is not None and len(frame.points):
        _draw_points(painter, view, frame.points)
    if frame.is_space_time:
        return
    signs = frame.signs
    if "trail" in look.marks:
        painter.setPen(_pen(accent, 2.0))
        for led in signs.trail:
            for piece in _pieces(view, led):
                painter.drawPolyline(QPolygonF(piece))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if "box" in look.marks and signs.box is not None:
        painter.setPen(_pen(accent, 1.2, Qt.PenStyle.DashLine))
        for x, y in _copies(view, signs.box):
            painter.drawRect(view.rect_to_view(x, y, *signs.box[2:]))
    if "circle" in look.marks and signs.middle is not None:
        painter.setPen(_pen(accent, 1.5))
        radius = signs.radius * view.scale
        at = view.to_view(*signs.middle)
        painter.drawEllipse(at, radius, radius)
        painter.drawLines([QLineF(at.x() - 4, at.y(), at.x() + 4, at.y())])
        painter.drawLines([QLineF(at.x(), at.y() - 4, at.x(), at.y() + 4)])


def _copies(view: FieldView, box: tuple[int, int, int, int]) -> Iterator[tuple[float, float]]:
    """Yield where a box lies, and where it comes in again that goes over an edge of the board."""
    x, y, width, height = box
    board = view.board
    across = (0.0,) if board is None or x + width <= board[2] else (0.0, board[0] - board[2])
    down = (0.0,) if board is None or y + height <= board[3] else (0.0, board[1] - board[3])
    for dx in across:
        for dy in down:
            yield x + dx, y + dy


def _pen(colour: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(colour, width, style)
    pen.setCosmetic(True)
    return pen


def _draw_grid(painter: QPainter, view: FieldView, ink: QColor) -> None:
    shown = view.visible_rect
    board = view.board
    left, top, right, bottom = shown.left(), shown.top(), shown.right(), shown.bottom()
    if board is not None:
        left, top = max(left, board[0]), max(top, board[1])
        right, bottom = min(right, board[2]), min(bottom, board[3])
    strength = min(1.0, log2(view.scale / SMALLEST_GRID_CELL) / 2 + 0.25)
    colour = QColor(ink)
    colour.setAlphaF(0.35 * strength)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(_pen(colour, 1.0))
    low, high = view.to_view(left, top), view.to_view(right, bottom)
    lines = []
    for x in range(ceil(left), floor(right) + 1):
        at = view.to_view(x, 0).x()
        lines.append(QLineF(at, low.y(), at, high.y()))
    for y in range(ceil(top), floor(bottom) + 1):
        at = view.to_view(0, y).y()
        lines.append(QLineF(low.x(), at, high.x(), at))
    painter.drawLines(lines)


def _draw_points(painter: QPainter, view: FieldView, points: np.ndarray) -> None:
    for places, colour, size in dots.layers(points):
        polygon = _polygon(view, places)
        width = size * min(max(dots.DIAMETER * view.scale, 1.5), 9.0)
        if width >= SMALLEST_RIMMED_DOT and len(points) <= MOST_RIMMED_DOTS:
            painter.setPen(_round_pen(dots.RIM, width * (1 + dots.RIM_WIDTH)))
            painter.drawPoints(polygon)
        painter.setPen(_round_pen(colour, width))
        painter.drawPoints(polygon)


def _round_pen(colour: str, width: float) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def _polygon(view: FieldView, places: np.ndarray) -> QPolygonF:
    """Return places of the world as points of the view, without an object of Python for each."""
    camera = view.camera
    polygon = QPolygonF()
    polygon.resize(len(places))
    room = shiboken6.VoidPtr(polygon.data(), len(places) * 16, True)
    points = np.frombuffer(room, dtype=np.float64).reshape(-1, 2)
    points[:, 0] = (places[:, 0] - camera.x) * camera.scale + camera.width / 2
    points[:, 1] = (places[:, 1] - camera.y) * camera.scale + camera.height / 2
    return polygon


def _pieces(view: FieldView, trail: tuple[tuple[float, float], ...]) -> Iterator[list[QPointF]]:
    """Yield the trail in pieces that do not go over an edge of the board."""
    board = view.board
    across, down = (0.0, 0.0) if board is None else (board[2] - board[0], board[3] - board[1])
    piece: list[QPointF] = []
    before: tuple[float, float] | None = None
    for place in trail:
        if before is not None and board is not None:
            far = abs(place[0] - before[0]) > SEAM * across
            if far or abs(place[1] - before[1]) > SEAM * down:
                yield piece
                piece = []
        piece.append(view.to_view(*place))
        before = place
    yield piece
