"""Buttons for the numbers of neighbours that give birth and let live."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from core.automata.rules.generations import Generations
from core.automata.rules.life_like import LifeLike
from core.automata.rules.rule import Rule

COUNTS = range(9)


def has_counts(rule: Rule) -> bool:
    """Whether a rule is told by numbers of neighbours alone."""
    if not isinstance(rule, LifeLike | Generations):
        return False
    return all(part.isdigit() or not part for part in (rule.born, rule.survive))


class CountToggles(QWidget):
    """Two rows of buttons, B and S."""

    changed = Signal(str, str)
    """Digits of B and of S."""

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        self.buttons: dict[str, list[QToolButton]] = {}
        rows = (("B", "gives birth"), ("S", "lets live"))
        for row, (letter, what) in enumerate(rows):
            label = QLabel(letter, self)
            label.setToolTip(f"Numbers of living neighbours that {what.split()[0]} …")
            grid.addWidget(label, row, 0)
            self.buttons[letter] = []
            for count in COUNTS:
                button = QToolButton(self)
                button.setText(str(count))
                button.setCheckable(True)
                noun = "neighbour" if count == 1 else "neighbours"
                text = f"{count} living {noun} {what}"
                button.setToolTip(text)
                button.setAccessibleName(text)
                button.clicked.connect(self._on_clicked)
                grid.addWidget(button, row, count + 1)
                self.buttons[letter].append(button)
        grid.setColumnStretch(len(COUNTS) + 1, 1)

    def show_rule(self, rule: Rule) -> None:
        """Show the numbers of a rule that `has_counts`."""
        for letter, digits in (("B", rule.born), ("S", rule.survive)):
            for count, button in zip(COUNTS, self.buttons[letter], strict=True):
                with QSignalBlocker(button):
                    button.setChecked(str(count) in digits)

    def _on_clicked(self) -> None:
        born, survive = (
            "".join(str(n) for n, button in enumerate(self.buttons[each]) if button.isChecked())
            for each in "BS"
        )
        self.changed.emit(born, survive)
