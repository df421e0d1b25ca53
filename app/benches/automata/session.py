"""The living world as the bench drives it: time, hands, and what of it ends up in the study."""

from collections.abc import Sequence
from itertools import count

from PySide6.QtCore import QObject, Signal, Slot

from app.benches.automata.colouring import Colouring
from app.benches.automata.live_world import (
    Begin,
    Done,
    GoTo,
    Intervene,
    LiveWorld,
    Refresh,
    SetLook,
    SetLoop,
    SetProbes,
    SetViewport,
    TakeInterventions,
)
from app.benches.automata.palettes import colouring_of
from app.benches.automata.probes import Probe
from app.benches.automata.world_document import WorldDocument
from app.benches.automata.world_frame import Viewport, WorldFrame
from app.jobs.live import LiveRunner
from app.jobs.stepper import Frame
from core.automata.interventions import ChangeRule, Intervention
from core.automata.rules.rule import Rule
from core.automata.world_subject import WorldSubject


class WorldSession(QObject):
    """Owns the thread on which one world of the study lives.

    The study decides: a world, an intervention or a generation that comes or goes by undo is
    followed at once. While it runs, the generation in view is not written down; at rest it is.
    """

    frame_ready = Signal(object)
    """A `WorldFrame`."""
    running_changed = Signal(bool)
    failed = Signal(str)
    """One sentence; the world rests at the last whole step."""
    rested = Signal()
    """Everything asked for was done and is shown."""

    def __init__(
        self, document: WorldDocument, *, is_dark: bool = True, owner: QObject | None = None
    ) -> None:
        super().__init__(owner)
        self._document = document
        self._is_dark = is_dark
        self._followed = document.subject
        self._tokens = count()
        self._pending: dict[int, tuple[str, str | None]] = {}
        self._probes: dict[str, Probe] = {}
        self._viewport = Viewport(0, 0, 1, 1)
        self._wanted: int | None = None
        self._goal = 0
        self._is_going = self._is_ours = self._was_played = False
        self.frame: WorldFrame | None = None
        self.speed: float | None = None
        self._live = LiveWorld(_begin(document.subject), self._look())
        self._runner = LiveRunner(self._live, self)
        self._runner.frame_ready.connect(self._on_frame)
        self._runner.running_changed.connect(self._on_running)
        self._runner.failed.connect(self._on_failed)
        self._runner.rested.connect(self._on_rested)
        document.changed.connect(self._on_changed)

    # -- looking -----------------------------------------------------------------------------------

    @property
    def document(self) -> WorldDocument:
        """The world of the study that lives here."""
        return self._document

    @property
    def is_running(self) -> bool:
        """Whether it steps of itself."""
        return self._runner.is_running

    @property
    def generation(self) -> int:
        """The generation last seen."""
        return self._document.subject.at if self.frame is None else self.frame.generation

    @property
    def rule(self) -> Rule:
        """The rule last seen in force."""
        return self._document.rule if self.frame is None else self.frame.rule

    @property
    def steps_per_second(self) -> float:
        """The speed reached, 0 at rest."""
        return self._runner.steps_per_second

    @property
    def viewport(self) -> Viewport:
        """The part of the world that frames show."""
        return self._viewport

    @property
    def colouring(self) -> Colouring:
        """The colours of the world in this window."""
        return self._look().colouring

    def set_viewport(self, viewport: Viewport) -> None:
        """Show another part of the world."""
        if viewport != self._viewport:
            self._viewport = viewport
            self._runner.ask(SetViewport(viewport))

    def set_dark(self, is_dark: bool) -> None:
        """Take the colours of a light or a dark window."""
        self._is_dark = is_dark
        self._runner.ask(self._look())

    def add_probe(self, probe: Probe) -> None:
        """Let a probe look at the world from now on, in place of another of its name."""
        self._probes[probe.name] = probe
        self._runner.ask(SetProbes(tuple(self._probes.values())))

    def remove_probe(self, name: str) -> None:
        """Let a probe look no longer."""
        if self._probes.pop(name, None) is not None:
            self._runner.ask(SetProbes(tuple(self._probes.values())))

    # -- time --------------------------------------------------------------------------------------

    @Slot()
    def play(self) -> None:
        """Step on until told otherwise."""
        self._document.end_merge()
        self._was_played = True
        self._runner.run()

    @Slot()
    def pause(self) -> None:
        """Rest after the steps at hand; the generation reached is written into the study."""
        self._live.interrupt()
        self._runner.pause()

    @Slot()
    def toggle(self) -> None:
        """Play, or pause."""
        if self.is_running:
            self.pause()
        else:
            self.play()

    def step(self, steps: int = 1) -> None:
        """Make exactly so many steps, then rest."""
        if self.is_running:
            self.pause()
        self._runner.step_once(steps)

    def run_for(self, steps: int) -> None:
        """Make exactly so many steps as fast as possible, to be seen and paused on the way."""
        if self.is_running:
            self.pause()
        self._document.end_merge()
        self._was_played = True
        self._runner.run_for(steps)

    def go_to(self, generation: int) -> None:
        """Show any generation from the first on; of several wishes the last counts."""
        if self.is_running:
            self.pause()
        self._wanted = self._goal = max(generation, self._document.world.generation)
        if self._is_going:
            self._live.interrupt()
        else:
            self._go()

    def step_back(self, steps: int = 1) -> None:
        """Go back so many generations, at most to the first."""
        at = self._goal if self._is_going else self.generation
        self.go_to(at - steps)

    @Slot()
    def reset(self) -> None:
        """Go back to the state that everything started from."""
        self.go_to(self._document.world.generation)

    def set_speed(self, steps_per_second: float | None) -> None:
        """Make so many steps a second; None is as many as possible."""
        self.speed = steps_per_second
        self._runner.set_speed(steps_per_second)

    def set_loop(self, last: int | None) -> None:
        """Begin again whenever this generation is reached; None for no loop."""
        self._runner.ask(SetLoop(last))

    # -- hands -------------------------------------------------------------------------------------

    def intervene(
        self, text: str, intervention: Intervention, *, merge_key: str | None = None
    ) -> None:
        """Do something to the world now, whatever generation it carries, as one undo step.

        Interventions of one `merge_key` make one undo step until `end_merge` of the document. The
        future that was made by later interventions is forgotten.
        """
        token = next(self._tokens)
        self._pending[token] = (text, merge_key)
        self._runner.ask(Intervene(intervention, token))

    def set_interventions(self, text: str, interventions: Sequence[Intervention]) -> None:
        """Put another list in place of what was done; the generation in view stays."""
        self._document.edit(text, lambda subject: subject.with_interventions(interventions))

    def change_rule(self, text: str, rule: Rule, *, merge_key: str | None = None) -> None:
        """Go on by another rule: from the very start at the first generation, else from now on."""
        if not self.is_running and self.generation == self._document.world.generation:
            self._document.edit(text, lambda subject: subject.with_rule(rule), merge_key=merge_key)
        else:
            self.intervene(text, ChangeRule(0, rule), merge_key=merge_key)

    # -- life --------------------------------------------------------------------------------------

    def close(self) -> None:
        """End the thread."""
        self._document.changed.disconnect(self._on_changed)
        self._live.interrupt()
        self._runner.shutdown()

    # -- inside ------------------------------------------------------------------------------------

    def _look(self) -> SetLook:
        subject = self._document.subject
        return SetLook(
            subject.look, colouring_of(subject.world, subject.look, is_dark=self._is_dark)
        )

    def _go(self) -> None:
        if self._wanted is not None:
            self._is_going = True
            self._runner.ask(GoTo(self._wanted))
            self._wanted = None

    @Slot(object)
    def _on_frame(self, frame: Frame) -> None:
        self.frame = frame.content
        self._take_answers()
        self.frame_ready.emit(self.frame)

    def _take_answers(self) -> None:
        """Write what hands did into the study, each with its generation."""
        while self._live.done:
            answer: Done = self._live.done.popleft()
            text, merge_key = self._pending.pop(answer.token, ("Change the world", None))
            if answer.error is None:
                shown = None if self.is_running else answer.generation
                self._write(
                    text,
                    self._document.subject.with_interventions(answer.interventions, shown),
                    merge_key,
                )

    def _write(self, text: str, subject: WorldSubject, merge_key: str | None) -> None:
        """Write into the study what the living world did already."""
        self._is_ours = True
        try:
            self._document.edit(text, lambda _before: subject, merge_key=merge_key)
        finally:
            self._is_ours = False

    @Slot(bool)
    def _on_running(self, is_running: bool) -> None:
        self.running_changed.emit(is_running)
        if not is_running:
            self._runner.ask(Refresh())

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._is_going = False
        self._take_answers()
        self.failed.emit(str(error))

    @Slot()
    def _on_rested(self) -> None:
        if self._is_going:
            self._is_going = False
            if self._wanted is not None:
                self._go()
                return
        if self.frame is not None and not self.is_running:
            self._note_generation(self.frame.generation)
            if self._was_played:
                self._was_played = False
                self._document.end_merge()
            if self.frame.signs.generation != self.frame.generation:
                self._runner.ask(Refresh())  # and rest again, with what is true now
                return
        self.rested.emit()

    def _note_generation(self, generation: int) -> None:
        subject = self._document.subject
        if generation != subject.at:
            self._write(f"Go to generation {generation:,}", subject.with_shown(generation), "time")

    @Slot()
    def _on_changed(self) -> None:
        """Follow the study where it changed otherwise than by the living world itself."""
        before, after = self._followed, self._document.subject
        self._followed = after
        if self._is_ours:
            return
        if after.look is not before.look or after.world is not before.world:
            self._runner.ask(self._look())
        if after.world is not before.world:
            self._runner.ask(Begin(after.world, after.interventions, after.at))
        elif after.interventions != before.interventions:
            at = None if self.is_running else after.at
            self._live.interrupt()
            self._runner.ask(TakeInterventions(after.interventions, at))
        elif after.at != self.generation and after.at != before.at:
            self.go_to(after.at)


def _begin(subject: WorldSubject) -> Begin:
    return Begin(subject.world, subject.interventions, subject.at)
