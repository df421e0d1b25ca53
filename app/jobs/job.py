"""One piece of work in the background, as the jobs dock sees it."""

import itertools
import time
from collections.abc import Callable, Hashable
from typing import Any

from app.jobs.callbacks import Callback
from core.errors import MacroscopeError
from core.progress import Progress

_numbers = itertools.count(1)


class Job:
    """Title, progress, state and cancellation of one piece of work; used on the GUI thread.

    `state` is "running" (queued counts as running), "done", "failed" or "cancelled".
    """

    def __init__(
        self,
        title: str,
        work: Callable[[Progress], Any],
        done: Callback,
        failed: Callback,
        *,
        key: Hashable,
        quiet: bool,
        on_cancel: Callable[["Job"], None],
    ) -> None:
        self.id = next(_numbers)
        self.title = title
        self.key = key
        self.quiet = quiet
        self.state = "running"
        self.error: MacroscopeError | None = None
        self.started_at = time.monotonic()
        self.is_announced = False
        self.progress = Progress()
        self.shown: tuple[float, str] = (0.0, "")
        self.work: Callable[[Progress], Any] | None = work
        self.done: Callback | None = done
        self.failed: Callback | None = failed
        self._on_cancel = on_cancel

    def __repr__(self) -> str:
        return f"<Job {self.id} {self.title!r}: {self.state}>"

    @property
    def fraction(self) -> float:
        """How far the work has come, 0 to 1."""
        return 1.0 if self.state == "done" else self.progress.fraction

    @property
    def message(self) -> str:
        """What the work is at, or why it failed."""
        return str(self.error) if self.error is not None else self.progress.message

    @property
    def is_orphaned(self) -> bool:
        """Whether nobody is left to be told of the outcome."""
        return self.done is not None and self.done.is_orphaned

    def cancel(self) -> None:
        """Stop caring at once; the work itself stops at its next check."""
        self._on_cancel(self)

    def end(self, state: str) -> None:
        """Set the final state and let go of everything the work and its callbacks hold."""
        self.state = state
        self.work = self.done = self.failed = None
