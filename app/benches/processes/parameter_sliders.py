"""Sliders for the parameters of a process of the zoo."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QSlider, QWidget

from app.graphical.number_text import NumberTextError, number, shown
from core.processes.zoo import Parameter, ZooEntry

STEPS = 1000


class ParameterSliders(QWidget):
    """One row for each parameter; tells every value while a slider moves."""

    changed = Signal(str, float)
    released = Signal()

    def __init__(self, entry: ZooEntry, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.entry = entry
        self.sliders: dict[str, QSlider] = {}
        self.fields: dict[str, QLineEdit] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, parameter in enumerate(entry.parameters):
            self._add(grid, 2 * row, parameter)

    def values(self) -> dict[str, float]:
        """Return what is shown."""
        return {each.name: self._value(each) for each in self.entry.parameters}

    def show_values(self, values: Mapping[str, float]) -> None:
        """Show other values."""
        for parameter in self.entry.parameters:
            value = float(values[parameter.name])
            slider, field = self.sliders[parameter.name], self.fields[parameter.name]
            if not slider.isSliderDown():
                with QSignalBlocker(slider):
                    slider.setValue(_step(parameter, value))
            if not field.hasFocus() or not field.isModified():
                field.setText(shown(value))
                field.setProperty("value", value)

    def _value(self, parameter: Parameter) -> float:
        return float(self.fields[parameter.name].property("value"))

    def _add(self, grid: QGridLayout, row: int, parameter: Parameter) -> None:
        what = f"{parameter.name}: {parameter.meaning}" if parameter.meaning else parameter.name
        label = QLabel(parameter.name, self)
        slider = QSlider(Qt.Orientation.Horizontal, self)
        whole = parameter.is_whole
        slider.setRange(0, int(parameter.high - parameter.low) if whole else STEPS)
        slider.setPageStep(1 if whole else STEPS // 20)
        slider.setAccessibleName(what)
        slider.setToolTip(f"{what}, from {parameter.low:g} to {parameter.high:g}")
        field = QLineEdit(self)
        field.setAccessibleName(what)
        field.setFixedWidth(76)
        self.sliders[parameter.name], self.fields[parameter.name] = slider, field
        slider.valueChanged.connect(lambda step: self._on_slid(parameter, step))
        slider.sliderReleased.connect(self.released)
        field.editingFinished.connect(lambda: self._on_typed(parameter))
        grid.addWidget(label, row, 0)
        grid.addWidget(slider, row, 1)
        grid.addWidget(field, row, 2)
        if parameter.meaning:
            meaning = QLabel(parameter.meaning, self)
            meaning.setProperty("role", "muted")
            grid.addWidget(meaning, row + 1, 1, 1, 2)

    def _on_slid(self, parameter: Parameter, step: int) -> None:
        span = parameter.high - parameter.low
        value = parameter.low + (step if parameter.is_whole else span * step / STEPS)
        value = min(max(float(f"{value:.12g}"), parameter.low), parameter.high)
        field = self.fields[parameter.name]
        field.setText(shown(value))
        field.setProperty("value", value)
        self.changed.emit(parameter.name, value)

    def _on_typed(self, parameter: Parameter) -> None:
        field = self.fields[parameter.name]
        field.setModified(False)
        before = self._value(parameter)
        try:
            value = number(field.text())
        except NumberTextError:
            value = before
        value = min(max(value, parameter.low), parameter.high)
        value = round(value) if parameter.is_whole else value
        field.setText(shown(value))
        if value != before:
            field.setProperty("value", float(value))
            with QSignalBlocker(self.sliders[parameter.name]):
                self.sliders[parameter.name].setValue(_step(parameter, value))
            self.changed.emit(parameter.name, float(value))


def _step(parameter: Parameter, value: float) -> int:
    if parameter.is_whole:
        return round(value - parameter.low)
    return round((value - parameter.low) / (parameter.high - parameter.low) * STEPS)
