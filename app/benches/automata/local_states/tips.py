"""Tips that end where the numbers beside them begin."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QToolTip, QWidget

FRAME = 24
"""Pixels that a tip has beside its text, and that it is moved from the place it is shown at."""


def show_left_of(right: int, at: QPoint, text: str, owner: QWidget) -> None:
    """Show a tip at a place on the screen, moved so that it ends at `right`."""
    if not text:
        QToolTip.hideText()
        return
    wide = QFontMetrics(QToolTip.font()).horizontalAdvance(text) + FRAME
    left = min(at.x(), right - wide)
    QToolTip.showText(QPoint(left, at.y()), text, owner)
