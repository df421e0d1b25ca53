"""Work that one waits for: its progress, its end, and a way to stop it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.jobs.job import Job
from app.jobs.pool import Jobs
from core.progress import Progress

TICK_MS = 100


class LongWork(QWidget):
    """Runs one job at a time among those that the jobs panel lists."""

    changed = Signal()

    def __init__(self, jobs: Jobs, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._jobs = jobs
        self._job: Job | None = None
        self._done: Callable[[object], None] | None = None
        self._failed: Callable[[Exception], None] | None = None
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        self.message = QLabel(self)
        self.message.setProperty("role", "muted")
        self.message.setWordWrap(True)
        self.stop = QPushButton("Cancel", self)
        self.stop.clicked.connect(self.cancel)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        row = QHBoxLayout()
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.message)
        self.hide()

    @property
    def is_running(self) -> bool:
        """Whether something is being worked on."""
        return self._job is not None

    def start(
        self,
        title: str,
        work: Callable[[Progress], object],
        done: Callable[[object], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Begin; what was being worked on is given up."""
        self.cancel()
        self._done, self._failed = done, failed
        self.bar.setValue(0)
        self.message.setText("")
        self._job = self._jobs.run(title, work, self._on_done, self._on_failed)
        self._timer.start()
        self.show()
        self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        """Give up."""
        if self._job is not None:
            self._job.cancel()
            self._end()

    def _end(self) -> None:
        self._job = None
        self._timer.stop()
        self.hide()
        self.changed.emit()

    @Slot()
    def _on_tick(self) -> None:
        job = self._job
        if job is None:
            return
        if job.state != "running":  # cancelled in the jobs panel
            self._end()
            return
        self.bar.setValue(round(1000 * job.fraction))
        self.message.setText(job.message)

    @Slot(object)
    def _on_done(self, answer: object) -> None:
        self._end()
        self._done(answer)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._end()
        self._failed(error)
