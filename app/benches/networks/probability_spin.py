"""A field for one probability."""

from PySide6.QtWidgets import QDoubleSpinBox, QWidget


def probability_spin(value: float, label: str, owner: QWidget) -> QDoubleSpinBox:
    """Return a field from 0 to 1 in steps of 0.05, named `label` for screen readers."""
    field = QDoubleSpinBox(owner)
    field.setRange(0.0, 1.0)
    field.setDecimals(6)
    field.setSingleStep(0.05)
    field.setStepType(QDoubleSpinBox.StepType.DefaultStepType)
    field.setValue(value)
    field.setAccessibleName(label)
    field.setToolTip(f"{label}, a probability from 0 to 1")
    return field
