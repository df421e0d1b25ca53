"""The panel of local causal states: settings, the field of states, and the table of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.benches.automata.ensembles.panel import EnsemblePanel
from app.benches.automata.hands.selecting import Selector
from app.benches.automata.local_states.colours import state_colours
from app.benches.automata.local_states.drawing import (
    SHOWN,
    TITLE,
    Look,
    cell_at,
    field_axes,
    local_states_figure,
    told_at,
)
from app.benches.automata.local_states.field_sheet import FieldSheet
from app.benches.automata.local_states.fields import Fields
from app.benches.automata.local_states.settings_form import LocalStatesForm
from app.benches.automata.local_states.source import Source
from app.benches.automata.local_states.state_table import StateRow, StateTable
from app.benches.automata.panel import PanelContext
from app.canvas.contrast import luminance
from app.figures.description import Table
from app.shell.bench import FigureView
from core.automata.rules.particle_lenia import ParticleLeniaRule
from core.boundaries.local_causal_states import verdict

if TYPE_CHECKING:
    from core.automata.regions import Box
    from core.automata.world import World
    from core.crossings.local_states import WorldLocalStates
    from core.progress import Progress

NO_CELLS = "Local causal states are of cells in one or two dimensions; open such a world."
EMPTY = (
    "Start, and a copy of the world in view runs on. Cells whose pasts have alike futures are in "
    "one state; what is rare, such as a glider, is complex."
)
NO_SELECTION = "Nothing is selected: drag a rectangle with the tool Select (S) first."
LEFT_WIDTH, TABLE_WIDTH = 256, 304
FILES = "Table of the states (*.csv);;All fields and counts (*.npz)"


class LocalStatesPanel(EnsemblePanel):
    """Finds the local causal states of the world in view; they are kept until the next start."""

    job_title = "Find local causal states"
    guide_page = "automata-local-states"

    def __init__(self, surroundings: PanelContext) -> None:
        super().__init__(surroundings)
        self.fields: Fields | None = None
        self.look = Look(is_on_screen=True)
        self._theme = "dark"
        self._region: Box | None = None
        self._asked_of: Source | None = None
        self._source: Source | None = None
        self._earlier = ""
        self._muted = QColor()
        self.form = LocalStatesForm(self)
        self.sensitivity = QCheckBox("Change every cell, too", self)
        self.sensitivity.setToolTip(
            "Also count how many cells of its future cone a change of each cell changes; slower"
        )
        self.shown = QComboBox(self)
        self.shown.setAccessibleName("Colours")
        self.shown.setToolTip("What the colours mean")
        self.slice = QSlider(Qt.Orientation.Horizontal, self)
        self.slice.setAccessibleName("Generation that is shown")
        self.slice.setToolTip("Which generation is shown")
        self.generation = QLabel(self)
        self.sheet = FieldSheet(
            "Field of local causal states", "Point at a cell to read its state", self._told_at, self
        )
        self.hovered = QLabel(self)
        self.hovered.setProperty("role", "muted")
        self.hovered.setAccessibleName("What is under the pointer")
        self.table = StateTable(self)
        self.facts = QLabel(self)
        self.facts.setWordWrap(True)
        self.facts.setAccessibleName("What was found")
        self.warning = QLabel(self)
        self.warning.setWordWrap(True)
        self.warning.setProperty("role", "muted")
        self.save = QPushButton("Save numbers…", self)
        self.save.setToolTip("Write the states as CSV, or all fields and counts as NPZ")
        self.empty = QLabel(EMPTY, self)
        self.empty.setProperty("role", "muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(24)
        self._lay_out()
        self._connect()
        self._show_state()
        self._follow()

    # -- what the deck asks ------------------------------------------------------------------------

    def trigger(self, action_id: str) -> None:
        match action_id:
            case "local-states.toggle":
                self.toggle()
            case "local-states.save":
                self.save_numbers()

    def is_enabled(self, action_id: str) -> bool:
        if action_id == "local-states.save":
            return self.found is not None
        return self.button.isEnabled()

    def is_checked(self, action_id: str) -> bool:
        return action_id == "local-states.toggle" and self.is_working

    def views(self) -> list[FigureView]:
        fields = self.fields
        if fields is None:
            return []
        look = replace(self.look, is_on_screen=False)
        return [
            FigureView(
                "local-states",
                TITLE,
                lambda options: local_states_figure(fields, look, options),
                lambda: states_table(fields),
            )
        ]

    def apply_palette(self, palette: Mapping[str, str]) -> None:
        self._theme = "dark" if luminance(palette["canvas"]) < 0.3 else "light"
        self._muted = QColor(palette["muted_text"])
        self.sheet.apply_palette(palette)
        self._show_table()

    def close_panel(self) -> None:
        self.surroundings.document.changed.disconnect(self._follow)
        self.surroundings.session.frame_ready.disconnect(self._on_frame)
        super().close_panel()

    # -- finding -----------------------------------------------------------------------------------

    def ask(self) -> None:
        """Look at the state in view."""
        region = self.form.region.currentData()
        self._region = None
        if region == "selection":
            tool = self.surroundings.view.tool
            self._region = tool.box if isinstance(tool, Selector) else None
            if self._region is None:
                self.told.setText(NO_SELECTION)
                return
        elif region == "sight":
            self._region = self._sight()
        self.with_state(self.find)

    @property
    def found(self) -> WorldLocalStates | None:
        """What was found last."""
        return None if self.fields is None else self.fields.found

    def find(self, world: World) -> None:
        """Find the local causal states of what a world does from now on."""
        self._asked_of = Source(world.rule, self.surroundings.document.world)
        settings = self.form.settings(self._region, sensitivity=self.sensitivity.isChecked())

        def work(progress: Progress, send: Any) -> Fields:
            from core.crossings.local_states import local_states_of_world

            del send
            return Fields(local_states_of_world(world, settings, progress))

        self.begin(work)

    def take(self, sent: Fields) -> None:
        self.fields, self._source = sent, self._asked_of
        slices, is_plane = len(sent.found.block.values), sent.is_plane
        self.look = replace(self.look, place=slices // 2 if is_plane else 0, chosen=None)
        self._offer_colours()
        self.slice.blockSignals(True)
        cones = sent.found.states.cones
        self.slice.setRange(cones.past, slices - 1 - cones.future)
        self.slice.setValue(self.look.place)
        self.slice.blockSignals(False)
        self.slice.setVisible(is_plane)
        self.generation.setVisible(is_plane)
        self._earlier = self._what_is_earlier()
        self._show_table()
        self._show()

    def rested(self) -> None:
        self._follow()

    def _sight(self) -> Box | None:
        """Return what is in sight as whole cells, cut to the board; None for all of a board."""
        view = self.surroundings.view
        seen, board = view.visible_rect, view.board
        left, right = floor(seen.left()), ceil(seen.right())
        top, bottom = floor(seen.top()), ceil(seen.bottom())
        if view.is_space_time:
            top, bottom = 0, 1
        if board is not None:
            left, right = max(left, int(board[0])), min(right, int(board[2]))
            if not view.is_space_time:
                top, bottom = max(top, int(board[1])), min(bottom, int(board[3]))
        if right <= left or bottom <= top:
            return None
        return left, top, right - left, bottom - top

    @Slot()
    def save_numbers(self) -> None:
        """Ask where to write what was found."""
        fields = self.fields
        if fields is None:
            return
        name = f"{self.surroundings.document.world.name or 'world'} local states.csv"
        path = self.surroundings.context.dialogs.save_path("Save numbers", name, FILES)
        if path is None:
            return
        from app.benches.automata.ensembles.numbers import write_columns

        if path.suffix.lower() == ".npz":
            self.write(path, lambda: write_columns(path, fields.found.columns()))
        else:
            self.write(path, partial(write_columns, path, states_columns(fields)))

    # -- showing -----------------------------------------------------------------------------------

    @Slot()
    def _follow(self) -> None:
        """Offer what the world allows."""
        world = self.surroundings.document.world
        is_fit = not isinstance(world.rule, ParticleLeniaRule) and world.rule.dimensions <= 2
        self.button.setEnabled(self.is_working or is_fit)
        self.sensitivity.setVisible(not world.is_field)
        self.form.follow(world)
        self.empty.setText(EMPTY if is_fit else NO_CELLS)
        self._show()

    @Slot()
    def _on_frame(self) -> None:
        """Fade what was found where the rule or the world is another by now."""
        earlier = self._what_is_earlier()
        if earlier != self._earlier:
            self._earlier = earlier
            self._show_table()

    def _what_is_earlier(self) -> str:
        """Return what of the findings is of the past, as a sentence; nothing where none is."""
        if self._source is None:
            return ""
        world, session = self.surroundings.document.world, self.surroundings.session
        return self._source.told_beside(session.rule, world)

    def _offer_colours(self) -> None:
        assert self.found is not None
        names = [
            name for name in SHOWN if name != "sensitivity" or self.found.sensitivity is not None
        ]
        kept = self.look.shown if self.look.shown in names else names[0]
        self.shown.blockSignals(True)
        self.shown.clear()
        for name in names:
            self.shown.addItem(SHOWN[name], name)
        self.shown.setCurrentIndex(names.index(kept))
        self.shown.blockSignals(False)
        self.look = replace(self.look, shown=kept)

    def _show(self) -> None:
        fields, look = self.fields, self.look
        self.pages.setCurrentIndex(1 if fields is not None else 0)
        self.sheet.show_drawing(
            None
            if fields is None
            else lambda options, height: local_states_figure(fields, look, options, height)
        )
        if fields is not None:
            self.generation.setText(f"generation {fields.found.block.generation(look.place):,}")
        self.save.setEnabled(fields is not None)
        self.state_changed.emit()

    def _show_table(self) -> None:
        fields = self.fields
        if fields is None:
            return
        self.table.show_rows(state_rows(fields, self._theme))
        states = fields.found.states
        ink = self._muted if self._earlier else None
        self.table.states.fade(ink)
        self.sheet.fade(bool(self._earlier))
        self.facts.setText(f"{self._earlier}{verdict(states)} Cμ is {states.C_mu:.2f} bits.")
        facts = (
            f"{states.past_count:,} different pasts",
            f"I[state; future] {states.predictive_information:.3f} bits",
            f"H[future | state] {states.future_entropy:.3f} bits",
        )
        self.facts.setToolTip("\n".join([*facts, *states.notes]))
        self.warning.setText(states.notes[0] if states.notes else "")
        self.warning.setVisible(bool(states.notes))

    @Slot()
    def _on_look(self) -> None:
        self.look = replace(self.look, shown=self.shown.currentData(), place=self.slice.value())
        self._show()

    @Slot(object)
    def _on_chosen(self, state: int | None) -> None:
        """Show where a state is."""
        self.look = replace(self.look, chosen=state)
        if state is not None and self.look.shown != "state":
            self.shown.setCurrentIndex(self.shown.findData("state"))
        self._show()

    @Slot(float, float)
    def _on_clicked(self, x: float, y: float) -> None:
        """Choose the state of a cell, or none where it is chosen already."""
        place = self._cell_at(x, y)
        if place is None or self.found is None:
            return
        label = int(self.found.states.labels[place])
        self.table.choose(None if label < 0 or label == self.look.chosen else label)

    @Slot(float, float)
    def _on_hovered(self, x: float, y: float) -> None:
        self.hovered.setText(self._told_at(x, y))

    def _told_at(self, x: float, y: float) -> str:
        place = self._cell_at(x, y)
        return "" if place is None or self.found is None else told_at(self.found, place)

    def _cell_at(self, x: float, y: float) -> tuple[int, ...] | None:
        if self.found is None or self.sheet.figure() is None:
            return None
        options = self.sheet.options()
        height = self.sheet.height() * options.width_mm / max(self.sheet.width(), 1)
        axes = field_axes(self.found, self.look, options, height)
        return cell_at(self.found, axes, self.look, x, y)

    # -- parts -------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.save.clicked.connect(self.save_numbers)
        self.shown.currentIndexChanged.connect(lambda _index: self._on_look())
        self.slice.valueChanged.connect(lambda _value: self._on_look())
        self.sheet.hovered.connect(self._on_hovered)
        self.sheet.left_behind.connect(self.hovered.clear)
        self.sheet.clicked.connect(self._on_clicked)
        self.table.chosen.connect(self._on_chosen)
        self.surroundings.document.changed.connect(self._follow)
        self.surroundings.session.frame_ready.connect(self._on_frame)

    def _lay_out(self) -> None:
        left = QWidget(self)
        left.setFixedWidth(LEFT_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.form)
        column.addWidget(self.sensitivity)
        column.addWidget(self.button)
        column.addStretch(1)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self._findings())
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(left)
        body.addWidget(self.pages, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(body, 1)
        layout.addLayout(self.foot(self.hovered, self.save))

    def _findings(self) -> QWidget:
        page = QWidget(self)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        field = QVBoxLayout()
        field.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(self.shown)
        top.addWidget(self.slice, 1)
        top.addWidget(self.generation)
        field.addLayout(top)
        field.addWidget(self.sheet, 1)
        side = QWidget(page)
        side.setFixedWidth(TABLE_WIDTH)
        table = QVBoxLayout(side)
        table.setContentsMargins(0, 0, 0, 0)
        table.setSpacing(4)
        table.addWidget(self.facts)
        table.addWidget(self.table, 1)
        table.addWidget(self.warning)
        row.addLayout(field, 1)
        row.addWidget(side)
        return page


def state_rows(fields: Fields, theme: str) -> list[StateRow]:
    """Return the states as the table shows them."""
    states = fields.found.states
    colours = state_colours(states.n, theme)
    columns = (colours[:-1], states.counts, states.shares, states.complexities, fields.futures)
    return [
        StateRow(f"#{int(colour) & 0xFFFFFF:06x}", int(count), float(share), float(bits), *future)
        for colour, count, share, bits, future in zip(*columns, strict=True)
    ]


def states_columns(fields: Fields) -> dict[str, list[object]]:
    """Return the states as columns of a file."""
    rows = state_rows(fields, "light")
    return {
        "state": list(range(len(rows))),
        "count": [row.count for row in rows],
        "share": [row.share for row in rows],
        "complexity / bits": [row.bits for row in rows],
        "most probable future": [row.future for row in rows],
        "its probability": [row.chance for row in rows],
    }


def states_table(fields: Fields) -> Table:
    """Return the numbers behind the figure."""
    columns = states_columns(fields)
    return Table(tuple(columns), tuple(zip(*columns.values(), strict=True)))
