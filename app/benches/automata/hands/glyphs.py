"""Marks over the field for interventions that last: obstacles, food, noise and guns."""

from __future__ import annotations

from math import cos, hypot, radians, sin
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from core.automata.interventions import Food, Gun, Lasting, NoiseBrush, Obstacle, acts_after
from core.automata.interventions import is_lasting as lasts

if TYPE_CHECKING:
    from app.benches.automata.field_view import FieldView
    from app.benches.automata.hands.hands import Hands

COLOURS = {
    Obstacle: QColor("#e9a13b"),
    Food: QColor("#3cc69b"),
    NoiseBrush: QColor("#dd94bb"),
    Gun: QColor("#f0674d"),
}
HALO = QColor(0, 0, 0, 110)
ARROW = 26.0
"""Length of a gun's arrow in points of the view."""

REACH = 9.0
"""Points from the middle of a glyph within which it is taken hold of."""


def shown(hands: Hands) -> list[tuple[int, Lasting]]:
    """Return the lasting interventions that act now, with their places in the list."""
    now = hands.session.generation
    found = enumerate(hands.document.subject.interventions)
    return [(index, each) for index, each in found if lasts(each) and acts_after(each, now)]


def hit(hands: Hands, point: QPointF) -> tuple[int, Lasting] | None:
    """Return the lasting intervention under a point of the view, the newest first."""
    view = hands.view
    for index, each in reversed(shown(hands)):
        middle = view.to_view(each.x, each.y)
        reach = REACH if isinstance(each, Gun) else max(REACH, each.radius * view.scale)
        if hypot(point.x() - middle.x(), point.y() - middle.y()) <= reach:
            return index, each
    return None


def draw_glyphs(painter: QPainter, view: FieldView, hands: Hands) -> None:
    """Draw every lasting intervention that acts now."""
    if view.is_space_time:
        return
    for index, each in shown(hands):
        moved = hands.dragged if hands.dragged and hands.dragged[0] == index else None
        draw_glyph(painter, view, moved[1] if moved else each, strong=index == hands.selected)


def draw_glyph(painter: QPainter, view: FieldView, each: Lasting, *, strong: bool = False) -> None:
    """Draw one lasting intervention."""
    colour = COLOURS[type(each)]
    width = 2.6 if strong else 1.6
    middle = view.to_view(each.x, each.y)
    if isinstance(each, Gun):
        _draw_gun(painter, middle, each.angle, colour, width)
        return
    side = max(each.radius * view.scale, 3.0)
    box = QRectF(middle.x() - side, middle.y() - side, 2 * side, 2 * side)
    ground = QColor(colour)
    ground.setAlpha(70)
    style = {
        Obstacle: Qt.BrushStyle.BDiagPattern,
        Food: Qt.BrushStyle.Dense6Pattern,
        NoiseBrush: Qt.BrushStyle.Dense7Pattern,
    }[type(each)]
    painter.setPen(QPen(HALO, width + 1.2))
    painter.setBrush(QBrush(ground, style))
    painter.drawEllipse(box)
    line = Qt.PenStyle.SolidLine if isinstance(each, Obstacle) else Qt.PenStyle.DashLine
    painter.setPen(QPen(colour, width, line))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box)
    if isinstance(each, Food) and side > 5:
        painter.setPen(QPen(colour, width))
        painter.drawLine(QLineF(middle.x() - 4, middle.y(), middle.x() + 4, middle.y()))
        painter.drawLine(QLineF(middle.x(), middle.y() - 4, middle.x(), middle.y() + 4))


def _draw_gun(
    painter: QPainter, middle: QPointF, angle: float, colour: QColor, width: float
) -> None:
    way = QPointF(cos(radians(angle)), sin(radians(angle)))
    across = QPointF(-way.y(), way.x())
    tip = middle + way * ARROW
    head = QPolygonF([tip, tip - way * 8 + across * 4.5, tip - way * 8 - across * 4.5])
    for pen in (QPen(HALO, width + 1.6), QPen(colour, width)):
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, 6.5, 6.5)
        painter.drawLine(QLineF(middle + way * 6.5, tip - way * 6))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(head)
    painter.drawEllipse(middle, 2.2, 2.2)
