"""Information in nats or in bits, as the user prefers."""

from math import log

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from app.shell.preferences import Preferences

PREFERENCE = "networks.information_unit"
UNITS = {"nats": 1.0, "bits": 1.0 / log(2.0)}
"""How many of each unit one nat is."""


class UnitChoice(QComboBox):
    """Chooses the unit of information; remembered."""

    chosen = Signal()

    def __init__(self, preferences: Preferences, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._preferences = preferences
        self.addItems(list(UNITS))
        self.setAccessibleName("Unit of information")
        self.setToolTip("Nats use the natural logarithm, bits the logarithm to base 2")
        self.refresh()
        self.activated.connect(self._on_activated)

    @property
    def unit(self) -> str:
        """The unit chosen."""
        return self.currentText()

    def of(self, nats: float) -> float:
        """Return an amount of information in the unit chosen."""
        return nats * UNITS[self.unit]

    def refresh(self) -> None:
        """Take the unit that was chosen elsewhere."""
        unit = self._preferences.get(PREFERENCE, "nats")
        self.setCurrentText(unit if unit in UNITS else "nats")

    @Slot()
    def _on_activated(self) -> None:
        self._preferences.set(PREFERENCE, self.unit)
        self.chosen.emit()
