"""Selecting an arc."""

from PySide6.QtCore import QPointF, Qt

from app.canvas.arc_item import ArcItem
from app.canvas.gestures.base import Gesture, Modifiers


class PickArcGesture(Gesture):
    """Selects the arc at the press; with Shift or Ctrl, besides what is selected."""

    scrolls = False

    def __init__(self, canvas: object, start: QPointF, arc: ArcItem, modifiers: Modifiers) -> None:
        super().__init__(canvas, start)
        picked = arc.arc.id
        if modifiers & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier):
            arcs = [each.id for each in canvas.selected_arcs()]
            arcs = [each for each in arcs if each != picked] if picked in arcs else [*arcs, picked]
            canvas.select(canvas.selected(), arcs)
        else:
            canvas.select(arcs=[picked])
