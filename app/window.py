"""The window and everything it is given: from the command line to the running event loop."""

import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from core.errors import MacroscopeError
from core.kernel_cache import configure_kernel_cache
from resources.version import VERSION

TIMINGS = "MACROSCOPE_TIMINGS"
"""With this variable set, the start of the window tells how long its parts took."""

COLLECT_AFTER = (5_000, 10, 100)
"""Thresholds of Python's collector: looking at everything takes long enough to be felt."""

TURN_SECONDS = 0.0002
"""For how long a worker may keep the interpreter when the window wants it for painting."""


class NoDisplay(MacroscopeError):
    """There is nothing to show a window on."""


def open_window(files: Sequence[Path]) -> int:
    """Show the window with `files` in it, stay until it is closed and return the exit status."""
    clock = StartClock(TIMINGS in os.environ)
    require_display(os.environ)
    configure_kernel_cache()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends it; the working copy has the work

    from PySide6.QtCore import QTimer

    from app.jobs.garbage import GarbageCollector

    application = make_application()
    GarbageCollector(application)
    clock.tell("Qt started")
    window = make_window(state_folder())
    window.faults.install()
    clock.tell("window made")
    window.show()
    closing = threading.Event()
    warming = threading.Thread(
        target=lambda: warm_kernels(lambda: not closing.is_set()), name="warming", daemon=True
    )

    def settle() -> None:
        clock.tell("window shown")
        warming.start()
        window.offer_recovery()
        window.open_files(files)

    QTimer.singleShot(0, window, settle)
    status = application.exec()
    closing.set()
    if warming.is_alive():
        warming.join(60.0)  # ending the process while LLVM compiles is not safe
    return status


def require_display(environment: Mapping[str, str]) -> None:
    """Raise `NoDisplay` where Qt would end the process for want of a screen."""
    screens = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    if sys.platform.startswith("linux") and not any(environment.get(name) for name in screens):
        raise NoDisplay(
            "There is no display here, so no window can be opened; without one there are "
            "macroscope infer, render, examples and check."
        )


def make_application():
    """Return the Qt application, named for the desktop it runs on."""
    from PySide6.QtWidgets import QApplication

    gc.set_threshold(*COLLECT_AFTER)
    sys.setswitchinterval(TURN_SECONDS)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    application.setApplicationName("macroscope")
    application.setApplicationDisplayName("Macroscope")
    application.setApplicationVersion(VERSION)
    application.setDesktopFileName("macroscope")
    return application


def make_window(state: Path, preferences: Path | None = None, dialogs=None):
    """Return the main window on an empty study; `state` keeps the working copies.

    `dialogs` asks the user's questions in place of the window's own dialogs.
    """
    from app.catalogue import BENCHES, KINDS
    from app.jobs.pool import Jobs
    from app.shell.main_window import MainWindow
    from app.shell.preferences import Preferences
    from app.study.document import StudyDocument
    from app.study.working_copy import WorkingCopies

    working_copies = WorkingCopies(state / "working-copies", KINDS)
    document = StudyDocument(KINDS, working_copies)
    window = MainWindow(
        document,
        Jobs(),
        BENCHES,
        Preferences(preferences),
        dialogs,
        working_copies=working_copies,
    )
    document.setParent(window)
    working_copies.setParent(window)
    return window


def state_folder() -> Path:
    """Return where this user's working copies live."""
    import platformdirs

    return Path(platformdirs.user_state_dir("macroscope", appauthor=False))


def warm_kernels(is_wanted: Callable[[], bool] = lambda: True) -> None:
    """Import benches and panels and load the kernels, so that the first subject waits for none.

    Kernels of worlds that are not on the disk yet are compiled for tens of seconds: only those that
    most worlds need, one after another, until it `is_wanted` no more. The others come by use.
    """
    from app.benches.networks.panels import PANELS as NETWORK_PANELS
    from app.benches.processes.panels import PANELS as PROCESS_PANELS
    from app.catalogue import BENCHES
    from app.shell.bench import load
    from core.automata.warm_up import warm_up_automata
    from core.networks.inference import warm_up, warm_up_contraction

    for bench in BENCHES:
        bench.load_widget()
    for panel in (*NETWORK_PANELS, *PROCESS_PANELS):
        load(panel.widget)
    warm_up()
    warm_up_contraction()
    warm_processes()
    warm_up_automata(("life", "lenia", "rows"), is_wanted)
    gc.freeze()  # what is imported stays, so no collection needs to look at it again


def warm_processes() -> None:
    """Measure and play a small process, so that the first one studied waits for no kernel."""
    from core.processes.density import BeliefDensity
    from core.processes.measures import measures
    from core.processes.sampling import Sampler
    from core.processes.zoo import process

    for name in ("golden-mean", "mess3", "rrxor", "sns"):
        measures(process(name), is_live=True)
    for name in ("golden-mean", "mess3"):
        Sampler(process(name)).draw(2)
    BeliefDensity(process("mess3"), size=16).add(1)


class StartClock:
    """Tells on standard error how long after the start of the process something was reached."""

    def __init__(self, is_on: bool) -> None:
        self._is_on = is_on
        self._start = time.perf_counter()

    def tell(self, what: str) -> None:
        if self._is_on:
            sys.stderr.write(f"{time.perf_counter() - self._start:6.3f} s  {what}\n")
