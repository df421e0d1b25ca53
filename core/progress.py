"""The token through which a long computation reports progress and learns that it was cancelled."""

import threading
from collections.abc import Callable

from core.errors import MacroscopeError


class Cancelled(MacroscopeError):
    """Raised inside a computation at the first check after its token was cancelled."""


class Progress:
    """Fraction, message and cancellation of one computation.

    The computation calls `report` between chunks of at most a few tens of milliseconds; whoever
    started it calls `cancel` from any thread. `report` raises `Cancelled` once that happened.
    """

    def __init__(self, listener: Callable[[float, str], None] | None = None) -> None:
        self._listener = listener
        self._cancelled = threading.Event()
        self.fraction = 0.0
        self.message = ""

    def report(self, fraction: float, message: str = "") -> None:
        """Record how far the work has come (0 to 1) and raise `Cancelled` if nobody wants it."""
        self.check()
        self.fraction = min(max(float(fraction), 0.0), 1.0)
        self.message = message or self.message
        if self._listener is not None:
            self._listener(self.fraction, self.message)

    def check(self) -> None:
        """Raise `Cancelled` if the work was cancelled."""
        if self._cancelled.is_set():
            raise Cancelled("The work was cancelled.")

    def cancel(self) -> None:
        """Ask the computation to stop at its next check."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancelled.is_set()
