"""What happens to an exception that nobody expected: it is logged and told, and work goes on."""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot

from core.errors import MacroscopeError

logger = logging.getLogger("macroscope")


class FaultReporter(QObject):
    """Takes the place of sys.excepthook and threading.excepthook while the window lives.

    `reported` carries one sentence and is delivered on the GUI thread, whichever thread failed.
    """

    reported = Signal(str)

    def __init__(self, tell: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tell = tell
        self._before: Callable[..., object] | None = None
        self._threads_before: Callable[..., object] | None = None
        self.reported.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        self._before, self._threads_before = sys.excepthook, threading.excepthook
        sys.excepthook = self.handle
        threading.excepthook = self._handle_thread

    def uninstall(self) -> None:
        if self._before is not None and self._threads_before is not None:
            sys.excepthook, threading.excepthook = self._before, self._threads_before
            self._before = self._threads_before = None

    def handle(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Log the exception with its trace and tell the user in one sentence."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        logger.error("unexpected error", exc_info=(kind, error, trace))
        self.reported.emit(sentence(error))

    def _handle_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self.handle(args.exc_type, args.exc_value, args.exc_traceback)

    @Slot(str)
    def _deliver(self, text: str) -> None:
        self._tell(text)


def sentence(error: BaseException) -> str:
    """Return what the user reads: our own sentence, or an apology that names the error."""
    if isinstance(error, MacroscopeError):
        return str(error)
    detail = " ".join(str(error).split())[:200]
    named = f"{type(error).__name__}: {detail}" if detail else type(error).__name__
    return f"Something went wrong that should not have ({named}); your study is still here."
