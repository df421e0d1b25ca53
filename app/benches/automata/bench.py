"""The bench of cellular worlds: the field, the transport below it, panels and the inspector."""

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QColor, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.benches.automata.field_view import FieldView
from app.benches.automata.figure import field_figure, value_table
from app.benches.automata.inspector import WorldInspector
from app.benches.automata.panel import PanelContext
from app.benches.automata.panels import PANELS
from app.benches.automata.session import WorldSession
from app.benches.automata.spec import ACTIONS, LAYER_TITLES, MARK_ACTIONS, PALETTE_TITLES
from app.benches.automata.tool import FieldPoint
from app.benches.automata.transport import SPEEDS, USUAL_SPEED, Transport, rate_text
from app.benches.automata.world_document import WorldDocument
from app.benches.automata.world_frame import WorldFrame
from app.graphical.amounts import counted
from app.graphical.callout import Callout
from app.graphical.deck_splitter import DeckSplitter
from app.graphical.panel_deck import PanelDeck
from app.shell.bench import Bench, BenchContext, FigureView
from core.automata.world_subject import WorldSubject

PANEL_PREFERENCE = "automata.panel"
SPLIT_PREFERENCE = "automata.split"
SPEED_PREFERENCE = "automata.speed"
GETTING_READY = "getting ready …"
"""Told until the first step is made: the very first use of an engine compiles it."""
FIRST_SPLIT = [560, 380]

FIELD_MENU = (
    "world.play",
    "world.step",
    "world.step_back",
    "world.reset",
    None,
    "hands.select_everything",
    "hands.paste",
    "hands.ensemble",
    None,
    "world.fit",
    "world.follow",
    *MARK_ACTIONS,
)

PREFIX_PALETTE = "world.palette."
PREFIX_LAYER = "world.layer."


