"""What a sample is to be: how many symbols, from which seed, written how."""

from dataclasses import dataclass

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

MOST_SYMBOLS = 2_000_000_000
MOST_WITH_STATES = 50_000_000
"""Tables and arrays are made in memory."""

FORMATS = (
    (".txt", "Text, one line of symbols"),
    (".csv", "CSV, a row for every symbol with the state after it"),
    (".npz", "NumPy arrays of symbols and states"),
)


@dataclass(frozen=True, slots=True)
class SampleWish:
    """What was asked for."""

    count: int
    seed: int
    ending: str


class SamplesDialog(QDialog):
    """Answers with a `SampleWish`."""

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.setWindowTitle("Export samples")
        self.count = QSpinBox(self)
        self.count.setRange(1, MOST_SYMBOLS)
        self.count.setGroupSeparatorShown(True)
        self.count.setValue(100_000)
        self.count.setAccessibleName("Number of symbols")
        self.seed = QSpinBox(self)
        self.seed.setRange(0, 2**31 - 1)
        self.seed.setAccessibleName("Seed of the random numbers")
        self.seed.setToolTip("The same seed gives the same symbols")
        self.format = QComboBox(self)
        self.format.setAccessibleName("Format of the file")
        for ending, title in FORMATS:
            self.format.addItem(title, ending)
        self.hint = QLabel(self)
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "muted")
        form = QFormLayout()
        form.addRow("Symbols", self.count)
        form.addRow("Seed", self.seed)
        form.addRow("Format", self.format)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.buttons.addButton("Choose file…", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.hint)
        layout.addWidget(self.buttons)
        self.format.currentIndexChanged.connect(self._on_format)
        self._on_format()
        self.count.selectAll()

    def answer(self) -> SampleWish:
        """Return what was chosen."""
        return SampleWish(self.count.value(), self.seed.value(), self.format.currentData())

    def _on_format(self) -> None:
        is_text = self.format.currentData() == ".txt"
        self.count.setMaximum(MOST_SYMBOLS if is_text else MOST_WITH_STATES)
        self.hint.setText(
            "The process starts from its stationary distribution. "
            + (
                "The same line as macroscope process SPEC sample N --seed S writes."
                if is_text
                else f"At most {MOST_WITH_STATES:,} symbols."
            )
        )
