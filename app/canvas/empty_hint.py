"""A few quiet words in the middle of a canvas that shows nothing yet."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget


class EmptyHint(QLabel):
    """Words that let the mouse through."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setMargin(24)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_colour(self, colour: QColor) -> None:
        """Follow the palette."""
        palette = self.palette()
        palette.setColor(self.foregroundRole(), colour)
        self.setPalette(palette)

    def show_when(self, is_empty: bool) -> None:
        """Show the words on an empty canvas when there are any."""
        self.setVisible(is_empty and bool(self.text()))
