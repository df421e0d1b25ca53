"""A toy simulation whose state after n steps is known by another way."""

import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Add:
    """Add a number to the sum."""

    amount: int


class Congruential:
    """x ← 5x + 3 (mod 2**32): every step matters and none can be guessed."""

    def __init__(self, seed=1, seconds_per_step=0.0, seconds_per_frame=0.0):
        self.x = seed
        self.steps = 0
        self.chunks = []
        self.frames = 0
        self.thread = None
        self._seconds_per_step = seconds_per_step
        self._seconds_per_frame = seconds_per_frame

    def step(self, n):
        self.thread = threading.current_thread()
        for _ in range(n):
            self.x = (5 * self.x + 3) % 2**32
        if self._seconds_per_step:
            time.sleep(n * self._seconds_per_step)
        self.steps += n
        self.chunks.append(n)

    def frame(self):
        self.frames += 1
        time.sleep(self._seconds_per_frame)
        return (self.steps, self.x)

    def apply(self, command):
        if not isinstance(command, Add):
            raise TypeError("no such command")
        self.x = (self.x + command.amount) % 2**32


def state_after(steps, seed=1):
    """The state by the closed form of the sequence, with exact integers."""
    power = 5**steps
    return (power * seed + 3 * (power - 1) // 4) % 2**32
