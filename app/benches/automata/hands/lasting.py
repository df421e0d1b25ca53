"""Putting down what lasts: obstacles, food and noise dragged to size, guns dragged to aim."""

from math import atan2, degrees, hypot

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from app.benches.automata.field_view import FieldView
from app.benches.automata.hands.glyphs import draw_glyph
from app.benches.automata.hands.hand_tool import HandTool, draw_circle
from app.benches.automata.hands.hands import Hands
from app.benches.automata.tool import FieldPoint
from core.automata.interventions import Food, Gun, Lasting, NoiseBrush, Obstacle

LEAST_DRAG = 4.0
"""Points of the view below which a drag is a click."""


class LastingTool(HandTool):
    """Drags something lasting out of its middle."""

    cursor = Qt.CursorShape.CrossCursor
    snaps = True

    def __init__(self, hands: Hands) -> None:
        super().__init__(hands)
        self._first: FieldPoint | None = None
        self._last: FieldPoint | None = None

    def press(self, at: FieldPoint) -> bool:
        """Take the middle."""
        self._first = self._last = self.place = self.cells_at(at)
        return True

    def move(self, at: FieldPoint) -> None:
        """Change size or aim."""
        self._last = self.place = self.cells_at(at)
        self.hands.view.update()

    def release(self, at: FieldPoint) -> None:
        """Put it down."""
        if self._first is not None:
            self._last = self.cells_at(at)
            self.hands.do(f"Place: {self.title.lower()}", self.made())
        self.cancel()

    def cancel(self) -> None:
        """Forget it."""
        self._first = self._last = None
        self.hands.view.update()

    def draw(self, painter: QPainter, view: FieldView) -> None:
        """Draw it as it would be."""
        painter.translate(0.0, self.rows_below() * view.scale)
        if self._first is not None:
            draw_glyph(painter, view, self.made(), strong=True)
        elif self.place is not None and "radius" in self.form:
            draw_circle(painter, view, self.place.x, self.place.y, self.hands.settings["radius"])

    def dragged_by(self) -> tuple[float, float]:
        """Return how far the drag has gone in cells, (0, 0) while it is a click."""
        assert self._first is not None and self._last is not None
        dx, dy = self._last.x - self._first.x, self._last.y - self._first.y
        far = hypot(dx, dy) * self.hands.view.scale
        return (dx, dy) if far >= LEAST_DRAG else (0.0, 0.0)

    def radius(self) -> float:
        """Return the radius dragged, or that of the form."""
        return round(hypot(*self.dragged_by()), 2) or self.hands.settings["radius"]

    def made(self) -> Lasting:
        """Return the intervention."""
        raise NotImplementedError

    def middle(self) -> tuple[float, float]:
        """Return where it is put."""
        assert self._first is not None
        return round(self._first.x, 2), round(self._first.y, 2)

    def until(self) -> int | None:
        """Return when it ends."""
        return self.hands.settings.until(self.hands.session.generation)


class ObstacleTool(LastingTool):
    """Holds a disc empty."""

    id = "obstacle"
    title = "Obstacle"
    icon = "obstacle"
    letter = "O"
    help = "Drag a disc whose cells are held empty."
    form = ("radius", "lasts")

    def made(self) -> Lasting:
        """Return the obstacle."""
        now = self.hands.session.generation
        return Obstacle(now, *self.middle(), self.radius(), until=self.until())


class FoodTool(LastingTool):
    """Feeds a disc."""

    id = "food"
    title = "Food"
    icon = "food"
    letter = "D"
    help = "Drag a disc in which every cell gains a little at each step."
    form = ("food_rate", "radius", "lasts")
    takes = ("field",)

    def made(self) -> Lasting:
        """Return the source of food."""
        now, rate = self.hands.session.generation, self.hands.settings["food_rate"]
        return Food(now, *self.middle(), self.radius(), rate, self.until())


class NoiseTool(LastingTool):
    """Shakes a disc."""

    id = "noise"
    title = "Noise"
    icon = "noise"
    letter = "I"
    help = "Drag a disc in which cells are redrawn at random."
    form = ("level", "seed", "radius", "lasts")

    def made(self) -> Lasting:
        """Return the noise brush."""
        settings = self.hands.settings
        return NoiseBrush(
            self.hands.session.generation,
            *self.middle(),
            self.radius(),
            settings["level"],
            settings.whole("seed"),
            self.until(),
            max(2, self.hands.traits.states),
        )


class GunTool(LastingTool):
    """Fires discs."""

    id = "gun"
    title = "Gun"
    icon = "gun"
    letter = "G"
    help = "Press where the gun stands and drag to where it shoots."
    form = ("speed", "every", "life", "bullet", "spread", "value", "state", "seed", "lasts")

    def made(self) -> Lasting:
        """Return the gun."""
        settings = self.hands.settings
        dx, dy = self.dragged_by()
        return Gun(
            self.hands.session.generation,
            *self.middle(),
            round(degrees(atan2(dy, dx)), 1),
            settings["speed"],
            settings["bullet"],
            1.0 if self.hands.traits.is_particles else self.hands.painted_value(),
            settings.whole("every"),
            settings.whole("life"),
            settings["spread"],
            settings.whole("seed"),
            self.until(),
        )


class Pointer(HandTool):
    """Moves what lasts; a drag elsewhere pans."""

    id = "pointer"
    title = "Look and move"
    icon = "pick"
    letter = "V"
    help = "Drag to pan; drag an obstacle, a gun, food or noise to move it."

    def __init__(self, hands: Hands) -> None:
        super().__init__(hands)
        self._from: FieldPoint | None = None

    def press(self, at: FieldPoint) -> bool:
        """Take hold of what lasts under the pointer."""
        found = self.hands.glyph_at(at)
        self.hands.select(None if found is None else found[0])
        self._from = at if found is not None else None
        self.hands.dragged = found
        return found is not None

    def move(self, at: FieldPoint) -> None:
        """Drag it."""
        if self.hands.dragged is not None and self._from is not None:
            index, _each = self.hands.dragged
            self.hands.drag(index, at.x - self._from.x, at.y - self._from.y)

    def release(self, at: FieldPoint) -> None:
        """Put it down elsewhere."""
        self.hands.drop()
        self._from = None

    def cancel(self) -> None:
        """Leave it where it was."""
        self.hands.dragged = self._from = None
