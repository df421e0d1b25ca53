"""The inspector dock: the panel that the current bench offers, or a word while there is none."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from app.shell.bench import Bench
from app.shell.room import Room

LEAST = QSize(240, 160)


class InspectorStack(QStackedWidget):
    """Keeps the panels of the open benches and shows the one of the current bench."""

    def __init__(self, over: QWidget | None = None) -> None:
        super().__init__(over)
        self._empty = QLabel("Open a subject to see its details here.", self)
        self._empty.setProperty("role", "muted")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(12, 12, 12, 12)
        self.addWidget(self._empty)
        self._rooms: dict[Bench, Room | None] = {}

    def sizeHint(self) -> QSize:
        return QSize(300, 480)

    @property
    def panel(self) -> QWidget | None:
        """The panel in sight, or None while there is only the word."""
        room = self.currentWidget()
        return room.widget() if isinstance(room, Room) else None

    def needed_width(self) -> int:
        """Return the width below which the panel in sight scrolls from side to side."""
        room = self.currentWidget()
        return room.need().width() if isinstance(room, Room) else LEAST.width()

    def knows(self, bench: Bench) -> bool:
        """Return whether a bench was asked for its panel before; it may make it only then."""
        return bench in self._rooms

    def show_for(self, bench: Bench | None) -> None:
        if bench is not None and bench not in self._rooms:
            panel = bench.inspector()
            self._rooms[bench] = None if panel is None else Room(panel, LEAST, self)
        room = self._rooms[bench] if bench is not None else None
        if room is None:
            self.setCurrentWidget(self._empty)
            return
        if self.indexOf(room) < 0:
            self.addWidget(room)
        self.setCurrentWidget(room)

    def forget(self, bench: Bench) -> None:
        """Let go of the panel of a bench that closes."""
        room = self._rooms.pop(bench, None)
        if room is not None and self.indexOf(room) >= 0:
            self.removeWidget(room)
            room.deleteLater()  # where it is: a widget that changes its parent is styled anew
