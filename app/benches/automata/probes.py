"""What looks at the living world on its thread; a look that fails does not end the world."""

import logging
from typing import Any, Protocol

from core.automata.run import Run
from core.errors import MacroscopeError

logger = logging.getLogger(__name__)


class Probe(Protocol):
    """Looks at the living world on its thread and tells the window what it saw.

    Attributes
    ----------
    name : str
        Under which `WorldFrame.probes` has the reading.
    every : int
        It observes at generations that are multiples of this, and 0 means with every frame. A probe
        with a method ``next_look(generation) -> int`` says itself where the next stop is, and is
        then shown every stop.
    """

    name: str
    every: int

    def observe(self, run: Run) -> None:
        """Look at the world; called on the thread that steps it."""

    def forget_after(self, generation: int) -> None:
        """Forget what was seen after a generation: time was turned back."""

    def reading(self) -> Any:
        """Return an immutable value for the window."""


class Probes:
    """All probes of a living world; one that fails looks no more until it is put in place anew.

    Attributes
    ----------
    problems : dict of str to str
        Why a probe failed, by its name.
    """

    def __init__(self) -> None:
        self.problems: dict[str, str] = {}
        self._probes: tuple[Probe, ...] = ()

    def put(self, probes: tuple[Probe, ...], run: Run | None) -> None:
        """Look with these from now on; those that choose where to look begin at once."""
        new = [probe for probe in probes if probe not in self._probes]
        kept = {probe.name for probe in probes} - {probe.name for probe in new}
        self.problems = {name: told for name, told in self.problems.items() if name in kept}
        self._probes = probes
        if run is not None:
            for probe in filter(_chooses, new):
                self._observe(probe, run)

    def begin_anew(self) -> None:
        """Let those that failed try another world."""
        self.problems = {}

    def next_looks(self, now: int) -> list[int]:
        """Return the next generation at which each wants to look."""
        return [_next_look(each, now) for each in self._working() if each.every]

    def note(self, run: Run) -> None:
        """Let those look that look at this generation."""
        for probe in self._working():
            if probe.every and (_chooses(probe) or run.generation % probe.every == 0):
                self._observe(probe, run)

    def readings(self, run: Run) -> dict[str, Any]:
        """Let those look that look at every frame, and return what all have seen."""
        for probe in self._working():
            if not probe.every:
                self._observe(probe, run)
        return {probe.name: probe.reading() for probe in self._working()}

    def forget_after(self, generation: int) -> None:
        """Forget what was seen after a generation."""
        for probe in self._probes:
            probe.forget_after(generation)

    def _working(self) -> list[Probe]:
        return [probe for probe in self._probes if probe.name not in self.problems]

    def _observe(self, probe: Probe, run: Run) -> None:
        try:
            probe.observe(run)
        except MacroscopeError as error:
            self.problems[probe.name] = str(error)
        except Exception:
            logger.exception("the probe %s failed at generation %d", probe.name, run.generation)
            self.problems[probe.name] = "The world could not be looked at; the log tells why."


def _chooses(probe: Probe) -> bool:
    """Whether a probe says itself when it looks."""
    return hasattr(probe, "next_look")


def _next_look(probe: Probe, now: int) -> int:
    own = getattr(probe, "next_look", None)
    return now + probe.every - now % probe.every if own is None else max(now + 1, own(now))
