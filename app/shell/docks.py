"""The panels around the benches: made once, put in their first places, shown and hidden."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMainWindow, QTabWidget, QWidget

from app.shell.dock import Dock
from app.shell.side_widths import LEAST, SideWidths
from app.shell.window_actions import DOCKS

_LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
_RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
_BELOW = Qt.DockWidgetArea.BottomDockWidgetArea
AREAS = {
    "study": _LEFT,
    "gallery": _LEFT,
    "inspector": _RIGHT,
    "guide": _RIGHT,
    "jobs": _BELOW,
    "messages": _BELOW,
}
HIDDEN_AT_FIRST = ("guide", "jobs", "messages")
OF_THE_BENCH = "of-the-bench"
"""In place of a page: the one about the bench in front."""
PAGES = {
    "study": "studies-and-undo.md",
    "gallery": "getting-started.md",
    "inspector": OF_THE_BENCH,
    "jobs": "getting-started.md",
    "messages": "getting-started.md",
}


class Docks(QObject):
    """Holds the docks of a window by name."""

    visibility_changed = Signal()

    def __init__(
        self,
        window: QMainWindow,
        contents: Mapping[str, QWidget],
        show_guide: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        titles = {name: title for name, title, _icon, _text in DOCKS} | {"guide": "Guide"}
        self._docks = {
            name: Dock(name, titles[name], content, show_guide=show_guide, page=PAGES.get(name, ""))
            for name, content in contents.items()
        }
        corners = Qt.Corner
        window.setCorner(corners.BottomLeftCorner, _LEFT)
        window.setCorner(corners.BottomRightCorner, _RIGHT)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        for dock in self._docks.values():
            dock.visibilityChanged.connect(self._on_visibility)
        left, right = (
            [self._docks[name] for name, area in AREAS.items() if area == side]
            for side in (_LEFT, _RIGHT)
        )
        for dock in left:
            dock.setMinimumWidth(LEAST["left"])
        self.widths = SideWidths(window, {"left": left, "right": right})
        self.reset()

    @Slot()
    def _on_visibility(self) -> None:
        for dock in self._docks.values():
            beside = self._window.tabifiedDockWidgets(dock)
            dock.title_bar.show_title(all(other.isHidden() for other in beside))
        self.visibility_changed.emit()

    def __getitem__(self, name: str) -> Dock:
        return self._docks[name]

    def reset(self) -> None:
        """Put every dock where it is at the first start."""
        for name, dock in self._docks.items():
            dock.setFloating(False)
            self._window.addDockWidget(AREAS[name], dock)
            dock.setVisible(name not in HIDDEN_AT_FIRST)
        for first, second in (("study", "gallery"), ("inspector", "guide"), ("jobs", "messages")):
            self._window.tabifyDockWidget(self._docks[first], self._docks[second])
            self._docks[second].setVisible(second not in HIDDEN_AT_FIRST)
        self._docks["study"].raise_()
        self._docks["inspector"].raise_()
        self.give_first_sizes()
        self.widths.forget()

    def give_first_sizes(self) -> None:
        docks = self._docks
        sides = [docks["study"], docks["inspector"]]
        width = self._window.width()
        widths = [min(248, max(190, round(0.17 * width))), min(320, max(240, round(0.25 * width)))]
        self._window.resizeDocks(sides, widths, Qt.Orientation.Horizontal)
        self._window.resizeDocks([docks["jobs"]], [160], Qt.Orientation.Vertical)

    def is_shown(self, name: str) -> bool:
        return not self._docks[name].isHidden()

    def show(self, name: str) -> None:
        """Show a dock in front of those that share its place."""
        self._docks[name].show()
        self._docks[name].raise_()

    def toggle(self, name: str) -> None:
        """Hide a dock that is seen, else bring it to the front."""
        dock = self._docks[name]
        is_seen = not dock.isHidden() and not dock.visibleRegion().isEmpty()
        if is_seen:
            dock.hide()
        else:
            self.show(name)

    def apply_icons(self, icon_for: Callable[[str], QIcon]) -> None:
        for dock in self._docks.values():
            dock.title_bar.apply_icons(icon_for)
