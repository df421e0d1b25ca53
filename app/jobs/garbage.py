"""Garbage is collected on the window's thread alone.

Python collects on whatever thread happens to allocate. On a worker's this may delete objects of Qt:
that takes a lock of Qt and then waits for the interpreter, while the window's thread has the
interpreter and waits for that lock, and both wait for ever.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 200


class GarbageCollector(QObject):
    """Takes the place of Python's own collecting until it is closed; make it on Qt's thread.

    It follows Python's thresholds, looked at five times a second.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Collect the oldest generation of objects that is due."""
        due = zip(gc.get_count(), gc.get_threshold(), strict=True)
        generations = [number for number, (count, most) in enumerate(due) if count > most > 0]
        if generations:
            gc.collect(generations[-1])

    def close(self) -> None:
        """Leave collecting to Python again."""
        self._timer.stop()
        gc.enable()
