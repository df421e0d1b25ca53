"""The panel of the map: ranges, the map as it fills, and a click that goes there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.benches.automata.ensembles.panel import EnsemblePanel
from app.benches.automata.ensembles.sheet import SheetView
from app.benches.automata.mu_sigma.drawing import (
    SHOWN,
    TITLE,
    map_axes,
    map_columns,
    map_figure,
    map_table,
    told_at,
)
from app.benches.automata.panel import PanelContext
from app.shell.bench import FigureView
from core.automata.rules.lenia import LeniaRule
from core.errors import MacroscopeError

if TYPE_CHECKING:
    from app.benches.automata.world_frame import WorldFrame
    from core.automata.parameter_map import ParameterMap
    from core.automata.rules.rule import Rule
    from core.automata.world import World
    from core.progress import Progress

NO_LENIA = (
    "A map of μ and σ is made of Lenia with one channel on a two-dimensional torus; open such a "
    "world."
)
EMPTY = "Start, and the creature in view is put into many little worlds, each with other μ and σ."
AROUND = 0.4
"""The ranges at first go so far to both sides of the present rule, as a share of its values."""

FILES = "Table (*.csv);;NumPy arrays (*.npz)"


class MapPanel(EnsemblePanel):
    """Maps the creature in view; the map is kept until the next start."""

    job_title = "Map mu and sigma"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self.found: ParameterMap | None = None
        self._present: tuple[float, float] | None = None
        self._preset_for: Rule | None = None
        self.mu = [_real(f"{end} μ of the map") for end in ("First", "Last")]
        self.sigma = [_real(f"{end} σ of the map") for end in ("First", "Last")]
        self.points = QSpinBox(self)
        self.points.setRange(4, 128)
        self.points.setValue(24)
        self.points.setToolTip("Runs along each side of the map")
        self.shown = QComboBox(self)
        for name, title in SHOWN.items():
            self.shown.addItem(title, name)
        self.shown.setToolTip("What the colours mean")
        self.shown.currentIndexChanged.connect(lambda _index: self._show())
        self.save = QPushButton("Save numbers…", self)
        self.save.setToolTip("Write the points of the map as CSV or NPZ")
        self.save.clicked.connect(self.save_numbers)
        self.sheet = SheetView(
            "Map of mu and sigma", "Click to go to a place of the map", self._told_at, self
        )
        self.sheet.clicked.connect(self.go_to_place)
        self.sheet.setCursor(Qt.CursorShape.CrossCursor)
        self.empty = QLabel(EMPTY, self)
        self.empty.setProperty("role", "muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(24)
        self._lay_out()
        self._show_state()
        self._follow()
        surroundings.document.changed.connect(self._follow)
        surroundings.session.frame_ready.connect(self._on_frame)

    # -- what the deck asks ------------------------------------------------------------------------

    def trigger(self, action_id: str) -> None:
        match action_id:
            case "map.toggle":
                self.toggle()
            case "map.save":
                self.save_numbers()

    def is_enabled(self, action_id: str) -> bool:
        return self.found is not None if action_id == "map.save" else self.button.isEnabled()

    def is_checked(self, action_id: str) -> bool:
        return action_id == "map.toggle" and self.is_working

    def views(self) -> list[FigureView]:
        found, shown, present = self.found, self.shown.currentData(), self._present
        if found is None:
            return []
        return [
            FigureView(
                "map",
                TITLE,
                lambda options: map_figure(found, shown, present, options),
                lambda: map_table(found),
            )
        ]

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        self.sheet.apply_palette(palette)

    def close_panel(self) -> None:
        self.surroundings.document.changed.disconnect(self._follow)
        self.surroundings.session.frame_ready.disconnect(self._on_frame)
        super().close_panel()

    # -- mapping -----------------------------------------------------------------------------------

    def ask(self) -> None:
        """Map the state in view."""
        self.with_state(self.run_map)

    def run_map(self, world: World) -> None:
        """Map what lives in a world."""
        mu = (self.mu[0].value(), self.mu[1].value())
        sigma = (self.sigma[0].value(), self.sigma[1].value())
        if mu[0] >= mu[1] or sigma[0] >= sigma[1]:
            self.told.setText("The last μ and σ have to be above the first.")
            self._show_state()
            return
        points = self.points.value()
        self.found = None

        def work(progress: Progress, send: Any) -> ParameterMap:
            from core.automata.parameter_map import parameter_map

            return parameter_map(world, mu, sigma, points=points, progress=progress, on_batch=send)

        self.begin(work)
        self._show()

    def take(self, sent: ParameterMap) -> None:
        self.found = sent
        self._show()

    def rested(self) -> None:
        self._follow()

    @Slot()
    def save_numbers(self) -> None:
        """Ask where to write the points."""
        found = self.found
        if found is None:
            return
        name = f"{self.surroundings.document.world.name or 'world'} map.csv"
        path = self.surroundings.context.dialogs.save_path("Save numbers", name, FILES)
        if path is None:
            return
        from app.benches.automata.ensembles.numbers import write_columns

        columns: dict[str, Any] = (
            {name: getattr(found, name) for name in ("mu", "sigma", "verdict", "mass", "speed")}
            if path.suffix.lower() == ".npz"
            else map_columns(found)
        )
        self.write(path, partial(write_columns, path, columns))

    # -- the present rule --------------------------------------------------------------------------

    @Slot(float, float)
    def go_to_place(self, x: float, y: float) -> None:
        """Give the living world the mu and sigma of a place on the sheet."""
        axes = self._axes()
        rule = self.surroundings.session.rule
        if axes is None or not axes.holds(x, y) or not isinstance(rule, LeniaRule):
            return
        mu, sigma = axes.value(x, y)
        try:
            changed = rule.with_growth(0, mu=round(mu, 6), sigma=round(sigma, 7))
        except MacroscopeError as problem:
            self.surroundings.context.say(str(problem))
            return
        self.surroundings.session.change_rule("Go to a place of the map", changed)

    def _axes(self) -> Any:
        if self.found is None or self.sheet.figure() is None:
            return None
        options = self.sheet.options()
        height = self.sheet.height() * options.width_mm / max(self.sheet.width(), 1)
        return map_axes(self.found, options, height)

    def _told_at(self, x: float, y: float) -> str:
        axes = self._axes()
        if axes is None or self.found is None or not axes.holds(x, y):
            return ""
        return told_at(self.found, *axes.value(x, y))

    @Slot(object)
    def _on_frame(self, frame: WorldFrame) -> None:
        if place_of(frame.rule) != self._present:
            self._show()

    # -- showing -----------------------------------------------------------------------------------

    @Slot()
    def _follow(self) -> None:
        """Offer what the world allows, with ranges around a rule that is seen first."""
        world = self.surroundings.document.world
        is_fit = can_be_mapped(world)
        self.button.setEnabled(self.is_working or is_fit)
        self.empty.setText(EMPTY if is_fit else NO_LENIA)
        if is_fit and self._preset_for is None:
            self._preset_for = world.rule
            self.preset()
        self._show()

    @Slot()
    def preset(self) -> None:
        """Put the ranges around the present rule."""
        place = place_of(self.surroundings.session.rule)
        if place is not None:
            for boxes, value in zip((self.mu, self.sigma), place, strict=True):
                boxes[0].setValue((1 - AROUND) * value)
                boxes[1].setValue((1 + AROUND) * value)

    def _show(self) -> None:
        found, shown = self.found, self.shown.currentData()
        self._present = present = place_of(self.surroundings.session.rule)
        self.pages.setCurrentIndex(1 if found is not None else 0)
        self.sheet.show_drawing(
            None
            if found is None
            else lambda options, height: map_figure(found, shown, present, options, height)
        )
        self.save.setEnabled(found is not None)
        self.state_changed.emit()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(4)
        for label, boxes in (("μ", self.mu), ("σ", self.sigma)):
            row = QHBoxLayout()
            row.addWidget(boxes[0])
            row.setSpacing(6)
            row.addWidget(QLabel("to", self))
            row.addWidget(boxes[1])
            form.addRow(label, row)
        form.addRow("Points", self.points)
        form.addRow("Colours", self.shown)
        around = QPushButton("Around the present rule", self)
        around.setToolTip("Put the ranges around the μ and σ of now")
        around.clicked.connect(self.preset)
        left = QWidget(self)
        left.setFixedWidth(280)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addWidget(around)
        column.addWidget(self.button)
        column.addStretch(1)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.sheet)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(left)
        body.addWidget(self.pages, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(body, 1)
        layout.addLayout(self.foot(self.save))


def can_be_mapped(world: World) -> bool:
    """Whether a map is defined for a world."""
    rule = world.rule
    is_fit = isinstance(rule, LeniaRule) and rule.dimensions == 2 and rule.channels == 1
    return is_fit and world.topology.kind == "torus"


def place_of(rule: Rule) -> tuple[float, float] | None:
    """Return mu and sigma of the first kernel."""
    if not isinstance(rule, LeniaRule) or not rule.kernels:
        return None
    growth = rule.kernels[0].growth
    return float(np.float64(growth.mu)), float(np.float64(growth.sigma))


def _real(name: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(0.0001, 10.0)
    box.setDecimals(4)
    box.setSingleStep(0.005)
    box.setAccessibleName(name)
    box.setToolTip(name)
    return box
