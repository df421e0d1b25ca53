"""The flow across the boundary, always of the ensemble and the settings of now, on a worker."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from app.jobs.job import Job
    from app.jobs.pool import Jobs
    from core.boundaries.ensemble_subject import EnsembleSubject
    from core.boundaries.flow_result import BoundaryFlow
    from core.progress import Progress

WATCH_MS = 100
STOPPED = "Stopped. Measure again to go on."


@dataclass(frozen=True)
class Measured:
    """What is known.

    Attributes
    ----------
    flow : BoundaryFlow or None
        The last good answer.
    problem : str
        One sentence where there is none for the settings of now, else empty.
    is_stale : bool
        Whether `flow` is of other settings than those of now.
    seconds : float
        How long it took.
    """

    flow: BoundaryFlow | None = None
    problem: str = ""
    is_stale: bool = False
    seconds: float = 0.0


class Measuring(QObject):
    """Measures one subject after another; a newer one takes the place of the one at work."""

    updated = Signal()
    progressed = Signal()

    def __init__(self, jobs: Jobs, owner: QObject) -> None:
        super().__init__(owner)
        self._jobs = jobs
        self._job: Job | None = None
        self._asked: EnsembleSubject | None = None
        self.measured = Measured()
        self._watch = QTimer(self, interval=WATCH_MS)
        self._watch.timeout.connect(self._on_watch)

    @property
    def is_waiting(self) -> bool:
        """Whether the flow under the settings of now is still to come."""
        return self._job is not None

    @property
    def fraction(self) -> float:
        """How much of the work is done."""
        return 0.0 if self._job is None else self._job.fraction

    @property
    def message(self) -> str:
        """What the work is at."""
        return "" if self._job is None else self._job.message

    def take(self, subject: EnsembleSubject) -> None:
        """Measure a subject, unless it is the one at work or measured already."""
        if subject is not self._asked:
            self._begin(subject)

    def again(self) -> None:
        """Measure what was asked for last once more."""
        if self._asked is not None:
            self._begin(self._asked)

    def stop(self) -> None:
        """Stop, and keep the last good answer."""
        if self._job is not None:
            self._job.cancel()
            self._rest(replace(self.measured, problem=STOPPED))

    def close(self) -> None:
        """Measure nothing any more."""
        self._watch.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _begin(self, subject: EnsembleSubject) -> None:
        self._asked = subject
        self.measured = Measured(self.measured.flow, "", is_stale=self.measured.flow is not None)
        self._job = self._jobs.run(
            f"Measure the boundary of {subject.ensemble.name}",
            lambda progress: _measured(subject, progress),
            self._on_done,
            self._on_failed,
            key=self,
            quiet=True,
        )
        self._watch.start()
        self.updated.emit()

    def _rest(self, measured: Measured) -> None:
        self._job = None
        self._watch.stop()
        self.measured = measured
        self.updated.emit()

    @Slot(object)
    def _on_done(self, measured: Measured) -> None:
        self._rest(measured)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._rest(Measured(self.measured.flow, str(error), is_stale=True))

    @Slot()
    def _on_watch(self) -> None:
        if self._job is not None and self._job.state == "cancelled":  # from the list of all work
            self._rest(replace(self.measured, problem=STOPPED))
        else:
            self.progressed.emit()


def _measured(subject: EnsembleSubject, progress: Progress) -> Measured:
    from core.boundaries.flow import infil_exfil

    start = time.perf_counter()
    flow = infil_exfil(subject.ensemble, subject.settings, progress)
    return Measured(flow, seconds=time.perf_counter() - start)
