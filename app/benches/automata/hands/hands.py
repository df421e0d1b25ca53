"""The hands of a bench: the tool in use, its numbers, and what goes to the world from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QImage, QKeyEvent, QKeySequence

from app.benches.automata.hands.clip_text import cells_of_text
from app.benches.automata.hands.glyphs import hit
from app.benches.automata.hands.region_probe import NAME as REGION
from app.benches.automata.hands.region_probe import RegionProbe, RegionReading
from app.benches.automata.hands.settings import HandSettings
from app.benches.automata.hands.traits import traits_of
from app.benches.automata.panel import PanelContext
from core.automata.errors import AutomataError
from core.automata.interventions import Intervention, Lasting
from core.automata.regions import Box
from core.automata.world import World

if TYPE_CHECKING:
    from app.benches.automata.hands.hand_tool import HandTool
    from app.benches.automata.tool import FieldPoint
    from app.benches.automata.world_frame import WorldFrame

Then = Callable[[npt.NDArray[np.generic]], None]
Refuse = Callable[[str], object]


class Hands(QObject):
    """Knows the tools of one bench and does what they ask for."""

    tool_changed = Signal()
    selection_changed = Signal()
    """Another intervention, or another rectangle of cells, is selected."""
    traits_changed = Signal()
    keep_requested = Signal(object)
    """Cells that are to be kept in the user's library."""

    def __init__(self, surroundings: PanelContext, owner: QObject | None = None) -> None:
        super().__init__(owner)
        self.surroundings = surroundings
        self.document, self.session = surroundings.document, surroundings.session
        self.view = surroundings.view
        self.traits = traits_of(self.document.world)
        self.settings = HandSettings(self.traits, self)
        self.selected: int | None = None
        self.dragged: tuple[int, Lasting] | None = None
        self._world = self.document.world
        self._token = 0
        self._waiting: dict[int, tuple[RegionProbe, Callable[[RegionReading], None], Refuse]] = {}
        self._before: HandTool | None = None
        self.tools = self._made_tools()
        self.tool = self.tools["pointer"]
        self.view.set_tool(self.tool)
        self.settings.changed.connect(self.view.update)
        self.session.frame_ready.connect(self._on_frame)
        self.document.changed.connect(self._on_changed)

    # -- tools -------------------------------------------------------------------------------------

    def offered(self) -> list[HandTool]:
        """Return the tools that this kind of world takes."""
        return [tool for tool in self.tools.values() if self.traits.kind in tool.takes]

    def take(self, tool_id: str) -> None:
        """Take a tool into the hand."""
        tool = self.tools[tool_id]
        if tool is not self.tool:
            self._before = self.tool
            self.tool = tool
            self.view.set_tool(tool)
            self.tool_changed.emit()

    def put_away(self) -> None:
        """Take the tool that was in the hand before."""
        before = self._before if self._before is not None else self.tools["pointer"]
        self.take(before.id if before is not self.tools["stamp"] else "pointer")

    def take_stamp(self, cells: npt.NDArray[np.generic], name: str) -> None:
        """Take a pattern into the hand."""
        stamp = self.tools["stamp"]
        stamp.load(cells, name)
        self.take("stamp")
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def key(self, event: QKeyEvent) -> bool:
        """Change tool or brush, or paste, by a key."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
            return True
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.text() in ("[", "]"):
            self.settings.grow(1 if event.text() == "]" else -1)
            return True
        for tool in self.offered():
            if tool.letter and event.text().upper() == tool.letter:
                self.take(tool.id)
                return True
        return False

    def paste(self) -> None:
        """Take the pattern of the clipboard into the hand."""
        try:
            cells = cells_of_text(QGuiApplication.clipboard().text(), self.traits)
        except AutomataError as problem:
            self.say(str(problem))
            return
        if not cells.size:
            self.say("The pattern on the clipboard is empty.")
            return
        self.take_stamp(cells, "pasted cells")

    # -- what tools ask for ------------------------------------------------------------------------

    def do(self, text: str, intervention: Intervention, *, merge_key: str | None = None) -> None:
        """Do something to the world, as one undo step."""
        self.session.intervene(text, intervention, merge_key=merge_key)

    def say(self, sentence: str) -> None:
        """Tell the user something."""
        self.surroundings.context.say(sentence)

    def painted_value(self) -> float:
        """Return the state or value that is painted now."""
        if self.traits.kind == "states":
            return float(min(self.settings.whole("state"), self.traits.states - 1))
        return self.settings["value"]

    def painted_channel(self) -> int:
        """Return the channel that is painted now."""
        return min(self.settings.whole("channel"), self.traits.channels - 1)

    def colour_of(self, value: float, channel: int) -> QColor:
        """Return the colour in which a cell of a value is shown."""
        picture = self.session.colouring.picture(self.traits.drawn(value, channel))
        return QColor.fromRgb(int(picture[0, 0]) & 0xFFFFFF)

    def image_of(self, cells: npt.NDArray[np.generic]) -> QImage:
        """Return a picture of a pattern, one pixel per cell, with nothing where there is 0."""
        if self.traits.is_particles:
            return QImage()
        drawn = cells if cells.dtype == np.uint8 else cells.astype(np.float32)
        while drawn.ndim > 3:
            drawn = drawn.max(axis=1)
        pixels = self.session.colouring.picture(drawn)
        alive = drawn != 0 if drawn.ndim == 2 else (drawn != 0).any(axis=0)
        pixels = np.where(alive, pixels, np.uint32(0))
        height, width = pixels.shape
        return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()

    def sight(self) -> Box | None:
        """Return the cells in sight, within the world."""
        rect, board = self.view.visible_rect, self.view.board
        left, top, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
        if board is not None:
            left, top = max(left, board[0]), max(top, board[1])
            right, bottom = min(right, board[2]), min(bottom, board[3])
        box = floor(left), floor(top), ceil(right) - floor(left), ceil(bottom) - floor(top)
        return box if box[2] > 0 and box[3] > 0 else None

    def whole(self) -> Box | None:
        """Return the whole world, or what lives of one that has no end."""
        if self.traits.is_bounded:
            return 0, 0, self.traits.width, self.traits.height
        frame = self.session.frame
        return None if frame is None else frame.signs.box

    def read(self, box: Box, then: Then) -> None:
        """Take the cells of a box from the living world and go on with them."""
        self._look(box, lambda reading: then(reading.cells))

    def present(self, then: Callable[[World], None], refuse: Refuse | None = None) -> None:
        """Take the whole living world as it is and go on with it, or tell why not."""
        self._look(None, lambda reading: then(reading.world), refuse)

    def _look(
        self,
        box: Box | None,
        then: Callable[[RegionReading], None],
        refuse: Refuse | None = None,
    ) -> None:
        self._token += 1
        probe = RegionProbe(self._token, box)
        self._waiting[self._token] = (probe, then, refuse or self.say)
        if len(self._waiting) == 1:
            self.session.add_probe(probe)

    # -- what lasts --------------------------------------------------------------------------------

    def glyph_at(self, at: FieldPoint) -> tuple[int, Lasting] | None:
        """Return the lasting intervention under the pointer, with its place in the list."""
        if self.view.is_space_time:
            return None
        return hit(self, self.view.to_view(at.x, at.y))

    def select(self, index: int | None) -> None:
        """Select an intervention of the list."""
        if index != self.selected:
            self.selected = index
            self.selection_changed.emit()
            self.view.update()

    def drag(self, index: int, dx: float, dy: float) -> None:
        """Show a lasting intervention elsewhere."""
        each = self.document.subject.interventions[index]
        assert isinstance(each, Lasting)
        self.dragged = (index, replace(each, x=round(each.x + dx, 2), y=round(each.y + dy, 2)))
        self.view.update()

    def drop(self) -> None:
        """Put what is dragged where it is shown."""
        dragged, self.dragged = self.dragged, None
        if dragged is not None and self.document.subject.interventions[dragged[0]] != dragged[1]:
            self.change(dragged[0], dragged[1], "Move")

    def change(
        self, index: int, new: Intervention | None, text: str, *, merge_key: str | None = None
    ) -> None:
        """Put another intervention in the place of one, or none."""
        done = list(self.document.subject.interventions)
        done[index : index + 1] = [] if new is None else [new]
        self.document.edit(
            text, lambda subject: subject.with_interventions(done), merge_key=merge_key
        )

    def move_in_time(self, index: int, new: Intervention, text: str) -> None:
        """Change an intervention whose generation may be another, and keep it selected."""
        done = list(self.document.subject.interventions)
        done[index] = new
        done.sort(key=lambda each: each.generation)
        place = next(number for number, each in enumerate(done) if each is new)
        self.selected = place
        self.document.edit(
            text,
            lambda subject: subject.with_interventions(done),
            merge_key=f"intervention {place}",
        )
        self.selection_changed.emit()

    def remove(self, indices: list[int], text: str) -> None:
        """Take interventions out of the list."""
        gone = set(indices)
        done = self.document.subject.interventions
        kept = [each for index, each in enumerate(done) if index not in gone]
        self.select(None)
        self.document.edit(text, lambda subject: subject.with_interventions(kept))

    def close(self) -> None:
        """Let go of the view."""
        self.view.set_tool(None)
        self.session.frame_ready.disconnect(self._on_frame)
        self.document.changed.disconnect(self._on_changed)

    # -- inside ------------------------------------------------------------------------------------

    def _made_tools(self) -> dict[str, HandTool]:
        from app.benches.automata.hands.tool_box import TOOLS

        return {kind.id: kind(self) for kind in TOOLS}

    @Slot(object)
    def _on_frame(self, frame: WorldFrame) -> None:
        for tool in self.tools.values():
            forget = getattr(tool, "forget_previews", None)
            if forget is not None:
                forget()
        reading = frame.probes.get(REGION)
        if REGION in frame.problems and self._waiting:
            reading = RegionReading(next(iter(self._waiting)), problem=frame.problems[REGION])
        if not isinstance(reading, RegionReading) or reading.token not in self._waiting:
            return
        _probe, then, refuse = self._waiting.pop(reading.token)
        if self._waiting:
            self.session.add_probe(next(iter(self._waiting.values()))[0])
        else:
            self.session.remove_probe(REGION)
        if reading.problem:
            refuse(reading.problem)
        else:
            then(reading)

    @Slot()
    def _on_changed(self) -> None:
        """Offer other tools to another kind of world."""
        if self.selected is not None and self.selected >= len(self.document.subject.interventions):
            self.select(None)
        self.view.update()
        if self.document.world is self._world:
            return
        self._world = self.document.world
        traits = traits_of(self._world)
        if traits != self.traits:
            if traits.kind != self.traits.kind:
                self.settings.suit(traits)
            self.traits = traits
            self.take("pointer")
            self.traits_changed.emit()
