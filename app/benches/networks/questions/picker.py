"""Choosing nodes on the canvas for a question."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from app.canvas.view import GraphCanvas


class Picker(QObject):
    """Lets one chooser at a time have the clicks on nodes."""

    changed = Signal()

    def __init__(self, canvas: GraphCanvas, owner: QObject) -> None:
        super().__init__(owner)
        self._canvas = canvas
        self._take: Callable[[str], None] | None = None
        self.holder: QObject | None = None
        canvas.node_picked.connect(self._on_picked)

    def begin(self, holder: QObject, take: Callable[[str], None]) -> None:
        """Give the clicks to `holder`: ``take(name)`` is called for each."""
        self.holder, self._take = holder, take
        self._canvas.is_picking = True
        self.changed.emit()

    @Slot()
    def end(self) -> None:
        """Let clicks select and observe again."""
        if self.holder is not None:
            self.holder = self._take = None
            self._canvas.is_picking = False
            self.changed.emit()

    @Slot(str)
    def _on_picked(self, name: str) -> None:
        if self._take is not None:
            self._take(name)
