"""A strip that explains in one sentence what is amiss and offers the way out as a button."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

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
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 8, 10, 8)
        grid.setHorizontalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.label, 0, 1)
        grid.addWidget(self.button, 1, 1, Qt.AlignmentFlag.AlignLeft)
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
