"""The choice of a level as a row of joined buttons."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.benches.networks.levels.actions import LEVEL_TITLES
from app.benches.networks.levels.request import CLIQUE_TREE


class LevelRow(QWidget):
    """Four buttons of which one is pressed; where room is short only that one has its name."""

    chosen = Signal(int)

    def __init__(self, actions: list[QAction], owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._is_short = self._is_bare = False
        self.buttons: list[QToolButton] = []
        group = QButtonGroup(self)
        group.setExclusive(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for level, title in enumerate(LEVEL_TITLES):
            button = QToolButton(self)
            button.setCheckable(True)
            button.setAccessibleName(f"Level {level}: {title}")
            button.setToolTip(actions[level].statusTip() or actions[level].toolTip())
            button.setProperty("role", "segment")
            group.addButton(button, level)
            layout.addWidget(button)
            self.buttons.append(button)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        group.idClicked.connect(self.chosen)
        self._write()

    def set_level(self, level: int) -> None:
        """Press the button of a level."""
        self.buttons[level].setChecked(True)
        self._write()

    def set_short(self, is_short: bool, *, is_bare: bool) -> None:
        """Leave out the names of levels that are not chosen, or all where the clique tree is."""
        if (is_short, is_bare) != (self._is_short, self._is_bare):
            self._is_short, self._is_bare = is_short, is_bare
            self._write()

    @Slot()
    def _write(self) -> None:
        for level, button in enumerate(self.buttons):
            is_bare = self._is_bare and self.buttons[CLIQUE_TREE].isChecked()
            is_named = not self._is_short or (button.isChecked() and not is_bare)
            button.setText(f"{level} {LEVEL_TITLES[level]}" if is_named else f"{level}")
