"""A tool of the strip: what all have in common, and the marks they draw over the field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen

from app.benches.automata.hands.glyphs import draw_glyphs
from app.benches.automata.tool import FieldPoint, Tool

if TYPE_CHECKING:
    from app.benches.automata.field_view import FieldView
    from app.benches.automata.hands.hands import Hands

HALO = QColor(0, 0, 0, 140)
INK = QColor(255, 255, 255, 230)


class HandTool(Tool):
    """One tool in the hand; lasting interventions are drawn over the field whatever it is.

    Class attributes tell the strip its title, icon, key, help and the numbers of its form.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    icon: ClassVar[str]
    letter: ClassVar[str] = ""
    help: ClassVar[str] = ""
    form: ClassVar[tuple[str, ...]] = ()
    takes: ClassVar[tuple[str, ...]] = ("states", "field", "particles")
    snaps: ClassVar[bool] = False
    """Whether the tool keeps to the middles of cells, as `cells_at` says."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.place: FieldPoint | None = None

    def hover(self, at: FieldPoint | None) -> None:
        """Follow the pointer."""
        self.place = self.cells_at(at) if at is not None and self.snaps else at
        self.hands.view.update()

    def key(self, event: QKeyEvent) -> bool:
        """Let the hand change tools and brushes by keys."""
        return self.hands.key(event)

    def wheel(self, steps: int) -> bool:
        """Turn the wheel with Shift or Ctrl held: the brush grows."""
        if "radius" not in self.form:
            return False
        self.hands.settings.grow(steps)
        return True

    def paint(self, painter: QPainter, view: FieldView) -> None:
        """Draw lasting interventions, then what the tool shows."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        draw_glyphs(painter, view, self.hands)
        self.draw(painter, view)

    def draw(self, painter: QPainter, view: FieldView) -> None:
        """Draw what the tool shows under the pointer."""

    def rows_below(self) -> int:
        """Return how many rows below its cells the present of a space-time diagram is drawn."""
        return self.hands.session.generation if self.hands.view.is_space_time else 0

    def cells_at(self, at: FieldPoint) -> FieldPoint:
        """Return a place in the cells of the world: the middle of a cell where those are states.

        A row of cells has no other y than its own.
        """
        if self.hands.traits.kind == "states":
            at = replace(at, x=at.cell[0] + 0.5, y=at.cell[1] + 0.5)
        return replace(at, y=0.5) if self.hands.view.is_space_time else at


def draw_circle(
    painter: QPainter,
    view: FieldView,
    x: float,
    y: float,
    radius: float,
    *,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ink: QColor = INK,
) -> None:
    """Draw a circle in cells, visible on any ground."""
    side = max(radius * view.scale, 2.0)
    middle = view.to_view(x, y)
    box = QRectF(middle.x() - side, middle.y() - side, 2 * side, 2 * side)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(HALO, 3.0))
    painter.drawEllipse(box)
    painter.setPen(QPen(ink, 1.4, style))
    painter.drawEllipse(box)


def draw_box(
    painter: QPainter, view: FieldView, box: tuple[float, float, float, float], offset: float = 0.0
) -> None:
    """Draw a dashed rectangle in cells; with a growing offset its edge marches."""
    rect = view.rect_to_view(*box)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(HALO, 3.0))
    painter.drawRect(rect)
    painter.setPen(QPen(QColor("black"), 1.4))
    painter.drawRect(rect)
    pen = QPen(INK, 1.4, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([4.0, 4.0])
    pen.setDashOffset(-offset)
    painter.setPen(pen)
    painter.drawRect(rect)


def draw_label(painter: QPainter, at: QPointF, text: str) -> None:
    """Draw a few words beside the pointer."""
    metrics = painter.fontMetrics()
    box = QRectF(metrics.boundingRect(text)).adjusted(-6, -3, 6, 3)
    box.moveTopLeft(at + QPointF(14, 14))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(20, 23, 29, 215))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(INK)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
