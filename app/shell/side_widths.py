"""The widths of the panels at the sides: as the user left them, where the window has the room."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from app.shell.dock import Dock

LEAST = {"left": 168, "right": 240}
LEAST_CENTRE = 430
WIDEST_NEED = 420
"""A panel that needs more scrolls, however wide the window is."""


def shared(room: int, wanted: Mapping[str, int]) -> dict[str, int]:
    """Return the widths of the sides: what they want, or less where that leaves no centre."""
    widths = dict(wanted)
    for side in ("left", "right"):
        excess = sum(widths.values()) - (room - LEAST_CENTRE)
        if side in widths and excess > 0:
            widths[side] = max(widths[side] - excess, LEAST[side])
    return widths


class SideWidths(QObject):
    """Gives the sides back their width when a window grows that was too narrow for them.

    Qt takes width from the sides when the window becomes narrow, and leaves them narrow when it
    becomes wide again. What the user drags them to is what they want from then on.
    """

    def __init__(self, window: QMainWindow, sides: Mapping[str, list[Dock]]) -> None:
        super().__init__(window)
        self._window, self._sides = window, sides
        self._wanted: dict[str, int] = {}
        self._need = 0
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._share)
        for side, docks in sides.items():
            for dock in docks:
                dock.resized.connect(partial(self._on_resized, side))

    def forget(self) -> None:
        """Take the widths that the docks have now for those that are wanted."""
        self._wanted.clear()
        self._need = 0

    def window_resized(self) -> None:
        """Share the width anew, once the window has laid itself out."""
        self._soon.start()

    def require(self, width: int) -> None:
        """Widen the right side for a panel that needs more than any before it."""
        width = min(width, WIDEST_NEED)
        if width > self._need:
            self._need = width
            self._soon.start()
            dock = self._dock_in_sight("right")
            now = 0 if dock is None else dock.width()
            self._wanted["right"] = max(width, self._wanted.get("right", now))

    @Slot()
    def _share(self) -> None:
        shown = {side: dock for side in self._sides if (dock := self._dock_in_sight(side))}
        for side, dock in shown.items():
            self._wanted.setdefault(side, dock.width())
        widths = shared(self._window.width(), {side: self._wanted[side] for side in shown})
        changed = {side: dock for side, dock in shown.items() if dock.width() != widths[side]}
        self._window.resizeDocks(
            list(changed.values()), [widths[side] for side in changed], Qt.Orientation.Horizontal
        )

    def _on_resized(self, side: str, width: int) -> None:
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._wanted[side] = width

    def _dock_in_sight(self, side: str) -> Dock | None:
        """Return a dock of a side that is shown and not afloat."""
        shown = [dock for dock in self._sides[side] if not (dock.isHidden() or dock.isFloating())]
        return max(shown, key=lambda dock: not dock.visibleRegion().isEmpty(), default=None)
