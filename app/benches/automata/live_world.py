"""The living world on its own thread: a run that is stepped, shown, and touched by hands."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.benches.automata.colouring import Colouring
from app.benches.automata.probes import Probe, Probes
from app.benches.automata.vital_signs import VitalSigns
from app.benches.automata.world_frame import Viewport, WorldFrame, frame_of
from core.automata.interventions import Intervention
from core.automata.run import Run
from core.automata.space_time import SpaceTime
from core.automata.world import World
from core.automata.world_look import WorldLook
from core.errors import MacroscopeError
from core.progress import Cancelled, Progress


@dataclass(frozen=True)
class Begin:
    """Put another world in place, at a generation."""

    world: World
    interventions: tuple[Intervention, ...]
    at: int


@dataclass(frozen=True)
class Intervene:
    """Do something now; `token` is found again in `LiveWorld.done`."""

    intervention: Intervention
    token: int


@dataclass(frozen=True)
class TakeInterventions:
    """Put another list in place of what was done, and go to a generation (None: stay)."""

    interventions: tuple[Intervention, ...]
    at: int | None = None


@dataclass(frozen=True)
class GoTo:
    """Go to a generation."""

    generation: int


@dataclass(frozen=True)
class SetLoop:
    """Begin again from the first generation whenever this one is reached; None for no loop."""

    last: int | None


@dataclass(frozen=True)
class SetViewport:
    """Show another part of the world."""

    viewport: Viewport


@dataclass(frozen=True)
class SetLook:
    """Show the world in other colours."""

    look: WorldLook
    colouring: Colouring


@dataclass(frozen=True)
class SetProbes:
    """Look at the world with these probes from now on."""

    probes: tuple[Probe, ...]


@dataclass(frozen=True)
class Refresh:
    """Make another frame, with everything measured anew."""


@dataclass(frozen=True)
class Done:
    """The answer to `Intervene`: all that was done by now, or why it could not be."""

    token: int
    interventions: tuple[Intervention, ...]
    generation: int
    error: MacroscopeError | None = None


class LiveWorld:
    """An `app.jobs.stepper.Stepper` over a run; made at once, it prepares the engine when asked.

    Other threads may call `interrupt` and take from `done`, nothing else.
    """

    def __init__(self, begin: Begin, look: SetLook) -> None:
        self.done: deque[Done] = deque()
        self._begin = begin
        self._look = look
        self._run: Run | None = None
        self._viewport = Viewport(0, 0, 1, 1)
        self._probes = Probes()
        self._loop: int | None = None
        self._progress = Progress()
        self._cut_off: int | None = None
        self._furthest = begin.at
        self._signs = VitalSigns()
        self._rows: SpaceTime | None = None

    def interrupt(self) -> None:
        """Stop the stretch at hand after its last whole step."""
        self._progress.cancel()

    # -- what the runner asks ----------------------------------------------------------------------

    @property
    def leaps(self) -> bool:
        """Whether many steps at once take hardly longer than few."""
        return self._run is not None and getattr(self._run.stepper, "leaps", False)

    def step(self, n: int) -> None:
        """Make `n` steps, fewer when interrupted."""
        self._progress = Progress()
        self._cut_off = None
        run = self._ready()
        try:
            for _ in self._stretches(run, n):
                pass
        except Cancelled:
            self._note(run)

    def frame(self) -> WorldFrame:
        """Return what is to be seen now."""
        run = self._ready()
        readings = self._probes.readings(run)
        return frame_of(
            run,
            self._viewport,
            self._look.look,
            self._look.colouring,
            signs=self._signs.of(run),
            rows=self._rows,
            furthest=self._furthest,
            readings=readings,
            problems=dict(self._probes.problems),
        )

    def apply(self, command: Any) -> None:
        """Carry out one of the commands of this module."""
        match command:
            case Begin():
                self._begin, self._run, self._cut_off = command, None, None
                self._furthest = command.at
                self._probes.begin_anew()
                self._forget_after(command.world.generation - 1)
                self._signs = VitalSigns()
            case Intervene(intervention, token):
                self._intervene(intervention, token)
            case TakeInterventions(interventions, at):
                self._take(interventions, at)
            case GoTo(generation):
                self._cut_off = None
                self._go_to(generation)
            case SetLoop(last):
                self._loop = last
            case SetViewport(viewport):
                self._viewport = viewport
            case SetLook():
                self._look = command
            case SetProbes(probes):
                self._probes.put(probes, self._run)
            case Refresh():
                self._signs.forget()

    # -- time --------------------------------------------------------------------------------------

    def _ready(self) -> Run:
        """Return the run, made now where there is none yet."""
        if self._run is None:
            begin = self._begin
            run = Run(begin.world, begin.interventions)
            self._rows = SpaceTime.of(begin.world)
            self._signs.forget()
            self._run = run
            self._note(run)
            if begin.at > run.generation:
                self._go_to(begin.at)
        return self._run

    def _stretches(self, run: Run, n: int) -> Iterator[None]:
        goal = run.generation + n
        while run.generation < goal:
            if self._loop is not None and run.generation >= self._loop > run.start:
                goal -= run.generation - run.start
                run.go_to(run.start)
                self._forget_after(run.start)
                self._note(run)
                if goal <= run.generation:
                    return
            run.step(self._stop_before(run, goal) - run.generation, self._progress)
            self._note(run)
            yield

    def _stop_before(self, run: Run, goal: int) -> int:
        """Return the next generation at which something wants to look."""
        now = run.generation
        stops = [goal]
        if self._rows is not None:
            stops.append(now + 1)
        if self._loop is not None and self._loop > now:
            stops.append(self._loop)
        return min(stops + self._probes.next_looks(now))

    def _note(self, run: Run) -> None:
        """Take note of a generation that was reached."""
        self._furthest = max(self._furthest, run.generation)
        if self._rows is not None:
            self._rows.add(run.stepper, run.generation)
        self._probes.note(run)

    def _go_to(self, generation: int) -> None:
        self._progress = Progress()
        run = self._ready()
        generation = max(generation, run.start)
        try:
            if generation < run.generation:
                self._forget_after(generation)
                back_to = generation
                if self._rows is not None:
                    back_to = self._rows.start_for(generation, run.start)
                run.go_to(back_to, self._progress)
                self._note(run)
            elif generation > run.generation + 1:
                self._signs.jump()
            for _ in self._stretches_to(run, generation):
                pass
        except Cancelled:
            self._note(run)

    def _stretches_to(self, run: Run, generation: int) -> Iterator[None]:
        loop, self._loop = self._loop, None
        try:
            yield from self._stretches(run, generation - run.generation)
        finally:
            self._loop = loop

    def _forget_after(self, generation: int) -> None:
        if self._rows is not None:
            self._rows.forget_after(generation)
        self._probes.forget_after(generation)
        self._signs.forget_after(generation)

    # -- hands -------------------------------------------------------------------------------------

    def _intervene(self, intervention: Intervention, token: int) -> None:
        run = self._ready()
        self._cut_off = None
        try:
            run.intervene(intervention)
        except MacroscopeError as error:
            self.done.append(Done(token, run.interventions, run.generation, error))
            raise
        self._after_change(run, run.generation)
        self._furthest = run.generation
        self.done.append(Done(token, run.interventions, run.generation))

    def _take(self, interventions: Sequence[Intervention], at: int | None) -> None:
        run = self._ready()
        before = {id(each) for each in run.interventions}
        after = {id(each) for each in interventions}
        changed = [each for each in run.interventions if id(each) not in after]
        changed += [each for each in interventions if id(each) not in before]
        goal = run.generation if self._cut_off is None else self._cut_off
        self._cut_off, self._progress = None, Progress()
        try:
            run.take(interventions, self._progress)
        except Cancelled:
            self._cut_off = goal  # the next list may still get there
        now = run.generation
        first = min([now, *(each.generation for each in changed)])
        self._after_change(run, first)
        if first < now:
            self._signs.jump()
        if self._rows is not None and first < now:
            self._go_to(first)
            self._go_to(now)
        wanted = goal if at is None else at
        if wanted != run.generation and self._cut_off is None:
            self._go_to(wanted)
            self._cut_off = wanted if run.generation != wanted else None

    def _after_change(self, run: Run, first: int) -> None:
        """Show the present anew where the past from `first` on is another."""
        self._forget_after(first - 1)
        self._note(run)
