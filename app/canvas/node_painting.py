"""How a node is drawn: in full, simplified when it is small on the screen, a patch from afar."""

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from app.canvas.geometry import (
    BAR_HEIGHT,
    CORNER_RADIUS,
    ROW_HEIGHT,
    ROW_TEXT_SIZE,
    SQUARE_RADIUS,
    TITLE_HEIGHT,
    TITLE_SIZE,
    NodeLayout,
    outline_of,
    percent,
)
from app.canvas.graph import GraphNode
from app.canvas.look import Look
from app.canvas.text_width import elided

SMALLEST_TEXT, SMALLEST_ROW_TEXT = 8.0, 7.0
"""In pixels on the screen; row texts that are smaller are left out, titles are drawn at it."""

PATCH_BELOW = 0.34
ROWS_BELOW = 0.2
"""From farther away a node is a patch and nothing else."""

BAR_RADIUS = 2.5
FAINT_OPACITY = 0.32


class NodeMarks(Protocol):
    """How a node stands out for the moment."""

    is_selected: bool
    is_hovered: bool
    is_focused: bool
    lit: str
    hovered_row: int | None


def paint_node(
    painter: QPainter,
    look: Look,
    node: GraphNode,
    layout: NodeLayout,
    outline: QRectF,
    marks: NodeMarks,
    zoom: float,
) -> None:
    """Draw a node around the origin of `painter`, whose scale is `zoom`."""
    fill, text = _fill(look, node)
    if node.emphasis == "faint":
        painter.setOpacity(FAINT_OPACITY)
    if zoom < PATCH_BELOW:
        _paint_patch(painter, look, node, outline, marks)
    else:
        if marks.is_selected or marks.lit or marks.is_focused or _is_ringed(node):
            _paint_ring(painter, look, node, outline, marks)
        _paint_body(painter, look, node, outline, marks, fill, zoom)
    if layout.rows and zoom >= ROWS_BELOW:
        _paint_rows(painter, look, node, layout, marks, zoom)
    title_colour = look.colour["muted_text"] if node.stale else text
    if TITLE_SIZE * zoom >= SMALLEST_TEXT:
        font, kind = (look.bold_font, 1) if node.bars else (look.title_font, 0)
        _centred(painter, look, layout.title, font, kind, title_colour, layout.title_middle)
    else:
        _paint_far_title(painter, look, node, layout, title_colour, zoom)
    if node.note and zoom >= 0.5:
        _paint_note_mark(painter, title_colour, outline)
    painter.setOpacity(1.0)  # the view does not restore what an item changed


def _is_ringed(node: GraphNode) -> bool:
    return node.emphasis not in ("", "faint")


def _fill(look: Look, node: GraphNode) -> tuple[QBrush, QColor]:
    if node.colour and (node.bars or not node.observed):
        return look.fill(node.colour)
    if node.shape == "square" and not node.bars:
        return look.brush["node_border"], look.colour["canvas"]
    role = "node_observed" if node.observed else "node_fill"
    return look.brush[role], look.colour["node_text"]


def is_same_patch(one: GraphNode, other: GraphNode) -> bool:
    """Return whether two states of a node look the same from afar."""
    return (
        (one.observed, one.colour, one.emphasis) == (other.observed, other.colour, other.emphasis)
        and one.shape == other.shape
        and bool(one.bars) == bool(other.bars)
    )


def patch_tools(look: Look, node: GraphNode, marks: NodeMarks) -> tuple[QPen, QBrush]:
    """Return what a node is drawn with as a patch."""
    fill, _ = _fill(look, node)
    if marks.lit == "refused":
        return look.far_refused, fill
    if marks.is_selected or marks.lit or marks.is_focused:
        return look.far_ring, fill
    if _is_ringed(node):
        return look.emphasis_ring(node.emphasis, is_far=True), fill
    return look.far_border, fill


