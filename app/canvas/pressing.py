"""Which gesture a press of the mouse begins."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent

from app.canvas.gestures.bar import BarGesture
from app.canvas.gestures.base import Gesture
from app.canvas.gestures.draw_arc import DrawArcGesture
from app.canvas.gestures.move import MoveGesture
from app.canvas.gestures.pan import PanGesture
from app.canvas.gestures.pick_arc import PickArcGesture
from app.canvas.gestures.pick_node import PickNodeGesture
from app.canvas.gestures.rubber_band import RubberBandGesture

if TYPE_CHECKING:
    from app.canvas.view import GraphCanvas

_ADDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


def gesture_for(canvas: "GraphCanvas", press: QMouseEvent, *, has_space: bool) -> Gesture | None:
    """Return the gesture that begins with `press`, None when it means nothing."""
    at = canvas.to_scene(press.position())
    if press.button() == Qt.MouseButton.MiddleButton:
        return PanGesture(canvas, at)
    if press.button() != Qt.MouseButton.LeftButton:
        return None
    if has_space:
        return PanGesture(canvas, at)
    hit = canvas.hit(press.position())
    modifiers = press.modifiers()
    if canvas.is_picking and hit.node is not None and not modifiers & _ADDING:
        return PickNodeGesture(canvas, at, hit.node)
    if hit.part == "rim" and not modifiers & _ADDING:
        return DrawArcGesture(canvas, at, hit.node)
    if hit.part == "row" and not modifiers & _ADDING:
        return BarGesture(canvas, at, hit.node, hit.row)
    if hit.node is not None:
        return MoveGesture(canvas, at, hit.node, modifiers)
    if hit.arc is not None:
        return PickArcGesture(canvas, at, hit.arc, modifiers)
    return RubberBandGesture(canvas, at, modifiers)
