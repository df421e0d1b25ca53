"""Moving the selection with the arrow keys, a run of presses being one move."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot

if TYPE_CHECKING:
    from app.canvas.view import GraphCanvas

PAUSE_MS = 700
"""A pause this long after a press ends the run."""

_DIRECTIONS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class KeyMoves(QObject):
    """Collects presses of the arrow keys until a pause or another action ends them."""

    def __init__(self, canvas: "GraphCanvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._moving: dict[str, tuple[float, float]] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.finish)

    def held(self) -> frozenset[str]:
        """Return the nodes on the move."""
        return frozenset(self._moving)

    def press(self, key: int, *, is_far: bool) -> bool:
        """Take a key; return whether it was an arrow key with something to move."""
        direction = _DIRECTIONS.get(key)
        names = self._canvas.selected()
        if direction is None or not names:
            return False
        if set(names) != set(self._moving):
            self.finish()
            self._canvas.settle(names)
        step = 10.0 if is_far else 1.0
        for name in names:
            at = self._canvas.graph.nodes[name].pos()
            self._moving[name] = (at.x() + step * direction[0], at.y() + step * direction[1])
        self._canvas.graph.place(self._moving)
        self._pause.start()
        self._canvas.moved.emit(dict(self._moving), False)
        return True

    def forget(self, known: object) -> None:
        """Drop nodes that are no longer there."""
        self._moving = {n: at for n, at in self._moving.items() if n in known}

    @Slot()
    def finish(self) -> None:
        """Report the whole run as finished."""
        self._pause.stop()
        if self._moving:
            moved, self._moving = self._moving, {}
            self._canvas.moved.emit(moved, True)
