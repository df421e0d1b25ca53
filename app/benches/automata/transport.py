"""The transport: play, step, speed, and the slider through the generations that were reached."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from app.benches.automata.long_numbers import NoWholeNumber, count_text, power_text, whole_number
from app.benches.automata.steps_box import StepsBox
from app.benches.automata.world_frame import WorldFrame

SPEEDS: tuple[float | None, ...] = (1, 2, 5, 10, 20, 30, 60, 120, 500, 2000, 10_000, None)
USUAL_SPEED = 6
SLIDER_STEPS = 10_000

LONGEST_GENERATION = 20
"""Characters of a generation; longer ones are shown in short."""

FARTHEST_GENERATION = 10**18

WIDEST_RATE = "88,888 steps/s · 60 frames/s"
GENERATION_TIP = "Generation; type another one and press Enter to go there"
SPEED_TIP = "Speed, from 1 step per second to as many as possible"
RATE_TIP = "Steps made and pictures shown in a second"

LEAST_WIDTH = 400
NARROWEST_GENERATION = 84
FIELD_FRAME = 18
"""Points beside the digits in a field."""
MARGIN, SPACING, GAP = 8, 4, 8
AROUND = 2 * MARGIN + 2 * GAP
"""Points that no part has."""

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
    refused = Signal(str)
    """Why what was typed cannot be taken; empty when nothing is amiss any more."""

    def __init__(self, action: Callable[[str], QAction], owner: QWidget | None = None) -> None:
        super().__init__(owner)
        self._start = self._furthest = self._shown = 0
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.generation = QLineEdit(self)
        self.speed = QSlider(Qt.Orientation.Horizontal, self)
        self.speed_label = QLabel(self)
        self.rate = _RateLabel(self)
        self.steps = StepsBox(self)
        self.buttons = {each: self._button(action(each)) for each in BUTTONS}
        self.run_button = self._button(action("world.steps"))
        self.loop_button = self._button(action("world.loop"))
        self._by_weight: tuple[tuple[QWidget, ...], ...] = (
            (self.buttons["world.play"], self.buttons["world.step"], self.slider, self.generation),
            (self.steps, self.run_button),
            (self.speed,),
            (self.speed_label,),
            (self.buttons["world.reset"],),
            (self.buttons["world.step_back"],),
            (self.loop_button,),
            (self.rate,),
        )
        self._set_up()
        self._lay_out()
        self.slider.valueChanged.connect(self._on_slid)
        self.generation.editingFinished.connect(self._on_typed)
        self.speed.valueChanged.connect(self._on_speed)
        self.steps.refused.connect(self.refused)
        self.steps.width_wanted.connect(self._give_way)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, resized: QResizeEvent) -> None:
        """Leave out what the menu, the toolbar and the status bar have too where it is narrow."""
        super().resizeEvent(resized)
        self._give_way()

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
            self._tell_generation()

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
        try:
            wanted = whole_number(self.generation.text())
        except NoWholeNumber as problem:
            self.refused.emit(str(problem))
            self._tell_generation()
            return
        if wanted > FARTHEST_GENERATION:
            self.refused.emit(f"No generation after {FARTHEST_GENERATION:,} can be gone to.")
            self._tell_generation()
        else:
            self.refused.emit("")
            self.generation_chosen.emit(wanted)

    def _tell_generation(self) -> None:
        """Show the generation in a field that is wide enough for it."""
        text = count_text(self._shown, LONGEST_GENERATION)
        self.generation.setText(text)
        self.generation.setToolTip(f"{self._shown:,}\n{GENERATION_TIP}")
        needed = self.generation.fontMetrics().horizontalAdvance(text) + FIELD_FRAME
        width = max(NARROWEST_GENERATION, needed)
        if width != self.generation.width():
            self.generation.setFixedWidth(width)
            self._give_way()

    @Slot()
    def _give_way(self) -> None:
        """Show as many parts as there is room for; those that matter most have it first."""
        room = self.width() - AROUND
        for parts in self._by_weight:
            room -= sum(_least_width(part) + SPACING for part in parts)
            for part in parts:
                part.setVisible(room >= 0 or parts is self._by_weight[0])

    @Slot(int)
    def _on_speed(self, place: int) -> None:
        self._name_speed(place)
        self.speed_chosen.emit(SPEEDS[place])

    def _name_speed(self, place: int) -> None:
        speed = SPEEDS[place]
        self.speed_label.setText("max" if speed is None else f"{speed:,.0f}/s")
        now = "as many steps a second as possible" if speed is None else f"{speed:,.0f} a second"
        self.speed.setToolTip(f"{SPEED_TIP}; now {now}")

    def _set_up(self) -> None:
        self.slider.setMinimumWidth(60)
        self.slider.setAccessibleName("Generation")
        self.slider.setToolTip("Go to any generation that was reached, exactly")
        self.generation.setFixedWidth(NARROWEST_GENERATION)
        self.generation.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.generation.setAccessibleName("Generation")
        self.generation.setToolTip(GENERATION_TIP)
        self.speed.setRange(0, len(SPEEDS) - 1)
        self.speed.setPageStep(1)
        self.speed.setFixedWidth(72)
        self.speed.setAccessibleName("Speed in steps per second")
        self.speed.setToolTip(SPEED_TIP)
        self.speed_label.setMinimumWidth(56)
        self.speed_label.setProperty("role", "muted")
        self.rate.setProperty("role", "muted")
        self.rate.setToolTip(RATE_TIP)
        self.steps.setValue(100)
        self.steps.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.steps.setAccessibleName("Number of steps")
        self.steps.setToolTip("How many steps the button beside makes, such as 1,000 or 2^30")

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 4, MARGIN, 4)
        row.setSpacing(SPACING)
        for button in self.buttons.values():
            row.addWidget(button)
        row.addSpacing(GAP)
        row.addWidget(self.steps)
        row.addWidget(self.run_button)
        row.addSpacing(GAP)
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


def rate_text(steps: float, frames: float) -> str:
    """Return steps and pictures a second in words, many steps as a power of ten."""
    if steps >= 1e6:
        made = power_text(steps)
    else:
        made = f"{steps:,.0f} steps" if steps >= 100 else f"{steps:.3g} steps"
    return f"{made}/s · {frames:.0f} frames/s"


def _least_width(part: QWidget) -> int:
    if isinstance(part, _RateLabel):
        return part.sizeHint().width()
    least = max(part.minimumSizeHint().width(), part.minimumWidth())
    return min(least, part.maximumWidth())


def _rank(speed: float | None) -> float:
    return 1e9 if speed is None else speed
