"""Background work: a pool of threads, with every callback on the GUI thread."""

import os
import time
import weakref
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.jobs.callbacks import Callback
from app.jobs.errors import explained
from app.jobs.job import Job
from app.jobs.lanes import Lane
from core.errors import MacroscopeError
from core.progress import Cancelled, Progress

T = TypeVar("T")

QUIET_SECONDS = 0.3
"""A quiet job is announced only if it takes longer than this."""

_POLL_MS = 50
_QUIET_WIDTH = 2


class Jobs(QObject):
    """Runs work off the GUI thread and tells its outcome on it.

    All methods belong to the GUI thread. Live work (`quiet`) has threads of its own, so that an
    export of a minute never delays a belief.
    """

    job_started = Signal(object)
    job_changed = Signal(object)
    job_finished = Signal(object)
    _landed = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None, *, width: int | None = None) -> None:
        super().__init__(parent)
        self._lane = Lane("job", width or max(2, os.cpu_count() or 2))
        self._quiet_lane = Lane("quiet job", _QUIET_WIDTH)
        self._running: dict[int, Job] = {}
        self._waiting: dict[Hashable, Job] = {}
        self._is_shut = False
        self._last_resort = weakref.finalize(self, _close, self._lane, self._quiet_lane)
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self._on_poll)
        self._landed.connect(self._on_landed, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> list[Job]:
        """The jobs that are queued or running, oldest first."""
        return [*self._running.values(), *self._waiting.values()]

    def run(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        key: Hashable = None,
        quiet: bool = False,
        owner: QObject | None = None,
        after_current: bool = False,
    ) -> Job:
        """Run ``work(progress)`` on a thread, then ``done(result)`` or ``failed(error)`` here.

        Parameters
        ----------
        key
            A newer job of the same key takes the place of the older: the older is cancelled and
            never heard of again. With `after_current` the one at work is let finish and be heard,
            the newer starts then, and only the newest waits; so a stream of requests faster than
            the work still shows results. A QObject given as key is held weakly.
        quiet
            Live work, announced by signals only when it takes longer than 0.3 s or fails with
            nobody to tell.
        owner
            The callbacks are dropped and the work cancelled once this object is gone. A bound
            method of a QObject has that object as its owner anyway.

        The error given to `failed` is always a `MacroscopeError` whose text is one sentence.
        """
        key = weakref.ref(key) if isinstance(key, QObject) else key
        job = Job(
            title,
            work,
            Callback(done, owner),
            Callback(failed, owner),
            key=key,
            quiet=quiet,
            on_cancel=self._cancel,
        )
        if self._is_shut:
            job.end("cancelled")
            return job
        current = self._with_key(key)
        if current is not None and after_current:
            self._drop_waiting(key)
            self._waiting[key] = job
        else:
            self._drop_waiting(key)
            if current is not None:
                self._cancel(current)
            self._launch(job)
        return job

    def cancel_all(self) -> None:
        """Cancel every job."""
        for job in self.running:
            self._cancel(job)

    def shutdown(self, timeout_ms: int = 2000) -> bool:
        """Cancel everything and wait for the threads; return whether all of them ended."""
        self._is_shut = True
        self.cancel_all()
        self._timer.stop()
        deadline = time.monotonic() + timeout_ms / 1000
        self._last_resort()
        return all([lane.join(deadline) for lane in (self._lane, self._quiet_lane)])

    # -- inside ----------------------------------------------------------------------------------

    def _with_key(self, key: Hashable) -> Job | None:
        if key is None:
            return None
        return next((job for job in self._running.values() if job.key == key), None)

    def _drop_waiting(self, key: Hashable) -> None:
        job = self._waiting.get(key)
        if job is not None:
            self._cancel(job)

    def _launch(self, job: Job) -> None:
        self._running[job.id] = job
        job.started_at = time.monotonic()
        if not job.quiet:
            self._announce(job)
        if not self._timer.isActive():
            self._timer.start()
        landed = self._landed

        def task() -> None:
            work = job.work
            if work is None:
                return
            result, error = _outcome(work, job.progress)
            if not job.progress.is_cancelled:
                _deliver(landed, job, result, error)

        (self._quiet_lane if job.quiet else self._lane).put(task)

    def _announce(self, job: Job) -> None:
        if not job.is_announced:
            job.is_announced = True
            self.job_started.emit(job)

    def _cancel(self, job: Job) -> None:
        if job.state == "running":
            job.progress.cancel()
            self._finish(job, "cancelled")

    def _finish(self, job: Job, state: str) -> None:
        job.end(state)
        self._running.pop(job.id, None)
        if self._waiting.get(job.key) is job:
            del self._waiting[job.key]
        if job.is_announced:
            self.job_finished.emit(job)
        self._start_waiting(job.key)
        if not self._running:
            self._timer.stop()

    def _start_waiting(self, key: Hashable) -> None:
        if not self._is_shut and key in self._waiting and self._with_key(key) is None:
            self._launch(self._waiting.pop(key))

    @Slot(object, object, object)
    def _on_landed(self, job: Job, result: Any, error: Exception | None) -> None:
        if job.state != "running":
            return
        done, failed = job.done, job.failed
        if error is None:
            self._finish(job, "done")
            done(result)
        elif isinstance(error, Cancelled):
            self._finish(job, "cancelled")
        else:
            job.error = explained(job.title, error)
            if not failed.is_given and not done.is_orphaned:
                self._announce(job)
            self._finish(job, "failed")
            failed(job.error)

    @Slot()
    def _on_poll(self) -> None:
        now = time.monotonic()
        for job in self.running:
            if job.is_orphaned:
                self._cancel(job)
            elif job.id in self._running and now - job.started_at > QUIET_SECONDS:
                self._announce(job)
        for job in list(self._running.values()):
            state = (job.fraction, job.message)
            if job.is_announced and state != job.shown:
                job.shown = state
                self.job_changed.emit(job)


def _close(*lanes: Lane) -> None:
    for lane in lanes:
        lane.close()


def _outcome(work: Callable[[Progress], Any], progress: Progress) -> tuple[Any, Exception | None]:
    """Do the work, unless it was cancelled while it waited."""
    try:
        progress.check()
        return work(progress), None
    except MacroscopeError as error:
        return None, error.with_traceback(None)
    except Exception as error:
        return None, error


def _deliver(landed: Any, job: Job, result: Any, error: Exception | None) -> None:
    """Queue the outcome for the GUI thread; the receiver may be gone at the program's end."""
    try:
        landed.emit(job, result, error)
    except RuntimeError:
        return
