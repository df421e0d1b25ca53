"""The panel of robustness: which troubles, how many runs, and the curves as levels finish."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.benches.automata.ensembles.panel import EnsemblePanel
from app.benches.automata.ensembles.sheet import SheetView
from app.benches.automata.panel import PanelContext
from app.benches.automata.robustness.drawing import (
    TITLE,
    survival_figure,
    survival_figures_table,
)
from app.shell.bench import FigureView
from core.automata.robustness.perturbations import PERTURBATIONS, Perturbation
from core.automata.rules.lenia import LeniaRule

if TYPE_CHECKING:
    from core.automata.robustness.survival import Survival
    from core.automata.world import World
    from core.progress import Progress

AT_FIRST = ("noise", "erase", "obstacles", "scale")
NO_LENIA = "Robustness is measured of creatures of Lenia on a two-dimensional torus; open one."
EMPTY = "Start, and the creature in view is run many times, each time with some trouble."
LEFT_WIDTH = 290
FILES = "Table (*.csv);;NumPy arrays (*.npz)"


class RobustnessPanel(EnsemblePanel):
    """Tries the creature in view; curves are kept until the next start."""

    job_title = "Measure robustness"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self.found: tuple[Survival, ...] = ()
        self.battery: tuple[Perturbation, ...] = ()
        self.boxes = {each.name: self._box(each) for each in PERTURBATIONS}
        self.runs = _spin(1, 1000, 20, "Runs at each level; more make the intervals shorter")
        self.seed = _spin(0, 2**31 - 1, 0, "The same seed gives the same curves")
        self.score = QLabel(self)
        self.score.setTextFormat(Qt.TextFormat.RichText)
        self.score.setWordWrap(True)
        self.save = QPushButton("Save numbers…", self)
        self.save.setToolTip("Write the curves as CSV or NPZ")
        self.save.clicked.connect(self.save_numbers)
        self.plots = SheetView(
            "Survival curves", "Share of runs survived, with Wilson's 95 % intervals", owner=self
        )
        self.empty = QLabel(EMPTY, self)
        self.empty.setProperty("role", "muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(24)
        self._lay_out()
        self._show_state()
        self._follow()
        surroundings.document.changed.connect(self._follow)

    # -- what the deck asks ------------------------------------------------------------------------

    def trigger(self, action_id: str) -> None:
        match action_id:
            case "robustness.toggle":
                self.toggle()
            case "robustness.save":
                self.save_numbers()

    def is_enabled(self, action_id: str) -> bool:
        return bool(self.found) if action_id == "robustness.save" else self.button.isEnabled()

    def is_checked(self, action_id: str) -> bool:
        return action_id == "robustness.toggle" and self.is_working

    def views(self) -> list[FigureView]:
        battery, found = self.battery, self.found
        if not found:
            return []
        return [
            FigureView(
                "robustness",
                TITLE,
                lambda options: survival_figure(battery, found, options),
                lambda: survival_figures_table(found),
            )
        ]

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        self.plots.apply_palette(palette)

    def close_panel(self) -> None:
        self.surroundings.document.changed.disconnect(self._follow)
        super().close_panel()

    # -- trying ------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Try the state in view."""
        self.with_state(self.run_battery)

    def run_battery(self, world: World) -> None:
        """Try a world with what is chosen."""
        self.battery = tuple(each for each in PERTURBATIONS if self.boxes[each.name].isChecked())
        self.found = ()
        battery, runs, seed = self.battery, self.runs.value(), self.seed.value()
        self._show()

        def work(progress: Progress, send: Any) -> tuple[Survival, ...]:
            from core.automata.robustness.ensemble import robustness

            so_far: list[Survival] = []

            def on_survival(found: Survival) -> None:
                so_far.append(found)
                send(tuple(so_far))

            robustness(
                world, battery, runs=runs, seed=seed, progress=progress, on_survival=on_survival
            )
            return tuple(so_far)

        self.begin(work)

    def take(self, sent: tuple[Survival, ...]) -> None:
        self.found = sent
        self._show()

    def rested(self) -> None:
        self._follow()

    @Slot()
    def save_numbers(self) -> None:
        """Ask where to write the curves."""
        name = f"{self.surroundings.document.world.name or 'world'} robustness.csv"
        path = self.surroundings.context.dialogs.save_path("Save numbers", name, FILES)
        if path is not None:
            from app.benches.automata.ensembles.numbers import write_columns
            from core.automata.robustness.ensemble import survival_table

            self.write(path, partial(write_columns, path, survival_table(self.found)))

    # -- showing -----------------------------------------------------------------------------------

    @Slot()
    def _follow(self) -> None:
        """Offer what the world allows."""
        is_fit = can_be_tried(self.surroundings.document.world)
        has_any = any(box.isChecked() for box in self.boxes.values())
        self.button.setEnabled(self.is_working or (is_fit and has_any))
        self.empty.setText(EMPTY if is_fit else NO_LENIA)
        self._show()

    def _show(self) -> None:
        self.pages.setCurrentIndex(1 if self.found or self.is_working else 0)
        battery, found = self.battery, self.found
        self.plots.show_drawing(
            (lambda options, height: survival_figure(battery, found, options, height))
            if battery
            else None
        )
        self.save.setEnabled(bool(found))
        self.score.setText(score_html(found))
        self.state_changed.emit()

    # -- parts -------------------------------------------------------------------------------------

    def _box(self, perturbation: Perturbation) -> QCheckBox:
        box = QCheckBox(perturbation.title, self)
        box.setToolTip(f"{perturbation.title}: {levels_text(perturbation)}")
        box.setChecked(perturbation.name in AT_FIRST)
        box.toggled.connect(lambda _on: self._follow())
        return box

    def _lay_out(self) -> None:
        choices = QWidget(self)
        grid = QGridLayout(choices)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for row, each in enumerate(PERTURBATIONS):
            levels = QLabel(levels_text(each), choices)
            levels.setProperty("role", "muted")
            levels.setWordWrap(True)
            grid.addWidget(self.boxes[each.name], row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(levels, row, 1)
        grid.setRowStretch(len(PERTURBATIONS), 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(choices)
        self.runs.setPrefix("Runs ")
        self.seed.setPrefix("Seed ")
        numbers = QHBoxLayout()
        numbers.addWidget(self.runs)
        numbers.addWidget(self.seed)
        left = QWidget(self)
        left.setFixedWidth(LEFT_WIDTH)
        own = QVBoxLayout(left)
        own.setContentsMargins(0, 0, 0, 0)
        own.addWidget(scroll, 1)
        own.addLayout(numbers)
        own.addWidget(self.button)
        own.addWidget(self.score)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.plots)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(left)
        body.addWidget(self.pages, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(body, 1)
        layout.addLayout(self.foot(self.save))


def levels_text(perturbation: Perturbation) -> str:
    """Return the levels of a perturbation with their unit."""
    levels = ", ".join(f"{level:g}" for level in perturbation.levels)
    return f"{levels} {perturbation.unit}"


def can_be_tried(world: World) -> bool:
    """Whether robustness is defined for a world."""
    rule = world.rule
    return isinstance(rule, LeniaRule) and rule.dimensions == 2 and world.topology.kind == "torus"


def score_html(found: tuple[Survival, ...]) -> str:
    """Return the share of all runs survived."""
    if not found:
        return ""
    survived, runs = sum(each.survived for each in found), sum(each.runs for each in found)
    return f"Score <b>{survived / runs:.2f}</b>: survived {survived:,} of {runs:,} runs"


def _spin(least: int, most: int, value: int, tip: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.setToolTip(tip)
    return box
