"""Work on a large graph, done in slices so that the window keeps answering."""

from collections.abc import Iterator
from itertools import islice
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal, Slot

STEPS_AT_ONCE = 100
"""Graphs that need no more steps are complete when `start` returns."""

SLICE_SECONDS = 0.008
STEPS_BETWEEN_LOOKS = 8
MOST_LOOKS = 32
"""However fast the machine, a slice has no more steps than these looks at the clock allow."""


class Building(QObject):
    """Takes an iterator's steps: the first at once, the others in later turns of the event loop."""

    finished = Signal()

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._steps: Iterator[None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)

    @property
    def is_running(self) -> bool:
        """Whether there are steps left."""
        return self._steps is not None

    def start(self, steps: Iterator[None]) -> None:
        """Begin with other steps; those left of the former ones are not taken."""
        self._steps = steps
        if not self._take(STEPS_AT_ONCE):
            self._timer.start()

    def finish(self) -> None:
        """Take all the steps that are left now."""
        if self._steps is not None:
            self._take(None)

    @Slot()
    def _on_turn(self) -> None:
        until = perf_counter() + SLICE_SECONDS
        for _ in range(MOST_LOOKS):
            if self._take(STEPS_BETWEEN_LOOKS) or perf_counter() > until:
                break

    def _take(self, count: int | None) -> bool:
        """Take so many steps, all for None; return whether there are none left."""
        steps = self._steps
        if steps is None:
            return True
        taken = sum(1 for _ in islice(steps, count))
        if count is not None and taken == count:
            return False
        self._steps = None
        self._timer.stop()
        self.finished.emit()
        return True
