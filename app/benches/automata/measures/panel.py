"""The panel of measures: live plots, their values, and instruments that are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.benches.automata.measures.cell_process import asked_cell, follow_cell
from app.benches.automata.measures.drawing import (
    finding_drawing,
    finding_table,
    sample_at,
    samples_drawing,
    samples_table,
)
from app.benches.automata.measures.instruments import INSTRUMENTS, Finding, Instrument
from app.benches.automata.measures.measure_list import MeasureList
from app.benches.automata.measures.plot_view import LEAST, PlotView
from app.benches.automata.measures.probe import (
    PRESENT,
    SAMPLES,
    MeasureProbe,
    PresentProbe,
    Reading,
)
from app.benches.automata.panel import PanelContext, WorldPanel
from app.benches.automata.world_frame import WorldFrame
from app.graphical.amounts import counted
from app.shell.bench import FigureView
from app.shell.room import Room
from core.automata.measures.board import setting_of
from core.automata.measures.registry import DEFAULT, MEASURES, measures_for

if TYPE_CHECKING:
    from app.jobs.job import Job
    from core.automata.measures.registry import Measure
    from core.automata.measures.series import Samples
    from core.automata.world import World

SCROLL_BAR = QSize(12, 0)
REDRAW_MS = 60
WATCH_MS = 100

SLOW_SAMPLE_SECONDS = 0.02
"""Samples that take longer are rare, and the panel says why."""

PREFERENCE = "automata.measures."


class MeasuresPanel(WorldPanel):
    """Samples the world from when it is first shown on, and plots while it is in sight."""

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self._world: World | None = None
        self._family = ""
        self._reading: Reading | None = None
        self._hovered: float | None = None
        self._job: Job | None = None
        self._wanted: Instrument | None = None
        self._column: tuple[int, int] | None = None
        self._is_current = self._is_recording = False
        self._findings: dict[str, Finding] = {}
        self._make_parts()
        self._lay_out()
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._redraw.timeout.connect(self._show)
        self._watch = QTimer(self, interval=WATCH_MS)
        self._watch.timeout.connect(self._on_watch)
        surroundings.session.frame_ready.connect(self._on_frame)
        surroundings.document.changed.connect(self._follow_world)

    # -- what the deck asks ------------------------------------------------------------------------

    def set_current(self, is_current: bool) -> None:
        self._is_current = is_current
        if is_current:
            self._follow_world()
            if not self._is_recording:
                self._is_recording = True
                self._record()
            self._redraw.start()

    def trigger(self, action_id: str) -> None:
        if action_id == "measures.save":
            self._on_save()
        elif action_id == "measures.column":
            self._on_column()
        elif action_id == "measures.judge":
            self.instrument.setCurrentIndex(self.instrument.findData("verdict"))
            self._on_run()

    def is_enabled(self, action_id: str) -> bool:
        if action_id == "measures.save":
            return self.samples is not None
        return self._family != "particles"

    @property
    def finding(self) -> Finding | None:
        """What the chosen instrument found, if it was asked."""
        return self._findings.get(self.instrument.currentData())

    def views(self) -> list[FigureView]:
        found, samples, measures = self.finding, self.samples, self.measures
        views = []
        if samples is not None and len(samples.generations) and measures:
            views.append(
                FigureView(
                    "measures",
                    "Measures",
                    lambda options: samples_drawing(samples, measures, options).figure,
                    lambda: samples_table(samples, measures),
                )
            )
        if found is not None and found.curve is not None:
            views.append(
                FigureView(
                    "instrument",
                    found.title,
                    lambda options: finding_drawing(found, options).figure,
                    lambda: finding_table(found),
                )
            )
        return views

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        self.plots.apply_palette(palette)
        self.curve.apply_palette(palette)

    def close_panel(self) -> None:
        self._redraw.stop()
        self._drop_job()
        self.surroundings.session.frame_ready.disconnect(self._on_frame)
        self.surroundings.document.changed.disconnect(self._follow_world)
        self.surroundings.session.remove_probe(SAMPLES)
        self.surroundings.session.remove_probe(PRESENT)

    # -- samples -----------------------------------------------------------------------------------

    @property
    def samples(self) -> Samples | None:
        """What was sampled so far."""
        return None if self._reading is None else self._reading.samples

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures that are taken."""
        return tuple(MEASURES[name] for name in self.list.chosen())

    @Slot()
    def _follow_world(self) -> None:
        """Offer what suits the world; begin anew where it is another one."""
        world = self.surroundings.document.world
        if world is self._world:
            return
        self._world = world
        setting = setting_of(world)
        offered = measures_for(setting)
        if setting.family != self._family or not self.list.chosen():
            self._family = setting.family
            kept = self.surroundings.context.preferences.get(PREFERENCE + setting.family, "")
            names = {each.name for each in offered}
            known = [name for name in str(kept).split(",") if name in names]
            self.list.show_measures(offered, known or DEFAULT[setting.family])
            self._offer_instruments()
        if self._is_recording:
            self._reading = None
            self._record()

    @Slot()
    def _on_choice(self) -> None:
        preferences = self.surroundings.context.preferences
        preferences.set(PREFERENCE + self._family, ",".join(self.list.chosen()))
        self._record()

    def _record(self) -> None:
        """Sample the chosen measures from now on, and keep what is known of them."""
        world = self.surroundings.document.world
        probe = MeasureProbe(world, self.list.chosen(), self.samples)
        self.surroundings.session.add_probe(probe)

    @Slot(object)
    def _on_frame(self, frame: WorldFrame) -> None:
        reading = frame.probes.get(SAMPLES)
        if isinstance(reading, Reading):
            had = self.samples is not None
            self._reading = reading
            if not had:
                self.state_changed.emit()
            if self._is_current and not self._redraw.isActive():
                self._redraw.start()
        elif SAMPLES in frame.problems:
            self.told.setText(frame.problems[SAMPLES])
        present, problem = frame.probes.get(PRESENT), frame.problems.get(PRESENT)
        if problem is not None:
            self.surroundings.session.remove_probe(PRESENT)
            self._wanted = self._column = None
            self.sentence.setText(problem)
        elif present is not None:
            self.surroundings.session.remove_probe(PRESENT)
            wanted, self._wanted = self._wanted, None
            column, self._column = self._column, None
            if wanted is not None:
                self._begin_job(wanted, present)
            if column is not None:
                follow_cell(self.surroundings.context, present, column, self)

    @Slot()
    def _show(self) -> None:
        reading = self._reading
        if reading is None or not self._is_current:
            return
        samples, measures = reading.samples, self.measures
        shown = self._hovered
        if shown is None:
            shown = float(self.surroundings.session.generation)
        measures = tuple(
            each for each in measures if all(name in samples.columns for name in each.series)
        )
        self.plots.show_drawing(
            lambda options, height: samples_drawing(samples, measures, options, height, shown),
            len(measures),
        )
        index = sample_at(samples, shown)
        if index is not None:
            row = samples.rows[index].tolist()
            self.list.show_values(dict(zip(samples.columns, row, strict=True)))
        self.told.setText(_told(reading, None if self._hovered is None else index))

    @Slot(object)
    def _on_hovered(self, generation: float | None) -> None:
        self._hovered = generation
        if not self._redraw.isActive():
            self._redraw.start()

    @Slot(float)
    def _on_chosen(self, generation: float) -> None:
        """Go back to the sample that was pointed at."""
        samples = self.samples
        index = None if samples is None else sample_at(samples, generation)
        if samples is not None and index is not None:
            self._hovered = None
            self.surroundings.session.go_to(int(samples.generations[index]))

    # -- instruments -------------------------------------------------------------------------------

    def _offer_instruments(self) -> None:
        self.instrument.clear()
        for each in INSTRUMENTS:
            if self._family in each.families:
                self.instrument.addItem(each.title, each.id)
                row = self.instrument.count() - 1
                self.instrument.setItemData(row, each.help, Qt.ItemDataRole.ToolTipRole)

    @Slot()
    def _on_instrument(self) -> None:
        chosen = _instrument(self.instrument.currentData())
        told = "" if chosen is None else chosen.help
        self.instrument.setToolTip(told)
        if self._job is None:
            self._show_finding(told)

    def _show_finding(self, otherwise: str = "") -> None:
        """Show what the chosen instrument found, or a text where it was not asked yet."""
        finding = self.finding
        self.sentence.setText(otherwise if finding is None else finding.sentence)
        has_curve = finding is not None and finding.curve is not None
        self.curve.setVisible(has_curve)
        if finding is not None and has_curve:
            self.curve.show_drawing(partial(finding_drawing, finding))
        self.state_changed.emit()

    @Slot()
    def _on_run(self) -> None:
        """Take the world as it is, and let the instrument work on it."""
        self._drop_job()
        self._wanted = _instrument(self.instrument.currentData())
        if self._wanted is not None:
            self.sentence.setText("Working …")
            self.surroundings.session.add_probe(PresentProbe())

    def _begin_job(self, instrument: Instrument, world: World) -> None:
        self._job = self.surroundings.context.jobs.run(
            instrument.title,
            partial(instrument.work, world),
            partial(self._on_found, instrument.id),
            self._on_failed,
            key=self,
        )
        self.run.hide()
        self.stop.show()
        self._watch.start()

    def _drop_job(self) -> None:
        self._watch.stop()
        self._wanted = None
        self.stop.hide()
        self.run.show()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot()
    def _on_stop(self) -> None:
        self._drop_job()
        self.sentence.setText("Stopped.")

    @Slot()
    def _on_watch(self) -> None:
        if self._job is not None:
            message = self._job.message or "Working"
            self.sentence.setText(f"{message} … {self._job.fraction:.0%}")

    def _on_found(self, instrument: str, finding: Finding) -> None:
        self._job = None
        self._drop_job()
        self._findings[instrument] = finding
        if self.instrument.currentData() == instrument:
            self._show_finding()
        else:
            self._on_instrument()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._drop_job()
        self.sentence.setText(str(error))

    # -- a cell as a process -----------------------------------------------------------------------

    @Slot()
    def _on_column(self) -> None:
        """Ask for a cell, and for the world as it is."""
        world = self.surroundings.document.world
        self._column = asked_cell(self.surroundings.context.dialogs, world)
        if self._column is not None:
            self.surroundings.session.add_probe(PresentProbe())

    # -- files -------------------------------------------------------------------------------------

    @Slot()
    def _on_save(self) -> None:
        context, samples = self.surroundings.context, self.samples
        if samples is None:
            return
        name = self.surroundings.document.world.name or "world"
        path = context.dialogs.save_path(
            "Save measures", f"{name} measures.csv", "Table (*.csv);;NumPy arrays (*.npz)"
        )
        if path is None:
            return
        from core.automata.measures.series import write_series

        context.jobs.run(
            f"Write {path.name}",
            lambda progress: write_series(path, samples.arrays()),
            lambda _none: context.say(f"Wrote {path.name}."),
            lambda error: context.say(str(error)),
            owner=self,
        )

    # -- parts -------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.list = MeasureList(self)
        self.list.choice_changed.connect(self._on_choice)
        self.plots = PlotView(
            "Measures against the generation",
            "Point at a generation to read its values; click to go back to it",
            self,
        )
        self.plots.hovered.connect(self._on_hovered)
        self.plots.chosen.connect(self._on_chosen)
        self.told = QLabel(self)
        self.told.setProperty("role", "muted")
        self.told.setAccessibleName("Samples, and how the state repeats")
        self.instrument = QComboBox(self)
        self.instrument.setAccessibleName("Instrument")
        self.instrument.currentIndexChanged.connect(self._on_instrument)
        self.run = QPushButton("Measure", self)
        self.run.setToolTip("Let the instrument work on the world as it is now")
        self.run.clicked.connect(self._on_run)
        self.stop = QPushButton("Stop", self)
        self.stop.setToolTip("Stop measuring")
        self.stop.clicked.connect(self._on_stop)
        self.stop.hide()
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setMinimumWidth(1)
        self.sentence.setAccessibleName("What the instrument found")
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.curve = PlotView("Curve of the instrument", "", self)
        self.curve.hide()
        self.save = QPushButton("Save numbers…", self)
        self.save.setToolTip("Write all samples as CSV or NPZ")
        self.save.clicked.connect(self._on_save)

    def _lay_out(self) -> None:
        context = self.surroundings.context
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.addWidget(self.instrument, 1)
        row.addWidget(self.run)
        row.addWidget(self.stop)
        column.addLayout(row)
        column.addWidget(self.sentence)
        column.addWidget(self.curve, 1)
        column.addStretch(0)
        side.setMinimumWidth(240)
        body = QSplitter(Qt.Orientation.Horizontal, self)
        body.setChildrenCollapsible(False)
        for part in (self.list, Room(self.plots, LEAST + SCROLL_BAR), side):
            body.addWidget(part)
        body.setSizes([290, 640, 260])
        body.setStretchFactor(1, 1)
        help_button = QToolButton(self)
        help_button.setIcon(context.icon("help"))
        help_button.setAutoRaise(True)
        help_button.setToolTip("What is shown here, and how to use it")
        help_button.setAccessibleName("Help on this panel")
        help_button.clicked.connect(lambda: context.show_guide("automata-measures"))
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.save)
        foot.addWidget(help_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addWidget(body, 1)
        layout.addLayout(foot)


def _instrument(chosen: object) -> Instrument | None:
    return next((each for each in INSTRUMENTS if each.id == chosen), None)


def _told(reading: Reading, index: int | None) -> str:
    """Return how often samples are taken, which one is pointed at, and how the state repeats."""
    samples: Sequence[int] = reading.samples.generations
    every = "every step" if reading.interval == 1 else f"every {reading.interval:,} steps"
    if reading.interval > 1 and reading.cost >= SLOW_SAMPLE_SECONDS:
        every += f", since one takes {reading.cost:.2g} s"
    parts = [f"{counted(len(samples), 'sample')}, {every}"]
    if index is not None:
        parts.insert(0, f"generation {samples[index]:,}")
    if reading.recurrence is not None:
        known = reading.recurrence
        if known.displacement != (0, 0):
            parts.append(f"repeats, moved: {known.text}")
        else:
            parts.append("at rest" if known.period == 1 else f"repeats with period {known.period}")
    return "  ·  ".join(parts)
