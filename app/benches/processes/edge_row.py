"""One edge of a state in the inspector: symbol and target, a slider and a field."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSlider, QWidget

from app.graphical.probability_field import ProbabilityField
from core.processes.model import Edge

STEPS = 1000
SHORTEST = 0.001
"""A slider neither removes its edge nor the others of the state: that is what deleting is for."""


class EdgeRow(QWidget):
    """Asks for another probability; the slider says when it is held and let go."""

    asked = Signal(object, float)
    """(Edge, probability typed)."""
    dragged = Signal(object, float)
    """(Edge, probability under the slider)."""
    held = Signal()
    released = Signal()

    def __init__(self, edge: Edge, role: str, owner: QWidget) -> None:
        super().__init__(owner)
        self.edge = edge
        self._role = role
        what = f"Probability of {edge.symbol} and then {edge.target} in {edge.source}"
        self._label = QLabel(f"{edge.symbol} → {edge.target}", self)
        self._label.setMinimumWidth(58)
        self._swatch = QFrame(self)
        self._swatch.setFixedSize(5, 18)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, STEPS)
        self.slider.setPageStep(STEPS // 20)
        self.slider.setAccessibleName(what)
        self.slider.setToolTip(f"{what}; the others of {edge.source} keep their proportions")
        self.field = ProbabilityField(edge.probability, what, self)
        self.field.setFixedWidth(76)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        for column, part in enumerate((self._swatch, self._label, self.slider, self.field)):
            grid.addWidget(part, 0, column)
        grid.setColumnStretch(2, 1)
        self.slider.valueChanged.connect(self._on_slid)
        self.slider.sliderPressed.connect(self.held)
        self.slider.sliderReleased.connect(self.released)
        self.field.editingFinished.connect(self._on_typed)
        self.show_edge(edge)

    def show_edge(self, edge: Edge) -> None:
        """Show another probability of the same edge."""
        self.edge = edge
        with QSignalBlocker(self.slider):
            if not self.slider.isSliderDown():
                self.slider.setValue(round(edge.probability * STEPS))
        if not self.field.hasFocus() or not self.field.isModified():
            self.field.setValue(edge.probability)

    def set_alone(self, is_alone: bool) -> None:
        """Say whether the state has no other edge, so that this one has to be certain."""
        self.slider.setEnabled(not is_alone)

    def set_marked(self, is_marked: bool) -> None:
        """Show the row as that of the edge that is selected."""
        font = self._label.font()
        font.setBold(is_marked)
        self._label.setFont(font)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._swatch.setStyleSheet(f"background: {palette[self._role]}; border-radius: 2px;")

    @Slot(int)
    def _on_slid(self, value: int) -> None:
        self.dragged.emit(self.edge, min(max(value / STEPS, SHORTEST), 1.0 - SHORTEST))

    @Slot()
    def _on_typed(self) -> None:
        self.field.setModified(False)
        if self.field.value() != self.edge.probability:
            self.asked.emit(self.edge, self.field.value())
