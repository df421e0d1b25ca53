"""What looks at the living world on its thread: the samples of the chosen measures; no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

from core.automata.measures.tracker import COST_SHARE, Tracker

if TYPE_CHECKING:
    from core.automata.measures.recurrence import Recurrence
    from core.automata.measures.series import Samples
    from core.automata.run import Run
    from core.automata.world import World

SAMPLES = "measures"
PRESENT = "measures.present"

PATIENCE_SECONDS = 0.5
"""Where a world was slowed down, samples come closer together after so long."""


@dataclass(frozen=True, eq=False)
class Reading:
    """All samples so far, every how many steps they are taken, and how the state repeats.

    `cost` is how many seconds a sample takes.
    """

    samples: Samples
    interval: int
    recurrence: Recurrence | None
    cost: float = 0.0


class MeasureProbe:
    """Follows a run with a tracker that takes a bounded share of the time.

    Parameters
    ----------
    names : tuple of str
        Of the measures.
    known : Samples, optional
        What was sampled before other measures were chosen.
    """

    name = SAMPLES
    every = 1

    def __init__(self, world: World, names: tuple[str, ...], known: Samples | None = None) -> None:
        self._tracker = Tracker(world, names, cost_share=COST_SHARE)
        if known is not None:
            self._tracker.series.adopt(known)
        self._rule = world.rule
        self._left: tuple[int, float] | None = None
        self._is_another = False

    def next_look(self, generation: int) -> int:
        """Return where the living world has to stop next."""
        if self._left is not None:
            waited = perf_counter() - self._left[1]
            if waited > max(PATIENCE_SECONDS, 20 * self._tracker.cost):
                self._tracker.hurry()
        return self._tracker.next_look(generation)

    def observe(self, run: Run) -> None:
        """Take a sample where one is due."""
        now = run.generation
        if self._left is not None and now > self._left[0]:
            self._tracker.stepped(now - self._left[0], perf_counter() - self._left[1])
        if run.rule is not self._rule:
            self._rule = run.rule
            self._tracker.follow(replace(run.world, rule=run.rule))
        if self._is_another:
            self._is_another = False
            self._tracker.sample(run.stepper)
        else:
            self._tracker.look(run.stepper)
        self._left = (now, perf_counter())

    def forget_after(self, generation: int) -> None:
        """Forget later samples; whatever was seen before is no state that has to come back."""
        self._tracker.truncate(generation)
        self._tracker.disturbed()
        self._left, self._is_another = None, True

    def reading(self) -> Reading:
        """Return the samples."""
        tracker = self._tracker
        return Reading(tracker.series.samples(), tracker.interval, tracker.recurrence, tracker.cost)


class PresentProbe:
    """Takes the living world as it is, once."""

    name = PRESENT
    every = 0

    def __init__(self) -> None:
        self._world: World | None = None

    def observe(self, run: Run) -> None:
        """Keep the state of the first frame."""
        if self._world is None:
            self._world = run.present()

    def forget_after(self, generation: int) -> None:
        """Time turned back changes nothing about what was kept."""

    def reading(self) -> World | None:
        """Return the world as it was."""
        return self._world
