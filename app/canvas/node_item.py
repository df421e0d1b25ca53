"""One node in the scene: what it shows, how it is marked, and what lies under a point of it."""

from dataclasses import dataclass
from math import hypot
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem, QStyleOptionGraphicsItem, QWidget

from app.canvas.arc_geometry import Box, rim_point
from app.canvas.geometry import ROW_HEIGHT, NodeLayout, Row, node_layout, outline_of
from app.canvas.graph import GraphNode
from app.canvas.look import Look
from app.canvas.node_painting import is_same_patch, paint_node

NO_CONTENTS = QGraphicsItem.GraphicsItemFlag.ItemHasNoContents
MARGIN = 7.0
"""Room around the node for rings and shadow."""


@dataclass(slots=True)
class Marks:
    """How a node stands out for the moment."""

    is_selected: bool = False
    is_hovered: bool = False
    is_focused: bool = False
    lit: str = ""
    hovered_row: int | None = None


class FarDrawing(Protocol):
    """What draws all nodes at once, as seen from afar."""

    def forget(self, where: QRectF | None = None) -> None:
        """Look at the nodes again before the next drawing; what lies in `where` has changed."""
        ...


class NodeItem(QGraphicsRectItem):
    """A node at its centre; `node.position` is where it belongs, even while it is on its way."""

    def __init__(self, node: GraphNode, look: Look) -> None:
        super().__init__()
        self.node = node
        self.look = look
        self.marks = Marks()
        self.is_leaving = False
        self.layout: NodeLayout = node_layout(node.label, node.bars, node.shape)
        self.outline = QRectF()
        self._far: FarDrawing | None = None
        self.setPen(look.no_pen)
        self.setZValue(2.0)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable, False)
        self._fit_outline()
        self.setPos(*node.position)

    @property
    def shape_name(self) -> str:
        """The outline that arcs are clipped at: nodes with bars are boxes."""
        return "box" if self.node.bars else outline_of(self.node.shape)

    @property
    def box(self) -> Box:
        """The outline where the node is now."""
        at = self.pos()
        return Box(at.x(), at.y(), self.layout.width, self.layout.height, self.shape_name)

    def has_texts_of(self, node: GraphNode) -> bool:
        """Return whether `node` would be laid out as the node shown is."""
        old = self.node
        return (
            old.label == node.label
            and old.shape == node.shape
            and len(old.bars) == len(node.bars)
            and all([a[0] == b[0] for a, b in zip(old.bars, node.bars, strict=True)])
        )

    def show_values(self, node: GraphNode) -> None:
        """Show a state of the same node that has the same texts."""
        before, self.node = self.node, node
        if self._far is None or not is_same_patch(before, node):
            self.refresh()

    def show_node(self, node: GraphNode) -> bool:
        """Show another state of the same node, wherever it is; return whether its size changed."""
        same_texts = self.has_texts_of(node)
        self.node = node
        if not same_texts:
            self.layout = node_layout(node.label, node.bars, node.shape)
            if self.marks.hovered_row is not None and self.marks.hovered_row >= len(node.bars):
                self.marks.hovered_row = None
        self.refresh()
        return not same_texts and self._fit_outline()

    def mark(self, **marks: object) -> None:
        """Change some of `marks` and repaint when that makes a difference."""
        for name, value in marks.items():
            if getattr(self.marks, name) != value:
                setattr(self.marks, name, value)
                self.refresh()
        raised = self.marks.is_selected or self.marks.is_hovered
        if raised != (self.zValue() > 2.0):
            self.setZValue(3.0 if raised else 2.0)

    def set_look(self, look: Look) -> None:
        """Repaint with another palette."""
        self.look = look
        self.refresh()

    def draw_far(self, far: FarDrawing | None) -> None:
        """Leave the drawing to something that draws all nodes at once, or take it back."""
        self._far = far
        self.setFlag(NO_CONTENTS, far is not None)

    def refresh(self) -> None:
        """Have the node drawn again."""
        if self._far is None:
            self.update()
        else:
            self._far.forget(self.sceneBoundingRect())

    def move_to(self, x: float, y: float) -> None:
        """Put the node elsewhere."""
        if self._far is not None:
            self.refresh()
        self.setPos(x, y)
        if self._far is not None:
            self.refresh()

    def row_at(self, point: QPointF) -> Row | None:
        """Return the bar's row under a point of the scene, None beside the bars."""
        local = point - self.pos()
        if abs(local.x()) > self.layout.width / 2:
            return None
        for row in self.layout.rows:
            if row.index is not None and 0.0 <= local.y() - row.top < ROW_HEIGHT:
                return row
        return None

    def value_at(self, row: Row, point: QPointF) -> float:
        """Return the bar's value, 0 to 1, that ends under a point of the scene."""
        local = point.x() - self.pos().x() - row.track_left
        return min(1.0, max(0.0, local / row.track_width))

    def is_on_track(self, row: Row, point: QPointF) -> bool:
        """Return whether a point of the scene is right of the row's label, where bars are."""
        return point.x() - self.pos().x() >= row.track_left - 3.0

    def rim_distance(self, point: QPointF) -> float:
        """Return how far outside (positive) or inside the rim a point of the scene is."""
        box = self.box
        dx, dy = point.x() - box.x, point.y() - box.y
        if box.shape == "ellipse":
            rim = rim_point(box, (point.x(), point.y()))
            return hypot(dx, dy) - hypot(rim[0] - box.x, rim[1] - box.y)
        out_x, out_y = abs(dx) - box.width / 2, abs(dy) - box.height / 2
        if out_x > 0 and out_y > 0:
            return hypot(out_x, out_y)
        return max(out_x, out_y)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the node at the zoom of `painter`."""
        paint_node(
            painter,
            self.look,
            self.node,
            self.layout,
            self.outline,
            self.marks,
            painter.worldTransform().m11(),
        )

    def _fit_outline(self) -> bool:
        width, height = self.layout.width, self.layout.height
        outline = QRectF(-width / 2, -height / 2, width, height)
        if outline == self.outline:
            return False
        self.outline = outline
        self.setRect(outline.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN))
        if self._far is not None:
            self.refresh()
        return True
