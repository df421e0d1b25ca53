"""Tools that work on a dragged rectangle: filling, and random patches; a click floods."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from app.benches.automata.field_view import FieldView
from app.benches.automata.hands.hand_tool import HandTool, draw_box, draw_label
from app.benches.automata.hands.hands import Hands
from app.benches.automata.tool import FieldPoint
from core.automata.interventions import Fill, Patch, Randomise
from core.automata.regions import Box, flooded

MOST_FLOODED = 2**24


def box_between(first: FieldPoint, last: FieldPoint) -> Box:
    """Return the cells of the rectangle that a drag covers."""
    (x0, y0), (x1, y1) = first.cell, last.cell
    left, top = min(x0, x1), min(y0, y1)
    return left, top, abs(x1 - x0) + 1, abs(y1 - y0) + 1


class RectangleTool(HandTool):
    """Drags a rectangle out; a click without a drag is something else."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, hands: Hands) -> None:
        super().__init__(hands)
        self._first: FieldPoint | None = None
        self._last: FieldPoint | None = None

    def press(self, at: FieldPoint) -> bool:
        """Begin."""
        self._first = self._last = self.place = at
        return True

    def move(self, at: FieldPoint) -> None:
        """Stretch the rectangle."""
        self._last = self.place = at
        self.hands.view.update()

    def release(self, at: FieldPoint) -> None:
        """Do it."""
        first, self._first, self._last = self._first, None, None
        if first is not None:
            first, at = self.cells_at(first), self.cells_at(at)
            if first.cell == at.cell:
                self.clicked(at)
            else:
                self.dragged(box_between(first, at))
        self.hands.view.update()

    def cancel(self) -> None:
        """Forget the rectangle."""
        self._first = self._last = None

    def draw(self, painter: QPainter, view: FieldView) -> None:
        """Draw the rectangle and its size."""
        if self._first is not None and self._last is not None:
            box = box_between(self._first, self._last)
            draw_box(painter, view, box)
            corner = view.to_view(self._last.x, self._last.y)
            draw_label(painter, QPointF(corner), f"{box[2]} × {box[3]}")

    def dragged(self, box: Box) -> None:
        """Act on a rectangle."""

    def clicked(self, at: FieldPoint) -> None:
        """Act on a click."""


class Filler(RectangleTool):
    """Fills a rectangle with a value; a click fills cells of one value that hang together."""

    id = "fill"
    title = "Fill"
    icon = "fill"
    letter = "F"
    help = "Drag a rectangle to fill it, or click to fill what hangs together and is in sight."
    form = ("state", "value", "channel")

    def dragged(self, box: Box) -> None:
        """Fill a rectangle."""
        hands = self.hands
        value = 0.0 if hands.traits.is_particles else hands.painted_value()
        hands.do("Fill a rectangle", Fill(0, *box, value, hands.painted_channel()))

    def clicked(self, at: FieldPoint) -> None:
        """Flood from a cell."""
        hands = self.hands
        if hands.traits.is_particles or hands.traits.dimensions != 2:
            hands.say("Only the cells of a plane can be flooded; drag a rectangle.")
            return
        box = hands.sight()
        if box is None or box[2] * box[3] > MOST_FLOODED:
            hands.say("Zoom in: so many cells cannot be flooded.")
            return
        x, y = at.cell
        if not (0 <= x - box[0] < box[2] and 0 <= y - box[1] < box[3]):
            return

        def fill(cells: np.ndarray) -> None:
            channel, value = hands.painted_channel(), hands.painted_value()
            plane = cells if cells.ndim == 2 else cells[channel]
            mask = flooded(plane, x - box[0], y - box[1])
            rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
            top, left = int(rows[0]), int(columns[0])
            plane[mask] = round(value) if cells.ndim == 2 else value
            part = cells[..., top : int(rows[-1]) + 1, left : int(columns[-1]) + 1].copy()
            hands.do("Fill", Patch(0, box[0] + left, box[1] + top, part))

        hands.read(box, fill)


class RandomPatch(RectangleTool):
    """Puts random cells into a rectangle; a click makes a square one."""

    id = "random"
    title = "Random patch"
    icon = "random"
    letter = "N"
    help = "Drag a rectangle to fill it with random cells."
    form = ("density", "seed", "radius")

    def dragged(self, box: Box) -> None:
        """Randomise a rectangle, with the next seed."""
        hands, settings = self.hands, self.hands.settings
        seed = settings.whole("seed")
        states, channels = max(2, hands.traits.states), hands.traits.channels
        patch = Randomise(0, *box, settings["density"], seed, states, channels)
        hands.do("Random patch", patch)
        settings.set("seed", seed + 1)

    def clicked(self, at: FieldPoint) -> None:
        """Randomise a square around a cell."""
        side = max(1, round(2 * self.hands.settings["radius"]))
        x, y = at.cell
        self.dragged((x - side // 2, y - side // 2, side, side))
