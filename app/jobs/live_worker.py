"""The thread that owns a stepper: takes orders between chunks, keeps one newest frame."""

import logging
import threading
import time
from collections import deque
from dataclasses import dataclass, field, replace
from typing import Any

from app.jobs.pacing import Pacer
from app.jobs.stepper import Frame, Recorded, Stepper
from core.errors import MacroscopeError

logger = logging.getLogger(__name__)

FRAME_SECONDS = 0.012
"""While running, frames are made no more often than this."""

STEPS_SHARE = 1.0
"""Between two frames at least so many times as long is spent on steps as the last one took."""


@dataclass(frozen=True)
class Run:
    """Go on stepping, until step `until` if given."""

    until: int | None = None


@dataclass(frozen=True)
class Advance:
    """Make exactly `steps` steps as fast as possible, then rest; other orders wait for them."""

    steps: int


@dataclass(frozen=True)
class RunFor:
    """Make exactly `steps` steps as fast as possible; other orders come between its chunks."""

    steps: int


@dataclass(frozen=True)
class Pause:
    """Make no further step."""


@dataclass(frozen=True)
class SetSpeed:
    """Make so many steps each second, or as many as possible."""

    steps_per_second: float | None


@dataclass(frozen=True)
class Apply:
    """Give the stepper a command and record it with its step."""

    command: Any


@dataclass(frozen=True)
class Ask:
    """Give the stepper a command that decides only what its frames show; it is not recorded."""

    command: Any


@dataclass(frozen=True)
class Restart:
    """Put another stepper in the place of this one, at step 0, with an empty record."""

    stepper: Stepper


Order = Run | RunFor | Advance | Pause | SetSpeed | Apply | Ask | Restart


@dataclass(frozen=True)
class Status:
    """What the worker was doing after it had handled `handled` orders."""

    handled: int = 0
    step: int = 0
    is_running: bool = False
    is_idle: bool = True
    speed: float = 0.0
    frame: Frame | None = None
    error: Exception | None = None
    record: tuple[Recorded, ...] = field(default=(), repr=False)


