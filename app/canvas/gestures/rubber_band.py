"""Selecting what lies in a rectangle drawn on empty canvas."""

from PySide6.QtCore import QPointF, QRectF, Qt

from app.canvas.gestures.base import Gesture, Modifiers


class RubberBandGesture(Gesture):
    """Selects the nodes that touch the band; with Shift or Ctrl, besides those selected."""

    def __init__(self, canvas: object, start: QPointF, modifiers: Modifiers) -> None:
        super().__init__(canvas, start)
        self._before = canvas.selected()
        self._before_arcs = [arc.id for arc in canvas.selected_arcs()]
        adding = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        self._kept = self._before if modifiers & adding else []
        if not self._kept:
            canvas.select()

    def drag(self, at: QPointF, modifiers: Modifiers) -> None:
        """Stretch the band to the pointer."""
        if self.is_click(at) and not self.canvas.overlay.band.isVisible():
            return
        band = QRectF(self.start, at).normalized()
        self.canvas.overlay.show_band(band)
        kept = dict.fromkeys(self._kept)
        for name, item in self.canvas.graph.nodes.items():
            if band.intersects(item.outline.translated(item.pos())):
                kept[name] = None
        self.canvas.select(kept)

    def cancel(self) -> None:
        """Select what was selected before."""
        self.canvas.select(self._before, self._before_arcs)
