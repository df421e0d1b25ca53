"""The transport bar: play, step, jump, a slider over all moments, and the speed."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from app.benches.networks.levels.player import Player

_BUTTONS = (
    ("levels.to_start", "to-start"),
    ("levels.back", "step-back"),
    ("levels.play", "play"),
    ("levels.step", "step"),
    ("levels.to_end", "to-end"),
)
SPEEDS = ((0.5, "½×"), (1.0, "1×"), (2.0, "2×"), (4.0, "4×"), (8.0, "8×"))


class TransportBar(QWidget):
    """Shows where the player is, and asks for the actions of the levels."""

    wanted = Signal(str)
    """(id of an action)."""

    def __init__(
        self,
        player: Player,
        icon: Callable[[str], QIcon],
        action: Callable[[str], QAction],
        owner: QWidget | None = None,
    ) -> None:
        super().__init__(owner)
        self._player = player
        self._icon = icon
        self.buttons: dict[str, QToolButton] = {}
        for action_id, name in _BUTTONS:
            button = QToolButton(self)
            button.setIcon(icon(name))
            button.setIconSize(QSize(18, 18))
            button.setToolTip(action(action_id).toolTip())
            button.setAccessibleName(action(action_id).text())
            button.clicked.connect(lambda _on=False, wanted=action_id: self.wanted.emit(wanted))
            self.buttons[action_id] = button
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setAccessibleName("Step of the level")
        self.slider.setToolTip("Drag to any step")
        self.slider.setMinimumWidth(80)
        self.slider.valueChanged.connect(self._on_slider)
        self.counter = QLabel(self)
        self.counter.setToolTip("Step shown, and number of steps")
        self.counter.setProperty("role", "muted")
        self.speed = QComboBox(self)
        self.speed.setAccessibleName("Speed")
        self.speed.setToolTip("Speed of playing; 1× is about one step a second")
        for speed, text in SPEEDS:
            self.speed.addItem(text, speed)
        self.speed.setCurrentIndex(1)
        self.speed.currentIndexChanged.connect(self._on_speed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for button in self.buttons.values():
            layout.addWidget(button)
        layout.addSpacing(6)
        layout.addWidget(self.slider, 1)
        layout.addSpacing(6)
        layout.addWidget(self.counter)
        layout.addSpacing(6)
        layout.addWidget(self.speed)
        player.moved.connect(self._on_moved)
        player.playing_changed.connect(self._on_playing)
        self._on_moved(0, 0)

    def apply_palette(self) -> None:
        """Draw the icons anew."""
        for action_id, name in _BUTTONS:
            self.buttons[action_id].setIcon(self._icon(name))
        self._on_playing(self._player.is_playing)

    @Slot(int, int)
    def _on_moved(self, index: int, _before: int) -> None:
        player = self._player
        was_blocked = self.slider.blockSignals(True)
        self.slider.setRange(0, player.last)
        self.slider.setValue(index)
        self.slider.blockSignals(was_blocked)
        digits = len(str(player.last))
        self.counter.setText(f"{index:>{digits}} / {player.last}" if player.count else "")
        for action_id in ("levels.to_start", "levels.back"):
            self.buttons[action_id].setEnabled(index > 0)
        for action_id in ("levels.to_end", "levels.step"):
            self.buttons[action_id].setEnabled(index < player.last)
        self.buttons["levels.play"].setEnabled(player.count > 1)
        self.slider.setEnabled(player.count > 1)

    @Slot(bool)
    def _on_playing(self, is_playing: bool) -> None:
        self.buttons["levels.play"].setIcon(self._icon("pause" if is_playing else "play"))

    @Slot(int)
    def _on_slider(self, index: int) -> None:
        self._player.pause()
        self._player.go_to(index)

    @Slot()
    def _on_speed(self) -> None:
        self._player.set_speed(self.speed.currentData())
