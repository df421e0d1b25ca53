"""Work for the export dialog: who runs it, and how of many wishes only the newest is met."""

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QObject

from core.errors import MacroscopeError
from core.progress import Progress

Work = Callable[[Progress], Any]
Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Running(Protocol):
    """Work that was handed to a runner; `state` is "running" until its outcome is told."""

    @property
    def state(self) -> str: ...
    @property
    def fraction(self) -> float: ...
    @property
    def message(self) -> str: ...
    def cancel(self) -> None: ...


class Run(Protocol):
    """Does ``work(progress)`` on any thread, then ``done(result)`` or ``failed(error)`` on this.

    The work is cancelled, and nobody told, once `owner` is gone. What is `quiet` is told of in the
    window only when it takes long.
    """

    def __call__(
        self,
        title: str,
        work: Work,
        done: Done,
        failed: Failed,
        *,
        quiet: bool,
        owner: QObject,
    ) -> Running: ...


class Over:
    """Work that was over before its runner returned."""

    state = "done"
    fraction = 1.0
    message = ""

    def cancel(self) -> None:
        """Do nothing, since there is nothing left to stop."""


def run_here(
    title: str, work: Work, done: Done, failed: Failed, *, quiet: bool, owner: QObject
) -> Running:
    """Do the work at once on this thread, for programs and tests that have no other."""
    try:
        result = work(Progress())
    except MacroscopeError as error:
        failed(error)
    else:
        done(result)
    return Over()


class _Wish(NamedTuple):
    title: str
    work: Work
    done: Done
    failed: Failed


class NewestWork:
    """Has one thing made at a time and shown; of what is wished for meanwhile only the newest."""

    def __init__(self, run: Run, owner: QObject) -> None:
        self._run = run
        self._owner = owner
        self._running: Running | None = None
        self._next: _Wish | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is being made."""
        return self._running is not None and self._running.state == "running"

    def want(self, title: str, work: Work, done: Done, failed: Failed) -> None:
        """Have the work done now, or as soon as what is being made is there."""
        self._next = _Wish(title, work, done, failed)
        if not self.is_busy:
            self._start()

    def cancel(self) -> None:
        """Forget all wishes; none of their callbacks is called any more."""
        self._next = None
        if self._running is not None:
            self._running.cancel()

    def _start(self) -> None:
        if self._next is None:
            return
        (title, work, done, failed), self._next = self._next, None

        def made(result: Any) -> None:
            done(result)
            self._go_on()

        def refused(error: Exception) -> None:
            failed(error)
            self._go_on()

        self._running = self._run(title, work, made, refused, quiet=True, owner=self._owner)

    def _go_on(self) -> None:
        if not self.is_busy:
            self._start()
