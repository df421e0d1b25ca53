"""A field for one probability, written as people write it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from app.graphical.number_text import NumberTextError, number, shown


class ProbabilityField(QLineEdit):
    """Takes 0.25, 0,25, 25 % and 1/4 alike; what is none of these is put back on leaving."""

    valueChanged = Signal(float)

    def __init__(self, value: float, label: str, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._value = value
        self.setText(shown(value))
        self.setAccessibleName(label)
        self.setToolTip(f"{label}, a probability from 0 to 1")
        self.textEdited.connect(self._on_edited)
        self.editingFinished.connect(self._on_finished)

    def value(self) -> float:
        """Return the probability."""
        return self._value

    def setValue(self, value: float) -> None:
        """Show another probability."""
        self.setText(shown(value))
        self._take(value)

    def _take(self, value: float) -> None:
        if value != self._value:
            self._value = value
            self.valueChanged.emit(value)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        try:
            value = number(text)
        except NumberTextError:
            return
        if value <= 1.0:
            self._take(value)

    @Slot()
    def _on_finished(self) -> None:
        self.setText(shown(self._value))