def _paint_patch(
    painter: QPainter,
    look: Look,
    node: GraphNode,
    outline: QRectF,
    marks: NodeMarks,
) -> None:
    """Draw the node as a plain rectangle or ellipse with a one-pixel border."""
    pen, fill = patch_tools(look, node, marks)
    painter.setPen(pen)
    painter.setBrush(fill)
    if outline_of(node.shape) == "ellipse" and not node.bars:
        painter.drawEllipse(outline)
    else:
        painter.drawRect(outline)


def _paint_ring(
    painter: QPainter, look: Look, node: GraphNode, outline: QRectF, marks: NodeMarks
) -> None:
    painter.setBrush(look.no_brush)
    if marks.lit == "refused":
        painter.setPen(look.refused_ring)
    elif marks.lit:
        painter.setPen(look.target_ring)
    elif marks.is_selected:
        painter.setPen(look.ring)
    elif _is_ringed(node):
        painter.setPen(look.emphasis_ring(node.emphasis, is_far=False))
    if marks.lit or marks.is_selected or _is_ringed(node):
        _outline(painter, node, outline.adjusted(-2.6, -2.6, 2.6, 2.6), CORNER_RADIUS + 2.6)
    if marks.is_focused:
        painter.setPen(look.focus_ring)
        _outline(painter, node, outline.adjusted(-5.6, -5.6, 5.6, 5.6), CORNER_RADIUS + 5.6)


def _paint_body(
    painter: QPainter,
    look: Look,
    node: GraphNode,
    outline: QRectF,
    marks: NodeMarks,
    fill: QBrush,
    zoom: float,
) -> None:
    if zoom >= 0.6:
        painter.setPen(look.no_pen)
        painter.setBrush(look.shadow)
        _outline(painter, node, outline.translated(0.0, 2.2), CORNER_RADIUS)
    border = look.border
    if marks.is_hovered or marks.lit:
        border = look.refused_border if marks.lit == "refused" else look.hover_border
    painter.setPen(border)
    if node.bars and node.colour:
        painter.setBrush(look.brush["node_observed" if node.observed else "node_fill"])
        painter.drawRoundedRect(outline, CORNER_RADIUS, CORNER_RADIUS)
        painter.setBrush(fill)
        painter.drawPath(_title_band(outline))
    else:
        painter.setBrush(fill)
        _outline(painter, node, outline, CORNER_RADIUS)
    if node.bars and not node.colour and zoom >= 0.5:
        painter.setPen(look.hairline)
        y = outline.top() + TITLE_HEIGHT
        painter.drawLine(QPointF(outline.left() + 1, y), QPointF(outline.right() - 1, y))


def _paint_rows(
    painter: QPainter,
    look: Look,
    node: GraphNode,
    layout: NodeLayout,
    marks: NodeMarks,
    zoom: float,
) -> None:
    with_text = ROW_TEXT_SIZE * zoom >= SMALLEST_ROW_TEXT
    text_colour = look.colour["muted_text" if node.stale else "node_text"]
    track = look.brush["bar_track"]
    for row in layout.rows:
        if row.index is None:
            if with_text:
                _row_text(
                    painter, look, row.label, look.colour["muted_text"], row.label_left, row.middle
                )
            continue
        bar = node.bars[row.index]
        painter.setPen(look.no_pen)
        if marks.hovered_row == row.index:
            painter.setBrush(look.row_hover_observed if node.observed else look.row_hover)
            painter.drawRect(
                QRectF(-layout.width / 2 + 1.2, row.top, layout.width - 2.4, ROW_HEIGHT)
            )
        if with_text:
            left, width, height = row.track_left, row.track_width, BAR_HEIGHT
        else:
            left, height = row.label_left, BAR_HEIGHT + 3.0
            width = row.percent_right - left
        value = min(1.0, max(0.0, bar.value))
        top = row.middle - height / 2
        painter.setBrush(track)
        if with_text:
            painter.drawRoundedRect(QRectF(left, top, width, height), BAR_RADIUS, BAR_RADIUS)
        else:
            painter.drawRect(QRectF(left, top, width, height))
        if value > 0.0:
            painter.setBrush(look.brush[bar.role])
            filled = QRectF(left, top, max(1.0, width * value), height)
            if with_text and filled.width() > 2 * BAR_RADIUS:
                painter.drawRoundedRect(filled, BAR_RADIUS, BAR_RADIUS)
            else:
                painter.drawRect(filled)
        if bar.mark is not None:
            painter.setBrush(look.brush["node_text"])
            x = left + width * min(1.0, max(0.0, bar.mark))
            painter.drawRect(QRectF(x - 0.9, top - 2.5, 1.8, height + 5.0))
        if with_text:
            _row_text(painter, look, row.label, text_colour, row.label_left, row.middle)
            value_text = percent(bar.value) if bar.caption is None else bar.caption
            text, extent, tall = look.text(value_text, look.row_font, 2)
            painter.drawStaticText(QPointF(row.percent_right - extent, row.middle - tall / 2), text)


