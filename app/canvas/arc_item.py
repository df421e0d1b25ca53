"""One arc in the scene: a line with its head as a single path that Qt paints by itself."""

from itertools import pairwise
from math import hypot

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import (
    QGraphicsPathItem,
    QGraphicsRectItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from app.canvas.arc_geometry import ArcPath, Box, path_of
from app.canvas.edge_spreading import BUNDLE_ROLE, LABEL_PADDING, LABEL_ROW, SWATCH, Course
from app.canvas.graph import GraphArc
from app.canvas.look import ARC_WIDTH, Look

COLOURED_WIDTH = 1.8
"""A thin line shows its colour less than a wide one."""

BEHIND_LEAD = 1e-3
MARK_OPACITY = 0.3
LABEL_Z = 1.5

_ROLES = {"": "arc", "refused": "arc_refused", "faint": "border"}
"""Palette roles of emphases that are not called as their role."""


class ArcItem(QGraphicsPathItem):
    """An arc between two boxes; `bend` keeps parallel arcs apart.

    The head is an item of its own: to fill a long line costs six times what it costs to stroke it.
    """

    def __init__(
        self, arc: GraphArc, look: Look, *, is_far: bool = False, has_label: bool = True
    ) -> None:
        super().__init__()
        self.arc = arc
        self.bend = 0.0
        self.is_leaving = False
        self.is_lead = True
        self.route: ArcPath | None = None
        self._label_at: tuple[float, float] | None = None
        self._label: ArcLabel | None = None
        self._head = QGraphicsPathItem(self)
        self._look = look
        self._is_far = is_far
        self._has_label = has_label
        self._is_selected = False
        self._is_hovered = False
        self._lit = ""
        self.show_arc(arc)

    @property
    def has_head(self) -> bool:
        """Whether the arc is drawn with a head."""
        return not self._head.path().isEmpty()

    def show_arc(self, arc: GraphArc) -> None:
        """Show another label or emphasis on the same arc."""
        was_directed, self.arc = self.arc.directed, arc
        if was_directed != arc.directed:
            self._draw_route()
        if arc.label and self._label is None:
            self._label = ArcLabel(self)
            self._label.setVisible(self._has_label)
            self.bring_label()
        if self._label is not None:
            self._label.show_arc(arc, self._look)
            self._place_label()
        self._dress()

    def bring_label(self) -> None:
        """Put the label into the scene as well; above all lines, so that none runs through it."""
        scene = self.scene()
        if scene is not None and self._label is not None:
            scene.addItem(self._label)

    def leave(self) -> None:
        """Go out of the scene with the label."""
        scene = self.scene()
        for item in (self._label, self):
            if item is not None and item.scene() is scene:
                scene.removeItem(item)

    def follow(self, course: Course) -> None:
        """Run where the whole graph leaves room, with the label where nothing is in its way."""
        self.route, self.is_lead, self._label_at = course.path, course.is_lead, course.label_at
        if self._label is not None:
            self._label.set_width(course.label_width if self.arc.bundled else 0.0)
        self._draw_route()
        self._place_label()
        self._dress()

    def run(self, source: Box, target: Box) -> None:
        """Lay the arc between the nodes where they are now."""
        self.route = path_of(source, target, self.bend, is_loop=self.arc.source == self.arc.target)
        self._label_at = None
        self._draw_route()
        self._place_label()

    def mark(
        self,
        *,
        is_selected: bool | None = None,
        is_hovered: bool | None = None,
        lit: str | None = None,
    ) -> None:
        """Change how the arc stands out."""
        before = (self._is_selected, self._is_hovered, self._lit)
        self._is_selected = self._is_selected if is_selected is None else is_selected
        self._is_hovered = self._is_hovered if is_hovered is None else is_hovered
        self._lit = self._lit if lit is None else lit
        if before != (self._is_selected, self._is_hovered, self._lit):
            self._dress()

    def show_label(self, has_label: bool) -> None:
        """Show or hide the label, which cannot be read from afar."""
        self._has_label = has_label
        if self._label is not None:
            self._label.setVisible(has_label)

    def set_look(self, look: Look, *, is_far: bool) -> None:
        """Follow the palette and the zoom."""
        self._look, self._is_far = look, is_far
        if self._label is not None:
            self._label.show_arc(self.arc, look)
        self._dress()

    def distance(self, point: QPointF) -> float:
        """Return the distance from a point of the scene to the arc's line."""
        route = self.route
        if route is None or self.arc.inert:
            return float("inf")
        x, y = point.x(), point.y()
        # of a bundle the line belongs to the lead, the others have their rows of the label
        aside = 0.0 if self.is_lead else BEHIND_LEAD
        if route.is_straight:
            return _to_segment(x, y, route.start, route.tip) + aside
        corners = [_on_cubic(route, step / 16) for step in range(17)]
        corners.append(route.tip)
        return min(_to_segment(x, y, a, b) for a, b in pairwise(corners)) + aside

    def label_rect(self) -> QRectF:
        """Return the place of the label in the scene, empty where there is none."""
        label = self._label
        return QRectF() if label is None else label.rect().translated(label.pos())

    def _dress(self) -> None:
        emphasis = self._lit or self.arc.emphasis
        role, width = _ROLES.get(emphasis, emphasis), ARC_WIDTH
        if not emphasis and self.arc.role:
            role, width = self.arc.role, COLOURED_WIDTH
            if self.arc.bundled and not self._is_hovered:
                role = BUNDLE_ROLE
        if self._is_selected and not self._lit:
            role, width = "selection", 2.4
        elif self._is_hovered or emphasis not in ("", "faint"):
            width = 2.2
        dashed = self.arc.dashed
        pen = self._look.arc_pen(role, width, is_far=self._is_far, is_dashed=dashed)
        self.setPen(pen)
        self._head.setPen(pen)
        self._head.setBrush(self._look.brush[role])
        stands_out = bool(emphasis) or self._is_selected
        self.setZValue(1.0 if stands_out and (self._lit or self._is_selected) else 0.0)
        if self.arc.bundled:
            is_drawn = self.is_lead or stands_out or self._is_hovered
            if not is_drawn:
                self.setPen(self._look.no_pen)
            self._head.setVisible(is_drawn)
            self.setZValue(1.0 if stands_out else 0.5 if self._is_hovered else 0.0)
        if self._label is not None:
            self._label.mark("selection" if self._is_selected else emphasis or "")

    def _draw_route(self) -> None:
        if self.route is not None:
            self.setPath(line_path(self.route, is_directed=self.arc.directed))
            self._head.setPath(head_path(self.route) if self.arc.directed else QPainterPath())

    def _place_label(self) -> None:
        if self._label is not None and self.route is not None:
            extent = self._label.rect()
            at = self._label_at or self.route.label_centre(extent.width(), extent.height())
            self._label.setPos(*at)


class ArcLabel(QGraphicsRectItem):
    """An arc's text on a patch of canvas, so that it can be read across other arcs.

    In a bundle it is a row with the colour of its arc, which shows whether the arc stands out.
    """

    def __init__(self, owner: ArcItem) -> None:
        super().__init__()
        self.owner = owner
        self.setZValue(LABEL_Z)
        self._text = ""
        self._role = ""
        self._mark = ""
        self._least_width = 0.0
        self._look: Look | None = None

    @property
    def is_leaving(self) -> bool:
        """Whether the arc is about to go."""
        return self.owner.is_leaving

    def show_arc(self, arc: GraphArc, look: Look) -> None:
        """Show the label of an arc, nothing when it is empty."""
        self._text, self._look = arc.label, look
        self._role = arc.role if arc.bundled else ""
        self._resize()

    def set_width(self, width: float) -> None:
        """Be at least so wide, as wide as the other rows of the stack."""
        if width != self._least_width:
            self._least_width = width
            self._resize()

    def mark(self, role: str) -> None:
        """Show in a bundle that the arc stands out, in a role of the palette."""
        if self._role and role != self._mark:
            self._mark = role
            self.update()

    def _resize(self) -> None:
        look = self._look
        if look is None:
            return
        self.setPen(look.no_pen)
        _, width, height = look.text(self._text, look.row_font, 2)
        width = max(width + LABEL_PADDING + (SWATCH if self._role else 0.0), self._least_width)
        height = LABEL_ROW if self._role else height
        self.setRect(QRectF(-width / 2, -height / 2, width, height) if self._text else QRectF())

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the patch and the text."""
        look = self._look
        if not self._text or look is None:
            return
        rect = self.rect()
        static, width, height = look.text(self._text, look.row_font, 2)
        painter.fillRect(rect, look.colour["canvas"])
        left = -width / 2
        if self._role:
            left = rect.left() + LABEL_PADDING / 2 + SWATCH
            if self._mark in look.colour:
                painter.setOpacity(MARK_OPACITY)
                painter.fillRect(rect, look.colour[self._mark])
                painter.setOpacity(1.0)
            bar = QRectF(rect.left() + 2.0, rect.top() + 2.0, 3.0, rect.height() - 4.0)
            painter.fillRect(bar, look.colour[self._role])
        painter.setFont(look.row_font)
        painter.setPen(look.colour["text"])
        painter.drawStaticText(QPointF(left, -height / 2), static)


def line_path(route: ArcPath, *, is_directed: bool = True) -> QPainterPath:
    """Return the line alone, to be stroked."""
    path = QPainterPath(QPointF(*route.start))
    last = route.end if is_directed else route.tip
    if route.is_straight:
        path.lineTo(*last)
    else:
        path.cubicTo(QPointF(*route.control_1), QPointF(*route.control_2), QPointF(*last))
    return path


def head_path(route: ArcPath) -> QPainterPath:
    """Return the head alone."""
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(*corner) for corner in (*route.head, route.head[0])]))
    return path


def painter_path(route: ArcPath) -> QPainterPath:
    """Return line and head as one path that may be stroked and filled at once.

    A bowed line runs there and back, so that filling it encloses nothing.
    """
    path = line_path(route)
    if not route.is_straight:
        c1, c2 = QPointF(*route.control_1), QPointF(*route.control_2)
        path.cubicTo(c2, c1, QPointF(*route.start))
    path.addPath(head_path(route))
    return path


def _on_cubic(route: ArcPath, t: float) -> tuple[float, float]:
    a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
    return (
        a * route.start[0] + b * route.control_1[0] + c * route.control_2[0] + d * route.end[0],
        a * route.start[1] + b * route.control_1[1] + c * route.control_2[1] + d * route.end[1],
    )


def _to_segment(x: float, y: float, a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    t = 0.0 if square == 0 else min(1.0, max(0.0, ((x - a[0]) * dx + (y - a[1]) * dy) / square))
    return hypot(x - a[0] - t * dx, y - a[1] - t * dy)
