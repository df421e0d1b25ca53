"""The small widgets that panels are made of, each as it looks everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QToolButton, QWidget

if TYPE_CHECKING:
    from app.shell.bench import BenchContext


def icon_button(icon: QIcon, tip: str, run: Callable[[], object], owner: QWidget) -> QToolButton:
    """Return a flat button that shows an icon and is called what its tip says."""
    button = QToolButton(owner)
    button.setIcon(icon)
    button.setAutoRaise(True)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.clicked.connect(lambda _checked=False: run())
    return button


def help_button(context: BenchContext, page: str, name: str, owner: QWidget) -> QToolButton:
    """Return the button that opens a page of the guide; `name` says of what to a reader."""
    button = icon_button(
        context.icon("help"),
        "What is shown here, and how to use it",
        lambda: context.show_guide(page),
        owner,
    )
    button.setAccessibleName(name)
    return button


def heading(text: str, owner: QWidget) -> QLabel:
    """Return a label that stands above what it names."""
    label = QLabel(text, owner)
    label.setProperty("role", "heading")
    return label


def quiet_label(name: str, owner: QWidget) -> QLabel:
    """Return a label for a sentence in the colour of what matters less, however long it is."""
    label = QLabel(owner)
    label.setProperty("role", "muted")
    label.setAccessibleName(name)
    label.setMinimumWidth(1)  # else a long sentence makes the window wider
    return label


def reading_label(name: str, owner: QWidget) -> QLabel:
    """Return a label for paragraphs and tables in HTML, which can be selected and copied."""
    label = QLabel(owner)
    label.setWordWrap(True)
    label.setMinimumWidth(1)  # else the longest line keeps the panel wide
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setAccessibleName(name)
    return label


def scrolling(
    page: QWidget, owner: QWidget | None = None, *, sideways: bool = False
) -> QScrollArea:
    """Return a frameless area in which a page scrolls where it is too high."""
    area = QScrollArea(owner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    if not sideways:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
