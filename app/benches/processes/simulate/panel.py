"""The panel that lets the process emit: transport, tape, belief and the observer's doubt."""

from collections.abc import Mapping
from math import log2
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSlider,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.benches.processes.drafts import can_normalise, draft_problem
from app.benches.processes.panel import PanelContext, ProcessPanel
from app.benches.processes.presentation import MOST_EDGES, NOTHING, MachineDecoration
from app.benches.processes.simplex.view import SimplexView
from app.benches.processes.simulate.belief_view import BeliefView
from app.benches.processes.simulate.entropy_view import EntropyView
from app.benches.processes.simulate.stepper import Observe, Simulation, SimulationFrame
from app.benches.processes.simulate.tape_view import TapeView
from app.graphical.amounts import counted
from app.graphical.callout import Callout
from app.graphical.panel_parts import help_button, icon_button, quiet_label, scrolling
from app.jobs.live import LiveRunner
from app.jobs.stepper import Frame
from core.errors import MacroscopeError
from core.processes.model import HiddenMarkovModel
from core.processes.projection import natural_projection
from core.processes.word import belief_after, read_word

SPEEDS: tuple[float | None, ...] = (1, 2, 5, 10, 25, 100, 1000, 100_000, None)
USUAL_SPEED = 2
SPEED_PREFERENCE = "processes.simulate.speed"
MOST_LIT_STATES = 400
"""Larger machines are not redrawn with every symbol."""

LONGEST_WORD = 5000


