"""Threads that take tasks from one queue, made when needed and joined at the end."""

import queue
import threading
import time
from collections.abc import Callable

Task = Callable[[], None]


class Lane:
    """At most `width` daemon threads working through tasks in order; a task never raises."""

    def __init__(self, name: str, width: int) -> None:
        self._name = name
        self._width = width
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._unfinished = 0

    def put(self, task: Task) -> None:
        """Do `task` as soon as a thread is free."""
        with self._lock:
            self._unfinished += 1
            if self._unfinished > len(self._threads) and len(self._threads) < self._width:
                self._start_thread()
        self._tasks.put(task)

    def close(self) -> None:
        """Let the threads end once the queue is empty."""
        for _ in self._threads:
            self._tasks.put(None)

    def join(self, deadline: float) -> bool:
        """Wait for the threads until `deadline` (monotonic seconds); return whether all ended."""
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _start_thread(self) -> None:
        name = f"{self._name} {len(self._threads) + 1}"
        thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            task()
            del task
            with self._lock:
                self._unfinished -= 1
