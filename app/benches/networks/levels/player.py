"""The place in a list of moments: stepped, jumped, or played by a timer."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

STEP_MS = 1100
"""How long a moment stays at speed 1."""


class Player(QObject):
    """Knows how many moments there are and which one is shown."""

    moved = Signal(int, int)
    """(index, the index before)."""
    playing_changed = Signal(bool)

    def __init__(self, owner: QObject | None = None) -> None:
        super().__init__(owner)
        self._count = 0
        self._index = 0
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._on_tick)

    @property
    def index(self) -> int:
        """The moment shown."""
        return self._index

    @property
    def count(self) -> int:
        """How many moments there are."""
        return self._count

    @property
    def last(self) -> int:
        """The index of the last moment."""
        return max(self._count - 1, 0)

    @property
    def is_playing(self) -> bool:
        """Whether the moments pass by themselves."""
        return self._timer.isActive()

    @property
    def step_ms(self) -> int:
        """How long a moment stays."""
        return self._timer.interval()

    def set_count(self, count: int, index: int) -> None:
        """Take another list, standing at `index`; says that it moved in any case."""
        self._count = count
        before, self._index = self._index, min(max(index, 0), self.last)
        if count <= 1:
            self.pause()
        self.moved.emit(self._index, before)

    def set_speed(self, speed: float) -> None:
        """Let moments stay for a shorter or longer time."""
        self._timer.setInterval(round(STEP_MS / speed))

    def go_to(self, index: int) -> None:
        """Show a moment."""
        index = min(max(index, 0), self.last)
        if index != self._index:
            before, self._index = self._index, index
            self.moved.emit(index, before)

    @Slot()
    def step(self) -> None:
        """Show the next moment."""
        self.go_to(self._index + 1)

    def jump(self, index: int) -> None:
        """Stop playing and show a moment."""
        self.pause()
        self.go_to(index)

    @Slot()
    def toggle(self) -> None:
        """Play, from the start where the end is reached, or pause."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Let the moments pass by themselves."""
        if self._count <= 1 or self.is_playing:
            return
        if self._index == self.last:
            self.go_to(0)
        self._timer.start()
        self.playing_changed.emit(True)

    @Slot()
    def pause(self) -> None:
        """Stay at the moment shown."""
        if self.is_playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    @Slot()
    def _on_tick(self) -> None:
        self.step()
        if self._index == self.last:
            self.pause()
