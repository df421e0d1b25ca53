"""What gestures draw over the graph: the draft of an arc, a caption, guides, a band, a handle."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from app.canvas.arc_geometry import ArcPath
from app.canvas.arc_item import painter_path
from app.canvas.geometry import CORNER_RADIUS, MIN_NAME_WIDTH, NAME_HEIGHT
from app.canvas.look import Look
from app.canvas.scene import GraphScene
from app.canvas.snapping import Segment

ABOVE_ALL = 10.0
BESIDE_POINTER = 16.0


class Overlay:
    """The items that float above a scene's graph, hidden until they are shown."""

    def __init__(self, scene: GraphScene) -> None:
        self._look = scene.look
        self.draft = QGraphicsPathItem()
        self.ghost = QGraphicsPathItem()
        self.guides = QGraphicsPathItem()
        self.band = QGraphicsRectItem()
        self.handle = QGraphicsEllipseItem(-5.0, -5.0, 10.0, 10.0)
        self.caption = Caption(scene.look)
        ignore = QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations
        self.handle.setFlag(ignore)
        self.caption.setFlag(ignore)
        for depth, item in enumerate(self._items()):
            item.setZValue(ABOVE_ALL + depth)
            item.hide()
            scene.addItem(item)
        self.set_look(scene.look)

    def set_look(self, look: Look) -> None:
        """Follow another palette."""
        self._look = look
        self.caption.set_look(look)
        self.handle.setPen(look.pen("canvas", 2.0))
        self.handle.setBrush(look.brush["accent"])
        self.guides.setPen(_cosmetic(look.colour["accent"], 1.0, Qt.PenStyle.DashLine))
        self.band.setPen(_cosmetic(look.colour["selection"], 1.0, Qt.PenStyle.SolidLine))
        self.band.setBrush(_faint(look.colour["selection"], 34))
        self.ghost.setPen(_cosmetic(look.colour["arc_draft"], 1.4, Qt.PenStyle.DashLine))
        self.ghost.setBrush(_faint(look.colour["arc_draft"], 22))

    def show_draft(self, route: ArcPath, *, is_refused: bool) -> None:
        """Draw the arc that would come to be, red when it is refused."""
        role = "arc_refused" if is_refused else "arc_draft"
        self.draft.setPen(self._look.pen(role, 2.2))
        self.draft.setBrush(self._look.brush[role])
        self.draft.setPath(painter_path(route))
        self.draft.show()

    def show_ghost(self, at: QPointF) -> None:
        """Draw the outline of the node that would come to be."""
        path = QPainterPath()
        rect = QRectF(-MIN_NAME_WIDTH / 2, -NAME_HEIGHT / 2, MIN_NAME_WIDTH, NAME_HEIGHT)
        path.addRoundedRect(rect, CORNER_RADIUS, CORNER_RADIUS)
        self.ghost.setPath(path)
        self.ghost.setPos(at)
        self.ghost.show()

    def show_caption(self, text: str, at: QPointF, *, is_refused: bool = False) -> None:
        """Write a few words beside the pointer, none when `text` is empty."""
        self.caption.setPos(at)
        self.caption.show_text(text, is_refused=is_refused)
        self.caption.setVisible(bool(text))

    def show_guides(self, segments: Iterable[Segment]) -> None:
        """Draw alignment guides."""
        path = QPainterPath()
        for x1, y1, x2, y2 in segments:
            path.moveTo(x1, y1)
            path.lineTo(x2, y2)
        self.guides.setPath(path)
        self.guides.setVisible(not path.isEmpty())

    def show_band(self, rect: QRectF) -> None:
        """Draw the rubber band."""
        self.band.setRect(rect)
        self.band.show()

    def show_handle(self, at: QPointF | None) -> None:
        """Put the dot from which arcs are drawn on a rim, or hide it."""
        if at is not None:
            self.handle.setPos(at)
        self.handle.setVisible(at is not None)

    def clear(self) -> None:
        """Hide everything."""
        for item in self._items():
            item.hide()

    def _items(self) -> tuple[QGraphicsItem, ...]:
        return (self.guides, self.band, self.ghost, self.draft, self.handle, self.caption)


class Caption(QGraphicsRectItem):
    """A few words on a rounded patch beside the pointer, the same size at every zoom."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._text = ""
        self._is_refused = False
        self._look = look

    @property
    def text(self) -> str:
        """The words shown."""
        return self._text

    def set_look(self, look: Look) -> None:
        """Follow another palette."""
        self._look = look
        self.setPen(look.no_pen)
        self.update()

    def show_text(self, text: str, *, is_refused: bool) -> None:
        """Write `text`, in the colour of refusal or quietly."""
        self._text, self._is_refused = text, is_refused
        _, width, height = self._look.text(text, self._look.row_font, 2)
        self.setRect(self._kept_in_sight(width + 16.0, height + 8.0))
        self.update()

    def _kept_in_sight(self, width: float, height: float) -> QRectF:
        """Return the patch below and right of the pointer, or where the view has room for it."""
        rect = QRectF(BESIDE_POINTER, BESIDE_POINTER, width, height)
        views = self.scene().views() if self.scene() is not None else []
        if views:
            at, room = views[0].mapFromScene(self.pos()), views[0].viewport().rect()
            rect.moveLeft(max(min(rect.left(), room.right() - at.x() - width), -float(at.x())))
            if at.y() + rect.bottom() > room.bottom():
                rect.moveBottom(-BESIDE_POINTER)
        return rect

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the patch and the words."""
        look, rect = self._look, self.rect()
        role = "arc_refused" if self._is_refused else "border"
        painter.setPen(QPen(look.colour[role], 1.0))
        painter.setBrush(look.brush["surface_raised"])
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5.0, 5.0)
        static, _, _ = look.text(self._text, look.row_font, 2)
        painter.setFont(look.row_font)
        painter.setPen(look.colour["arc_refused" if self._is_refused else "text"])
        painter.drawStaticText(rect.topLeft() + QPointF(8.0, 4.0), static)


def _cosmetic(colour: QColor, width: float, style: Qt.PenStyle) -> QPen:
    pen = QPen(colour, width, style)
    pen.setCosmetic(True)
    return pen


def _faint(colour: QColor, alpha: int) -> QColor:
    faint = QColor(colour)
    faint.setAlpha(alpha)
    return faint
