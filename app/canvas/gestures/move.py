"""Moving the selected nodes by the body of one of them."""

from PySide6.QtCore import QPointF, Qt

from app.canvas.arc_geometry import Box
from app.canvas.gestures.base import Gesture, Modifiers
from app.canvas.node_item import NodeItem
from app.canvas.snapping import snap

SNAP_PIXELS = 6.0


class MoveGesture(Gesture):
    """Moves the selection in whole units, lining the grabbed node up with its neighbours."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(
        self, canvas: object, start: QPointF, grabbed: NodeItem, modifiers: Modifiers
    ) -> None:
        super().__init__(canvas, start)
        self._name = grabbed.node.id
        self._was_selected = self._name in canvas.selected()
        self._is_toggle = bool(
            modifiers & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier)
        )
        if self._is_toggle and not self._was_selected:
            canvas.select([*canvas.selected(), self._name])
        elif not self._was_selected:
            canvas.select([self._name])
        self._starts: dict[str, tuple[float, float]] = {}
        self._neighbours: list[Box] = []
        self._last: dict[str, tuple[float, float]] = {}

    def held(self) -> frozenset[str]:
        """Return the nodes on the move."""
        return frozenset(self._starts)

    def survives(self) -> bool:
        """Return whether all nodes on the move are still there."""
        return self._name in self.canvas.graph.nodes and all(
            name in self.canvas.graph.nodes for name in self._starts
        )

    def drag(self, at: QPointF, modifiers: Modifiers) -> None:
        """Move along; Alt leaves out the alignment."""
        if not self._starts:
            if self.is_click(at):
                return
            self._pick_up()
        dx, dy = at.x() - self.start.x(), at.y() - self.start.y()
        if not modifiers & Qt.KeyboardModifier.AltModifier:
            dx, dy = self._aligned(dx, dy)
        else:
            self.canvas.overlay.show_guides(())
            dx, dy = round(dx), round(dy)
        self._last = {name: (x + dx, y + dy) for name, (x, y) in self._starts.items()}
        self.canvas.graph.place(self._last)
        self.canvas.moved.emit(dict(self._last), False)

    def release(self, at: QPointF, modifiers: Modifiers) -> None:
        """Report the move, or settle the selection after a click."""
        if self._starts:
            self.canvas.moved.emit(dict(self._last), True)
        elif self._is_toggle and self._was_selected:
            self.canvas.select([n for n in self.canvas.selected() if n != self._name])
        elif not self._is_toggle:
            self.canvas.select([self._name])

    def cancel(self) -> None:
        """Put the nodes back."""
        if self._starts:
            self.canvas.graph.place(self._starts)
            self.canvas.moved.emit(dict(self._starts), True)

    def _pick_up(self) -> None:
        nodes = self.canvas.graph.nodes
        self.canvas.settle(self.canvas.selected())
        for name in self.canvas.selected():
            at = nodes[name].pos()
            self._starts[name] = (at.x(), at.y())
        seen = self.canvas.visible_rect()
        self._neighbours = [
            item.box
            for name, item in nodes.items()
            if name not in self._starts and seen.contains(item.pos())
        ]

    def _aligned(self, dx: float, dy: float) -> tuple[float, float]:
        box = self.canvas.graph.nodes[self._name].box
        x, y = self._starts[self._name]
        dx, dy = round(dx), round(dy)
        moved = Box(x + dx, y + dy, box.width, box.height, box.shape)
        found = snap(moved, self._neighbours, SNAP_PIXELS / self.canvas.zoom)
        self.canvas.overlay.show_guides(found.guides)
        return dx + found.dx, dy + found.dy
