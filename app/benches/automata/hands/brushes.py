"""Painting, erasing and pushing: tools that draw along the pointer's way."""

from typing import ClassVar

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app.benches.automata.field_view import FieldView
from app.benches.automata.hands.hand_tool import HandTool, draw_circle
from app.benches.automata.hands.hands import Hands
from app.benches.automata.tool import FieldPoint
from core.automata.cell_hands import swept
from core.automata.errors import AutomataError
from core.automata.interventions import Push, Stroke

Preview = tuple[QImage, int, int]


class Brush(HandTool):
    """Paints cells with a value. While the world rests a drag is one stroke, shown at once.

    The stroke is done as a whole where the button is let go, or part by part while it runs.
    """

    id = "brush"
    title = "Paint"
    icon = "brush"
    letter = "B"
    help = "Drag to paint; hold Alt to erase."
    form = ("state", "value", "channel", "radius")
    cursor = Qt.CursorShape.CrossCursor
    snaps = True
    always_erases: ClassVar[bool] = False

    def __init__(self, hands: Hands) -> None:
        super().__init__(hands)
        self._points: list[tuple[float, float]] = []
        self._previews: list[Preview] = []
        self._is_erasing = False

    def press(self, at: FieldPoint) -> bool:
        """Begin a stroke."""
        at = self.cells_at(at)
        self.place = at
        self._is_erasing = self.always_erases or bool(
            at.modifiers & Qt.KeyboardModifier.AltModifier
        )
        self._points = [(at.x, at.y)]
        self._go_on()
        return True

    def move(self, at: FieldPoint) -> None:
        """Go on with the stroke."""
        at = self.cells_at(at)
        self.place = at
        last = self._points[-1]
        if max(abs(at.x - last[0]), abs(at.y - last[1])) >= self._spacing():
            self._points.append((at.x, at.y))
            self._go_on()
        self.hands.view.update()

    def release(self, at: FieldPoint) -> None:
        """End the stroke, and do it where it was only shown."""
        if self._points and not self._is_live():
            self._do(self._points)
        self.hands.document.end_merge()
        self._points = []

    def cancel(self) -> None:
        """Forget the stroke."""
        self._points = []
        self.forget_previews()

    def forget_previews(self) -> None:
        """Show no more what the world now shows itself."""
        if not self._points:
            self._previews = []

    def draw(self, painter: QPainter, view: FieldView) -> None:
        """Draw the stroke so far and the brush."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.translate(0.0, self.rows_below() * view.scale)
        for image, x, y in self._previews:
            painter.drawImage(view.rect_to_view(x, y, image.width(), image.height()), image)
        if self.place is not None:
            draw_circle(painter, view, self.place.x, self.place.y, self._radius())

    def _is_live(self) -> bool:
        """Whether each part of a stroke is done at once: cells at rest are shown before."""
        return self.hands.session.is_running or self.hands.traits.is_particles

    def _value(self) -> float:
        settings, traits = self.hands.settings, self.hands.traits
        if self._is_erasing or self.always_erases:
            return 0.0
        if traits.kind == "states":
            return float(min(settings.whole("state"), traits.states - 1))
        return 1.0 if traits.is_particles else settings["value"]

    def _radius(self) -> float:
        return self.hands.settings["radius"]

    def _channel(self) -> int:
        return min(self.hands.settings.whole("channel"), self.hands.traits.channels - 1)

    def _spacing(self) -> float:
        if self.hands.traits.is_particles and not self._is_erasing:
            return self._radius() if not self.always_erases else 0.25
        return 0.25

    def _go_on(self) -> None:
        """Show the newest part of the stroke, or do it where the world is running."""
        part = self._points[-2:]
        if self._is_live():
            self._do(part if len(part) < 2 or not self._adds_particles() else part[1:])
            return
        colour = self.hands.colour_of(self._value(), self._channel())
        try:
            for mask, x, y in swept(part, self._radius()):
                self._previews.append((_image(mask, colour), x, y))
        except AutomataError as problem:
            self.hands.say(str(problem))
        self.hands.view.update()

    def _adds_particles(self) -> bool:
        return self.hands.traits.is_particles and self._value() > 0

    def _do(self, points: list[tuple[float, float]]) -> None:
        text = "Paint" if self._value() else "Erase"
        plane = self.hands.document.look.plane if self.hands.traits.dimensions == 3 else None
        stroke = Stroke(
            0,
            tuple(points),
            self._radius(),
            self._value(),
            self._channel(),
            plane if self.hands.traits.is_field else None,
        )
        self.hands.do(text, stroke, merge_key="brush")


class Eraser(Brush):
    """Sets cells to 0, or takes particles away."""

    id = "erase"
    title = "Erase"
    icon = "erase"
    letter = "E"
    help = "Drag to erase."
    form = ("channel", "radius")
    always_erases = True


class Pusher(HandTool):
    """Pushes particles along the pointer's way."""

    id = "push"
    title = "Push"
    icon = "push"
    letter = "U"
    help = "Drag particles along."
    form = ("radius",)
    takes = ("particles",)

    def press(self, at: FieldPoint) -> bool:
        """Take hold."""
        self.place = at
        return True

    def move(self, at: FieldPoint) -> None:
        """Push."""
        last, self.place = self.place, at
        if last is not None:
            radius = self.hands.settings["radius"]
            push = Push(0, last.x, last.y, radius, at.x - last.x, at.y - last.y)
            self.hands.do("Push particles", push, merge_key="push")

    def release(self, at: FieldPoint) -> None:
        """Let go."""
        self.hands.document.end_merge()

    def draw(self, painter: QPainter, view: FieldView) -> None:
        """Draw the disc that is pushed."""
        if self.place is not None:
            draw_circle(painter, view, self.place.x, self.place.y, self.hands.settings["radius"])


def _image(mask: np.ndarray, colour: QColor) -> QImage:
    """Return a picture of one pixel per cell of a mask."""
    pixels = np.where(mask, np.uint32(colour.rgba()), np.uint32(0))
    height, width = pixels.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()
