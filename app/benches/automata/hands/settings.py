"""The numbers that tools work with, each with its range; kept while the bench is open."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.benches.automata.hands.traits import Traits


@dataclass(frozen=True)
class NumberSpec:
    """One number of a form."""

    title: str
    low: float
    high: float
    step: float
    decimals: int = 0
    unit: str = ""
    help: str = ""
    usual: float = 0.0


NUMBERS: Mapping[str, NumberSpec] = {
    "value": NumberSpec("Value", 0, 1, 0.05, 2, help="What is painted; 0 erases.", usual=1),
    "state": NumberSpec("State", 1, 255, 1, help="The state that is painted.", usual=1),
    "channel": NumberSpec("Channel", 0, 15, 1, help="The channel that is painted."),
    "radius": NumberSpec(
        "Radius", 0.5, 2048, 1, 1, " cells", "Of the disc; [ and ] change it.", usual=3
    ),
    "density": NumberSpec(
        "Density", 0, 1, 0.05, 2, help="Share of living cells in a random patch.", usual=0.35
    ),
    "seed": NumberSpec(
        "Seed", 0, 2**31 - 1, 1, help="Decides the random numbers; each patch takes the next."
    ),
    "level": NumberSpec(
        "Level", 0, 1, 0.01, 3, help="Probability that a cell is redrawn at a step.", usual=0.05
    ),
    "food_rate": NumberSpec(
        "Rate", 0, 1, 0.01, 3, help="What every cell gains at a step.", usual=0.02
    ),
    "speed": NumberSpec("Speed", 0, 100, 0.25, 2, " cells/step", "Of a bullet.", usual=1),
    "every": NumberSpec("Every", 1, 100_000, 5, 0, " steps", "From shot to shot.", usual=40),
    "life": NumberSpec("Life", 1, 100_000, 5, 0, " steps", "How long a bullet flies.", usual=80),
    "bullet": NumberSpec("Bullet radius", 0.5, 100, 0.5, 1, " cells", usual=3),
    "spread": NumberSpec(
        "Spread", 0, 180, 1, 0, "°", "Each shot turns by up to so much to either side."
    ),
    "lasts": NumberSpec("Lasts", 0, 10_000_000, 100, 0, " steps", "0 means for ever.", usual=0),
}


class HandSettings(QObject):
    """Numbers by name, and the way a patch is put down."""

    changed = Signal()

    def __init__(self, traits: Traits, owner: QObject | None = None) -> None:
        super().__init__(owner)
        self._values = {name: spec.usual for name, spec in NUMBERS.items()}
        self.mode = "or"
        self.suit(traits)

    def suit(self, traits: Traits) -> None:
        """Take the usual sizes and speeds for another kind of world."""
        self._values["radius"] = {"states": 0.5, "field": 3.0, "particles": 1.0}[traits.kind]
        self._values["bullet"] = {"states": 1.0, "field": 3.0, "particles": 1.0}[traits.kind]
        self._values["speed"] = 0.1 if traits.is_particles else 1.0
        self._values["density"] = 1.0 if traits.is_particles else 0.35
        self.mode = "maximum" if traits.is_field else "or"
        self.changed.emit()

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def whole(self, name: str) -> int:
        """Return a number that is whole."""
        return round(self._values[name])

    def set(self, name: str, value: float) -> None:
        """Change one number, kept within its range."""
        spec = NUMBERS[name]
        value = min(max(value, spec.low), spec.high)
        if value != self._values[name]:
            self._values[name] = value
            self.changed.emit()

    def set_mode(self, mode: str) -> None:
        """Change the way a patch meets what is there."""
        if mode != self.mode:
            self.mode = mode
            self.changed.emit()

    def grow(self, steps: int) -> None:
        """Make the brush larger or smaller by so many notches, finer where it is small."""
        radius = self._values["radius"]
        for _ in range(abs(steps)):
            notch = 0.5 if radius < 5 or (radius == 5 and steps < 0) else radius * 0.15
            radius += notch if steps > 0 else -notch
        self.set("radius", round(radius * 2) / 2)

    def until(self, generation: int) -> int | None:
        """Return the generation at which something lasting ends that begins at this one."""
        lasts = self.whole("lasts")
        return generation + lasts if lasts else None
