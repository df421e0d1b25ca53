"""Garbage is collected on the window's thread alone, between two events.

Python collects on whatever thread happens to allocate, at whatever moment. Collecting may delete
objects of Qt, which takes locks of Qt. On a worker's thread it then waits for the interpreter, and
the window's thread, which has it, waits for the same lock; in the middle of deleting another object
of Qt it waits for a lock that its own thread has. Either way the program stands still for ever.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 200


def collect_due() -> None:
    """Collect the oldest generation of objects that is due by Python's thresholds."""
    due = zip(gc.get_count(), gc.get_threshold(), strict=True)
    generations = [number for number, (count, most) in enumerate(due) if count > most > 0]
    if generations:
        gc.collect(generations[-1])


class GarbageCollector(QObject):
    """Takes the place of Python's own collecting for the rest of the process; lives on Qt's thread.

    It looks at what is due five times a second.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    @Slot()
    def _collect(self) -> None:
        collect_due()
