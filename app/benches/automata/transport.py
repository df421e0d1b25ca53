"""The transport: play, step, speed, and the slider through the generations that were reached."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSlider,
    QSpinBox,
    QToolButton,
    QWidget,
)

from app.benches.automata.world_frame import WorldFrame

SPEEDS: tuple[float | None, ...] = (1, 2, 5, 10, 20, 30, 60, 120, 500, 2000, 10_000, None)
USUAL_SPEED = 6
SLIDER_STEPS = 10_000
MOST_STEPS = 1_000_000_000

WIDEST_RATE = "88,888 steps/s · 60 frames/s"
RATE_TIP = "Steps made and pictures shown in a second"

LEAST_WIDTH = 400

BUTTONS = (
    "world.reset",
    "world.step_back",
    "world.play",
    "world.step",
)


class Transport(QWidget):
    """Shows where in time the world is; everything it does is an action or a signal."""

    speed_chosen = Signal(object)
    """Steps a second, None for as many as possible."""
    generation_chosen = Signal(object)
    steps_asked = Signal(int)

    def __init__(self, action: Callable[[str], QAction], owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._start = self._furthest = self._shown = 0
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.generation = QLineEdit(self)
        self.speed = QSlider(Qt.Orientation.Horizontal, self)
        self.speed_label = QLabel(self)
        self.rate = _RateLabel(self)
        self.steps = QSpinBox(self)
        self.buttons = {each: self._button(action(each)) for each in BUTTONS}
        self.run_button = self._button(action("world.steps"))
        self.loop_button = self._button(action("world.loop"))
        self._set_up()
        self._lay_out()
        self.slider.valueChanged.connect(self._on_slid)
        self.generation.editingFinished.connect(self._on_typed)
        self.speed.valueChanged.connect(self._on_speed)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, resized: QResizeEvent) -> None:
        """Leave out what the menu and the status bar have too where the window is narrow."""
        super().resizeEvent(resized)
        self.rate.setVisible(self.width() > 640)
        self.speed_label.setVisible(self.width() > 570)
        for part in (self.steps, self.run_button):
            part.setVisible(self.width() > 500)

    def show_frame(self, frame: WorldFrame) -> None:
        """Show the generation of a frame, and how far the slider goes."""
        self._start, self._furthest = frame.start, max(frame.furthest, frame.start + 1)
        self._shown = frame.generation
        if not self.slider.isSliderDown():
            span = self._furthest - self._start
            with QSignalBlocker(self.slider):
                self.slider.setMaximum(min(span, SLIDER_STEPS))
                self.slider.setValue(
                    (frame.generation - self._start) * self.slider.maximum() // span
                )
        if not (self.generation.hasFocus() and self.generation.isModified()):
            self.generation.setText(f"{frame.generation:,}")

    def show_rate(self, text: str) -> None:
        """Say how fast it runs."""
        self.rate.setText(text)
        self.rate.setToolTip("\n".join(part for part in (text, RATE_TIP) if part))

    def show_speed(self, speed: float | None) -> None:
        """Show another speed."""
        place = min(range(len(SPEEDS)), key=lambda each: abs(_rank(SPEEDS[each]) - _rank(speed)))
        self.speed.setValue(place)
        self._name_speed(place)

    # -- inside ------------------------------------------------------------------------------------

    @Slot(int)
    def _on_slid(self, place: int) -> None:
        span = self._furthest - self._start
        self.generation_chosen.emit(self._start + place * span // max(self.slider.maximum(), 1))

    @Slot()
    def _on_typed(self) -> None:
        if not self.generation.isModified():
            return
        self.generation.setModified(False)
        digits = "".join(each for each in self.generation.text() if each not in ", ._'\u2009")
        if digits.isascii() and digits.isdigit() and len(digits) < 19:
            self.generation_chosen.emit(int(digits))
        else:
            self.generation.setText(f"{self._shown:,}")

    @Slot(int)
    def _on_speed(self, place: int) -> None:
        self._name_speed(place)
        self.speed_chosen.emit(SPEEDS[place])

    def _name_speed(self, place: int) -> None:
        speed = SPEEDS[place]
        self.speed_label.setText("max" if speed is None else f"{speed:,.0f}/s")

    def _set_up(self) -> None:
        self.slider.setMinimumWidth(60)
        self.slider.setAccessibleName("Generation")
        self.slider.setToolTip("Go to any generation that was reached, exactly")
        self.generation.setFixedWidth(84)
        self.generation.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.generation.setAccessibleName("Generation")
        self.generation.setToolTip("Generation; type another one and press Enter to go there")
        self.speed.setRange(0, len(SPEEDS) - 1)
        self.speed.setPageStep(1)
        self.speed.setFixedWidth(72)
        self.speed.setAccessibleName("Speed in steps per second")
        self.speed.setToolTip("Speed, from 1 step per second to as many as possible")
        self.speed_label.setMinimumWidth(56)
        self.speed_label.setProperty("role", "muted")
        self.rate.setProperty("role", "muted")
        self.rate.setToolTip(RATE_TIP)
        self.steps.setRange(1, MOST_STEPS)
        self.steps.setValue(100)
        self.steps.setGroupSeparatorShown(True)
        self.steps.setFixedWidth(80)
        self.steps.setAccessibleName("Number of steps")
        self.steps.setToolTip("How many steps the button beside makes")

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(4)
        for button in self.buttons.values():
            row.addWidget(button)
        row.addSpacing(6)
        row.addWidget(self.steps)
        row.addWidget(self.run_button)
        row.addSpacing(6)
        row.addWidget(self.speed)
        row.addWidget(self.speed_label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.generation)
        row.addWidget(self.loop_button)
        row.addWidget(self.rate)

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setAutoRaise(True)
        button.setAccessibleName(action.text())
        # the field keeps the keys: a space is meant for the world
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button


class _RateLabel(QLabel):
    """As wide at rest as while the world runs, so that nothing beside it moves; gives way first."""

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(WIDEST_RATE) + 4, hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


def _rank(speed: float | None) -> float:
    return 1e9 if speed is None else speed
