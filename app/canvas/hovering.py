"""What shows while the pointer moves with no button down: the node, its bar, its handle, tips."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtWidgets import QToolTip

from app.canvas.arc_geometry import rim_point
from app.canvas.arc_item import ArcItem
from app.canvas.hit_test import EMPTY, SMALLEST_WITH_RIM, Hit
from app.canvas.node_item import NodeItem
from app.canvas.tips import tip_of

if TYPE_CHECKING:
    from app.canvas.view import GraphCanvas

_CURSORS = {
    "rim": Qt.CursorShape.CrossCursor,
    "row": Qt.CursorShape.PointingHandCursor,
    "arc": Qt.CursorShape.PointingHandCursor,
}


class Hovering:
    """Marks what is under the pointer."""

    def __init__(self, canvas: "GraphCanvas") -> None:
        self._canvas = canvas
        self._node: NodeItem | None = None
        self._arc: ArcItem | None = None
        self._bar: tuple[str, int] | None = None

    def at(self, where: QPointF) -> None:
        """Mark what lies under a point of the viewport."""
        hit = self._canvas.hit(where)
        self._mark(hit)
        self._canvas.overlay.show_handle(self._handle_place(hit, where))
        self._canvas.set_gesture_cursor(_CURSORS.get(hit.part))

    def leave(self) -> None:
        """Take all marks away."""
        self._mark(EMPTY)
        self._canvas.overlay.show_handle(None)

    def forget_missing(self) -> None:
        """Let go of items that are no longer in the scene."""
        if self._node is not None and self._node.is_leaving:
            self._node = None
            self._canvas.overlay.show_handle(None)
            self._canvas.hovered.emit(None)
            self._note_bar(None)
        if self._arc is not None and self._arc.is_leaving:
            self._arc = None

    def take(self, happening: QEvent) -> bool:
        """Answer tips, pinches and the pointer's leaving; return whether it is done with."""
        kind = happening.type()
        if kind == QEvent.Type.ToolTip:
            tip = tip_of(self._canvas.hit(QPointF(happening.pos())))
            QToolTip.showText(happening.globalPos(), tip, self._canvas.viewport())
            return True
        if kind == QEvent.Type.Leave:
            self.leave()
        elif (
            kind == QEvent.Type.NativeGesture
            and happening.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self._canvas.zoom_about(happening.position(), 1.0 + happening.value())
            return True
        return False

    def _mark(self, hit: Hit) -> None:
        if hit.node is not self._node:
            if self._node is not None:
                self._node.mark(is_hovered=False, hovered_row=None)
            self._node = hit.node
            self._canvas.hovered.emit(hit.node_id)
        if hit.node is not None:
            row = None if hit.row is None else hit.row.index
            hit.node.mark(is_hovered=True, hovered_row=row)
        self._note_bar(_bar_of(hit))
        if hit.arc is not self._arc:
            if self._arc is not None:
                self._arc.mark(is_hovered=False)
            self._arc = hit.arc
            if hit.arc is not None:
                hit.arc.mark(is_hovered=True)

    def _note_bar(self, bar: tuple[str, int] | None) -> None:
        """Say when the pointer comes onto a bar or leaves the bars."""
        if bar == self._bar:
            return
        self._bar = bar
        if bar is None:
            self._canvas.bar_left.emit()
        else:
            self._canvas.bar_hovered.emit(*bar)

    def _handle_place(self, hit: Hit, where: QPointF) -> QPointF | None:
        """Return where the dot goes: beside the pointer on the rim, else below the node."""
        if hit.node is None:
            return None
        box = hit.node.box
        if box.height * self._canvas.zoom < SMALLEST_WITH_RIM:
            return None
        if hit.part != "rim":
            return QPointF(box.x, box.y + box.height / 2)
        at = self._canvas.to_scene(where)
        if box.shape == "ellipse":
            return QPointF(*rim_point(box, (at.x(), at.y())))
        return _nearest_on_box(box.x, box.y, box.width / 2, box.height / 2, at)


def _bar_of(hit: Hit) -> tuple[str, int] | None:
    if hit.node is None or hit.part != "row" or hit.row is None or hit.row.index is None:
        return None
    return (hit.node_id or "", hit.row.index)


def _nearest_on_box(x: float, y: float, a: float, b: float, at: QPointF) -> QPointF:
    dx = min(a, max(-a, at.x() - x))
    dy = min(b, max(-b, at.y() - y))
    if a - abs(dx) < b - abs(dy):
        dx = a if dx > 0 else -a
    else:
        dy = b if dy > 0 else -b
    return QPointF(x + dx, y + dy)