class SimulatePanel(ProcessPanel):
    """Runs one simulation of the machine as it is drawn; another machine begins anew."""

    view_name = "simulate"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self._document = surroundings.document
        self._model: HiddenMarkovModel | None = None
        self._prior = None
        kept = self.kept_view()
        self._seed = _seed_of(kept.get("seed"))
        self._is_current = False
        self._job: object | None = None
        self._wanted = ""
        self.runner: LiveRunner | None = None
        self.shown: SimulationFrame | None = None
        self.tape = TapeView(self)
        self.belief = BeliefView(self)
        self.entropy = EntropyView(self)
        self.simplex = SimplexView(self)
        self.word = QLineEdit(_word_of(kept.get("word")), self)
        self.speed = QSlider(Qt.Orientation.Horizontal, self)
        self.speed_label = QLabel(self)
        self.facts = quiet_label("What was emitted", self)
        self.callout = Callout("Normalise rows", self)
        self._lay_out()
        self.word.returnPressed.connect(self._on_word)
        self.speed.valueChanged.connect(self._on_speed)
        self.callout.pressed.connect(lambda: surroundings.action("process.normalise").trigger())
        kept = surroundings.context.preferences.get(SPEED_PREFERENCE, USUAL_SPEED)
        is_known = type(kept) is int and 0 <= kept < len(SPEEDS)
        self.speed.setValue(kept if is_known else USUAL_SPEED)
        self._on_speed(self.speed.value())

    # -- what the deck asks ----------------------------------------------------------------------

    def set_current(self, is_current: bool) -> None:
        self._is_current = is_current
        if is_current:
            self._document.changed.connect(self._on_changed)
            self._on_changed()
        else:
            self._document.changed.disconnect(self._on_changed)
            if self.runner is not None:
                self.runner.pause()

    def decoration(self) -> MachineDecoration:
        frame = self.shown
        if frame is None or frame.model.n > MOST_LIT_STATES or not self._is_of_now(frame):
            return NOTHING
        model = frame.model
        edge = None
        if frame.edge is not None and model.edge_count() <= MOST_EDGES:
            source, target, symbol = frame.edge
            edge = (model.states[source], model.states[target], model.alphabet[symbol])
        belief = (
            {} if frame.time == 0 else dict(zip(model.states, frame.belief.tolist(), strict=True))
        )
        state = model.states[frame.state] if frame.state >= 0 and frame.time else ""
        return MachineDecoration(belief, state, edge)

    def trigger(self, action_id: str) -> None:
        if action_id == "simulate.word":
            self.word.setFocus()
            self.word.selectAll()
        elif self.runner is None:
            return
        elif action_id == "simulate.play":
            if self.runner.is_running:
                self.runner.pause()
            elif not self._leaves_word(action_id):
                self.runner.run()
        elif action_id == "simulate.step":
            if not self._leaves_word(action_id):
                self.runner.step_once()
        elif action_id == "simulate.restart":
            self._seed += 1
            self.word.clear()
            self._keep()
            self._begin()

    def is_enabled(self, action_id: str) -> bool:
        return self.runner is not None

    def is_checked(self, action_id: str) -> bool:
        return action_id == "simulate.play" and self.is_running

    @property
    def is_running(self) -> bool:
        """Whether the process emits of itself."""
        return self.runner is not None and self.runner.is_running

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        for part in (self.tape, self.belief, self.entropy, self.simplex, self.callout):
            part.apply_palette(palette)

    def close_panel(self) -> None:
        self._drop()
        if self.runner is not None:
            self.runner.shutdown()
            self.runner = None

    # -- following -------------------------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        """Go on with the machine as it is now; while it cannot be played say why."""
        model = self._document.model
        if model is self._model:
            return
        self._model = model
        self._drop()
        problem = draft_problem(model)
        if problem:
            self._rest(problem)
            return
        seed = self._seed
        self._job = self.surroundings.context.jobs.run(
            "Prepare the simulation",
            lambda progress: Simulation(model, seed),
            self._on_prepared,
            self._on_unprepared,
            key=self,
            quiet=True,
        )

    @Slot(object)
    def _on_prepared(self, simulation: Simulation) -> None:
        """Put another machine in the place of the one that is played."""
        self._job = None
        model = simulation.model
        self._prior = simulation.prior
        self.callout.hide()
        self._spare.hide()
        for part in (self._parts, self.tape, self.facts):
            part.show()
        projection = natural_projection(model.n)
        self.simplex.show_frame(projection, projection.view(0.12), model.states)
        was_running = self.is_running
        if self.runner is None:
            self.runner = LiveRunner(simulation, self)
            self.runner.frame_ready.connect(self._on_frame)
            self.runner.running_changed.connect(self._on_running)
            self.runner.failed.connect(self._on_failed)
            self.runner.set_speed(SPEEDS[self.speed.value()])
        else:
            self.runner.restart(simulation)
        self._show(simulation.first)
        if self.word.text().strip() and not was_running:
            self._on_word()
        wanted, self._wanted = self._wanted, ""
        if was_running or wanted == "simulate.play":
            self.runner.run()
        elif wanted == "simulate.step":
            self.runner.step_once()
        self.state_changed.emit()

    @Slot(object)
    def _on_unprepared(self, error: Exception) -> None:
        self._job = None
        self._rest(str(error))

    def _drop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _begin(self) -> None:
        self._model = None
        self._on_changed()

    def _rest(self, problem: str) -> None:
        if self.runner is not None:
            self.runner.shutdown()
            self.runner.deleteLater()
            self.runner = None
        self.shown = None
        for part in (self._parts, self.tape, self.facts):
            part.hide()
        self._spare.show()
        self.callout.button.setVisible(can_normalise(self._document.model))
        self.callout.show_text(problem)
        self.decoration_changed.emit()
        self.state_changed.emit()

    @Slot(object)
    def _on_frame(self, frame: Frame) -> None:
        if self._is_current:
            self._show(frame.content)

    def _show(self, frame: SimulationFrame) -> None:
        model = frame.model
        if self._prior is None or not self._is_of_now(frame):
            return  # a last frame of the machine before
        self.shown = frame
        self.tape.show_tape(frame.tape, model.alphabet)
        self.belief.show_belief(model.states, frame.belief, self._prior, frame.state)
        self.simplex.show_trail(frame.trail)
        self.entropy.show_entropies(frame.entropies, frame.first, log2(model.n) or 1.0)
        self.facts.setText(self._facts(frame, model))
        self.decoration_changed.emit()

    def _is_of_now(self, frame: SimulationFrame) -> bool:
        """Whether a frame shows states and symbols that the machine still has."""
        model = self._document.model
        return (frame.model.states, frame.model.alphabet) == (model.states, model.alphabet)

    def _facts(self, frame: SimulationFrame, model: HiddenMarkovModel) -> str:
        if frame.time == 0:
            return "Before any symbol the observer believes the stationary distribution."
        parts = [counted(frame.time, "symbol")]
        if frame.tape:
            parts.append(f"last surprise {frame.surprise:.3f} bits")
            parts.append(f"mean {frame.mean_surprise:.4f} bits per symbol")
        if self.is_running and self.runner is not None and self.runner.steps_per_second > 2000:
            parts.append(f"{self.runner.steps_per_second:.2g} symbols per second")
        return "  ·  ".join(parts)

    @Slot(bool)
    def _on_running(self, _is_running: bool) -> None:
        self.play.setIcon(self.surroundings.context.icon("pause" if self.is_running else "play"))
        self.play.setToolTip("Pause" if self.is_running else "Play")
        self.state_changed.emit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.callout.button.hide()
        self.callout.show_text(str(error))

    # -- what is asked ---------------------------------------------------------------------------

    @Slot()
    def _on_word(self) -> None:
        """Show what an observer believes after the word that was typed."""
        model, runner = self._model, self.runner
        if model is None or runner is None:
            return
        try:
            word = read_word(model, self.word.text())[:LONGEST_WORD]
            belief_after(model, word)
        except MacroscopeError as problem:
            self.callout.button.hide()
            self.callout.show_text(str(problem))
            return
        self.callout.hide()
        runner.pause()
        runner.send(Observe(tuple(model.symbol_index(symbol) for symbol in word)))
        self._keep()

    def _leaves_word(self, action_id: str) -> bool:
        """Go back to the process itself where a word was asked for, and then do what is wanted."""
        if not self.word.text():
            return False
        self.word.clear()
        self._keep()
        self._wanted = action_id
        self._begin()
        return True

    def _keep(self) -> None:
        """Let the study keep which simulation this is."""
        self.keep_view({"seed": self._seed, "word": self.word.text()})

    @Slot(int)
    def _on_speed(self, place: int) -> None:
        speed = SPEEDS[place]
        self.speed_label.setText(
            "as fast as possible" if speed is None else f"{speed:,} per second"
        )
        self.surroundings.context.preferences.set(SPEED_PREFERENCE, place)
        if self.runner is not None:
            self.runner.set_speed(speed)

    # -- parts -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._parts = QSplitter(Qt.Orientation.Horizontal, self)
        self._parts.setChildrenCollapsible(False)
        for part in (self._beliefs(), self.simplex, self.entropy):
            self._parts.addWidget(part)
        self._parts.setSizes([360, 260, 480])
        self.simplex.setAccessibleName("The observer's belief in the simplex, with its trail")
        self.simplex.setToolTip("The belief as a point: each corner is certainty of one state")
        self.simplex.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(self._transport())
        layout.addWidget(self.callout)
        layout.addWidget(self.tape)
        layout.addWidget(self._parts, 1)
        layout.addWidget(self.facts)
        self._spare = QWidget(self)
        self._spare.hide()
        layout.addWidget(self._spare, 1)

    def _transport(self) -> QHBoxLayout:
        """Return the row above: what lets it emit, how fast, and a word to put to an observer."""
        context = self.surroundings.context
        self.play = self._button("simulate.play", "play", "Play")
        step = self._button("simulate.step", "step", "Emit one symbol")
        again = self._button("simulate.restart", "restart", "Start over with another seed")
        self.speed.setRange(0, len(SPEEDS) - 1)
        self.speed.setPageStep(1)
        self.speed.setFixedWidth(120)
        self.speed.setAccessibleName("Speed in symbols per second")
        self.speed.setToolTip("Speed, from 1 symbol per second to as fast as possible")
        self.speed_label.setProperty("role", "muted")
        self.speed_label.setMinimumWidth(118)
        self.word.setPlaceholderText("What does an observer believe after 0110?")
        self.word.setAccessibleName("Word that the observer has seen")
        self.word.setToolTip("Type or paste a word and press Enter")
        self.word.setClearButtonEnabled(True)
        row = QHBoxLayout()
        row.setSpacing(6)
        for part in (self.play, step, again):
            row.addWidget(part)
        row.addSpacing(6)
        row.addWidget(self.speed)
        row.addWidget(self.speed_label)
        row.addWidget(self.word, 1)
        row.addWidget(help_button(context, "processes-bench", "Help on the simulation", self))
        return row

    def _beliefs(self) -> QWidget:
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        title = QLabel("Belief: Pr(state | symbols seen)", left)
        title.setProperty("role", "muted")
        column.addWidget(title)
        column.addWidget(scrolling(self.belief, left, sideways=True), 1)
        return left

    def _button(self, action_id: str, icon: str, tip: str) -> QToolButton:
        picture = self.surroundings.context.icon(icon)
        return icon_button(picture, tip, lambda: self._ask(action_id), self)

    def _ask(self, action_id: str) -> None:
        self.trigger(action_id)
        self.state_changed.emit()


def _seed_of(kept: Any) -> int:
    """Return the seed that a study keeps, 0 where it is none."""
    return kept if type(kept) is int and 0 <= kept < 2**63 else 0


def _word_of(kept: Any) -> str:
    """Return the word that a study keeps, none where it is no text."""
    return kept if isinstance(kept, str) else ""
