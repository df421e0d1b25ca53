"""What is drawn into the frames of a film: the marks of the view, and a line under the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from app.benches.automata.camera import Board
from app.benches.automata.field_marks import draw_marks
from app.benches.automata.film.pictures import Indices, nearest_colours
from app.benches.automata.hands.glyphs import draw_glyph
from app.benches.automata.vital_signs import Signs, VitalSigns
from app.benches.automata.world_frame import Viewport
from core.automata.interventions import Intervention, acts_after, is_lasting, rule_in_force
from core.automata.rules.rule import Rule
from core.automata.space_time import SpaceTime
from core.automata.stepper import Stepper
from core.automata.world import World
from core.automata.world_look import WorldLook

ACCENT = QColor("#4fa3dc")
LETTERS = 13
"""Height of the letters in pixels."""

LINE = 22
"""Height of the line under the picture."""

BAR_SHARE = 0.25
"""Of the width the bar of the scale has at most."""


@dataclass(frozen=True)
class Sight:
    """Where cells lie in a frame, as `draw_marks` and `draw_glyph` ask a view."""

    viewport: Viewport
    scale: float
    board: Board | None

    @property
    def visible_rect(self) -> QRectF:
        """The cells in sight."""
        pixel = self.viewport.pixel
        width, height = self.viewport.width * pixel, self.viewport.height * pixel
        return QRectF(self.viewport.x, self.viewport.y, width, height)

    def to_view(self, x: float, y: float) -> QPointF:
        """Return the point of the frame over a place in cells."""
        return QPointF((x - self.viewport.x) * self.scale, (y - self.viewport.y) * self.scale)

    def rect_to_view(self, x: float, y: float, width: float, height: float) -> QRectF:
        """Return where a rectangle of cells lies."""
        corner = self.to_view(x, y)
        return QRectF(corner.x(), corner.y(), width * self.scale, height * self.scale)


@dataclass(frozen=True)
class _Shown:
    """What `draw_marks` and `VitalSigns` ask of a frame and of a run."""

    world: World
    rule: Rule
    stepper: Stepper
    generation: int
    signs: Signs | None = None
    points: None = None
    is_space_time: bool = False


class FilmMarks:
    """Draws marks into frames of indices; their colours become the nearest of the palette."""

    def __init__(
        self,
        marks: Sequence[str],
        world: World,
        look: WorldLook,
        viewport: Viewport,
        palette: tuple[str, ...],
    ) -> None:
        self._marks, self._world, self._look = marks, world, look
        self._viewport, self._palette = viewport, palette
        self._colours = np.array([int(each[1:], 16) | 0xFF000000 for each in palette], np.uint32)
        self._nearest = nearest_colours(palette)
        self._vital = VitalSigns()
        self._ground = QColor(palette[0])
        is_dark = self._ground.lightness() < 128
        self._ink = QColor("#ffffff" if is_dark else "#000000")

    def drawn(
        self,
        frame: Indices,
        scale: int,
        stepper: Stepper,
        generation: int,
        rows: SpaceTime | None,
        interventions: Sequence[Intervention],
    ) -> Indices:
        """Return a frame with the marks; the line makes it higher."""
        sight = Sight(self._viewport, scale / self._viewport.pixel, self._board(rows))
        height = frame.shape[0]
        if "label" in self._marks:
            frame = np.pad(frame, ((0, LINE), (0, 0)))
        plain = np.ascontiguousarray(self._colours[frame])
        pixels = plain.copy()
        image = QImage(
            pixels.data, frame.shape[1], frame.shape[0], 4 * frame.shape[1],
            QImage.Format.Format_RGB32,
        )  # fmt: skip
        painter = QPainter(image)
        if "signs" in self._marks and rows is None:
            rule = rule_in_force(self._world.rule, interventions, generation)
            self._draw_signs(painter, sight, height, rule, stepper, generation)
        if "hands" in self._marks and rows is None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for each in interventions:
                if is_lasting(each) and acts_after(each, generation):
                    draw_glyph(painter, sight, each)
        if "label" in self._marks:
            self._draw_line(painter, frame.shape[1], height, sight.scale, generation)
        painter.end()
        return self._rounded(frame, plain, pixels)

    def _board(self, rows: SpaceTime | None) -> Board | None:
        topology = self._world.topology
        if rows is not None or not topology.is_bounded:
            return None
        return 0.0, 0.0, float(topology.width), float(topology.height)

    def _draw_signs(
        self,
        painter: QPainter,
        sight: Sight,
        height: int,
        rule: Rule,
        stepper: Stepper,
        generation: int,
    ) -> None:
        self._vital.forget()  # a film has the signs of every frame, however long that takes
        signs = self._vital.of(_Shown(self._world, rule, stepper, generation))
        shown = _Shown(self._world, rule, stepper, generation, signs)
        painter.save()
        painter.setClipRect(0, 0, painter.device().width(), height)
        draw_marks(painter, sight, shown, self._look, self._ink, ACCENT)
        painter.restore()

    def _draw_line(
        self, painter: QPainter, width: int, top: int, scale: float, generation: int
    ) -> None:
        painter.fillRect(0, top, width, LINE, self._ground)
        painter.setPen(self._ink)
        font = QFont(painter.font())
        font.setPixelSize(LETTERS)
        painter.setFont(font)
        cells = _round_length(BAR_SHARE * width / scale)
        bar, told = cells * scale, f"{cells:,}"
        right, middle = width - 6.0, top + LINE / 2
        painter.fillRect(QRectF(right - bar, middle - 1.5, bar, 3.0), self._ink)
        for end in (right - bar, right):
            painter.drawLine(QLineF(end, middle - 4, end, middle + 4))
        room = QRectF(0, top, right - bar - 6, LINE)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, told)
        left = width - 24.0 - bar - QFontMetricsF(font).horizontalAdvance(told)
        words = QFontMetricsF(font).elidedText(
            f"generation {generation:,}", Qt.TextElideMode.ElideLeft, left
        )
        box = QRectF(6, top, max(left, 1.0), LINE)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _rounded(self, frame: Indices, plain: np.ndarray, pixels: np.ndarray) -> Indices:
        touched = pixels != plain
        red, green, blue = ((pixels[touched] >> shift) & 255 for shift in (16, 8, 0))
        out = frame.copy()
        out[touched] = self._nearest[red >> 3, green >> 3, blue >> 3]
        return out


def _round_length(longest: float) -> int:
    """Return the longest of 1, 2, 5, 10, 20, 50, ... cells that fits, one where none does."""
    if longest < 1:
        return 1
    power = 10 ** floor(log10(longest))
    return max(step * power for step in (1, 2, 5) if step * power <= longest)
