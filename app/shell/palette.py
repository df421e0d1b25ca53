"""The command palette: every action, example and guide page, found by a few of its letters."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from app.shell.matching import Match, match
from app.shell.palette_delegate import COMMAND_ROLE, MATCH_ROLE, PaletteDelegate

WIDTH = 560
ROWS = 12


@dataclass(frozen=True)
class Command:
    """One row of the palette."""

    id: str
    title: str
    category: str
    run: Callable[[], object]
    shortcut: str = ""
    help: str = ""
    icon: QIcon | None = None
    enabled: bool = True
    is_action: bool = False


@dataclass(frozen=True)
class Ranked:
    command: Command
    found: Match = field(default=Match(0.0, ()))


def ranked(commands: Iterable[Command], query: str, recent: Sequence[str]) -> list[Ranked]:
    """Return the commands that match: enabled first, then by letters, then the recent ones.

    Whole words come before beginnings of words, and actions before the examples and pages, which
    are many: "light" means the theme before a lightweight spaceship.
    """
    place = {command_id: order for order, command_id in enumerate(recent)}
    rows = []
    for order, command in enumerate(commands):
        found = match(query, command.title)
        if found is None:
            if query.strip().lower() not in command.category.lower():
                continue
            found = Match(-4.0, ())
        bonus = 2.0 * (len(place) - place[command.id]) if command.id in place else 0.0
        worth = found.score + (bonus if not query else bonus / 4)
        rank = (not command.enabled, _tier(command, query), -worth, order)
        rows.append((rank, Ranked(command, found)))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def _tier(command: Command, query: str) -> int:
    """Return 0 for the commands that the query names best, up to 3 for those it may mean."""
    wanted = re.escape(query.strip())
    if not wanted:
        return 0
    if re.search(rf"\b{wanted}\b", command.title, re.IGNORECASE):
        return 0 if command.is_action else 1
    begins_word = re.search(rf"\b{wanted}", command.title, re.IGNORECASE)
    return 2 if command.is_action and begins_word else 3


class CommandPalette(QFrame):
    """A line to type in over a list, laid over the top of the window until it is used or left."""

    ran = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("command-palette")
        self._commands: list[Command] = []
        self._recent: list[str] = []
        self._back_to: QWidget | None = None
        self._line = QLineEdit(self)
        self._line.setPlaceholderText("Type a few letters of a command, an example or a page")
        self._line.setAccessibleName("Command palette")
        self._line.textChanged.connect(self._rank)
        self._line.installEventFilter(self)
        self._model = QStandardItemModel(self)
        self._view = QListView(self)
        self._view.setModel(self._model)
        self._view.setItemDelegate(PaletteDelegate(self._view))
        self._view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setUniformItemSizes(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.clicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self._line)
        column.addWidget(self._view)
        self._shade = QGraphicsDropShadowEffect(self)
        self._shade.setBlurRadius(32)
        self._shade.setOffset(0, 8)
        self._shade.setColor(QColor(0, 0, 0, 110))
        self.setGraphicsEffect(self._shade)
        self.hide()

    def open(self, commands: Iterable[Command], recent: Sequence[str]) -> None:
        """Show the palette over the window with an empty line."""
        self._commands = list(commands)
        self._recent = list(recent)
        if not self.isVisible():
            self._back_to = self.window().focusWidget()
        self._line.clear()
        self._rank()
        self.place()
        self.show()
        self.raise_()
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Sit in the middle of the window's upper part."""
        over = self.parentWidget()
        row = self._view.sizeHintForRow(0) if self._model.rowCount() else 32
        rows = min(max(self._model.rowCount(), 1), ROWS)
        height = 8 + self._line.sizeHint().height() + 8 + row * rows + 8 + 8
        width = min(WIDTH, over.width() - 32)
        self.setGeometry((over.width() - width) // 2, 64, width, min(height, over.height() - 96))

    def titles(self) -> list[str]:
        """Return the titles of the rows in their order."""
        return [self._model.item(row).text() for row in range(self._model.rowCount())]

    def type_in(self, text: str) -> None:
        self._line.setText(text)

    def run_current(self) -> bool:
        """Run the chosen row if it is enabled; return whether it ran."""
        index = self._view.currentIndex()
        command: Command | None = index.data(COMMAND_ROLE) if index.isValid() else None
        if command is None or not command.enabled:
            return False
        self.dismiss()
        self.ran.emit(command.id)
        command.run()
        return True

    @Slot()
    def dismiss(self) -> None:
        """Go away and give the keyboard back to where it was."""
        self.hide()
        if self._back_to is not None:
            self._back_to.setFocus()
            self._back_to = None

    def eventFilter(self, watched: QObject, what: QEvent) -> bool:
        if watched is self._line and isinstance(what, QKeyEvent):
            if what.type() == QEvent.Type.KeyPress and self._on_key(what.key()):
                return True
        elif watched is self._line and what.type() == QEvent.Type.FocusOut and self.isVisible():
            self._back_to = None
            self.hide()
        return super().eventFilter(watched, what)

    def _on_key(self, key: int) -> bool:
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -ROWS,
            Qt.Key.Key_PageDown: ROWS,
        }
        if key in steps:
            self._move(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run_current()
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            return False
        return True

    def _move(self, by: int) -> None:
        rows = self._model.rowCount()
        if rows:
            row = self._view.currentIndex().row() + by
            row = row % rows if abs(by) == 1 else min(max(row, 0), rows - 1)
            self._view.setCurrentIndex(self._model.index(row, 0))

    @Slot()
    def _rank(self) -> None:
        self._model.clear()
        for row in ranked(self._commands, self._line.text(), self._recent):
            item = QStandardItem(row.command.title)
            item.setData(row.command, COMMAND_ROLE)
            item.setData(row.found.positions, MATCH_ROLE)
            item.setToolTip(row.command.help)
            self._model.appendRow(item)
        self._view.setCurrentIndex(self._model.index(0, 0))
        self.place()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._view.setCurrentIndex(index)
        self.run_current()
