"""The numbers of one intervention of the list, to be changed."""

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDoubleSpinBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from app.benches.automata.hands.hands import Hands
from app.benches.automata.hands.settings import NUMBERS, NumberSpec
from app.benches.automata.hands.tool_form import number_box
from app.benches.automata.hands.words import title_of
from core.automata.interventions import (
    Fill,
    Food,
    Gun,
    Intervention,
    NoiseBrush,
    Obstacle,
    Patch,
    Push,
    Randomise,
    Stroke,
)

FAR = 1e9
_WHOLE = {
    "generation", "width", "height", "seed", "every", "life", "states", "channel"
}  # fmt: skip
_PLACE = {
    "x": NumberSpec("X", -FAR, FAR, 1, 2),
    "y": NumberSpec("Y", -FAR, FAR, 1, 2),
    "dx": NumberSpec("Along x", -FAR, FAR, 1, 2),
    "dy": NumberSpec("Along y", -FAR, FAR, 1, 2),
    "width": NumberSpec("Width", 1, 65536, 1, 0, " cells"),
    "height": NumberSpec("Height", 1, 65536, 1, 0, " cells"),
    "angle": NumberSpec("Angle", -360, 360, 5, 1, "°", "0 to the right, 90 downwards."),
    "generation": NumberSpec("Generation", 0, FAR, 1, 0, "", "When it is done, or begins."),
    "rate": NUMBERS["food_rate"],
    "value": NumberSpec("Value", 0, 255, 1, 2, help="State, or value from 0 to 1 of a field."),
}
EDITED: dict[type, tuple[str, ...]] = {
    Stroke: ("generation", "radius", "value"),
    Patch: ("generation", "x", "y"),
    Fill: ("generation", "x", "y", "width", "height", "value"),
    Randomise: ("generation", "x", "y", "width", "height", "density", "seed"),
    Push: ("generation", "x", "y", "radius", "dx", "dy"),
    Obstacle: ("generation", "x", "y", "radius", "value"),
    Food: ("generation", "x", "y", "radius", "rate"),
    NoiseBrush: ("generation", "x", "y", "radius", "level", "seed"),
    Gun: (
        "generation", "x", "y", "angle", "speed", "radius", "value", "every", "life", "spread",
        "seed",
    ),
}  # fmt: skip


class InterventionForm(QWidget):
    """Shows the selected intervention and changes it, each field as one undo step."""

    def __init__(self, hands: Hands, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._hands = hands
        self._shown: Intervention | None = None
        self.boxes: dict[str, QDoubleSpinBox] = {}
        self._rows = QWidget(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._rows)
        hands.selection_changed.connect(self._follow)
        hands.document.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        index = self._hands.selected
        done = self._hands.document.subject.interventions
        shown = done[index] if index is not None and index < len(done) else None
        if shown is not self._shown:
            if type(shown) is type(self._shown) and self.boxes:
                self._shown = shown
                self._show_values()
            else:
                self._shown = shown
                self._rebuild()

    def _rebuild(self) -> None:
        self._layout.removeWidget(self._rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = QWidget(self)
        self.boxes = {}
        shown = self._shown
        self.setVisible(shown is not None and type(shown) in EDITED)
        if shown is not None:
            form = QFormLayout(self._rows)
            form.setContentsMargins(0, 0, 0, 0)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
            form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            title = QLabel(title_of(shown), self._rows)
            title.setProperty("role", "heading")
            form.addRow(title)
            for name in EDITED.get(type(shown), ()):
                spec = _PLACE.get(name) or NUMBERS[name]
                if isinstance(shown, Patch | Fill | Randomise) and name in ("x", "y"):
                    spec = replace(spec, decimals=0)
                self.boxes[name] = box = number_box(spec, self._rows)
                form.addRow(spec.title, box)
            self._show_values()
            for name, box in self.boxes.items():
                box.valueChanged.connect(lambda value, name=name: self._change(name, value))
        self._layout.addWidget(self._rows)

    def _show_values(self) -> None:
        for name, box in self.boxes.items():
            box.blockSignals(True)
            box.setValue(float(getattr(self._shown, name)))
            box.blockSignals(False)

    def _change(self, name: str, value: float) -> None:
        index, shown = self._hands.selected, self._shown
        if index is None or shown is None:
            return
        start = self._hands.document.world.generation
        is_whole = name in _WHOLE or (
            isinstance(shown, Patch | Fill | Randomise) and name in ("x", "y")
        )
        new = replace(shown, **{name: round(value) if is_whole else value})
        if new.generation < start:
            new = replace(new, generation=start)
        self._hands.move_in_time(index, new, f"Change: {title_of(shown).lower()}")