def _row_text(
    painter: QPainter, look: Look, text: str, colour: QColor, left: float, middle: float
) -> None:
    static, _, tall = look.text(text, look.row_font, 2)
    painter.setFont(look.row_font)
    painter.setPen(colour)
    painter.drawStaticText(QPointF(left, middle - tall / 2), static)


def _centred(
    painter: QPainter,
    look: Look,
    text: str,
    font: object,
    kind: int,
    colour: QColor,
    middle: float,
) -> None:
    static, extent, tall = look.text(text, font, kind)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawStaticText(QPointF(-extent / 2, middle - tall / 2), static)


def _paint_far_title(
    painter: QPainter,
    look: Look,
    node: GraphNode,
    layout: NodeLayout,
    colour: QColor,
    zoom: float,
) -> None:
    """Draw the title at the smallest legible size while there is room for a few letters."""
    room = (layout.width - 6.0) * zoom
    height = (TITLE_HEIGHT if layout.rows else layout.height) * zoom
    if room < 34.0 or height < SMALLEST_TEXT + 1.0:
        return
    scale = SMALLEST_TEXT / TITLE_SIZE
    font, kind = (look.bold_font, 1) if node.bars else (look.title_font, 0)
    text = elided(layout.title, SMALLEST_TEXT, room, bold=bool(node.bars))
    static, extent, tall = look.text(text, font, kind)
    factor = scale / zoom
    painter.save()
    painter.translate(0.0, layout.title_middle)
    painter.scale(factor, factor)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawStaticText(QPointF(-extent / 2, -tall / 2), static)
    painter.restore()


def _paint_note_mark(painter: QPainter, colour: QColor, outline: QRectF) -> None:
    """Draw a small sheet with two lines in the upper right corner."""
    left, top = outline.right() - 15.0, outline.top() + 6.0
    painter.setPen(colour)
    painter.setOpacity(0.65)
    for k, length in enumerate((8.0, 8.0, 5.0)):
        y = top + 3.0 * k
        painter.drawLine(QPointF(left, y), QPointF(left + length, y))
    painter.setOpacity(1.0)


def _outline(painter: QPainter, node: GraphNode, rect: QRectF, radius: float) -> None:
    if outline_of(node.shape) == "ellipse" and not node.bars:
        painter.drawEllipse(rect)
        return
    if node.shape == "square" and not node.bars:
        radius = SQUARE_RADIUS
    painter.drawRoundedRect(rect, radius, radius)


def _title_band(outline: QRectF) -> QPainterPath:
    """Return the upper part of the rounded box, square at its lower edge."""
    r = CORNER_RADIUS
    left, right, top = outline.left(), outline.right(), outline.top()
    bottom = top + TITLE_HEIGHT
    path = QPainterPath(QPointF(left, bottom))
    path.lineTo(left, top + r)
    path.arcTo(left, top, 2 * r, 2 * r, 180.0, -90.0)
    path.lineTo(right - r, top)
    path.arcTo(right - 2 * r, top, 2 * r, 2 * r, 90.0, -90.0)
    path.lineTo(right, bottom)
    path.closeSubpath()
    return path
