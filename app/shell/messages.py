"""What the program told the user, newest last, kept for the session."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTime, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QKeySequence, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.shell.banner import LEVELS

KEPT = 500


@dataclass(frozen=True)
class Message:
    text: str
    level: str
    time: str


class MessagesPanel(QWidget):
    """The list in the messages dock; `say` adds to it."""

    added = Signal(object)

    def __init__(self, icon: Callable[[str, str], QIcon], over: QWidget | None = None) -> None:
        super().__init__(over)
        self._icon = icon
        self.messages: list[Message] = []
        self._list = QListWidget(self)
        self._list.setWordWrap(True)
        self._list.setIconSize(QSize(16, 16))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._list.setAccessibleName("Messages")
        copy = QAction("Copy", self._list)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self._on_copy)
        clear = QAction("Clear", self._list)
        clear.triggered.connect(self.clear)
        self._list.addActions([copy, clear])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)

    def say(self, text: str, level: str = "info") -> None:
        """Add one sentence."""
        message = Message(text, level, QTime.currentTime().toString("HH:mm:ss"))
        self.messages = [*self.messages, message][-KEPT:]
        self._list.addItem(self._item(message))
        while self._list.count() > KEPT:
            self._list.takeItem(0)
        self._list.scrollToBottom()
        self.added.emit(message)

    def showEvent(self, what: QShowEvent) -> None:
        """Begin at the newest; a list that was hidden did not scroll as messages came."""
        super().showEvent(what)
        QTimer.singleShot(0, self._list, self._list.scrollToBottom)

    @Slot()
    def clear(self) -> None:
        self.messages = []
        self._list.clear()

    @Slot()
    def restyle(self) -> None:
        for row, message in enumerate(self.messages):
            self._list.item(row).setIcon(self._icon(message.level, LEVELS[message.level]))

    def _item(self, message: Message) -> QListWidgetItem:
        icon = self._icon(message.level, LEVELS[message.level])
        item = QListWidgetItem(icon, f"{message.time}   {message.text}")
        item.setToolTip(message.text)
        return item

    @Slot()
    def _on_copy(self) -> None:
        rows = sorted(self._list.row(item) for item in self._list.selectedItems())
        QGuiApplication.clipboard().setText("\n".join(self.messages[row].text for row in rows))
