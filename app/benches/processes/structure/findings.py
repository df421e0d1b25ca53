"""What the Structure panel knows about a machine: its epsilon-machine, its dimensions; no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.processes.errors import NotPossible

if TYPE_CHECKING:
    from core.processes.box_counting import ScaleCounts, ScaleFit
    from core.processes.dimension import Dimensions
    from core.processes.epsilon_machine import EpsilonMachine
    from core.processes.model import HiddenMarkovModel
    from core.processes.process_subject import ProcessSubject
    from core.progress import Progress

COARSE_POINTS = 2**17
MOST_DRAWN, MOST_EDGES_DRAWN = 9, 30
"""States and edges of an epsilon-machine that a small picture has room for."""
COARSE_LEVEL, FINE_LEVEL = 7, 10
"""Grids of cells of 1/128 and 1/1024: the two resolutions at which beliefs are counted."""


@dataclass(frozen=True)
class StructureFindings:
    """All that is known so far.

    Attributes
    ----------
    model : HiddenMarkovModel
    epsilon : EpsilonMachine
    dimensions : Dimensions or None
    refusal : str
        Why there are no dimensions, or empty.
    fits : tuple of ScaleFit
        Box, information and correlation dimension, in the window that was chosen.
    window : (int, int) or None
        The window that was chosen by hand.
    drawn : ProcessSubject or None
        The epsilon-machine with places for its states, where it is small enough to be drawn.
    is_done : bool
    """

    model: HiddenMarkovModel
    epsilon: EpsilonMachine
    dimensions: Dimensions | None = None
    refusal: str = ""
    fits: tuple[ScaleFit, ...] = ()
    window: tuple[int, int] | None = None
    drawn: ProcessSubject | None = None
    is_done: bool = False

    @property
    def counts(self) -> ScaleCounts | None:
        """The counts that the fits were made to."""
        return None if self.dimensions is None else self.dimensions.counts

    @property
    def has_more_beliefs(self) -> bool:
        """Whether beliefs go on to split where the causal states are finitely many."""
        counts = self.counts
        return counts is not None and not counts.is_exhausted and self.epsilon.is_finite

    def with_window(self, window: tuple[int, int] | None) -> StructureFindings:
        """Return the same with the fits made in another window."""
        from core.processes.dimension import bounded_fits

        found = self.dimensions
        if found is None:
            return replace(self, window=window)
        if window is None:
            return replace(
                self, window=None, fits=(found.box, found.information, found.correlation)
            )
        bound = None if found.counts.is_exhausted else found.kaplan_yorke
        return replace(self, window=window, fits=bounded_fits(found.counts, bound, window))

    def counted_beliefs(self) -> str:
        """Return how many beliefs a sample tells apart at two resolutions."""
        counts = self.counts
        if counts is None:
            return ""
        shown = [
            f"{int(counts.occupied[level]):,} at 1/{2**level:,}"
            for level in (COARSE_LEVEL, FINE_LEVEL)
            if level < len(counts.occupied)
        ]
        return " and ".join(shown)


def find_structure(
    model: HiddenMarkovModel, send: Callable[[StructureFindings], None], progress: Progress
) -> StructureFindings:
    """Return the findings; on the way send the epsilon-machine alone, then coarse dimensions."""
    from core.processes.dimension import dimensions
    from core.processes.epsilon_machine import epsilon_machine

    progress.report(0.0, "Looking for causal states")
    epsilon = epsilon_machine(model, progress=progress)
    found = StructureFindings(model, epsilon, drawn=_drawn(epsilon.machine))
    send(found)
    try:
        coarse = dimensions(model, progress, points=COARSE_POINTS)
        found = replace(found, dimensions=coarse).with_window(None)
        send(found)
        if not coarse.counts.is_exhausted:
            found = replace(found, dimensions=dimensions(model, progress)).with_window(None)
    except NotPossible as problem:
        found = replace(found, refusal=str(problem))
    return replace(found, is_done=True)


def _drawn(machine: HiddenMarkovModel | None) -> ProcessSubject | None:
    """Return a small machine with places for its states."""
    if machine is None or machine.n > MOST_DRAWN or machine.edge_count() > MOST_EDGES_DRAWN:
        return None
    from app.benches.processes.arrange import arranged
    from core.processes.process_subject import ProcessSubject

    return arranged(ProcessSubject(machine))
