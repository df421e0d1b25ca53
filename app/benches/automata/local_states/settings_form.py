"""What is asked before local causal states are sought: how deep, how long, where, how surely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSpinBox, QWidget

from core.crossings.local_states import DEPTHS, LocalStatesSettings

if TYPE_CHECKING:
    from core.automata.regions import Box
    from core.automata.world import World

REGIONS = {
    "sight": "Part in sight",
    "selection": "Selection",
    "whole": "Whole world",
}
LEVELS = (0.1, 0.01, 0.001, 1e-4, 1e-6)
KINDS = (("levels", 2), ("levels", 4), ("levels", 8), ("cones", 8), ("cones", 16), ("cones", 64))
USUAL_STEPS = 200
USUAL_STEPS_OF_PLANES = 60
DEEPEST = 8


class LocalStatesForm(QWidget):
    """A grid of numbers and choices; depths and length follow the first world that is seen."""

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.steps = _spin(
            2,
            100_000,
            USUAL_STEPS,
            "Steps",
            "Generations that are looked at, from the present one on",
        )
        self.every = _spin(
            1, 1000, 1, "Every", "Only every so many generations are looked at, for slow worlds"
        )
        self.past = _spin(
            0, DEEPEST, 3, "Depth of the past", "Generations that a past cone goes back"
        )
        self.future = _spin(
            1, DEEPEST, 2, "Depth of the future", "Generations that a future cone goes ahead"
        )
        self.region = _box("Where", "Which part of the world is looked at")
        for name, title in REGIONS.items():
            self.region.addItem(title, name)
        self.alpha = _box(
            "Level of the tests",
            "The chance that of pasts which are all alike any is told apart; smaller finds fewer "
            "states",
        )
        for level in LEVELS:
            self.alpha.addItem(f"{level:g}", level)
        self.alpha.setCurrentIndex(LEVELS.index(0.001))
        self.symbols = _box(
            "Symbols",
            "Values of a field are divided into levels, or whole cones into typical ones",
        )
        for kind, count in KINDS:
            title = f"{count} levels" if kind == "levels" else f"{count} typical cones"
            self.symbols.addItem(title, (kind, count))
        self.symbols.setCurrentIndex(1)
        self._symbols_label = QLabel("Symbols", self)
        self._lay_out()
        self._dimensions = 0

    def follow(self, world: World) -> None:
        """Offer what a world can be asked; depths are those that suit its dimensions."""
        is_field = world.is_field
        self.symbols.setVisible(is_field)
        self._symbols_label.setVisible(is_field)
        dimensions = world.rule.dimensions
        if dimensions != self._dimensions and dimensions in DEPTHS:
            self._dimensions = dimensions
            past, future = DEPTHS[dimensions]
            self.past.setValue(past)
            self.future.setValue(future)
            self.steps.setValue(USUAL_STEPS if dimensions == 1 else USUAL_STEPS_OF_PLANES)

    def settings(self, region: Box | None, *, sensitivity: bool = False) -> LocalStatesSettings:
        """Return what was chosen, for a region."""
        kind, count = self.symbols.currentData()
        return LocalStatesSettings(
            self.steps.value(),
            region,
            every=self.every.value(),
            past=self.past.value(),
            future=self.future.value(),
            alpha=self.alpha.currentData(),
            symbols=count if kind == "levels" else 2,
            clusters=count if kind == "cones" else 0,
            sensitivity=sensitivity,
        )

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        rows = (
            (("Steps", self.steps), ("every", self.every)),
            (("Past", self.past), ("future", self.future)),
        )
        for row, parts in enumerate(rows):
            for place, (text, box) in enumerate(parts):
                grid.addWidget(QLabel(text, self), row, 2 * place)
                grid.addWidget(box, row, 2 * place + 1)
        wide: tuple[tuple[QLabel, QComboBox], ...] = (
            (QLabel("Where", self), self.region),
            (QLabel("Level α", self), self.alpha),
            (self._symbols_label, self.symbols),
        )
        for row, (label, box) in enumerate(wide, len(rows)):
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1, 1, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)


def _spin(least: int, most: int, value: int, name: str, tip: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.setAccessibleName(name)
    box.setToolTip(tip)
    return box


def _box(name: str, tip: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(tip)
    return box
