"""The field for a number of steps: as wide as the number, and none is cut to fit a limit."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from app.benches.automata.long_numbers import NoWholeNumber, whole_number

MOST_STEPS = 10**15
"""Doubles hold every whole number up to 2^53, which is nine times as many."""

FRAME = 44
"""Points beside the number, the arrows among them."""

SHORTEST = "88,888"


class StepsBox(QDoubleSpinBox):
    """Holds a whole number from 1; what is typed beyond the limits stays, and is refused aloud."""

    refused = Signal(str)
    """Why what is typed cannot be taken, empty when it can again."""
    width_wanted = Signal()

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.setDecimals(0)
        self.setRange(1, MOST_STEPS)
        self.setKeyboardTracking(False)
        self.problem = ""
        self.lineEdit().textChanged.connect(self._on_text)
        self.editingFinished.connect(self._on_shape)

    def steps(self) -> int:
        """Return the number as it is typed, or the last good one."""
        if not self.problem:
            self.interpretText()
            self._on_shape()
        return int(self.value())

    def textFromValue(self, value: float) -> str:
        return f"{int(value):,}"

    def valueFromText(self, text: str) -> float:
        return float(whole_number(text))

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Let everything be typed: what cannot be taken is told, not cut."""
        is_fine = not _problem_of(text) and bool(text.strip())
        state = QValidator.State.Acceptable if is_fine else QValidator.State.Intermediate
        return state, text, position

    def sizeHint(self) -> QSize:
        return QSize(self._wanted_width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self._on_shape()
        problem = _problem_of(text)
        if problem != self.problem:
            self.problem = problem
            self.refused.emit(problem)

    @Slot()
    def _on_shape(self) -> None:
        """Ask for room for the text as it is now; putting it in form is not told as a change."""
        self.updateGeometry()
        self.width_wanted.emit()

    def _wanted_width(self) -> int:
        metrics = self.fontMetrics()
        texts = (SHORTEST, self.lineEdit().text()[: len(f"{MOST_STEPS:,}")])
        return max(metrics.horizontalAdvance(each) for each in texts) + FRAME


def _problem_of(text: str) -> str:
    if not text.strip():
        return ""
    try:
        steps = whole_number(text)
    except NoWholeNumber as problem:
        return str(problem)
    if steps < 1:
        return "At least one step is made at once."
    if steps > MOST_STEPS:
        return f"At most {MOST_STEPS:,} steps are made at once; the number typed is larger."
    return ""