class WorldBench(Bench):
    """Puts field, transport, panels and inspector together over one world of the study."""

    space_action = "world.play"

    def __init__(self, context: BenchContext, subject_id: str) -> None:
        super().__init__(context, subject_id)
        self._own_actions: dict[str, QAction] = {}
        self._was_shown = self._follows = False
        self._resumes = False
        self._hovered: FieldPoint | None = None
        self._shown_at: deque[float] = deque(maxlen=60)
        self.document = WorldDocument(context.document, subject_id, context.say, self)
        self._deeds = (self.document.world, self.document.subject.interventions)
        is_dark = QColor(context.palette["window"]).lightness() < 128
        self.session = WorldSession(self.document, is_dark=is_dark, owner=self)
        self.view = FieldView(self.document.world, self.document.look, self)
        self.callout = Callout("", self)
        self.callout.button.hide()
        self.transport = Transport(self.action, self)
        surroundings = PanelContext(self.document, self.session, self.view, context, self.action)
        self._inspector = WorldInspector(surroundings)
        self.deck = PanelDeck(
            context, lambda panel: panel(surroundings), PANELS, PANEL_PREFERENCE, None, self
        )
        self._commands = self._make_commands()
        self._lay_out()
        self._connect()
        self.apply_palette(context.palette)
        self._begin_speed()

    def showEvent(self, shown: QShowEvent) -> None:
        """Show the whole world when the bench first has its size."""
        super().showEvent(shown)
        if not self._was_shown:
            self._was_shown = True
            panel_id = self.context.preferences.get(PANEL_PREFERENCE, "")
            if any(spec.id == panel_id for spec in PANELS):
                self.deck.open_panel(panel_id)
            self.view.setFocus()
            self.view.fit()
        elif self._resumes:
            self._resumes = False
            self.session.play()

    def hideEvent(self, hidden: QHideEvent) -> None:
        """Let a world out of sight rest; it goes on when it is seen again."""
        super().hideEvent(hidden)
        if self._was_shown and self.session.is_running and not hidden.spontaneous():
            self._resumes = True
            self.session.pause()

    # -- what the shell asks -----------------------------------------------------------------------

    def trigger(self, action_id: str) -> None:
        prefix = action_id.partition(".")[0]
        if prefix == "panel":
            self.deck.toggle(action_id.removeprefix("panel."))
        elif action_id in self._commands:
            self._commands[action_id]()
        elif action_id.startswith(PREFIX_PALETTE):
            self._set_palette(action_id.removeprefix(PREFIX_PALETTE))
        elif action_id.startswith(PREFIX_LAYER):
            self._set_layer(action_id.removeprefix(PREFIX_LAYER))
        elif prefix in self._inspector.tabs:
            self._inspector.tab(prefix).trigger(action_id)
        else:
            self.deck.open_panel(prefix).trigger(action_id)
        self.state_changed.emit()

    def is_enabled(self, action_id: str) -> bool:
        prefix = action_id.partition(".")[0]
        if action_id in ("world.step_back", "world.reset"):
            return self.session.generation > self.document.world.generation
        if action_id.startswith(PREFIX_LAYER):
            return self.document.world.is_field or action_id.endswith(".cells")
        if action_id in self._commands or prefix in ("panel", "world"):
            return True
        if prefix in self._inspector.tabs:
            return self._inspector.tab(prefix).is_enabled(action_id)
        return self.deck.shown_id != prefix or self.deck.panel(prefix).is_enabled(action_id)

    def is_checked(self, action_id: str) -> bool:
        prefix = action_id.partition(".")[0]
        look = self.document.look
        if prefix == "panel":
            return self.deck.shown_id == action_id.removeprefix("panel.")
        if action_id == "world.play":
            return self.session.is_running
        if action_id == "world.follow":
            return self._follows
        if action_id == "world.loop":
            return self._loops
        if action_id in MARK_ACTIONS:
            return MARK_ACTIONS[action_id] in look.marks
        if action_id.startswith(PREFIX_PALETTE):
            return look.palette == _palette_of(action_id.removeprefix(PREFIX_PALETTE))
        if action_id.startswith(PREFIX_LAYER):
            return look.layer == action_id.removeprefix(PREFIX_LAYER)
        if prefix in self._inspector.tabs:
            return self._inspector.tab(prefix).is_checked(action_id)
        is_shown = self.deck.shown_id == prefix
        return is_shown and self.deck.panel(prefix).is_checked(action_id)

    def inspector(self) -> QWidget:
        return self._inspector

    def views(self) -> list[FigureView]:
        shown = self.deck.shown_panel()
        of_panel = shown.views() if shown is not None else []
        frame = self.session.frame
        if frame is None:
            return of_panel
        # Bound now, on the window's thread: the figures are made on a worker.
        colouring, layer = self.session.colouring, self.document.look.layer
        name = self.document.world.title or self.document.world.name
        title = "Space-time diagram" if frame.is_space_time else "Field"
        field = FigureView(
            "field",
            title,
            lambda options: field_figure(frame, colouring, layer, name, options),
            lambda: value_table(frame),
        )
        return [field, *of_panel]

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        self.view.apply_palette(palette)
        self.callout.apply_palette(palette)
        self._inspector.apply_palette(palette)
        self.deck.apply_palette(dict(palette))
        self.session.set_dark(QColor(palette["window"]).lightness() < 128)
        self._show_running(self.session.is_running)

    def status(self) -> str:
        frame = self.session.frame
        if frame is None:
            return "The world is being prepared"
        amount = frame.signs.population
        is_mass = self.document.world.is_field and isinstance(amount, float)
        # while it runs the transport tells the generation, newer than a line could
        parts = [] if self.session.is_running else [f"generation {frame.generation:,}"]
        parts += [
            f"mass {amount:,.2f}" if is_mass else _population(frame, amount),
        ]
        if frame.signs.box is not None and not frame.is_space_time:
            parts.append(f"living box {frame.signs.box[2]:,} × {frame.signs.box[3]:,}")
        if self._hovered is not None:
            x, y = self._hovered.cell
            value = self.view.value_at(self._hovered.x, self._hovered.y)
            parts.append(f"({x:,}, {y:,}) {value}".strip())
        return "  ·  ".join(parts)

    def takes_files(self, paths: Sequence[Path]) -> bool:
        return self._inspector.taker_of(paths) is not None

    def take_files(self, paths: Sequence[Path]) -> None:
        taker = self._inspector.taker_of(paths)
        if taker is not None:
            taker.take_files(paths)

    def close_bench(self) -> None:
        self.deck.close_panels()
        self._inspector.close_tabs()
        self.session.close()
        self.document.close()
        self._inspector.deleteLater()

    def action(self, action_id: str) -> QAction:
        """Return the window's action, or one of our own where no window registered it."""
        if action_id in self.context.actions:
            return self.context.actions.action(action_id)
        if action_id not in self._own_actions:
            spec = next(each for each in ACTIONS if each.id == action_id)
            made = QAction(spec.title, self)
            made.setToolTip(spec.help)
            made.setCheckable(spec.checkable)
            made.triggered.connect(lambda _checked=False: self.trigger(action_id))
            self._own_actions[action_id] = made
        return self._own_actions[action_id]

    # -- following ---------------------------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        subject = self.document.subject
        deeds = (subject.world, subject.interventions)
        if any(one is not other for one, other in zip(deeds, self._deeds, strict=True)):
            self.callout.hide()
        self._deeds = deeds
        self.view.show_world(subject.world, subject.look)
        self.state_changed.emit()

    @Slot(object)
    def _on_frame(self, frame: WorldFrame) -> None:
        before = self.view.frame
        if before is None or frame.generation != before.generation:
            self._shown_at.append(time.perf_counter())  # another view of the same is no step
        self.view.show_frame(frame)
        self.transport.show_frame(frame)
        if self._follows and frame.signs.middle is not None and not frame.is_space_time:
            self.view.centre_on(*frame.signs.middle)

    @Slot(bool)
    def _show_running(self, is_running: bool) -> None:
        if is_running:
            self.callout.hide()
        action = self.action("world.play")
        action.setIcon(self.context.icon("pause" if is_running else "play"))
        self._shown_at.clear()
        self.state_changed.emit()

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self.callout.show_text(sentence)
        self.context.say(sentence)
        self.state_changed.emit()

    @Slot()
    def _on_tick(self) -> None:
        """Tell how fast it goes, some times a second."""
        if self.session.is_running and len(self._shown_at) > 1:
            span = self._shown_at[-1] - self._shown_at[0]
            frames = (len(self._shown_at) - 1) / max(span, 1e-6)
            steps = self.session.steps_per_second
            self.transport.show_rate(rate_text(steps, frames))
        else:
            is_waiting = self.session.is_running and not self._shown_at
            self.transport.show_rate(GETTING_READY if is_waiting else "")
        self.state_changed.emit()

    @Slot(object)
    def _on_hovered(self, at: FieldPoint | None) -> None:
        self._hovered = at
        if not self.session.is_running:
            self._tick_soon.start()

    @Slot(object, object)
    def _on_menu(self, _at: FieldPoint, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context.actions.refresh()
        for action_id in FIELD_MENU:
            if action_id is None:
                menu.addSeparator()
            else:
                menu.addAction(self.action(action_id))
        menu.popup(where)

    # -- commands ----------------------------------------------------------------------------------

    def _make_commands(self) -> dict[str, Callable[[], object]]:
        session, view = self.session, self.view
        commands: dict[str, Callable[[], object]] = {
            "world.play": session.toggle,
            "world.step": lambda: session.step(1),
            "world.steps": self._make_steps,
            "world.step_back": lambda: session.step_back(1),
            "world.reset": session.reset,
            "world.loop": self._toggle_loop,
            "world.faster": lambda: self._change_speed(1),
            "world.slower": lambda: self._change_speed(-1),
            "world.start_here": self._start_here,
            "world.record": self._record,
            "world.fit": view.fit,
            "world.zoom_in": view.zoom_in,
            "world.zoom_out": view.zoom_out,
            "world.zoom_actual": lambda: view.zoom(1 / view.devicePixelRatioF() / view.scale),
            "world.follow": self._toggle_follow,
        }
        for action_id, mark in MARK_ACTIONS.items():
            commands[action_id] = partial(self._toggle_mark, mark)
        return commands

    def _make_steps(self) -> None:
        steps = self.transport.steps.steps()
        if self.transport.steps.problem:
            self._on_refused(self.transport.steps.problem)
        else:
            self.session.run_for(steps)

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        """Tell why what was typed below cannot be taken, as long as that is so."""
        self.callout.setVisible(bool(sentence))
        if sentence:
            self.callout.show_text(sentence)

    _loops = False

    def _toggle_loop(self) -> None:
        self._loops = not self._loops
        frame = self.session.frame
        self.session.set_loop(frame.furthest if self._loops and frame is not None else None)

    def _toggle_follow(self) -> None:
        self._follows = not self._follows
        if self._follows and self.session.frame is not None:
            self._on_frame(self.session.frame)

    def _toggle_mark(self, mark: str) -> None:
        def change(look):
            others = tuple(each for each in look.marks if each != mark)
            return replace(look, marks=others if mark in look.marks else (*others, mark))

        self.document.edit_look(f"Show or hide the {mark}", change)

    def _set_palette(self, name: str) -> None:
        title = PALETTE_TITLES[_palette_of(name)]
        self.document.edit_look(
            f"Colours: {title}", lambda look: replace(look, palette=_palette_of(name))
        )

    def _set_layer(self, layer: str) -> None:
        self.document.edit_look(
            f"Show {LAYER_TITLES[layer].lower()}", lambda look: replace(look, layer=layer)
        )

    def _change_speed(self, way: int) -> None:
        place = self.transport.speed.value() + way
        self.transport.speed.setValue(min(max(place, 0), len(SPEEDS) - 1))

    def _start_here(self) -> None:
        """Make the state in view the first one; it is computed anew on a worker."""
        subject, at = self.document.subject, self.session.generation
        self.session.pause()
        self.context.jobs.run(
            "Take the state in view",
            lambda progress: _present(subject, at, progress),
            self._on_present,
            lambda error: self.context.say(str(error)),
            key=(self.subject_id, "present"),
        )

    @Slot(object)
    def _on_present(self, subject: WorldSubject) -> None:
        look = self.document.look
        self.document.edit("Start from this state", lambda _before: subject.with_look(look))

    def _record(self) -> None:
        from app.benches.automata.film.dialog import record_film

        self.session.pause()
        record_film(self.document, self.session, self.view, self.context, self)

    # -- parts -------------------------------------------------------------------------------------

    def _begin_speed(self) -> None:
        kept = self.context.preferences.get(SPEED_PREFERENCE, USUAL_SPEED)
        is_known = type(kept) is int and 0 <= kept < len(SPEEDS)
        place = kept if is_known else USUAL_SPEED
        self.transport.show_speed(SPEEDS[place])
        self.session.set_speed(SPEEDS[place])

    @Slot(object)
    def _on_speed(self, speed: float | None) -> None:
        self.session.set_speed(speed)
        self.context.preferences.set(SPEED_PREFERENCE, SPEEDS.index(speed))

    def _connect(self) -> None:
        session, view, transport = self.session, self.view, self.transport
        session.frame_ready.connect(self._on_frame)
        session.running_changed.connect(self._show_running)
        session.failed.connect(self._on_failed)
        session.rested.connect(self.state_changed)
        view.viewport_changed.connect(session.set_viewport)
        view.space_tapped.connect(session.toggle)
        view.hovered.connect(self._on_hovered)
        view.menu_requested.connect(self._on_menu)
        transport.speed_chosen.connect(self._on_speed)
        transport.generation_chosen.connect(session.go_to)
        transport.refused.connect(self._on_refused)
        self.document.changed.connect(self._on_changed)
        self.deck.state_changed.connect(self.state_changed)
        self._ticker = QTimer(self, interval=250)
        self._ticker.timeout.connect(self._on_tick)
        session.running_changed.connect(self._on_ticking)
        self._tick_soon = QTimer(self, singleShot=True, interval=30)
        self._tick_soon.timeout.connect(self.state_changed)

    @Slot(bool)
    def _on_ticking(self, is_running: bool) -> None:
        if is_running:
            self._ticker.start()
        else:
            self._ticker.stop()
            self._on_tick()

    def _lay_out(self) -> None:
        top = QWidget(self)
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.callout)
        row = QHBoxLayout()
        row.setSpacing(0)
        for tab in self._inspector.tabs.values():
            if tab.beside_field is not None:
                row.addWidget(tab.beside_field)
        row.addWidget(self.view, 1)
        column.addLayout(row, 1)
        column.addWidget(self.transport)
        splitter = DeckSplitter(
            top,
            self.deck,
            self.context.preferences,
            preference=SPLIT_PREFERENCE,
            first=FIRST_SPLIT,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)


def _palette_of(name: str) -> str:
    return "" if name == "usual" else name


def _population(frame: WorldFrame, amount: int | float) -> str:
    noun = "particle" if frame.points is not None else "living cell"
    return counted(int(amount), noun)


def _present(subject, generation, progress):
    from core.automata.run import Run

    run = Run(subject.world, subject.interventions)
    run.go_to(generation, progress)
    return WorldSubject(run.present())
