"""The measures of the machine as it is edited, always of its newest form, on a worker.

Within a few frames there are values with the errors that so short a time allows; where they are not
exact, the same measures follow with all digits as soon as the machine stays as it is.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.benches.processes.drafts import draft_problem

if TYPE_CHECKING:
    from app.jobs.job import Job
    from app.jobs.pool import Jobs
    from core.processes.measures import Measures
    from core.processes.model import HiddenMarkovModel
    from core.progress import Progress


@dataclass(frozen=True)
class Measured:
    """What is known about a machine.

    Attributes
    ----------
    model : HiddenMarkovModel or None
        The machine that `measures` is of.
    measures : Measures or None
        The last good answer, also while the machine drawn now has none.
    problem : str
        One sentence when the machine of now has no measures, else empty.
    is_stale : bool
        Whether `measures` are of another machine than the one drawn now.
    seconds : float
        How long the first answer took.
    is_refining : bool
        Whether the same measures with smaller errors are still to come.
    """

    model: HiddenMarkovModel | None = None
    measures: Measures | None = None
    problem: str = ""
    is_stale: bool = False
    seconds: float = 0.0
    is_refining: bool = False


class Measuring(QObject):
    """Measures machines one after the other; while one is at work only the newest waits."""

    updated = Signal()

    def __init__(self, jobs: Jobs, owner: QObject) -> None:
        super().__init__(owner)
        self._jobs = jobs
        self._job: Job | None = None
        self._asked: HiddenMarkovModel | None = None
        self.measured = Measured()

    @property
    def is_waiting(self) -> bool:
        """Whether the measures of the machine as it is now are still to come or to be refined."""
        return self._job is not None

    def take(self, model: HiddenMarkovModel) -> None:
        """Measure another machine."""
        if model is self._asked:
            return
        self._asked = model
        known, is_refining = self.measured, self.measured.is_refining
        problem = draft_problem(model)
        if problem:
            self._drop()
            self._show(Measured(known.model, known.measures, problem, is_stale=True))
            return
        self.measured = Measured(known.model, known.measures, "", is_stale=True)
        if known.problem:  # else nothing that is shown has changed
            self.updated.emit()
        self._job = self._jobs.run(
            f"Measure {model.name or 'the machine'}",
            lambda progress: _measured(model, progress),
            self._on_done,
            self._on_failed,
            key=self,
            quiet=True,
            after_current=not is_refining,
        )

    def close(self) -> None:
        """Measure nothing any more."""
        self._drop()

    def _drop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _show(self, measured: Measured) -> None:
        self.measured = measured
        self.updated.emit()

    @Slot(object)
    def _on_done(self, measured: Measured) -> None:
        if measured.model is not self._asked:  # a newer machine waits: this one is on the way to it
            if not self.measured.problem:
                self._show(replace(measured, is_stale=True, is_refining=False))
            return
        self._job = None
        if measured.is_refining and measured.model is not None:
            self._job = self._jobs.run(
                f"Measure {measured.model.name or 'the machine'} to all digits",
                lambda progress: _refined(measured, progress),
                self._on_done,
                self._on_failed,
                key=self,
                quiet=True,
            )
        self._show(measured)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self._job is not None and self._job.state == "running":  # a newer machine's
            return
        self._job = None
        known = self.measured
        self._show(Measured(known.model, known.measures, str(error), is_stale=True))


def _measured(model: HiddenMarkovModel, progress: Progress) -> Measured:
    from core.processes.measures import measures

    start = time.perf_counter()
    result = measures(model, is_live=True, progress=progress)
    seconds = time.perf_counter() - start
    return Measured(model, result, seconds=seconds, is_refining=not result.is_thorough)


def _refined(measured: Measured, progress: Progress) -> Measured:
    from core.processes.measures import measures

    assert measured.model is not None
    result = measures(measured.model, progress=progress)
    return replace(measured, measures=result, is_refining=False)
