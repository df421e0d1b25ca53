"""One plane of a deep world, or the largest value along that axis: a check box and a slider."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSlider, QWidget


class PlaneRow(QWidget):
    """Tells which plane is wanted, None for the largest value along the axis."""

    chosen = Signal(object)
    slid = Signal(int)
    released = Signal()

    def __init__(self, axis: str, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.is_projected = QCheckBox("Largest", self)
        self.is_projected.setToolTip(f"Show the largest value along the {axis}, not one plane")
        self.plane = QSlider(Qt.Orientation.Horizontal, self)
        self.plane.setAccessibleName(f"Plane shown of the {axis}")
        self.plane.setToolTip(f"Which plane along the {axis} is shown")
        self.told = QLabel(self)
        self.told.setMinimumWidth(28)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.is_projected)
        row.addWidget(self.plane, 1)
        row.addWidget(self.told)
        self.is_projected.clicked.connect(self._on_projected)
        self.plane.valueChanged.connect(self.slid)
        self.plane.sliderReleased.connect(self.released)

    def show_plane(self, plane: int | None, depth: int) -> None:
        """Show which of `depth` planes is seen."""
        with QSignalBlocker(self.plane):
            self.plane.setMaximum(max(depth - 1, 0))
            self.plane.setValue(depth // 2 if plane is None else plane)
        self.is_projected.setChecked(plane is None)
        self.plane.setEnabled(plane is not None)
        self.told.setText("" if plane is None else str(plane))

    @Slot(bool)
    def _on_projected(self, is_projected: bool) -> None:
        self.chosen.emit(None if is_projected else self.plane.value())
