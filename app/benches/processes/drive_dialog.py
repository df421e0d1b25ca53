"""Which Bayes net of the study a process is to drive, and over how many steps."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

MOST_STEPS = 200
USUAL_STEPS = 4
HINT = (
    "The net gets a row of hidden states H0, H1, … and a row of symbols X0, X1, … above its own "
    "nodes. Draw arcs from the symbols to the nodes that depend on them."
)


class DriveDialog(QDialog):
    """Answers with the id of a net and a number of steps."""

    def __init__(self, nets: Sequence[tuple[str, str]], owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.setWindowTitle("Drive a Bayes net")
        self.net = QComboBox(self)
        self.net.setAccessibleName("Bayes net that the process drives")
        for subject_id, name in nets:
            self.net.addItem(name, subject_id)
        self.steps = QSpinBox(self)
        self.steps.setRange(1, MOST_STEPS)
        self.steps.setValue(USUAL_STEPS)
        self.steps.setAccessibleName("Number of steps")
        hint = QLabel(HINT, self)
        hint.setWordWrap(True)
        hint.setProperty("role", "muted")
        form = QFormLayout()
        form.addRow("Bayes net", self.net)
        form.addRow("Steps", self.steps)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        buttons.addButton("Add", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(hint)
        layout.addWidget(buttons)
        self.setMinimumWidth(420)

    def answer(self) -> tuple[str, int]:
        """Return the id of the net and the number of steps."""
        return self.net.currentData(), self.steps.value()
