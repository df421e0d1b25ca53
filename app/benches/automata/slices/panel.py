"""The panel of one row of the world through time."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSpinBox, QVBoxLayout

from app.benches.automata.figure import rgba_of
from app.benches.automata.panel import PanelContext, WorldPanel
from app.benches.automata.slices.probe import SliceProbe, SliceReading
from app.benches.automata.slices.view import SliceView
from app.benches.automata.world_frame import WorldFrame
from app.figures.description import Figure, FigureOptions, Image
from app.shell.bench import FigureView
from core.automata.rules.particle_lenia import ParticleLeniaRule

FARTHEST = 2**30
WIDEST = 4096


class SlicesPanel(WorldPanel):
    """Watches the row it is told, as wide as the board or as what is in sight."""

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self._session, self._document = surroundings.session, surroundings.document
        self.reading: SliceReading | None = None
        self.row = QSpinBox(self)
        self.row.setRange(-FARTHEST, FARTHEST)
        self.row.setAccessibleName("Row")
        self.row.setToolTip("Which row of the world is watched, from 0 at the top")
        self.here = QPushButton("Row in the middle", self)
        self.here.setToolTip("Watch the row in the middle of what lives in sight")
        self._middle, self._waits = 0, False
        self.facts = QLabel(self)
        self.facts.setProperty("role", "muted")
        self.view = SliceView(self)
        top = QHBoxLayout()
        top.addWidget(QLabel("Row", self))
        top.addWidget(self.row)
        top.addWidget(self.here)
        top.addWidget(self.facts, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.view, 1)
        self.row.valueChanged.connect(self._watch)
        self.here.clicked.connect(self._on_here)

    def set_current(self, is_current: bool) -> None:
        if is_current:
            self._session.frame_ready.connect(self._on_frame)
            self._document.changed.connect(self._on_changed)
            self._world = self._document.world
            self._on_here()
        else:
            self._session.frame_ready.disconnect(self._on_frame)
            self._document.changed.disconnect(self._on_changed)
            self._session.remove_probe(SliceProbe.name)

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        self.view.apply_palette(palette)

    def views(self) -> list[FigureView]:
        if self.reading is None:
            return []
        picture = self._session.colouring.picture(self.reading.values)
        name = f"Row {self.row.value()} of {self._document.world.name}"

        def make(options: FigureOptions) -> Figure:
            rows, columns = picture.shape
            height = options.width_mm * rows / columns
            image = Image(0.0, 0.0, options.width_mm, height, rgba_of(picture))
            return Figure(options.width_mm, height, (image,), options.palette["canvas"], name, name)

        return [FigureView("slices", "Space-time", make)]

    @Slot()
    def _on_here(self) -> None:
        """Watch the row in the middle of what lives in sight, or of the view where nothing does."""
        frame = self._session.frame
        # a frame of what was in sight before tells nothing; the one asked for comes soon
        self._waits = frame is None or frame.viewport != self._session.viewport
        seen = self.surroundings.view.visible_rect.center()
        lives = None if frame is None or self._waits else middle_of_life(frame)
        x, y = (seen.x(), seen.y()) if lives is None else lives
        row, self._middle = int(y // 1), int(x // 1)
        board = self.surroundings.view.board
        if board is not None:
            row = min(max(row, 0), int(board[3]) - 1)
        if self.row.value() == row:
            self._watch()
        else:
            self.row.setValue(row)

    @Slot()
    def _watch(self) -> None:
        """Watch another row from now on."""
        world, board = self._document.world, self.surroundings.view.board
        self.reading = None
        if world.rule.dimensions == 1 or isinstance(world.rule, ParticleLeniaRule):
            self.facts.setText(
                "The field is a space-time diagram itself."
                if world.rule.dimensions == 1
                else "Particles have no rows."
            )
            return
        if board is not None:
            whole = int(board[2])
            width = min(whole, WIDEST)
            left = min(max(self._middle - width // 2, 0), whole - width)
        else:
            seen = self.surroundings.view.visible_rect
            left, width = int(seen.left() // 1), int(seen.width()) + 1
            if width > WIDEST:
                left, width = self._middle - WIDEST // 2, WIDEST
        watched = f"cells {left:,} to {left + width - 1:,}, from now on"
        self.facts.setText(watched.replace("-", "−"))
        self._session.add_probe(SliceProbe(self.row.value(), left, width))

    @Slot()
    def _on_changed(self) -> None:
        """Begin anew with another world; hands and looks change nothing."""
        if self._document.world is not self._world:
            self._world = self._document.world
            self._watch()

    @Slot(object)
    def _on_frame(self, frame: WorldFrame) -> None:
        if self._waits:
            self._on_here()
        reading = frame.probes.get(SliceProbe.name)
        if reading is not None:
            self.reading = reading
            self.view.show_rows(self._session.colouring.picture(reading.values), reading.first)
        elif SliceProbe.name in frame.problems:
            self.facts.setText(frame.problems[SliceProbe.name])


def middle_of_life(frame: WorldFrame) -> tuple[float, float] | None:
    """Return the median place of what lives in sight, in cells; its row is one with life."""
    shown = frame.values if frame.seen is None else frame.seen
    alive = shown.any(axis=0) if shown.ndim == 3 else shown != 0
    rows, columns = (alive.sum(axis=axis).cumsum() for axis in (1, 0))
    if frame.is_space_time or not len(rows) or not rows[-1]:
        return None
    y, x = (int(np.searchsorted(each, (each[-1] + 1) // 2)) for each in (rows, columns))
    view = frame.viewport
    return view.x + x * view.pixel, view.y + y * view.pixel
