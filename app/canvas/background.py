"""The dotted grid, whose spacing follows the zoom in powers of two."""

from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.canvas.look import Look

SPACING = 20.0
CLOSEST_PIXELS = 15.0
DOT_PIXELS = 1.7


def paint_background(painter: QPainter, rect: QRectF, look: Look, zoom: float) -> None:
    """Fill a part of the scene with the canvas colour and its dots."""
    painter.fillRect(rect, look.colour["canvas"])
    spacing = SPACING
    while spacing * zoom < CLOSEST_PIXELS:
        spacing *= 2.0
    while spacing * zoom >= 2.0 * CLOSEST_PIXELS:
        spacing /= 2.0
    pen = QPen(look.colour["grid"], DOT_PIXELS)
    pen.setCosmetic(True)
    painter.setPen(pen)
    columns = range(floor(rect.left() / spacing), ceil(rect.right() / spacing) + 1)
    rows = range(floor(rect.top() / spacing), ceil(rect.bottom() / spacing) + 1)
    row = QPolygonF([QPointF(i * spacing, rows.start * spacing) for i in columns])
    for _ in rows:
        painter.drawPoints(row)
        row.translate(0.0, spacing)
