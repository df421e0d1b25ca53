"""A panel with one long piece of work: started, watched, stopped; what it sends is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QToolButton, QWidget

from app.benches.automata.measures.probe import PresentProbe
from app.benches.automata.panel import PanelContext, WorldPanel

if TYPE_CHECKING:
    from pathlib import Path

    from app.benches.automata.world_frame import WorldFrame
    from app.jobs.job import Job
    from core.automata.world import World
    from core.progress import Progress

    Send = Callable[[Any], None]
    Work = Callable[[Progress, Send], Any]

WATCH_MS = 100


class EnsemblePanel(WorldPanel):
    """Runs its work on though it is out of sight; only `stop` and the end of the bench end it."""

    _sent = Signal(object, object)
    job_title = "Try worlds"
    guide_page = "automata-search"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self._job: Job | None = None
        self._probe: PresentProbe | None = None
        self.button = QPushButton("Start", self)
        self.button.clicked.connect(self.toggle)
        self.told = QLabel(self)
        self.told.setProperty("role", "muted")
        self.told.setAccessibleName("How far the work is")
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(120)
        self.bar.setAccessibleName("Share of the work that is done")
        self.bar.hide()
        self._watch = QTimer(self, interval=WATCH_MS)
        self._watch.timeout.connect(self._on_watch)
        self._sent.connect(self._on_sent)

    # -- what a panel says -------------------------------------------------------------------------

    def ask(self) -> None:
        """Begin: call `begin` with the work, at once or when the state in view is known."""
        raise NotImplementedError

    def take(self, sent: Any) -> None:
        """Show what the work has sent, or what it returned."""
        raise NotImplementedError

    def rested(self) -> None:
        """The work has come to its end in whatever way."""

    # -- work --------------------------------------------------------------------------------------

    @property
    def is_working(self) -> bool:
        """Whether work is under way or about to begin."""
        return self._job is not None or self._probe is not None

    @Slot()
    def toggle(self) -> None:
        """Start, or stop."""
        if self.is_working:
            self.stop()
        else:
            self.ask()

    def begin(self, work: Work) -> None:
        """Run the work on a thread."""
        token = object()
        sent = self._sent

        def run(progress: Progress) -> Any:
            return work(progress, lambda part: sent.emit(token, part))

        self._token = token
        self._job = self.surroundings.context.jobs.run(
            self.job_title, run, self._on_done, self._on_failed, key=self
        )
        self.told.setText("Starting …")
        self._show_state()
        self._watch.start()

    @Slot()
    def stop(self) -> None:
        """Stop, and keep what is known so far."""
        self._forget_probe()
        if self._job is not None:
            self._job.cancel()
        self._rest("Stopped.")

    def with_state(self, then: Callable[[World], None]) -> None:
        """Call `then` with the living world as it is now."""
        self._probe = PresentProbe()
        self._probe.name = f"present.{id(self)}"
        self._then = then
        self.told.setText("Looking at the world …")
        self.surroundings.session.frame_ready.connect(self._on_present)
        self.surroundings.session.add_probe(self._probe)
        self._show_state()

    def close_panel(self) -> None:
        self._watch.stop()
        self._forget_probe()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    # -- answers -----------------------------------------------------------------------------------

    @Slot(object)
    def _on_present(self, frame: WorldFrame) -> None:
        if self._probe is None:
            return
        problem = frame.problems.get(self._probe.name)
        if problem is not None:
            self._forget_probe()
            self._rest(problem)
            return
        world = frame.probes.get(self._probe.name)
        if world is not None:
            self._forget_probe()
            self._then(world)

    def _forget_probe(self) -> None:
        if self._probe is not None:
            session, probe = self.surroundings.session, self._probe
            self._probe = None
            session.frame_ready.disconnect(self._on_present)
            session.remove_probe(probe.name)

    @Slot(object, object)
    def _on_sent(self, token: object, part: object) -> None:
        if self._job is not None and token is self._token:
            self.take(part)

    @Slot(object)
    def _on_done(self, found: object) -> None:
        self.take(found)
        self._rest("Done.")

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._rest(str(error))

    @Slot()
    def _on_watch(self) -> None:
        job = self._job
        if job is None:
            return
        if job.state == "cancelled":  # from the list of all work
            self._rest("Stopped.")
            return
        self.bar.setValue(round(1000 * job.fraction))
        if job.message:
            self.told.setText(job.message)

    def _rest(self, sentence: str) -> None:
        self._job = None
        self._watch.stop()
        self.told.setText(sentence)
        self._show_state()
        self.rested()
        self.state_changed.emit()

    def _show_state(self) -> None:
        self.button.setText("Stop" if self.is_working else "Start")
        self.button.setIcon(self.surroundings.context.icon("stop" if self.is_working else "play"))
        self.bar.setVisible(self._job is not None)
        if self._job is None:
            self.bar.setValue(0)

    # -- parts -------------------------------------------------------------------------------------

    def foot(self, *parts: QWidget) -> QHBoxLayout:
        """Return the line below: how far the work is, what can be done with it, and help."""
        context = self.surroundings.context
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.bar)
        row.addWidget(self.told, 1)
        for part in parts:
            row.addWidget(part)
        button = QToolButton(self)
        button.setIcon(context.icon("help"))
        button.setAutoRaise(True)
        button.setToolTip("What is shown here, and how to use it")
        button.setAccessibleName("Help on this panel")
        button.clicked.connect(lambda: context.show_guide(self.guide_page))
        row.addWidget(button)
        return row

    def write(self, path: Path, write: Callable[[], None]) -> None:
        """Write a file on a worker."""
        say = self.surroundings.context.say
        self.surroundings.context.jobs.run(
            f"Write {path.name}",
            lambda progress: write(),
            lambda _none: say(f"Wrote {path.name}."),
            lambda error: say(str(error)),
            owner=self,
        )