class LiveWorker:
    """Steps on a thread of its own. Other threads call `send`, `poll` and `stop`, nothing else."""

    def __init__(self, stepper: Stepper) -> None:
        self._condition = threading.Condition()
        self._inbox: deque[Order] = deque()
        self._is_stopping = False
        self._status = Status()
        self._thread: threading.Thread | None = None
        # Below: touched by the worker's thread alone.
        self._stepper = stepper
        self._pacer = Pacer()
        self._step = 0
        self._handled = 0
        self._is_active = False
        self._is_advancing = False
        self._is_paced = True
        self._goal: int | None = None
        self._record: list[Recorded] = []
        self._recorded: tuple[Recorded, ...] = ()
        self._record_changed = False
        self._error: Exception | None = None
        self._frame: Frame | None = None
        self._frame_is_due = True
        self._next_frame_at = 0.0
        self._speed = 0.0

    # -- from other threads ----------------------------------------------------------------------

    def send(self, order: Order) -> None:
        """Queue an order; it is carried out before the next chunk of steps."""
        with self._condition:
            if self._is_stopping:
                return
            self._inbox.append(order)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="live", daemon=True)
                self._thread.start()
            self._condition.notify_all()

    def poll(self) -> Status:
        """Return the newest status; an error is told once."""
        with self._condition:
            status = self._status
            self._status = replace(status, error=None)
            return status

    def stop(self) -> None:
        """Ask the thread to end after the chunk at hand."""
        with self._condition:
            self._is_stopping = True
            self._condition.notify_all()

    def join(self, timeout: float) -> bool:
        """Wait for the thread to end; return whether it did."""
        if self._thread is not None:
            self._thread.join(timeout)
        return self._thread is None or not self._thread.is_alive()

    # -- on the worker's thread ------------------------------------------------------------------

    def _work(self) -> None:
        while not self._is_stopping:
            try:
                self._take_orders()
                if not self._make_chunk():
                    self._publish()
                    self._rest()
                elif time.perf_counter() >= self._next_frame_at:
                    self._publish()
            except Exception as error:
                if not isinstance(error, MacroscopeError):  # those are told to the user
                    logger.exception("the simulation failed at step %d", self._step)
                self._halt()
                self._frame_is_due = False
                self._error = error

    def _take_orders(self) -> None:
        while (order := self._next_order()) is not None:
            self._handled += 1
            self._obey(order)

    def _next_order(self) -> Order | None:
        """Return the next order; orders after an advance wait for it unless one is a pause."""
        with self._condition:
            if not self._inbox:
                return None
            if self._is_advancing and not any(
                isinstance(order, Pause | Restart) for order in self._inbox
            ):
                return None
            return self._inbox.popleft()

    def _obey(self, order: Order) -> None:
        match order:
            case Run(until):
                if not self._is_active:
                    self._pacer.restart(time.perf_counter())
                self._is_active = until is None or until > self._step
                self._is_advancing, self._is_paced = False, True
                self._goal = until
            case RunFor(steps):
                self._is_active = steps > 0
                self._is_advancing = self._is_paced = False
                self._goal = self._step + steps
            case Advance(steps):
                start = self._goal if self._is_advancing and self._goal is not None else self._step
                self._is_active = self._is_advancing = steps > 0
                self._is_paced = False
                self._goal = start + steps
            case Pause():
                self._halt()
            case SetSpeed(steps_per_second):
                self._pacer.set_speed(steps_per_second, time.perf_counter())
            case Apply(command):
                self._frame_is_due = True
                self._stepper.apply(command)
                self._record.append(Recorded(self._step, command))
                self._record_changed = True
            case Ask(command):
                self._frame_is_due = True
                self._stepper.apply(command)
            case Restart(stepper):
                self._halt()
                self._stepper, self._step = stepper, 0
                self._record, self._record_changed = [], True
                self._pacer.chunk = 1
                self._frame_is_due = True

    def _halt(self) -> None:
        self._is_active = self._is_advancing = False
        self._goal = None
        self._speed = 0.0

    def _make_chunk(self) -> int:
        """Make the steps that are due, at most a chunk; return how many."""
        if not self._is_active:
            return 0
        start = time.perf_counter()
        steps = self._pacer.due(start) if self._is_paced else self._pacer.chunk
        if self._goal is not None:
            steps = min(steps, self._goal - self._step)
        if steps == 0:
            return 0
        self._stepper.step(steps)
        seconds = time.perf_counter() - start
        self._step += steps
        self._frame_is_due = True
        self._pacer.made(steps, seconds, leaps=getattr(self._stepper, "leaps", False))
        self._measure(steps, seconds)
        if self._step == self._goal:
            self._halt()
        return steps

    def _measure(self, steps: int, seconds: float) -> None:
        """Follow the speed, smoothed over some chunks."""
        wanted = self._pacer.steps_per_second
        now = steps / max(seconds, 1e-9)
        if wanted is not None and self._is_paced:
            now = min(now, wanted)
        self._speed = now if self._speed == 0.0 else 0.8 * self._speed + 0.2 * now

    def _publish(self) -> None:
        """Make a frame if the state changed and put it where the newest one was."""
        start = time.perf_counter()
        if self._frame_is_due:
            number = 1 if self._frame is None else self._frame.number + 1
            self._frame = Frame(self._step, self._stepper.frame(), number)
            self._frame_is_due = False
        end = time.perf_counter()
        self._next_frame_at = max(start + FRAME_SECONDS, end + STEPS_SHARE * (end - start))
        if self._record_changed:
            self._recorded, self._record_changed = tuple(self._record), False
        with self._condition:
            self._status = Status(
                handled=self._handled,
                step=self._step,
                is_running=self._is_active and not self._is_advancing,
                is_idle=not self._is_active,
                speed=self._speed,
                frame=self._frame,
                error=self._error or self._status.error,
                record=self._recorded,
            )
            self._error = None

    def _rest(self) -> None:
        with self._condition:
            if self._is_stopping or self._inbox:
                return
            timeout = self._pacer.seconds_until_due() if self._is_active else None
            self._condition.wait(timeout)
