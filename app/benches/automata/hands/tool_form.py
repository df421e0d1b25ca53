"""The numbers of the tool in the hand."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from app.benches.automata.hands.hands import Hands
from app.benches.automata.hands.settings import NUMBERS, NumberSpec

FIELD_WIDTH = 156

MODES = {
    "copy": "Replace everything",
    "or": "Add to what is there",
    "xor": "Exchange where it lives",
    "and": "Keep only what is in both",
    "add": "Add the values",
    "maximum": "Take the larger value",
}
OF_STATES = ("or", "copy", "xor", "and")
OF_FIELDS = ("maximum", "copy", "add")


class ToolForm(QWidget):
    """Title, help and numbers of the tool in the hand; follows it and its world."""

    def __init__(self, hands: Hands, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._hands = hands
        self.boxes: dict[str, QDoubleSpinBox] = {}
        self.mode: QComboBox | None = None
        self._title, self._help = QLabel(self), QLabel(self)
        self._title.setProperty("role", "heading")
        self._help.setProperty("role", "muted")
        self._help.setWordWrap(True)
        self._rows = QWidget(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for part in (self._title, self._help, self._rows):
            self._layout.addWidget(part)
        hands.tool_changed.connect(self._rebuild)
        hands.traits_changed.connect(self._rebuild)
        hands.settings.changed.connect(self._show_values)
        self._rebuild()

    @Slot()
    def _rebuild(self) -> None:
        tool = self._hands.tool
        self._title.setText(f"{tool.title} ({tool.letter})")
        self._help.setText(tool.help)
        self._layout.removeWidget(self._rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = QWidget(self)
        form = QFormLayout(self._rows)
        form.setContentsMargins(0, 4, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.boxes, self.mode = {}, None
        for name in tool.form:
            if name == "mode":
                if not self._hands.traits.is_particles:
                    self.mode = self._mode_box()
                    form.addRow("Put down", self.mode)
            elif self._is_offered(name):
                spec = self._spec(name)
                self.boxes[name] = box = number_box(spec, self._rows)
                box.valueChanged.connect(
                    lambda value, name=name: self._hands.settings.set(name, value)
                )
                form.addRow(spec.title, box)
        self._layout.addWidget(self._rows)
        self._show_values()

    @Slot()
    def _show_values(self) -> None:
        for name, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setValue(self._hands.settings[name])

    def _is_offered(self, name: str) -> bool:
        traits = self._hands.traits
        if name == "state":
            return traits.states > 2
        if name == "value":
            return traits.is_field
        return name != "channel" or traits.channels > 1

    def _spec(self, name: str) -> NumberSpec:
        spec = NUMBERS[name]
        if self._hands.traits.is_particles:
            spec = replace(spec, unit=spec.unit.replace(" cells", ""))  # a plane without cells
        if name == "state":
            return replace(spec, high=self._hands.traits.states - 1)
        if name == "channel":
            return replace(spec, high=self._hands.traits.channels - 1)
        return spec

    def _mode_box(self) -> QComboBox:
        box = QComboBox(self._rows)
        box.setAccessibleName("Put down")
        for mode in OF_FIELDS if self._hands.traits.is_field else OF_STATES:
            box.addItem(MODES[mode], mode)
        box.setCurrentIndex(max(0, box.findData(self._hands.settings.mode)))
        box.currentIndexChanged.connect(
            lambda index: self._hands.settings.set_mode(box.itemData(index))
        )
        return box


def number_box(spec: NumberSpec, owner: QWidget) -> QDoubleSpinBox:
    """Return a field for one number."""
    box = QDoubleSpinBox(owner)
    box.setDecimals(spec.decimals)
    box.setRange(spec.low, spec.high)
    box.setSingleStep(spec.step)
    box.setSuffix(spec.unit)
    box.setToolTip(spec.help)
    box.setAccessibleName(spec.title)
    box.setKeyboardTracking(False)
    box.setFixedWidth(FIELD_WIDTH)
    return box
