"""All nodes at once as plain patches: how a large graph is drawn from afar.

Seen from afar a node is a patch of colour, and a thousand items that each draw one take longer than
the patches themselves. While this item is shown the nodes draw nothing.
"""

from collections.abc import Mapping

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from app.canvas.look import Look
from app.canvas.node_item import NodeItem
from app.canvas.node_painting import FAINT_OPACITY, patch_tools

SMOOTH_UP_TO = 300
"""With more nodes the edges of boxes are not smoothed: they are a pixel wide and upright."""

_Key = tuple[bool, str, str | None, bool, str, str]


class FarNodes(QGraphicsItem):
    """Draws the nodes of a scene in one go, those alike together."""

    def __init__(self, nodes: Mapping[str, NodeItem], look: Look, world: QRectF) -> None:
        super().__init__()
        self.nodes = nodes
        self.look = look
        self._world = world
        self._groups: dict[_Key, tuple[NodeItem, list[QRectF]]] | None = None
        self.setZValue(2.5)
        self.setVisible(False)

    def boundingRect(self) -> QRectF:
        """Return the world, as a node may be anywhere."""
        return self._world

    def shape(self) -> QPainterPath:
        """Return nothing: it is the nodes that are hit."""
        return QPainterPath()

    def forget(self, where: QRectF | None = None) -> None:
        """Look at the nodes again before the next drawing; what lies in `where` has changed."""
        self._groups = None
        if where is None:
            self.update()
        else:
            self.update(where)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw every patch, those that stand out last."""
        if self._groups is None:
            self._groups = self._grouped()
        smooth = painter.testRenderHint(QPainter.RenderHint.Antialiasing)
        if len(self.nodes) > SMOOTH_UP_TO:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for key in sorted(self._groups, key=lambda key: key[0]):
            item, outlines = self._groups[key]
            pen, brush = patch_tools(self.look, item.node, item.marks)
            painter.setPen(pen)
            painter.setBrush(brush)
            painter.setOpacity(FAINT_OPACITY if item.node.emphasis == "faint" else 1.0)
            if item.shape_name == "ellipse":
                for outline in outlines:
                    painter.drawEllipse(outline)
            else:
                painter.drawRects(outlines)
        painter.setOpacity(1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)

    def _grouped(self) -> dict[_Key, tuple[NodeItem, list[QRectF]]]:
        """Return the outlines of nodes drawn alike, with one such node."""
        groups: dict[_Key, tuple[NodeItem, list[QRectF]]] = {}
        for item in self.nodes.values():
            node, marks = item.node, item.marks
            ring = marks.lit or ("ring" if marks.is_selected or marks.is_focused else "")
            shape = "bars" if node.bars else node.shape
            raised = marks.is_selected or marks.is_hovered
            key = (raised, shape, node.colour, node.observed, ring, node.emphasis)
            group = groups.get(key)
            if group is None:
                group = groups[key] = (item, [])
            group[1].append(item.outline.translated(item.pos()))
        return groups
