"""A sentence across the top of the window that waits without stopping anybody."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

LEVELS = {"error": "danger", "warning": "warning", "info": "accent", "success": "success"}


class Banner(QFrame):
    """Shows the newest notice with what can be done about it, until it is closed."""

    def __init__(self, icon: Callable[[str, str], QIcon], over: QWidget | None = None) -> None:
        super().__init__(over)
        self.setObjectName("banner")
        self._icon = icon
        self.level = "info"
        self._sign = QLabel(self)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._buttons: list[QPushButton] = []
        self._close = QToolButton(self)
        self._close.setAccessibleName("Close this notice")
        self._close.setToolTip("Close this notice")
        self._close.clicked.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4, 4, 4)
        self._row.setSpacing(8)
        for widget in (self._sign, self._text, self._close):
            self._row.addWidget(widget)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def tell(
        self, text: str, level: str = "error", choices: dict[str, Callable[[], None]] | None = None
    ) -> None:
        """Show a sentence; `choices` are buttons that run something and close the banner."""
        self.level = level
        self._text.setText(text)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._make_button(name, run) for name, run in (choices or {}).items()]
        for place, button in enumerate(self._buttons):
            self._row.insertWidget(2 + place, button)
        self.restyle()
        self.show()

    @Slot()
    def restyle(self) -> None:
        """Draw the icons in the colours of the theme and let the stylesheet see the level."""
        self._sign.setPixmap(self._icon(self.level, LEVELS[self.level]).pixmap(20, 20))
        self._close.setIcon(self._icon("close", "text"))
        self.setProperty("level", self.level)
        self.style().unpolish(self)
        self.style().polish(self)

    def _make_button(self, name: str, run: Callable[[], None]) -> QPushButton:
        button = QPushButton(name, self)

        def act() -> None:
            self.hide()
            run()

        button.clicked.connect(act)
        return button
