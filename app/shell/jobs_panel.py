"""The jobs dock and the progress in the status bar: what is running, and how to stop it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from app.jobs.pool import Job, Jobs

STEPS = 1000


class JobRow(QWidget):
    """Title, progress, message and a button that cancels."""

    def __init__(self, job: "Job", icon: Callable[[str, str], QIcon], over: QWidget) -> None:
        super().__init__(over)
        self._job = job
        self._title = QLabel(job.title, self)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._message = QLabel("", self)
        self._message.setProperty("role", "muted")
        self._message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(f"Progress of {job.title}")
        self._cancel = QToolButton(self)
        self._cancel.setIconSize(QSize(16, 16))
        self._cancel.setIcon(icon("close", "text"))
        self._cancel.setToolTip("Cancel this job")
        self._cancel.setAccessibleName(f"Cancel {job.title}")
        self._cancel.clicked.connect(self._on_cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 4, 2)
        row.setSpacing(12)
        row.addWidget(self._title, 3)
        row.addWidget(self._bar, 2)
        row.addWidget(self._message, 3)
        row.addWidget(self._cancel)
        self.show_progress()

    @property
    def message(self) -> str:
        return self._message.text()

    def show_progress(self) -> None:
        """Show how far the job is; a job that reports no fraction shows a moving bar."""
        fraction = self._job.fraction
        self._bar.setRange(0, STEPS if fraction > 0 else 0)
        self._bar.setValue(round(fraction * STEPS))
        self._message.setText(self._job.message)

    @Slot()
    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._message.setText("Cancelling")
        self._job.cancel()


class JobsPanel(QWidget):
    """One row for each running job."""

    count_changed = Signal(int)

    def __init__(
        self, jobs: "Jobs", icon: Callable[[str, str], QIcon], over: QWidget | None = None
    ) -> None:
        super().__init__(over)
        self._icon = icon
        self.rows: dict[object, JobRow] = {}
        self._empty = QLabel("Nothing is running.", self)
        self._empty.setProperty("role", "muted")
        self._empty.setContentsMargins(8, 8, 8, 8)
        inside = QWidget(self)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 4, 0, 4)
        self._column.setSpacing(0)
        self._column.addWidget(self._empty)
        self._column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        jobs.job_started.connect(self._on_started)
        jobs.job_changed.connect(self._on_changed)
        jobs.job_finished.connect(self._on_finished)

    @Slot(object)
    def _on_started(self, job: "Job") -> None:
        self.rows[job.id] = JobRow(job, self._icon, self)
        self._column.insertWidget(self._column.count() - 1, self.rows[job.id])
        self._tell()

    @Slot(object)
    def _on_changed(self, job: "Job") -> None:
        if job.id in self.rows:
            self.rows[job.id].show_progress()

    @Slot(object)
    def _on_finished(self, job: "Job") -> None:
        row = self.rows.pop(job.id, None)
        if row is not None:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
            self._tell()

    def _tell(self) -> None:
        self._empty.setVisible(not self.rows)
        self.count_changed.emit(len(self.rows))


class JobIndicator(QWidget):
    """The newest running job in the status bar: title, small bar, cancel."""

    def __init__(
        self, jobs: "Jobs", icon: Callable[[str, str], QIcon], over: QWidget | None = None
    ) -> None:
        super().__init__(over)
        self._running: dict[object, Job] = {}
        self._icon = icon
        self._title = QLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(96)
        self._cancel = QToolButton(self)
        self._cancel.setIconSize(QSize(14, 14))
        self._cancel.setToolTip("Cancel this job")
        self._cancel.setAccessibleName("Cancel the running job")
        self._cancel.clicked.connect(self._on_cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(4)
        for widget in (self._title, self._bar, self._cancel):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        jobs.job_started.connect(self._on_started)
        jobs.job_changed.connect(self._on_changed)
        jobs.job_finished.connect(self._on_finished)
        self.restyle()
        self.hide()

    @Slot()
    def restyle(self) -> None:
        self._cancel.setIcon(self._icon("close", "muted_text"))

    @Slot(object)
    def _on_started(self, job: "Job") -> None:
        self._running[job.id] = job
        self._show_newest()

    @Slot(object)
    def _on_changed(self, _job: "Job") -> None:
        self._show_newest()

    @Slot(object)
    def _on_finished(self, job: "Job") -> None:
        self._running.pop(job.id, None)
        self._show_newest()

    def _show_newest(self) -> None:
        self.setVisible(bool(self._running))
        if self._running:
            job = list(self._running.values())[-1]
            others = len(self._running) - 1
            self._title.setText(f"{job.title}, and {others} more" if others else job.title)
            self._title.setToolTip(job.message)
            self._bar.setRange(0, STEPS if job.fraction > 0 else 0)
            self._bar.setValue(round(job.fraction * STEPS))

    @Slot()
    def _on_cancel(self) -> None:
        if self._running:
            list(self._running.values())[-1].cancel()
