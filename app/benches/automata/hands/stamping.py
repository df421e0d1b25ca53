"""Stamping a pattern: it hangs under the pointer, is turned, mirrored, and put down by a click."""

from math import floor

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter

from app.benches.automata.field_view import FieldView
from app.benches.automata.hands.hand_tool import INK, HandTool, draw_box
from app.benches.automata.hands.hands import Hands
from app.benches.automata.tool import FieldPoint
from core.automata.interventions import Patch
from core.automata.regions import mirrored, rotated


class Stamp(HandTool):
    """Puts down one pattern as often as is clicked."""

    id = "stamp"
    title = "Stamp"
    icon = "stamp"
    letter = "T"
    help = (
        "Click to put the pattern down; R turns it, X and Y mirror it, Escape puts it away. "
        "Take one from the library, or paste."
    )
    form = ("mode",)
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, hands: Hands) -> None:
        super().__init__(hands)
        self.cells: npt.NDArray[np.generic] | None = None
        self.name = ""
        self._image = QImage()

    def load(self, cells: npt.NDArray[np.generic], name: str) -> None:
        """Take a pattern of this world's kind into the hand."""
        if self.hands.traits.is_particles:
            cells = np.array(cells, dtype=np.float64)
            cells[:, :2] -= cells[:, :2].mean(axis=0)  # they hang about the pointer
        self.cells, self.name = cells, name
        self._image = self.hands.image_of(cells)
        self.hands.view.update()

    def press(self, at: FieldPoint) -> bool:
        """Put the pattern down."""
        if self.cells is None:
            self.hands.say("There is no pattern in the hand; take one from the library or paste.")
            return True
        at = self.cells_at(at)
        self.place = at
        self.put(at.x, at.y)
        return True

    def put(self, x: float, y: float) -> None:
        """Put the pattern down with its middle at a place."""
        assert self.cells is not None
        if self.hands.traits.is_particles:
            moved = self.cells.copy()
            moved[:, :2] += (x, y)
            self.hands.do(f"Stamp {self.name or 'particles'}", Patch(0, 0, 0, moved))
            return
        left, top = self.corner(x, y)
        mode = self.hands.settings.mode
        self.hands.do(f"Stamp {self.name or 'a pattern'}", Patch(0, left, top, self.cells, mode))

    def corner(self, x: float, y: float) -> tuple[int, int]:
        """Return the upper left cell of the pattern when its middle is at a place."""
        width, height = self._sides()
        top = 0 if self.hands.view.is_space_time else floor(y) - height // 2
        return floor(x) - width // 2, top

    def move(self, at: FieldPoint) -> None:
        """Follow the pointer."""
        self.hover(at)

    def key(self, event: QKeyEvent) -> bool:
        """Turn or mirror the pattern, or put it away."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if self.cells is None or plain != Qt.KeyboardModifier.NoModifier:
            return super().key(event)
        if event.key() == Qt.Key.Key_Escape:
            self.hands.put_away()
            return True
        if self.hands.traits.is_particles:
            return super().key(event)
        if event.key() == Qt.Key.Key_R:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.load(rotated(self.cells, -1 if back else 1), self.name)
        elif event.key() in (Qt.Key.Key_X, Qt.Key.Key_Y):
            axis = "x" if event.key() == Qt.Key.Key_X else "y"
            self.load(mirrored(self.cells, axis), self.name)
        else:
            return super().key(event)
        return True

    def draw(self, painter: QPainter, view: FieldView) -> None:
        """Draw the pattern where a click would put it."""
        if self.cells is None or self.place is None:
            return
        if self.hands.traits.is_particles:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(INK)
            for x, y in self.cells[:, :2]:
                painter.drawEllipse(view.to_view(self.place.x + x, self.place.y + y), 3.0, 3.0)
            return
        left, top = self.corner(self.place.x, self.place.y)
        if view.is_space_time:
            top = self.place.cell[1]
        width, height = self._sides()
        painter.setOpacity(0.85)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(view.rect_to_view(left, top, width, height), self._image)
        painter.setOpacity(1.0)
        draw_box(painter, view, (left, top, width, height))

    def _sides(self) -> tuple[int, int]:
        assert self.cells is not None
        return self.cells.shape[-1], self.cells.shape[-2]
