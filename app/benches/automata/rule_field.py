"""The line in which a rule is read and typed: long numbers are short until it is edited."""

import re

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

LONG_NUMBER = re.compile(r"\d+\.\d{6,}(?:e[+-]?\d+)?")
DIGITS = 5


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


def shortened(text: str) -> str:
    """Return a rule with its long numbers in five digits.

    Examples
    --------
    >>> shortened("lenia:R=13,T=10;m=0.1500340001,s=0.017")
    'lenia:R=13,T=10;m=0.15003,s=0.017'
    """
    return LONG_NUMBER.sub(lambda found: f"{float(found[0]):.{DIGITS}g}", text)
