"""The submenu of files opened or saved last."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.shell.file_commands import FileCommands
from app.shell.preferences import Preferences


class RecentMenu(QObject):
    """Fills itself whenever it is shown."""

    def __init__(self, preferences: Preferences, files: FileCommands, over: QWidget) -> None:
        super().__init__(over)
        self._preferences, self._files = preferences, files
        self.menu = QMenu("Open recent", over)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self.fill)

    def insert_after(self, menu: QMenu, action: QAction) -> None:
        """Put the submenu below an action of a menu."""
        below = menu.actions()[menu.actions().index(action) + 1]
        menu.insertMenu(below, self.menu)
        self.fill()

    @Slot()
    def fill(self) -> None:
        self.menu.clear()
        for path in self._preferences.recent_files():
            action = self.menu.addAction(path.name.replace("&", "&&"))
            action.setToolTip(str(path))
            action.triggered.connect(partial(self._on_chosen, path))
        if self.menu.isEmpty():
            self.menu.addAction("No recent files").setEnabled(False)
        else:
            self.menu.addSeparator()
            self.menu.addAction("Clear the list").triggered.connect(self._on_clear)

    def _on_chosen(self, path: Path, _checked: bool = False) -> None:
        self._files.open_path(path)

    @Slot()
    def _on_clear(self) -> None:
        self._preferences.set("recent_files", [])
        self._files.recent_changed.emit()
