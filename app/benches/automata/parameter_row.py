"""One number of a rule as a slider with a field beside it."""

from math import isfinite

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QSlider, QWidget

from app.benches.automata.rule_parameters import RuleParameter

STEPS = 1000


class ParameterRow(QWidget):
    """Tells every value while the slider moves, and when it is let go."""

    moved = Signal(float)
    released = Signal()

    def __init__(self, parameter: RuleParameter, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.parameter = parameter
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.field = QLineEdit(self)
        what = f"{parameter.name}: {parameter.meaning}"
        span = int(parameter.high - parameter.low)
        self.slider.setRange(0, span if parameter.is_whole else STEPS)
        self.slider.setPageStep(1 if parameter.is_whole else STEPS // 50)
        self.field.setFixedWidth(76)
        for part in (self.slider, self.field):
            part.setAccessibleName(what)
            part.setToolTip(f"{what}, from {parameter.low:g} to {parameter.high:g}")
        label = QLabel(parameter.name, self)
        label.setBuddy(self.field)
        label.setFixedWidth(46)
        meaning = QLabel(parameter.meaning, self)
        meaning.setProperty("role", "muted")
        meaning.setMinimumWidth(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 2)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.slider, 0, 1)
        grid.addWidget(self.field, 0, 2)
        grid.addWidget(meaning, 1, 1, 1, 2)
        self._value = parameter.value
        self.show_value(parameter.value)
        self.slider.valueChanged.connect(self._on_slid)
        self.slider.sliderReleased.connect(self.released)
        self.field.editingFinished.connect(self._on_typed)

    def show_value(self, value: float) -> None:
        """Show another value, unless one is being chosen."""
        self._value = value
        if not self.slider.isSliderDown():
            with QSignalBlocker(self.slider):
                self.slider.setValue(self._place(value))
        if not self.field.isModified():
            self.field.setText(f"{value:.5g}")

    def _place(self, value: float) -> int:
        low, high = self.parameter.low, self.parameter.high
        return round((value - low) / (high - low) * self.slider.maximum())

    @Slot(int)
    def _on_slid(self, place: int) -> None:
        low, high = self.parameter.low, self.parameter.high
        self._value = float(f"{low + (high - low) * place / self.slider.maximum():.6g}")
        self.field.setText(f"{self._value:.5g}")
        self.moved.emit(self._value)

    @Slot()
    def _on_typed(self) -> None:
        if not self.field.isModified():
            return
        self.field.setModified(False)
        try:
            value = float(self.field.text().strip().replace(",", ".").replace("−", "-"))
        except ValueError:
            value = self._value
        if self.parameter.is_whole:
            value = float(round(value)) if isfinite(value) else self._value
        if isfinite(value) and value != self._value:
            self.moved.emit(value)
            self.released.emit()
        else:
            self.field.setText(f"{self._value:.5g}")
