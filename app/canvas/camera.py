"""Zooming and panning of a view, with the point under the pointer kept in its place."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsView

NEAREST = 6.0
FARTHEST = 0.01
STEP = 1.2
FIT_AT_MOST = 1.35
FIT_MARGIN = 36.0


class Camera:
    """Moves what `view` shows; never outside the zoom limits."""

    def __init__(self, view: QGraphicsView) -> None:
        self._view = view

    @property
    def zoom(self) -> float:
        """Pixels on the screen for one canvas unit."""
        return self._view.transform().m11()

    def zoom_at(self, where: QPointF, factor: float) -> None:
        """Zoom by `factor` about a point of the viewport."""
        self.zoom_to(where, self.zoom * factor)

    def zoom_to(self, where: QPointF, zoom: float) -> None:
        """Set the zoom about a point of the viewport."""
        zoom = min(NEAREST, max(FARTHEST, zoom))
        inverse, _ = self._view.viewportTransform().inverted()
        fixed = inverse.map(where)
        transform = self._view.transform()
        transform.reset()
        transform.scale(zoom, zoom)
        self._view.setTransform(transform)
        now = self._view.viewportTransform().map(fixed)
        self.pan(where.x() - now.x(), where.y() - now.y())

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by so many pixels."""
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() - round(dx))
        down.setValue(down.value() - round(dy))

    def fit(self, rect: QRectF, margin: float = FIT_MARGIN) -> None:
        """Show all of `rect` in the middle, not larger than a comfortable size."""
        if rect.isNull():
            rect = QRectF(-1, -1, 2, 2)
        room = self._view.viewport().rect()
        across = max(1.0, room.width() - 2 * margin) / max(1.0, rect.width())
        down = max(1.0, room.height() - 2 * margin) / max(1.0, rect.height())
        zoom = min(NEAREST, max(FARTHEST, min(FIT_AT_MOST, across, down)))
        transform = self._view.transform()
        transform.reset()
        transform.scale(zoom, zoom)
        self._view.setTransform(transform)
        self._view.centerOn(rect.center())
