"""What a tool in the hand does on the field: the protocol, and a place in cells."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QKeyEvent, QPainter

if TYPE_CHECKING:
    from app.benches.automata.field_view import FieldView


@dataclass(frozen=True)
class FieldPoint:
    """Where the pointer is in cells (the middle of the first cell is 0.5, 0.5), and how."""

    x: float
    y: float
    button: Qt.MouseButton = Qt.MouseButton.NoButton
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier

    @property
    def cell(self) -> tuple[int, int]:
        """The cell (x, y) under the pointer."""
        return floor(self.x), floor(self.y)


class Tool:
    """A tool in the hand; this one only looks. The view calls it while it is `FieldView.tool`.

    `press` returns whether the tool wants the drag; if not, it pans the view. `paint` draws over
    the field in pixels of the view, see `FieldView.to_view` and `FieldView.scale`.
    """

    cursor: Qt.CursorShape | QCursor = Qt.CursorShape.ArrowCursor

    def press(self, at: FieldPoint) -> bool:
        return False

    def move(self, at: FieldPoint) -> None:
        """Go on with a drag."""

    def release(self, at: FieldPoint) -> None:
        """End a drag."""

    def hover(self, at: FieldPoint | None) -> None:
        """Follow the pointer without a button; None where it left the view."""

    def key(self, event: QKeyEvent) -> bool:
        """Return whether the key was meant for the tool."""
        return False

    def wheel(self, steps: int) -> bool:
        """Return whether a turn of the wheel with Shift or Ctrl held was meant for the tool."""
        return False

    def cancel(self) -> None:
        """Forget a drag that is under way (Escape), or that the tool was put away."""

    def paint(self, painter: QPainter, view: FieldView) -> None:
        """Draw over the field."""
