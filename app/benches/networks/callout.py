"""A strip that explains in one sentence what is amiss and offers the way out as a button."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.canvas.contrast import mixed


class Callout(QFrame):
    """Hidden until there is something to say."""

    pressed = Signal()

    def __init__(self, button: str, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self.setObjectName("callout")
        self._mark = QLabel("⚠", self)
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = QPushButton(button, self)
        self.button.clicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self.hide()

    def show_text(self, text: str) -> None:
        """Say `text`."""
        self.label.setText(text)
        self.show()

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        ground = mixed(palette["surface"], palette["warning"], 0.14)
        self.setStyleSheet(
            f"#callout {{ background: {ground}; border: 1px solid {palette['warning']};"
            " border-radius: 6px; }"
            f"#callout QLabel {{ color: {palette['text']}; background: transparent; }}"
        )

    @Slot()
    def _on_clicked(self) -> None:
        self.pressed.emit()
