"""The bench of boundaries: the region, the flow across over time, and the inspector."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.benches.boundaries.ensemble_document import EnsembleDocument
from app.benches.boundaries.figure import caption_of, parts_figure, whole_figure
from app.benches.boundaries.inspector import EnsembleInspector
from app.benches.boundaries.measuring import Measuring
from app.benches.boundaries.plots.flow_figure import TITLE, flow_drawing, flow_table
from app.benches.boundaries.plots.region_figure import region_table
from app.benches.boundaries.plots.sheet_view import SheetView
from app.benches.boundaries.region_pane import RegionPane
from app.benches.boundaries.words import bits_text
from app.graphical.amounts import spent
from app.graphical.callout import Callout
from app.graphical.panel_parts import help_button, quiet_label
from app.shell.bench import Bench, BenchContext, FigureView

SPLIT_PREFERENCE = "boundaries.split"
FIRST_SPLIT = [300, 600]
WAITING = "The flow across the boundary is being measured."
NOTHING = "There are no values yet: measure, or look at the settings in the inspector."
GUIDE_PAGE = "boundaries"
FILES = "Table (*.csv);;NumPy arrays (*.npz)"


class BoundaryBench(Bench):
    """Puts region, plots, values and settings together over one ensemble of the study."""

    def __init__(self, context: BenchContext, subject_id: str) -> None:
        super().__init__(context, subject_id)
        self.document = EnsembleDocument(context.document, subject_id, context.say, self)
        self.measuring = Measuring(context.jobs, self)
        self._inspector = EnsembleInspector(self.document, self.measuring)
        self._make_parts()
        self._lay_out()
        self._commands = self._make_commands()
        self.document.changed.connect(self._on_changed)
        self.measuring.updated.connect(self._show)
        self.measuring.progressed.connect(self._show_progress)
        self.apply_palette(context.palette)
        self.measuring.take(self.document.subject)
        self._show()

    # -- what the shell asks -----------------------------------------------------------------------

    def trigger(self, action_id: str) -> None:
        self._commands[action_id]()
        self.state_changed.emit()

    def is_enabled(self, action_id: str) -> bool:
        match action_id:
            case "boundary.stop":
                return self.measuring.is_waiting
            case "boundary.save" | "boundary.copy":
                return self.measuring.measured.flow is not None
        return True

    def inspector(self) -> QWidget:
        return self._inspector

    def views(self) -> list[FigureView]:
        # Bound now, on the window's thread: the figures are made on a worker.
        ensemble, flow = self.document.ensemble, self.measuring.measured.flow
        views = []
        if flow is not None:
            views = [
                FigureView(
                    "boundary", "Region and flow",
                    lambda options: whole_figure(ensemble, flow, options),
                    lambda: flow_table(flow),
                ),
                FigureView(
                    "flow", TITLE,
                    lambda options: flow_drawing(flow, options).figure,
                    lambda: flow_table(flow),
                ),
            ]  # fmt: skip
        has_picture = ensemble.mask.size > 0
        region = FigureView(
            "region", "Region" if has_picture else "Parts and flow",
            lambda options: parts_figure(ensemble, flow, options),
            (lambda: region_table(ensemble)) if has_picture else None,
        )  # fmt: skip
        return [*views, region]

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        for part in (self.region, self.plots, self.callout, self._inspector):
            part.apply_palette(palette)
        self.help.setIcon(self.context.icon("help"))
        self._show_state()

    def status(self) -> str:
        parts = [caption_of(self.document.ensemble)]
        flow = self.measuring.measured.flow
        if flow is not None and not self.measuring.measured.is_stale:
            parts += [
                f"Infil {bits_text(flow.infil.mean.value)} bits",
                f"Exfil {bits_text(flow.exfil.mean.value)} bits",
                f"lag {flow.lag}",
            ]
        return "  ·  ".join(parts)

    def close_bench(self) -> None:
        self.measuring.close()
        self.document.close()
        self._inspector.deleteLater()

    # -- following ---------------------------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        self.measuring.take(self.document.subject)

    @Slot()
    def _show(self) -> None:
        """Show what is known now."""
        measured = self.measuring.measured
        ensemble, flow = self.document.ensemble, measured.flow
        warnings = () if flow is None or measured.is_stale else flow.warnings
        told = [measured.problem] if measured.problem else list(warnings)
        if told:
            mark = "· " if len(told) > 1 else ""
            self.callout.show_text("\n".join(mark + sentence for sentence in told))
        else:
            self.callout.hide()
        self.region.show_measured(ensemble, measured)
        self.pages.setCurrentWidget(self.empty if flow is None else self.plots)
        self.empty.setText(WAITING if self.measuring.is_waiting else NOTHING)
        self.plots.show_drawing(
            None if flow is None else partial(flow_drawing, flow), is_stale=measured.is_stale
        )
        self._show_state()
        self._show_progress()
        self.state_changed.emit()

    @Slot()
    def _show_progress(self) -> None:
        measuring = self.measuring
        self.bar.setVisible(measuring.is_waiting)
        self.bar.setValue(round(1000 * measuring.fraction))
        measured = measuring.measured
        if measuring.is_waiting:
            self.told.setText(measuring.message or "Measuring …")
        elif measured.flow is not None and not measured.is_stale:
            self.told.setText(f"Measured in {spent(measured.seconds)}.")
        else:
            self.told.setText("")

    def _show_state(self) -> None:
        is_waiting = self.measuring.is_waiting
        self.button.setText("Stop" if is_waiting else "Measure again")
        self.button.setIcon(self.context.icon("stop" if is_waiting else "restart"))
        self.save.setEnabled(self.measuring.measured.flow is not None)

    # -- commands ----------------------------------------------------------------------------------

    def _make_commands(self) -> dict[str, Callable[[], object]]:
        return {
            "boundary.measure": self.measuring.again,
            "boundary.stop": self.measuring.stop,
            "boundary.copy": self._copy_formula,
            "boundary.save": self._save,
        }

    @Slot()
    def _on_button(self) -> None:
        self.trigger("boundary.stop" if self.measuring.is_waiting else "boundary.measure")

    def _copy_formula(self) -> None:
        QGuiApplication.clipboard().setText(self._inspector.values.formula.text())

    @Slot()
    def _save(self) -> None:
        """Ask where to write the curves."""
        flow = self.measuring.measured.flow
        if flow is None:
            return
        name = f"{self.document.ensemble.name or 'ensemble'} boundary.csv"
        path = self.context.dialogs.save_path("Save curves", name, FILES)
        if path is None:
            return
        from app.figures.table_file import table_bytes
        from app.figures.writing import write_aside

        say = self.context.say
        self.context.jobs.run(
            f"Write {path.name}",
            lambda _progress: write_aside(path, table_bytes(flow_table(flow), path.suffix.lower())),
            lambda _none: say(f"Wrote {path.name}."),
            lambda error: say(str(error)),
            owner=self,
        )

    # -- parts -------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.callout = Callout("", self)
        self.callout.button.hide()
        self.region = RegionPane(self)
        self.plots = SheetView(TITLE, "Point at a generation to read its values", self)
        self.empty = QLabel(NOTHING, self)
        self.empty.setProperty("role", "muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(24)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(120)
        self.bar.setAccessibleName("Share of the measuring that is done")
        self.told = quiet_label("How far the measuring is", self)
        self.save = QPushButton("Save curves…", self)
        self.save.setToolTip("Write all curves over time as CSV or NPZ")
        self.save.clicked.connect(self._save)
        self.button = QPushButton(self)
        self.button.clicked.connect(self._on_button)
        self.help = help_button(self.context, GUIDE_PAGE, "Help on this bench", self)

    def _lay_out(self) -> None:
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.plots)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.region)
        self._splitter.addWidget(self.pages)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes(self._split_sizes())
        self._split_timer = QTimer(self, singleShot=True, interval=400)
        self._split_timer.timeout.connect(self._on_split)
        self._splitter.splitterMoved.connect(self._split_timer.start)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 8)
        foot.setSpacing(6)
        foot.addWidget(self.bar)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.button)
        foot.addWidget(self.save)
        foot.addWidget(self.help)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.callout)
        layout.addWidget(self._splitter, 1)
        layout.addLayout(foot)

    @Slot()
    def _on_split(self) -> None:
        self.context.preferences.set(SPLIT_PREFERENCE, self._splitter.sizes())

    def _split_sizes(self) -> list[int]:
        """Return the widths that were chosen last."""
        sizes = self.context.preferences.get(SPLIT_PREFERENCE, FIRST_SPLIT)
        if not isinstance(sizes, list) or [type(size) for size in sizes] != [int, int]:
            return FIRST_SPLIT
        return sizes if all(sizes) else FIRST_SPLIT
