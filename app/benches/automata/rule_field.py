"""The line in which a rule is read and typed: long numbers are short until it is edited."""

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.benches.automata.long_numbers import shortened


class RuleField(QLineEdit):
    """Keeps the exact text of a rule; what it shows at rest has numbers of few digits."""

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._exact = ""

    def show_rule(self, text: str) -> None:
        """Show a rule, unless another one is being typed."""
        self._exact = text
        if not (self.hasFocus() and self.isModified()):
            self._put(text if self.hasFocus() else shortened(text))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the rule as it is, to be edited."""
        if not self.isModified():
            self._put(self._exact)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the rule in short again."""
        super().focusOutEvent(event)
        if not self.isModified():
            self._put(shortened(self._exact))

    def _put(self, text: str) -> None:
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)
        self.setModified(False)
