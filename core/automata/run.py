"""A run of a world with hands in it: forwards and back in time, exactly, in bounded memory."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any

import numpy as np

from core.automata.checkpoints import CHECKPOINT_BYTES, FIRST_SPACING, Checkpoints
from core.automata.errors import AutomataError, TooLarge
from core.automata.interventions import (
    ChangeRule,
    Intervention,
    Lasting,
    acts_after,
    carry_out,
    is_lasting,
)
from core.automata.rules.rule import Rule
from core.automata.stepper import Stepper, make_stepper
from core.automata.world import World
from core.progress import Progress

STRIDE_SECONDS = 0.05
"""Work of about so long lies between checkpoints, however many generations it makes."""

MOST_STRIDES = 64
"""A way of many generations has about so many checkpoints: engines like to leap."""


class Run:
    """A live world and how it came about: first state, interventions, checkpoints.

    Parameters
    ----------
    world : World
        The state it starts from; its generation is the earliest one can go back to.
    interventions : sequence of Intervention
        In the order of their generations.
    precision, threads
        As `make_stepper` takes them.
    memory : int
        Bytes for checkpoints. With little memory going back takes longer; it is never inexact.

    Attributes
    ----------
    stepper : Stepper
        The engine, in the state of the present generation. It may be another after a step.
    rule : Rule
        The rule at present.
    checkpoints : Checkpoints
        The states that it can go back to at once.
    """

    def __init__(
        self,
        world: World,
        interventions: Sequence[Intervention] = (),
        *,
        precision: str = "float32",
        threads: int = 1,
        memory: int = CHECKPOINT_BYTES,
    ) -> None:
        self.world = world
        self._precision, self._threads = precision, threads
        self._hold(sorted(interventions, key=lambda each: each.generation))
        self._stride = FIRST_SPACING
        self.checkpoints = Checkpoints(memory)
        self._begin()

    @property
    def generation(self) -> int:
        """The generation reached."""
        return self.stepper.generation

    @property
    def start(self) -> int:
        """The earliest generation."""
        return self.world.generation

    @property
    def interventions(self) -> tuple[Intervention, ...]:
        """Everything done so far and to be done, by generation."""
        return tuple(self._interventions)

    def present(self) -> World:
        """Return the present state as a world of its own, of a tree where an array is too large."""
        cells, origin = present_cells(self.stepper)
        return replace(
            self.world, rule=self.rule, cells=cells, origin=origin, generation=self.generation
        )

    def step(self, steps: int = 1, progress: Progress | None = None) -> None:
        """Make steps, doing what the interventions say on the way; cancelled between steps."""
        self._go_on(self.generation + steps, progress)

    def go_to(self, generation: int, progress: Progress | None = None) -> None:
        """Go to any generation from the start on, backwards by the checkpoint before it."""
        if generation < self.start:
            raise AutomataError(
                f"The run begins at generation {self.start}; there is nothing at {generation}."
            )
        if generation < self.generation:
            self._back_to_checkpoint(generation)
        self._go_on(generation, progress)

    def intervene(self, intervention: Intervention) -> None:
        """Do something now. What was to be done later is forgotten: the future is another one.

        Of rules put in place one right after the other, no step between, the last one is kept.
        What lasts does so for as many generations as it says, from now on.
        """
        now = self.generation
        done = replace(intervention, generation=now)
        if is_lasting(done) and done.until is not None:
            done = replace(done, until=done.until + now - intervention.generation)
        self._do_new(done)
        before = self._interventions[: self._count_until(self.generation)]
        while before and isinstance(done, ChangeRule) and _is_same_moment(before[-1], done):
            before = before[:-1]
        self._hold([*before, done])
        self._forget_after(self.generation - 1)

    def take(self, interventions: Sequence[Intervention], progress: Progress | None = None) -> None:
        """Put another list in place of the interventions, and redo what follows the first change.

        The generation stays as it is; it is an earlier one where the work was cancelled.
        """
        after = sorted(interventions, key=lambda each: each.generation)
        before, generation = self._interventions, self.generation
        same = 0
        while same < min(len(before), len(after)) and before[same] is after[same]:
            same += 1
        changed = [each.generation for each in (*before[same:], *after[same:])]
        self._hold(after)
        if changed and min(changed) <= generation:
            self._forget_after(min(changed) - 1)
            self._back_to_checkpoint(generation)
            self._go_on(generation, progress)

    def _hold(self, interventions: list[Intervention]) -> None:
        self._interventions = interventions
        self._lasting: list[Lasting] = [each for each in interventions if is_lasting(each)]
        self._not_over, self._not_over_at = self._lasting, self.start

    def _lasting_at(self, now: int) -> list[Lasting]:
        """Return what lasts at a generation or begins later; what is over costs nothing more."""
        known = self._not_over if now >= self._not_over_at else self._lasting
        self._not_over = [each for each in known if each.until is None or each.until > now]
        self._not_over_at = now
        return self._not_over

    # Time

    def _begin(self) -> None:
        self.rule: Rule = self.world.rule
        self.stepper: Stepper = self._made(self.world)
        self._remember()
        self._do_due()

    def _made(self, world: World) -> Stepper:
        return make_stepper(world, precision=self._precision, threads=self._threads)

    def _go_on(self, goal: int, progress: Progress | None) -> None:
        first = self.generation
        while self.generation < goal:
            steps = self._steps_at_once(goal)
            started = perf_counter()
            self.stepper.step(steps, progress if steps == goal - first else None)
            self._pace(steps, perf_counter() - started)
            self._remember()
            self._do_due()
            if progress is not None:
                progress.report((self.generation - first) / (goal - first))

    def _steps_at_once(self, goal: int) -> int:
        """Return how many steps can be made before a hand or a checkpoint is due."""
        now = self.generation
        if any(acts_after(each, now) for each in self._lasting_at(now)):
            return 1
        index = self._count_until(now)
        due = [each.generation for each in self._interventions[index : index + 1]]
        stride = max(self.checkpoints.spacing, self._stride, (goal - now) // MOST_STRIDES)
        far = max(now + 1, self.checkpoints.last + stride)
        return min([goal, far, *due]) - now

    def _pace(self, steps: int, seconds: float) -> None:
        """Let fast worlds go farther from one checkpoint to the next; going back stays quick."""
        if seconds < STRIDE_SECONDS / 2 and steps >= self._stride:
            self._stride *= 2
        elif seconds > STRIDE_SECONDS:
            self._stride = max(FIRST_SPACING, self._stride // 2)

    def _do_due(self) -> None:
        """Do what lasts since earlier generations, then what is new, in the order of the list."""
        now = self.generation
        for lasting in self._lasting_at(now):
            if lasting.generation < now and acts_after(lasting, now):
                self._do(lasting)
        for each in self._interventions[self._count_until(now - 1) : self._count_until(now)]:
            self._do_new(each)

    def _do_new(self, intervention: Intervention) -> None:
        """Do what begins now, unless it is over already."""
        if not is_lasting(intervention) or acts_after(intervention, self.generation):
            self._do(intervention)

    def _do(self, intervention: Intervention) -> None:
        if isinstance(intervention, ChangeRule):
            self._change_rule(intervention.rule)
        else:
            carry_out(
                self.stepper,
                intervention,
                is_field=self.world.is_field,
                topology=self.world.topology,
            )

    def _change_rule(self, rule: Rule) -> None:
        world = replace(self.present(), rule=rule)
        self.stepper, self.rule = self._made(world), rule

    # Checkpoints

    def _remember(self) -> None:
        """Keep the present state, as it was before the interventions of its generation."""
        if self.checkpoints.is_due(self.generation):
            self.checkpoints.add(self.generation, self.stepper.snapshot(), self.rule)

    def _forget_after(self, generation: int) -> None:
        self.checkpoints.forget_after(generation)

    def _back_to_checkpoint(self, generation: int) -> None:
        checkpoint = self.checkpoints.before(generation)
        if checkpoint.rule is not self.rule:
            self.stepper, self.rule = self._empty_engine(checkpoint.rule), checkpoint.rule
        self.stepper.restore(checkpoint.snapshot)
        self._do_due()

    def _empty_engine(self, rule: Rule) -> Stepper:
        """Return an engine of a rule for this world, which waits for a snapshot."""
        cells = self.world.cells
        if rule.states:  # the first state may have states that this rule does not know
            shape = cells.shape if isinstance(cells, np.ndarray) else (1, 1)
            cells = np.zeros(shape, dtype=np.uint8)
        return self._made(replace(self.world, rule=rule, cells=cells, layout=()))

    def _count_until(self, generation: int) -> int:
        return bisect_right(self._interventions, generation, key=lambda each: each.generation)


def present_cells(stepper: Stepper) -> tuple[Any, tuple[int, int]]:
    """Return the cells and where they begin, as a tree where they are too many for an array."""
    try:
        return stepper.cells(), stepper.origin()
    except TooLarge:
        quadtree = getattr(stepper, "quadtree", None)
        if quadtree is None:
            raise
        return quadtree(), (0, 0)


def _is_same_moment(earlier: Intervention, rule: ChangeRule) -> bool:
    return isinstance(earlier, ChangeRule) and earlier.generation == rule.generation
