"""A line of text over a node in which its name is typed."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from app.canvas.look import Look

NameCheck = Callable[[str, str], str]
"""Returns, for (id, new name), a sentence that says why not, or an empty text."""


class RenameEditor(QLineEdit):
    """Takes a name: Enter or a click elsewhere commits it, Esc gives it up."""

    committed = Signal(str, str)
    """(id, name as typed), only when it is another one."""
    closed = Signal()
    refused = Signal(str)
    """(why): the name is not allowed; the editor stays open after Enter."""

    def __init__(self, name: str, label: str, look: Look, check: NameCheck, owner: QWidget) -> None:
        super().__init__(label, owner)
        self.name = name
        self._label = label
        self._look = look
        self._check = check
        self._is_closed = False
        self._over = QRect()
        self.setAccessibleName(f"New name of {label}")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.Base, look.colour["surface"])
        colours.setColor(QPalette.ColorRole.Text, look.colour["text"])
        self.setPalette(colours)
        self.textChanged.connect(self._on_text)
        self.selectAll()

    def place(self, over: QRect, font_pixels: int) -> None:
        """Lie over a rectangle of the viewport, grown to fit the text."""
        self._over = QRect(over)
        font = self.font()
        font.setPixelSize(font_pixels)
        self.setFont(font)
        metrics = QFontMetrics(font)
        width = max(over.width(), metrics.horizontalAdvance(self.text()) + 28, 96)
        height = max(metrics.height() + 10, over.height())
        self.setGeometry(
            over.x() + (over.width() - width) // 2,
            over.y() + (over.height() - height) // 2,
            width,
            height,
        )

    def keyPressEvent(self, key: QKeyEvent) -> None:
        """Commit on Enter, give up on Esc."""
        if key.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._commit(stay_when_refused=True)
        elif key.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(key)

    def focusOutEvent(self, focus: QFocusEvent) -> None:
        """Commit when the focus goes elsewhere, save into a menu of the editor's own."""
        super().focusOutEvent(focus)
        if focus.reason() != Qt.FocusReason.PopupFocusReason:
            self._commit(stay_when_refused=False)

    def close_quietly(self) -> None:
        """Close without renaming."""
        self._close()

    def _commit(self, *, stay_when_refused: bool) -> None:
        if self._is_closed:
            return
        text = self.text().strip()
        reason = self._reason(text)
        if reason and stay_when_refused:
            self.refused.emit(reason)
            return
        self._close()
        if text != self._label and not reason:
            self.committed.emit(self.name, text)

    def _reason(self, text: str) -> str:
        if not text:
            return "A node needs a name that is not blank."
        return "" if text == self._label else self._check(self.name, text)

    def _close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            self.closed.emit()

    @Slot(str)
    def _on_text(self, text: str) -> None:
        reason = self._reason(text.strip())
        palette = QPalette(self.palette())
        role = "danger" if reason else "text"
        palette.setColor(QPalette.ColorRole.Text, self._look.colour[role])
        self.setPalette(palette)
        self.setToolTip(reason)
        self.place(self._over, self.font().pixelSize())
