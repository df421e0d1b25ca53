"""Selecting a rectangle of cells: copy, cut, paste, clear, turn and mirror what is in it."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter

from app.benches.automata.field_view import FieldView
from app.benches.automata.hands.clip_text import text_of_cells
from app.benches.automata.hands.hand_tool import draw_box, draw_label
from app.benches.automata.hands.hands import Hands
from app.benches.automata.hands.rectangles import RectangleTool, box_between
from app.benches.automata.tool import FieldPoint
from core.automata.interventions import Fill, Patch
from core.automata.regions import Box, mirrored, rotated

MARCH_MS = 90


class Selector(RectangleTool):
    """Holds a selection with a marching edge; keys act on it."""

    id = "select"
    title = "Select"
    icon = "select-all"
    letter = "S"
    help = (
        "Drag a rectangle; then Ctrl+C, Ctrl+X, Ctrl+V, Delete, R to turn, X and Y to mirror, "
        "L to keep it in the library."
    )

    def __init__(self, hands: Hands) -> None:
        super().__init__(hands)
        self.box: Box | None = None
        self._offset = 0.0
        self._march = QTimer(hands)
        self._march.setInterval(MARCH_MS)
        self._march.timeout.connect(self._on_march)

    def press(self, at: FieldPoint) -> bool:
        """Begin another selection."""
        self.select(None)
        return super().press(at)

    def dragged(self, box: Box) -> None:
        """Select a rectangle."""
        self.select(box)

    def release(self, at: FieldPoint) -> None:
        """Select where there was a drag; a click selects nothing."""
        first, self._first, self._last = self._first, None, None
        if first is not None and first.cell != at.cell:
            box = box_between(first, at)
            self.select((box[0], 0, box[2], 1) if self.hands.view.is_space_time else box)
        self.hands.view.update()

    def cancel(self) -> None:
        """Select nothing."""
        super().cancel()
        self.select(None)

    def select(self, box: Box | None) -> None:
        """Select a rectangle, or nothing."""
        self.box = box
        if box is None:
            self._march.stop()
        elif not self._march.isActive():
            self._march.start()
        self.hands.selection_changed.emit()
        self.hands.view.update()

    def key(self, event: QKeyEvent) -> bool:
        """Act on the selection."""
        act = self._act_of(event)
        if act is None:
            return super().key(event)
        act()
        return True

    def draw(self, painter: QPainter, view: FieldView) -> None:
        """Draw the marching edge."""
        if self._first is not None:
            super().draw(painter, view)
        elif self.box is not None:
            draw_box(painter, view, self.box, self._offset)
            x, y, width, height = self.box
            corner = view.to_view(x + width, y + height)
            draw_label(painter, QPointF(corner) - QPointF(8, 8), f"{width} × {height}")

    # -- what can be done --------------------------------------------------------------------------

    def select_all(self) -> None:
        """Select the whole world, or what lives of one without end."""
        self.select(self.hands.whole())

    def copy(self) -> None:
        """Copy the cells as text."""
        if self.box is not None:
            self.hands.read(self.box, self._put_on_clipboard)

    def cut(self) -> None:
        """Copy, then clear."""

        def take(cells: np.ndarray) -> None:
            self._put_on_clipboard(cells)
            self.clear("Cut")

        if self.box is not None:
            self.hands.read(self.box, take)

    def clear(self, text: str = "Clear the selection") -> None:
        """Set all cells of the selection to 0."""
        if self.box is None:
            return
        for channel in range(self.hands.traits.channels):
            self.hands.do(text, Fill(0, *self.box, 0.0, channel), merge_key="clear")
        self.hands.document.end_merge()

    def keep(self) -> None:
        """Put the selection into the user's own library."""
        if self.box is not None:
            self.hands.read(self.box, self.hands.keep_requested.emit)

    def turn(self, quarter_turns: int) -> None:
        """Turn the selection about its middle."""
        self._change("Turn the selection", lambda cells: rotated(cells, quarter_turns))

    def mirror(self, axis: str) -> None:
        """Mirror the selection."""
        self._change("Mirror the selection", lambda cells: mirrored(cells, axis))

    def _change(self, text: str, change: Callable[[np.ndarray], np.ndarray]) -> None:
        if self.box is None:
            return
        if self.hands.traits.is_particles:
            self.hands.say("Particles are not turned; copy and stamp them.")
            return
        x, y, width, height = self.box
        new = change(np.zeros((height, width), dtype=np.uint8)).shape
        left, top = x + (width - new[1]) // 2, y + (height - new[0]) // 2
        union_x, union_y = min(x, left), min(y, top)
        right, bottom = max(x + width, left + new[1]), max(y + height, top + new[0])
        union = (union_x, union_y, right - union_x, bottom - union_y)

        def put(cells: np.ndarray) -> None:
            inner = cells[..., y - union_y :, x - union_x :][..., :height, :width].copy()
            cells[..., y - union_y : y - union_y + height, x - union_x : x - union_x + width] = 0
            changed = change(inner)
            into = cells[..., top - union_y :, left - union_x :]
            into[..., : new[0], : new[1]] = changed
            self.hands.do(text, Patch(0, union_x, union_y, cells))
            self.select((left, top, new[1], new[0]))

        self.hands.read(union, put)

    def _put_on_clipboard(self, cells: np.ndarray) -> None:
        text = text_of_cells(cells, self.hands.document.rule)
        QGuiApplication.clipboard().setText(text)
        self.hands.say(f"Copied {cells.shape[-1]} × {cells.shape[-2]} cells as text.")

    def _act_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        if event.matches(QKeySequence.StandardKey.SelectAll):
            return self.select_all
        if self.box is None:
            return None
        for standard, act in (
            (QKeySequence.StandardKey.Copy, self.copy),
            (QKeySequence.StandardKey.Cut, self.cut),
            (QKeySequence.StandardKey.Delete, self.clear),
        ):
            if event.matches(standard):
                return act
        plain = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if plain != Qt.KeyboardModifier.NoModifier:
            return None
        back = -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Backspace: self.clear,
            Qt.Key.Key_R: lambda: self.turn(back),
            Qt.Key.Key_X: lambda: self.mirror("x"),
            Qt.Key.Key_Y: lambda: self.mirror("y"),
            Qt.Key.Key_L: self.keep,
        }
        return acts.get(event.key())

    def _on_march(self) -> None:
        self._offset = (self._offset + 1.0) % 8.0
        self.hands.view.update()
