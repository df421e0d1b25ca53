"""The one painter of figures: the same calls draw on screen, in SVG, in PDF and in PNG.

The painter given to `draw` counts in millimetres. Inside, everything is in hundredths of a
millimetre, so that fonts have whole sizes and an SVG whose user unit is that one needs no
scaling at all.
"""

from collections.abc import Iterable
from functools import singledispatchmethod

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QPainter, QPainterPath, QPen, QPolygonF

from app.figures.arrowheads import shaft_and_head
from app.figures.description import (
    Arrow,
    Cubic,
    Ellipse,
    Figure,
    Group,
    Image,
    Item,
    Line,
    Move,
    Path,
    Polyline,
    Rect,
    Step,
    Text,
    To,
)
from app.figures.lettering import UNITS_PER_MM, set_text


def draw(figure: Figure, painter: QPainter, *, outlines: bool = False) -> None:
    """Draw `figure` with its top left corner at the painter's origin, one unit a millimetre."""
    painter.save()
    painter.scale(1 / UNITS_PER_MM, 1 / UNITS_PER_MM)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    pencil = _Pencil(painter, figure.font_family, outlines)
    if figure.background is not None:
        sheet = Rect(0, 0, figure.width_mm, figure.height_mm, colour=None, fill=figure.background)
        pencil.draw(sheet)
    pencil.draw_all(figure.items)
    painter.restore()


def _units(value: float) -> float:
    return value * UNITS_PER_MM


def _point(x: float, y: float) -> QPointF:
    return QPointF(_units(x), _units(y))


def _box(x: float, y: float, width: float, height: float) -> QRectF:
    return QRectF(_units(x), _units(y), _units(width), _units(height))


def _pen(colour: str | None, width_mm: float, dash: tuple[float, ...]) -> QPen:
    if colour is None or width_mm <= 0:
        return QPen(Qt.PenStyle.NoPen)
    pen = QPen(QColor(colour), _units(width_mm))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        pen.setDashPattern([length / width_mm for length in dash])
    return pen


def _brush(fill: str | None) -> QBrush:
    return QBrush(Qt.BrushStyle.NoBrush) if fill is None else QBrush(QColor(fill))


def _path(steps: Iterable[Step]) -> QPainterPath:
    path = QPainterPath()
    for step in steps:
        if isinstance(step, Move):
            path.moveTo(_point(step.x, step.y))
        elif isinstance(step, To):
            path.lineTo(_point(step.x, step.y))
        elif isinstance(step, Cubic):
            controls = _point(step.x1, step.y1), _point(step.x2, step.y2)
            path.cubicTo(*controls, _point(step.x, step.y))
        else:
            path.closeSubpath()
    return path


def _polygon(points: Iterable[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([_point(x, y) for x, y in points])


class _Pencil:
    """Draws items one after another with one painter."""

    def __init__(self, painter: QPainter, family: str, outlines: bool) -> None:
        self._painter = painter
        self._family = family
        self._outlines = outlines

    def draw_all(self, items: Iterable[Item]) -> None:
        for item in items:
            self.draw(item)

    @singledispatchmethod
    def draw(self, item: Item) -> None:
        raise TypeError(f"A figure cannot hold a {type(item).__name__}.")

    def _style(self, item: Polyline | Path | Rect | Ellipse) -> None:
        self._painter.setPen(_pen(item.colour, item.width_mm, item.dash))
        self._painter.setBrush(_brush(item.fill))

    @draw.register
    def _(self, item: Line) -> None:
        self._painter.setPen(_pen(item.colour, item.width_mm, item.dash))
        self._painter.drawLine(_point(item.x1, item.y1), _point(item.x2, item.y2))

    @draw.register
    def _(self, item: Polyline) -> None:
        self._style(item)
        polygon = _polygon(item.points)
        if item.closed:
            self._painter.drawPolygon(polygon)
            return
        if item.fill is not None:
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.drawPolygon(polygon)
            self._style(item)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPolyline(polygon)

    @draw.register
    def _(self, item: Path) -> None:
        self._style(item)
        self._painter.drawPath(_path(item.steps))

    @draw.register
    def _(self, item: Arrow) -> None:
        shaft, head = shaft_and_head(item)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(_pen(item.colour, item.width_mm, item.dash))
        self._painter.drawPath(_path(shaft))
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(_brush(item.colour))
        self._painter.drawPolygon(_polygon(head))

    @draw.register
    def _(self, item: Rect) -> None:
        self._style(item)
        box = _box(item.x, item.y, item.width, item.height)
        if item.radius > 0:
            radius = _units(min(item.radius, item.width / 2, item.height / 2))
            self._painter.drawRoundedRect(box, radius, radius)
        else:
            self._painter.drawRect(box)

    @draw.register
    def _(self, item: Ellipse) -> None:
        self._style(item)
        self._painter.drawEllipse(_point(item.x, item.y), _units(item.rx), _units(item.ry))

    @draw.register
    def _(self, item: Image) -> None:
        rows, columns = item.rgba.shape[:2]
        if rows == 0 or columns == 0:
            return
        data = item.rgba.tobytes()
        image = QImage(data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888)
        self._painter.drawImage(_box(item.x, item.y, item.width, item.height), image)

    @draw.register
    def _(self, item: Text) -> None:
        lettering = set_text(item, self._family)
        start = QPointF(lettering.left, lettering.baseline)
        if not lettering.string.strip():
            return
        if item.rotation_deg:
            self._painter.save()
            self._painter.translate(_point(item.x, item.y))
            self._painter.rotate(item.rotation_deg)
        else:
            start += _point(item.x, item.y)
        self._letter(start, lettering.string, lettering.font, QColor(item.colour))
        if item.rotation_deg:
            self._painter.restore()

    def _letter(self, start: QPointF, string: str, font: QFont, colour: QColor) -> None:
        if self._outlines:
            path = QPainterPath()
            path.setFillRule(Qt.FillRule.WindingFill)
            path.addText(start, font, string)
            self._painter.fillPath(path, QBrush(colour))
            return
        self._painter.setFont(font)
        self._painter.setPen(colour)
        self._painter.drawText(start, string)

    @draw.register
    def _(self, item: Group) -> None:
        self._painter.save()
        self._painter.translate(_point(item.dx, item.dy))
        if item.clip is not None:
            box = _box(item.clip.x, item.clip.y, item.clip.width, item.clip.height)
            self._painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
        self.draw_all(item.items)
        self._painter.restore()
