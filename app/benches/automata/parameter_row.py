"""One number of a rule as a slider with a field beside it."""

from math import floor, isfinite, log10

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from app.benches.automata.fine_slider import FINE_STEPS, FineSlider
from app.benches.automata.rule_parameters import RuleParameter

STEPS = 2000
"""A slider has at least so many coarse steps; each is a power of ten."""

DIGITS = 5
"""Significant digits of the field; what is typed is kept whole."""


class ParameterRow(QWidget):
    """Tells every value while the slider moves, and when it is let go."""

    moved = Signal(float)
    released = Signal()

    def __init__(self, parameter: RuleParameter, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.parameter = parameter
        self.slider = FineSlider(self)
        self.field = QLineEdit(self)
        what = f"{parameter.name}: {parameter.meaning}"
        span = parameter.high - parameter.low
        self._decimals = 0 if parameter.is_whole else 1 - floor(log10(span / STEPS))
        places = round(span * 10**self._decimals)
        self.slider.setRange(0, places)
        self.slider.setSingleStep(1 if parameter.is_whole else FINE_STEPS)
        self.slider.setPageStep(1 if parameter.is_whole else places // 50)
        self.field.setFixedWidth(76)
        for part in (self.slider, self.field):
            part.setAccessibleName(what)
            part.setToolTip(f"{what}, from {parameter.low:g} to {parameter.high:g}")
        if not parameter.is_whole:
            self.slider.setToolTip(f"{self.slider.toolTip()}; Shift for fine steps")
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
            self._show(value)

    def _place(self, value: float) -> int:
        low, high = self.parameter.low, self.parameter.high
        return round((value - low) / (high - low) * self.slider.maximum())

    @Slot(int)
    def _on_slid(self, place: int) -> None:
        if not (self.slider.is_fine or self.parameter.is_whole):
            place = round(place / FINE_STEPS) * FINE_STEPS
        span = self.parameter.high - self.parameter.low
        value = self.parameter.low + span * place / self.slider.maximum()
        self._value = round(value, self._decimals)
        self._show(self._value)
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
            self._show(self._value)

    def _show(self, value: float) -> None:
        """Show a value in few digits, and whole in the tip."""
        text = f"{value:.{DIGITS}g}"
        self.field.setText(text)
        what = f"{self.parameter.name}: {self.parameter.meaning}"
        ends = f"from {self.parameter.low:g} to {self.parameter.high:g}"
        exact = "" if float(text) == value else f"\nexactly {value!r}"
        self.field.setToolTip(f"{what}, {ends}{exact}")
