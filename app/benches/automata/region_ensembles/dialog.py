"""How an ensemble of the selected region is to be made."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.benches.automata.hands.traits import traits_of
from app.graphical.amounts import counted
from core.automata.regions import Box
from core.automata.world import World
from core.boundaries.errors import BoundaryError
from core.crossings.region_settings import (
    MOST_PHASES,
    MOST_SECTORS,
    MOST_STEPS,
    MOST_TRAJECTORIES,
    RegionSettings,
)

VARIED_TITLES = {
    "outside": "What is outside, at random",
    "inside": "The inside: its phase and damage",
    "both": "Both",
}
OUTLINE_TITLES = {
    "rectangle": "The rectangle",
    "body": "The body in it",
    "scattered": "Scattered cells, a control",
}
FEATURE_TITLES = {
    "auto": "Cells where they are few, else sums",
    "bits": "Every cell by itself",
    "sums": "Sums of cells",
}
USUAL_TRAJECTORIES = 1000
LOCAL_LAG, FIELD_LAG = 2, 1
"""In a lag of 1 nothing crosses a layer as wide as a neighbourhood reaches."""


class RegionEnsembleDialog(QDialog):
    """Answers with `RegionSettings`; it stays open until what was asked is known to be possible.

    Attributes
    ----------
    is_over : bool
        Whether it was closed in whatever way.
    """

    asked = Signal()

    def __init__(self, world: World, region: Box, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.setWindowTitle("Ensemble of a region")
        self._region = region
        self.is_over = False
        usual = RegionSettings()
        is_field = traits_of(world).is_field
        self.trajectories = _spin(2, MOST_TRAJECTORIES, USUAL_TRAJECTORIES, "Trajectories")
        self.steps = _spin(1, MOST_STEPS, usual.steps, "Generations of each trajectory")
        self.lag = _spin(1, MOST_STEPS, FIELD_LAG if is_field else LOCAL_LAG, "Lag")
        self.lag.setToolTip("Generations from a state to the later one compared with it")
        self.layers = _spin(0, 1000, 0, "Width of the layers")
        self.layers.setSpecialValueText("half a radius" if is_field else "1 cell")
        self.layers.setSuffix(" cells")
        self.layers.setToolTip("Of A within the outline, of P and E around it")
        self.outline = _box(OUTLINE_TITLES, "What the parts are layers of")
        self.co_moving = QCheckBox("The parts move with the body", self)
        self.co_moving.setToolTip("They follow the middle of what lives in V and A")
        self.vary = _box(VARIED_TITLES, "What differs between trajectories")
        self.density = _share(0.0, "Share of the cells outside that live at random")
        self.density.setSpecialValueText("usual")
        self.stir = _share(usual.stir, "Share beyond E that is redrawn at every step")
        self.damage = _share(usual.damage, "Share of the cells of V that are redrawn")
        self.phases = _spin(1, MOST_PHASES, usual.phases, "Generations to begin from")
        self.phases.setToolTip("From how many successive generations trajectories begin")
        self.features = _box(FEATURE_TITLES, "What is told of the parts")
        self.sectors = _spin(1, MOST_SECTORS, usual.sectors, "Sectors")
        self.sectors.setToolTip("Into how many sectors a part is divided where it is summed up")
        self.seed = _spin(0, 2**31 - 1, usual.seed, "Seed of the random numbers")
        self.seed.setToolTip("The same seed gives the same trajectories")
        self.hint = QLabel(self)
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "muted")
        self._lay_out()
        for box in (self.trajectories, self.steps, self.lag, self.layers):
            box.valueChanged.connect(self._show_state)
        self.vary.currentIndexChanged.connect(self._show_state)
        self.features.currentIndexChanged.connect(self._show_state)
        self._show_state()
        self.trajectories.setFocus()
        self.trajectories.selectAll()

    def answer(self) -> RegionSettings:
        """Return what was chosen; raises `BoundaryError` where it makes no sense."""
        return RegionSettings(
            trajectories=self.trajectories.value(),
            steps=self.steps.value(),
            lag=self.lag.value(),
            layers=self.layers.value(),
            vary=self.vary.currentData(),
            density=self.density.value() or None,
            stir=self.stir.value(),
            phases=self.phases.value(),
            damage=self.damage.value(),
            outline=self.outline.currentData(),
            is_co_moving=self.co_moving.isChecked(),
            features=self.features.currentData(),
            sectors=self.sectors.value(),
            seed=self.seed.value(),
        )

    def look(self) -> None:
        """Tell that what was asked is being looked at."""
        self.make.setEnabled(False)
        self.hint.setText("Looking at the region …")

    def refuse(self, sentence: str) -> None:
        """Tell why it cannot be made; something else may be asked."""
        if not self.is_over:
            self.make.setEnabled(True)
            self.hint.setText(sentence)

    def done(self, result: int) -> None:
        """Close."""
        self.is_over = True
        super().done(result)

    @Slot()
    def _show_state(self) -> None:
        varied = self.vary.currentData()
        self.density.setEnabled(varied != "inside")
        for box in (self.damage, self.phases):
            box.setEnabled(varied != "outside")
        self.sectors.setEnabled(self.features.currentData() != "bits")
        x, y, width, height = self._region
        try:
            self.answer()
        except BoundaryError as problem:
            self.hint.setText(str(problem))
            self.make.setEnabled(False)
            return
        self.make.setEnabled(True)
        runs = counted(self.trajectories.value(), "run")
        self.hint.setText(
            f"Region of {width:,} by {height:,} cells at ({x:,}, {y:,}), from the state in view: "
            f"{runs} of {counted(self.steps.value(), 'generation')}. V is the inside, A its rim; "
            "P and E lie around it. Flow is only seen if the lag is long enough to cross a layer."
        )

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(6)
        for title, parts in (
            ("Trajectories", (self.trajectories,)),
            ("Generations, lag", (self.steps, self.lag)),
            ("Parts of", (self.outline,)),
            ("Layers", (self.layers, self.co_moving)),
            ("Vary", (self.vary,)),
            ("Alive outside, stir", (self.density, self.stir)),
            ("Phases, damage", (self.phases, self.damage)),
            ("Told of a part", (self.features,)),
            ("Sectors, seed", (self.sectors, self.seed)),
        ):
            row = QHBoxLayout()
            row.setSpacing(6)
            for part in parts:
                row.addWidget(part, 1)
            form.addRow(title, row)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.make = self.buttons.addButton("Make", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.asked)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addLayout(form)
        layout.addWidget(self.hint)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(460)


def _spin(least: int, most: int, value: int, name: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.setGroupSeparatorShown(True)
    box.setAccessibleName(name)
    return box


def _share(value: float, name: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(0.0, 1.0)
    box.setSingleStep(0.05)
    box.setDecimals(3)
    box.setValue(value)
    box.setAccessibleName(name)
    box.setToolTip(name)
    return box


def _box(titles: dict[str, str], name: str) -> QComboBox:
    box = QComboBox()
    for key, title in titles.items():
        box.addItem(title, key)
    box.setAccessibleName(name)
    box.setToolTip(name)
    return box
