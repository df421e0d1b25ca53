"""Palette, layer, colours of channels and plane: how the world is shown."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QToolButton,
    QWidget,
)

from app.benches.automata.palettes import CHANNELS
from app.benches.automata.plane_row import PlaneRow
from app.benches.automata.spec import LAYER_TITLES, PALETTE_TITLES
from app.benches.automata.world_document import WorldDocument
from app.shell.dialogs import Dialogs
from core.automata.rules.particle_lenia import ParticleLeniaRule
from core.automata.world import World

SWATCH = 16
MOST_SWATCHES = len(CHANNELS)


class LookControls(QWidget):
    """Edits the look that the study keeps with the world."""

    def __init__(
        self, document: WorldDocument, dialogs: Dialogs, owner: QWidget | None = None
    ) -> None:
        super().__init__(owner)
        self._document, self._dialogs = document, dialogs
        self.palette_box, self.layer_box = QComboBox(self), QComboBox(self)
        self.swatches = [self._swatch(number) for number in range(MOST_SWATCHES)]
        self.depth = PlaneRow("depth", self)
        self.fourth = PlaneRow("fourth dimension", self)
        self._lay_out()
        self.palette_box.activated.connect(self._on_palette)
        self.layer_box.activated.connect(self._on_layer)
        for field, row in (("plane", self.depth), ("fourth", self.fourth)):
            row.chosen.connect(partial(self._show_plane, field, ""))
            row.slid.connect(partial(self._show_plane, field, field))
            row.released.connect(document.end_merge)
        document.changed.connect(self.show_look)
        self.show_look()

    @Slot()
    def show_look(self) -> None:
        """Show the look of now, and only what this world has."""
        world, look = self._document.world, self._document.look
        self.palette_box.setCurrentIndex(self.palette_box.findData(look.palette))
        self.layer_box.setCurrentIndex(self.layer_box.findData(look.layer))
        self._form.setRowVisible(self.layer_box, world.is_field)
        count = channels_of(world)
        self._form.setRowVisible(self._colours, count > 1)
        self._form.setRowVisible(self.palette_box, count <= 1)
        for number, swatch in enumerate(self.swatches):
            swatch.setVisible(number < count)
            picture = QPixmap(SWATCH, SWATCH)
            picture.fill(QColor(self._colour(number)))
            swatch.setIcon(QIcon(picture))
        fourth, depth = deep_sides(world)
        self._form.setRowVisible(self.depth, depth > 1)
        self._form.setRowVisible(self.fourth, fourth > 1)
        self.depth.show_plane(look.plane, depth)
        self.fourth.show_plane(look.fourth, fourth)

    # -- editing -----------------------------------------------------------------------------------

    @Slot()
    def _on_palette(self) -> None:
        name = self.palette_box.currentData()
        self._document.edit_look(
            f"Colours: {PALETTE_TITLES[name]}", lambda look: replace(look, palette=name)
        )

    @Slot()
    def _on_layer(self) -> None:
        layer = self.layer_box.currentData()
        self._document.edit_look(
            f"Show {LAYER_TITLES[layer].lower()}", lambda look: replace(look, layer=layer)
        )

    def _show_plane(self, field: str, merge_key: str, plane: int | None) -> None:
        """Show a plane along the axis of a field of the look."""
        self._document.edit_look(
            "Show a plane",
            lambda look: replace(look, **{field: plane}),
            merge_key=merge_key or None,
        )

    def _on_swatch(self, number: int) -> None:
        colour = self._dialogs.ask_colour(f"Colour of channel {number + 1}", self._colour(number))
        if colour is None:
            return
        count = min(channels_of(self._document.world), MOST_SWATCHES)
        colours = [self._colour(each) for each in range(count)]
        colours[number] = colour
        self._document.edit_look(
            f"Colour channel {number + 1}",
            lambda look: replace(look, channel_colours=tuple(colours)),
        )

    def _colour(self, number: int) -> str:
        chosen = self._document.look.channel_colours
        return chosen[number] if number < len(chosen) else CHANNELS[number]

    # -- parts -------------------------------------------------------------------------------------

    def _swatch(self, number: int) -> QToolButton:
        swatch = QToolButton(self)
        swatch.setAccessibleName(f"Colour of channel {number + 1}")
        swatch.setToolTip(f"Colour of channel {number + 1}")
        swatch.clicked.connect(lambda: self._on_swatch(number))
        return swatch

    def _lay_out(self) -> None:
        for name, title in PALETTE_TITLES.items():
            self.palette_box.addItem(title, name)
        for layer, title in LAYER_TITLES.items():
            self.layer_box.addItem(title, layer)
        self.palette_box.setAccessibleName("Colours")
        self.layer_box.setAccessibleName("Layer")
        self.layer_box.setToolTip("What the colours stand for")
        self._colours = QWidget(self)
        row = QHBoxLayout(self._colours)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for swatch in self.swatches:
            row.addWidget(swatch)
        row.addStretch(1)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._form.addRow("Colours", self.palette_box)
        self._form.addRow("Channels", self._colours)
        self._form.addRow("Layer", self.layer_box)
        self._form.addRow("Depth", self.depth)
        self._form.addRow("Fourth", self.fourth)


def channels_of(world: World) -> int:
    """Return the number of channels of a field, 1 for every other world."""
    if not world.is_field or isinstance(world.rule, ParticleLeniaRule):
        return 1
    return int(world.array.shape[0])


def deep_sides(world: World) -> tuple[int, int]:
    """Return the cells along the fourth and the third dimension of a field, 1 where it has none."""
    if not world.is_field or world.array.ndim < 4:
        return 1, 1
    fourth, depth = (1, *world.array.shape[1:-2])[-2:]
    return int(fourth), int(depth)
