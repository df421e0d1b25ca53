"""How many steps are due now: a wanted speed and chunks of a few milliseconds."""

SHORTEST_CHUNK = 0.003
LONGEST_CHUNK = 0.008
LARGEST_CHUNK = 2**30

LONGEST_LEAP = 0.16
"""Where many steps at once take hardly longer than few, a chunk may take that long."""

_BACKLOG = 0.25
"""Seconds of missed steps that are made up for; what is older is let go."""


class Pacer:
    """Turns time into steps by an accumulator, in chunks of 3 to 8 ms of work.

    It decides when steps happen and never what they compute.
    """

    def __init__(self) -> None:
        self.steps_per_second: float | None = None
        """The wanted speed; None is as fast as possible."""
        self.chunk = 1
        self._owed = 0.0
        self._last = 0.0

    def restart(self, now: float) -> None:
        """Start counting time at `now`; the first step is due at once."""
        self._last = now
        self._owed = 1.0

    def set_speed(self, steps_per_second: float | None, now: float) -> None:
        """Change the wanted speed; the part of a step that was owed is kept."""
        self._accrue(now)
        self.steps_per_second = steps_per_second

    def due(self, now: float) -> int:
        """Return how many steps to make now, at most one chunk."""
        if self.steps_per_second is None:
            return self.chunk
        self._accrue(now)
        return min(int(self._owed), self.chunk)

    def seconds_until_due(self) -> float:
        """Return how long to wait for the next step, after `due` returned 0."""
        if not self.steps_per_second:
            return _BACKLOG
        return max(0.0, (1.0 - self._owed) / self.steps_per_second)

    def made(self, steps: int, seconds: float, *, leaps: bool = False) -> None:
        """Record a chunk that was made and fit the next one to the time it took.

        leaps : bool
            Whether many steps at once may take hardly longer than few.
        """
        if self.steps_per_second is not None:
            self._owed = max(0.0, self._owed - steps)
        longest = LONGEST_LEAP if leaps else LONGEST_CHUNK
        shortest = longest * SHORTEST_CHUNK / LONGEST_CHUNK
        if seconds > longest:
            self.chunk = max(1, min(steps, self.chunk) // 2)
        elif seconds < shortest and steps == self.chunk:
            self.chunk = min(2 * self.chunk, LARGEST_CHUNK)

    def _accrue(self, now: float) -> None:
        speed = self.steps_per_second or 0.0
        self._owed = min(self._owed + (now - self._last) * speed, max(1.0, _BACKLOG * speed))
        self._last = now
