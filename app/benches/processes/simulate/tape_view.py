"""The tape of symbols that runs by: the newest on the right, each in its colour."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.benches.processes.presentation import CATEGORIES
from app.canvas.contrast import legible_on, mixed

CELL = 22
HINT = "Nothing emitted yet. Play, step, or type a word."


class TapeView(QWidget):
    """Paints as many symbols as fit, the newest with a frame."""

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._symbols: tuple[int, ...] = ()
        self._alphabet: Sequence[str] = ()
        self._palette: Mapping[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(CELL + 6)
        self.setAccessibleName("Symbols emitted")
        self.setToolTip("The symbols so far, the newest on the right")

    def sizeHint(self) -> QSize:
        return QSize(20 * CELL, CELL + 6)

    def show_tape(self, symbols: tuple[int, ...], alphabet: Sequence[str]) -> None:
        """Show other symbols."""
        self._symbols, self._alphabet = symbols, alphabet
        self.setAccessibleDescription(" ".join(alphabet[x] for x in symbols[-40:]))
        self.update()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the symbols from right to left."""
        if not self._palette:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        widest = max((len(each) for each in self._alphabet), default=1)
        cell = CELL if widest == 1 else CELL + 8 * (min(widest, 6) - 1)
        font.setPixelSize(13)
        painter.setFont(font)
        if not self._symbols:
            painter.setPen(QColor(self._palette["muted_text"]))
            painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignVCenter, HINT)
        room = self.width() // cell
        shown = self._symbols[-room:] if room else ()
        left = self.width() - len(shown) * cell if len(self._symbols) > room else 0
        surface = self._palette["surface"]
        inks = (self._palette["text"], self._palette["surface"])
        for place, symbol in enumerate(shown):
            is_last = place == len(shown) - 1
            fill = self._palette[f"category_{symbol % CATEGORIES}"]
            fill = fill if is_last else mixed(surface, fill, 0.35)
            rect = QRectF(left + place * cell + 1, 3, cell - 2, CELL)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(rect, 4, 4)
            painter.setPen(QColor(legible_on(fill, *inks)))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._alphabet[symbol])
        painter.end()
