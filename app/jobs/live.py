"""A running simulation as the window sees it: orders out, the newest frame in."""

import weakref
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.jobs.errors import explained
from app.jobs.live_worker import (
    Advance,
    Apply,
    Ask,
    LiveWorker,
    Order,
    Pause,
    Restart,
    Run,
    RunFor,
    SetSpeed,
)
from app.jobs.stepper import Frame, Recorded, Stepper

TICK_MS = 16


class LiveRunner(QObject):
    """Drives a stepper on a thread of its own and pulls its newest frame 60 times a second.

    It begins at rest, shows the first frame, and from then on owns the stepper.

    The window pulls and the worker never pushes, so nothing can pile up however slow drawing is.
    After `pause` no further step is made than those of the chunk at hand (3 to 8 ms), and the
    last `frame_ready` before ``running_changed(False)`` shows exactly the step that was reached.
    """

    frame_ready = Signal(object)
    """A `Frame` newer than the one before."""
    running_changed = Signal(bool)
    failed = Signal(object)
    """A `MacroscopeError` whose text is one sentence; the simulation rests."""
    rested = Signal()
    """All orders are carried out and the last frame is shown."""

    def __init__(self, stepper: Stepper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = LiveWorker(stepper)
        self._last_resort = weakref.finalize(self, self._worker.stop)
        self._sent = 0
        self._shown = 0
        self._is_running = False
        self._status = self._worker.poll()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self.set_speed(None)

    @property
    def is_running(self) -> bool:
        """Whether it steps of itself; True from `run` until the last frame after it is shown."""
        return self._is_running

    @property
    def step(self) -> int:
        """The step last heard of."""
        return self._status.step

    @property
    def frame(self) -> Frame | None:
        """The newest frame heard of."""
        return self._status.frame

    @property
    def steps_per_second(self) -> float:
        """The speed reached, 0 at rest."""
        return self._status.speed

    @property
    def record(self) -> tuple[Recorded, ...]:
        """The commands so far with their steps: with the seed, all it takes to repeat the run."""
        return self._status.record

    @Slot()
    def run(self) -> None:
        """Step on until told otherwise."""
        self._order(Run(), running=True)

    def run_to(self, step: int) -> None:
        """Step on to exactly `step` at the set speed, then pause."""
        self._order(Run(step), running=step > self._status.step)

    def run_for(self, steps: int) -> None:
        """Make exactly `steps` steps as fast as possible, then pause; it obeys on the way."""
        self._order(RunFor(int(steps)), running=steps > 0)

    @Slot()
    def pause(self) -> None:
        """Stop at the end of the chunk at hand."""
        self._order(Pause(), running=False)

    def step_once(self, steps: int = 1) -> None:
        """Make exactly `steps` steps and rest; what is ordered next happens after them."""
        self._order(Advance(int(steps)), running=False)

    def send(self, command: Any) -> None:
        """Give the stepper a command, an immutable value, between two chunks; it is recorded."""
        self._order(Apply(command))

    def ask(self, command: Any) -> None:
        """Give the stepper a command of which no record is kept, such as what frames show."""
        self._order(Ask(command))

    def set_speed(self, steps_per_second: float | None) -> None:
        """Make so many steps each second; None is as fast as possible."""
        if steps_per_second is not None and not steps_per_second >= 0:
            raise ValueError("steps_per_second is a number from 0, or None")
        self._order(SetSpeed(steps_per_second))

    def restart(self, stepper: Stepper) -> None:
        """Go on with another stepper at step 0, at rest, with an empty record."""
        self._order(Restart(stepper), running=False)

    def shutdown(self, timeout_ms: int = 2000) -> bool:
        """End the thread; return whether it ended in time."""
        self._timer.stop()
        self._last_resort()
        return self._worker.join(timeout_ms / 1000)

    # -- inside ----------------------------------------------------------------------------------

    def _order(self, order: Order, *, running: bool | None = None) -> None:
        self._worker.send(order)
        self._sent += 1
        if self._last_resort.alive and not self._timer.isActive():
            self._timer.start()
        if running:
            self._set_running(True)

    def _set_running(self, running: bool) -> None:
        if running != self._is_running:
            self._is_running = running
            self.running_changed.emit(running)

    @Slot()
    def _on_tick(self) -> None:
        """Show the newest frame if there is one; stop ticking once nothing more can come."""
        self._status = status = self._worker.poll()
        frame = status.frame
        if frame is not None and frame.number != self._shown:
            self._shown = frame.number
            self.frame_ready.emit(frame)
        if status.error is not None:
            self.failed.emit(explained("The simulation", status.error))
        if status.handled == self._sent:
            self._set_running(status.is_running)
            if status.is_idle and status.handled == self._sent:  # nothing was ordered just now
                self._timer.stop()
                self.rested.emit()
