"""A row of colours to choose from: none, the theme's categories, and any other."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

CATEGORIES = tuple(f"category_{i}" for i in range(8))


class ColourRow(QWidget):
    """Small square buttons; the chosen one has a thick border."""

    chosen = Signal(object)
    """``#rrggbb``, or None for the theme's colour."""
    other_asked = Signal()

    def __init__(self, owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._palette: Mapping[str, str] = {}
        self._colour: str | None = None
        self._buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        for role in ("none", *CATEGORIES):
            button = QToolButton(self)
            button.setFixedSize(20, 20)
            label = "The theme's colour" if role == "none" else f"Colour {int(role[-1]) + 1}"
            button.setToolTip(label)
            button.setAccessibleName(label)
            button.clicked.connect(partial(self._choose, role))
            self._buttons[role] = button
            row.addWidget(button)
        other = QToolButton(self)
        other.setText("Other…")
        other.clicked.connect(self.other_asked)
        row.addWidget(other)
        row.addStretch(1)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._dress()

    def show_colour(self, colour: str | None) -> None:
        """Mark the colour in use."""
        self._colour = colour
        self._dress()

    def _choose(self, role: str, _checked: bool = False) -> None:
        self.chosen.emit(None if role == "none" else self._palette[role])

    def _dress(self) -> None:
        if not self._palette:
            return
        for role, button in self._buttons.items():
            fill = self._palette["node_fill" if role == "none" else role]
            is_on = self._colour == (None if role == "none" else fill)
            edge = (
                f"2px solid {self._palette['text']}"
                if is_on
                else (f"1px solid {self._palette['border']}")
            )
            button.setStyleSheet(
                f"QToolButton {{ background: {fill}; border: {edge}; border-radius: 4px; }}"
            )
